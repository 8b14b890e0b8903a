using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo;

/// <summary>
/// What is said within a tie: threads of a message and its replies (each answers the one before it, after a latency that
/// is the person's own), calls and meetings. What moves depends on who speaks, on what was just said, and on how well
/// the two know each other.
/// </summary>
internal static class DemoConversations
{
    private static readonly double[] s_continues = [1, 0.6, 0.45, 0.45, 0.4, 0.35, 0.3, 0.25, 0.2, 0.1];

    /// <summary>Plays the tie from its beginning to its end; gaps are log-normal, and grow towards the end of a fading tie.</summary>
    public static void Live(DemoWorld world, DemoTie tie, DemoRandom random)
    {
        var at = tie.IsFresh ? BeginTie(world, tie, random) : tie.FromMs;
        if (at < 0) return;
        var last = at;
        var sigma = tie.IsSteady ? 0.35 : 0.9;
        var median = 30 * DemoCalendar.DayMs / tie.PerMonth * (tie.IsSteady ? 0.94 : 0.67);
        var fades = !tie.IsSteady && tie.ToMs < world.Calendar.UntilMs;
        while (true)
        {
            var share = Math.Clamp((at - tie.FromMs) / (double)Math.Max(1, tie.ToMs - tie.FromMs), 0, 1);
            at += (long)random.LogNormal(median * (fades ? 1 + 2 * share * share : 1), sigma);
            if (at > tie.ToMs) return;
            if (at <= last) at = last + DemoCalendar.HourMs;
            if (!tie.IsSteady && !random.Chance(world.Calendar.Season(at))) continue;
            var opener = Opener(world, tie, random);
            last = Converse(world, tie, opener, Moment(world, tie.Setting, opener, at, random), random);
            at = Math.Max(at, last);
        }
    }

    /// <summary>When this person would open a conversation of this setting.</summary>
    public static long Moment(DemoWorld world, Setting setting, int person, long atMs, DemoRandom random) =>
        setting is Setting.Social or Setting.Family
            ? world.Calendar.PrivateMoment(atMs, world.People[person].HoursAhead, random)
            : world.Calendar.OfficeMoment(atMs, world.People[person].HoursAhead, random);

    /// <summary>When this person answers what came at <paramref name="atMs"/>; at most about six days later.</summary>
    public static long ReplyAt(DemoWorld world, Setting setting, int person, long atMs, DemoRandom random)
    {
        var latency = Math.Clamp(random.LogNormal(world.People[person].ReplyHours, 0.9), 0.03, 120);
        var ready = atMs + (long)(latency * DemoCalendar.HourMs) + 1;
        return setting is Setting.Social or Setting.Family
            ? ready : world.Calendar.ReplyMoment(ready, world.People[person].HoursAhead, random);
    }

    /// <summary>A message and what follows from it. Returns when the last of it was said.</summary>
    public static long Thread(
        DemoWorld world, DemoTie tie, int opener, long atMs, Exchange exchange, DemoRandom random, bool isAnswered = false,
        int answers = -1)
    {
        var message = world.Ledger.Add(new DemoDraft
        {
            AtMs = atMs,
            From = opener,
            To = tie.Other(opener),
            Kind = exchange is Exchange.Give && answers < 0 && random.Chance(0.3) ? InteractionKind.Favour : InteractionKind.Message,
            Exchange = exchange,
            Setting = tie.Setting,
            Channel = tie.Channel,
            About = exchange is Exchange.Gossip ? ThirdPerson(world, tie, opener, random) : -1,
            Answers = answers,
            Personalised = exchange is Exchange.Promotion ? random.Chance(0.3) : random.Chance(0.85) ? true : null,
        });
        if (message < 0) return atMs;
        tie.Said(opener);
        var speaker = tie.Other(opener);
        for (var turn = 0; turn < s_continues.Length; turn++)
        {
            var isCertain = isAnswered && turn == 0;
            if (!isCertain && !random.Chance(s_continues[turn] * world.People[speaker].Habits.Answers * Appeal(exchange))) break;
            var replyAt = ReplyAt(world, tie.Setting, speaker, atMs, random);
            exchange = Response(world.People[speaker].Habits, exchange, tie.IsWarm, random);
            message = world.Ledger.Add(new DemoDraft
            {
                AtMs = replyAt,
                From = speaker,
                To = tie.Other(speaker),
                Kind = InteractionKind.Reply,
                Exchange = exchange,
                Setting = tie.Setting,
                Channel = tie.Channel,
                About = exchange is Exchange.Gossip ? ThirdPerson(world, tie, speaker, random) : -1,
                Answers = message,
                Personalised = true,
            });
            if (message < 0) break;
            tie.Said(speaker);
            atMs = replyAt;
            speaker = tie.Other(speaker);
        }
        return atMs;
    }

    /// <summary>A call or meeting of the two. Returns when it ended.</summary>
    public static long Talk(DemoWorld world, DemoTie tie, int opener, long atMs, Exchange exchange, DemoRandom random)
    {
        var isCall = random.Chance(0.6);
        var seconds = 60 * (isCall ? random.Whole(4, 45) : random.Whole(20, 100));
        var talk = world.Ledger.Add(new DemoDraft
        {
            AtMs = atMs,
            From = opener,
            To = tie.Other(opener),
            Kind = isCall ? InteractionKind.Call : InteractionKind.Meeting,
            Exchange = exchange,
            Setting = tie.Setting,
            Channel = isCall ? (random.Chance(0.6) ? DemoChannel.Phone : DemoChannel.Video) : DemoChannel.InPerson,
            About = exchange is Exchange.Gossip ? ThirdPerson(world, tie, opener, random) : -1,
            Seconds = seconds,
        });
        if (talk < 0) return atMs;
        tie.SaidByA++;
        tie.SaidByB++;
        return atMs + seconds * 1000L;
    }

    /// <summary>What this person opens with; the tactful hold back until the tie is warm.</summary>
    public static Exchange Opening(DemoHabits habits, bool isWarm, DemoRandom random)
    {
        var exchange = (Exchange)random.Weighted(habits.Openings);
        var isForward = exchange is Exchange.Ask or Exchange.Pitch or Exchange.Promotion or Exchange.Gossip or Exchange.Complaint
            or Exchange.UnsolicitedAdvice;
        return habits.Tactful && !isWarm && isForward ? Exchange.None : exchange;
    }

    private static long Converse(DemoWorld world, DemoTie tie, int opener, long atMs, DemoRandom random)
    {
        var exchange = Opening(world.People[opener].Habits, tie.IsWarm, random);
        return random.Chance(0.16)
            ? Talk(world, tie, opener, atMs, exchange is Exchange.Thanks or Exchange.Promotion ? Exchange.None : exchange, random)
            : Thread(world, tie, opener, atMs, exchange, random);
    }

    /// <summary>First contact: connect and accept, or a meeting by chance, then a follow-up. -1 where it was not to be.</summary>
    private static long BeginTie(DemoWorld world, DemoTie tie, DemoRandom random)
    {
        var opener = Opener(world, tie, random);
        var other = tie.Other(opener);
        var at = Moment(world, tie.Setting, opener, tie.FromMs, random);
        if (random.Chance(0.3))
        {
            var isChance = tie.Setting is Setting.Professional && random.Chance(0.25);
            var met = world.Ledger.Add(new DemoDraft
            {
                AtMs = at,
                From = opener,
                To = other,
                Kind = InteractionKind.Meeting,
                Setting = isChance ? Setting.Chance : tie.Setting,
                Channel = DemoChannel.InPerson,
                Seconds = 60 * random.Whole(5, 60),
            });
            if (met < 0) return -1;
            tie.SaidByA++;
            tie.SaidByB++;
            return DemoContacts.FollowUp(world, tie, at, 1.25, random);
        }
        var accepted = DemoContacts.Connect(world, opener, other, at, random);
        return accepted < 0 ? -1 : DemoContacts.FollowUp(world, tie, world.Ledger.Drafts[accepted].AtMs, 1.25, random);
    }

    private static int Opener(DemoWorld world, DemoTie tie, DemoRandom random)
    {
        var a = world.People[tie.A].Habits.Initiative;
        var b = world.People[tie.B].Habits.Initiative;
        return random.Chance(a / (a + b)) ? tie.A : tie.B;
    }

    private static double Appeal(Exchange exchange) => exchange switch
    {
        Exchange.Promotion => 0.3,
        Exchange.Pitch => 0.45,
        Exchange.Gossip => 0.6,
        Exchange.UnsolicitedAdvice => 0.55,
        Exchange.Thanks => 0.8,
        _ => 1,
    };

    private static Exchange Response(DemoHabits habits, Exchange to, bool isWarm, DemoRandom random) => to switch
    {
        Exchange.Ask when random.Chance(habits.Helps) => random.Chance(0.62) ? Exchange.Give : Exchange.Advice,
        Exchange.Give or Exchange.Advice when habits.Helps > 0.5 && random.Chance(0.7) => Exchange.Thanks,
        Exchange.Ask or Exchange.Complaint when habits.Tactful => Exchange.None,
        _ when habits.Tactful && !isWarm => Exchange.None,
        _ => (Exchange)random.Weighted(habits.Replies),
    };

    /// <summary>Whom they talk about: somebody the speaker knows who is not the listener; -1 where there is no one.</summary>
    private static int ThirdPerson(DemoWorld world, DemoTie tie, int speaker, DemoRandom random)
    {
        var ties = world.TiesOf(speaker);
        if (ties.Count == 0) return -1;
        var third = random.Pick(ties).Other(speaker);
        return third == tie.Other(speaker) ? -1 : third;
    }
}
