using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo;

/// <summary>
/// Ties with a plot: dormant after a strong past, revived after more than a year of silence, burnt, mentorships, and
/// contacts that never became anything. Each pair is reserved, so that nothing else happens to spoil the plot.
/// </summary>
internal static class DemoLifecycles
{
    /// <summary>Days of silence planted in dormant and revived ties: over a year, with room for late replies.</summary>
    private const double SilenceDays = 440;

    public static void Plant(DemoWorld world)
    {
        var random = world.Stream("lifecycles");
        var people = world.Options.People;
        for (var i = 0; i < people * 6 / 100; i++) Dormant(world, random.Pick(world.Ordinary), random);
        for (var i = 0; i < people / 100; i++) Revived(world, random.Pick(world.Ordinary), random);
        foreach (var person in world.People)
            if (person.Archetype is DemoArchetype.Nurturer)
                for (var i = random.Whole(3, 5); i > 0; i--) Revived(world, person.Number, random);
        for (var i = 0; i < people * 2 / 100; i++) Burnt(world, random.Pick(world.Ordinary), random);
        for (var i = 0; i < people * 2 / 100; i++) Mentorship(world, random);
        for (var i = 0; i < people / 2; i++) Nominal(world, random.Pick(world.Ordinary), random);
        for (var i = 0; i < people * 4 / 100; i++) Declined(world, random.Pick(world.Ordinary), random);
    }

    /// <summary>A strong past that ends this many days ago or earlier; null where the person found no one.</summary>
    private static DemoTie? Past(DemoWorld world, int person, double silenceDays, DemoRandom random)
    {
        var other = world.Stranger(person, random);
        if (other < 0) return null;
        world.Reserve(person, other);
        var from = random.Between(0, 0.2) * world.Calendar.SpanDays;
        var to = random.Between(from + 110, world.Calendar.SpanDays - silenceDays);
        var tie = Between(world, person, other, from, to, random);
        var conversations = random.Whole(6, 22);
        var opener = person;
        for (var i = 0; i < conversations; i++)
        {
            var day = from + (to - from) * (i + random.Between(0.1, 0.6)) / conversations;
            var at = DemoConversations.Moment(world, tie.Setting, opener, At(world, day), random);
            var exchange = DemoConversations.Opening(world.People[opener].Habits, tie.IsWarm, random);
            if (exchange is Exchange.Complaint or Exchange.Gossip) exchange = Exchange.None;
            if (i % 5 == 3) DemoConversations.Talk(world, tie, opener, at, Exchange.None, random);
            else DemoConversations.Thread(world, tie, opener, at, exchange, random, isAnswered: true);
            opener = tie.Other(opener);
        }
        return tie;
    }

    private static void Dormant(DemoWorld world, int person, DemoRandom random)
    {
        if (Past(world, person, SilenceDays, random) is { } tie) world.Planted.Dormant.Add((tie.A, tie.B));
    }

    private static void Revived(DemoWorld world, int person, DemoRandom random)
    {
        if (Past(world, person, SilenceDays + 25, random) is not { } past) return;
        var again = (past.ToMs - world.Calendar.StartMs) / (double)DemoCalendar.DayMs + 410;
        var from = random.Between(again, Math.Max(again, world.Calendar.SpanDays - 45));
        var at = DemoConversations.Moment(world, past.Setting, person, At(world, from), random);
        var exchange = random.Chance(0.4) ? Exchange.Give : Exchange.None;
        var end = DemoConversations.Thread(world, past, person, at, exchange, random, isAnswered: true);
        var next = new DemoTie
        {
            A = past.A,
            B = past.B,
            FromMs = end,
            ToMs = world.Calendar.UntilMs,
            PerMonth = random.Between(0.8, 1.6),
            Channel = past.Channel,
            IsSteady = true,
            SaidByA = past.SaidByA,
            SaidByB = past.SaidByB,
        };
        DemoConversations.Live(world, next, random);
        world.Planted.Revived.Add((past.A, past.B));
    }

    private static void Burnt(DemoWorld world, int person, DemoRandom random)
    {
        if (Past(world, person, 120, random) is not { } tie) return;
        var breaker = random.Chance(0.5) ? tie.A : tie.B;
        var isDecline = random.Chance(0.35);
        var at = DemoConversations.Moment(
            world, Setting.Professional, breaker, tie.ToMs + random.Whole(10, 40) * DemoCalendar.DayMs, random);
        world.Ledger.Add(new DemoDraft
        {
            AtMs = at,
            From = breaker,
            To = tie.Other(breaker),
            Kind = isDecline ? InteractionKind.Decline : InteractionKind.Message,
            Exchange = isDecline ? Exchange.None : Exchange.Complaint,
            Channel = tie.Channel,
            Personalised = true,
        });
        world.Planted.Burnt.Add((breaker, tie.Other(breaker)));
    }

    /// <summary>Fortnightly talks: the mentee brings a matter, the mentor advises, the mentee reports and thanks.</summary>
    private static void Mentorship(DemoWorld world, DemoRandom random)
    {
        var mentor = random.Pick(world.Ordinary);
        for (var attempt = 0; attempt < 20 && !world.People[mentor].IsSenior; attempt++) mentor = random.Pick(world.Ordinary);
        var mentee = world.Stranger(mentor, random);
        if (mentee < 0) return;
        world.Reserve(mentor, mentee);
        var from = random.Between(0, world.Calendar.SpanDays - 250);
        var tie = Between(world, mentor, mentee, from, world.Calendar.SpanDays, random);
        for (var day = from; day < world.Calendar.SpanDays; day += random.Between(12, 32))
        {
            var at = DemoConversations.Moment(world, Setting.Professional, mentee, At(world, day), random);
            if (random.Chance(0.3))
            {
                DemoConversations.Talk(world, tie, mentor, at, Exchange.Advice, random);
                continue;
            }
            var opening = Say(world, tie, mentee, at, InteractionKind.Message,
                tie.IsWarm && random.Chance(0.3) ? Exchange.Ask : Exchange.None, -1);
            if (opening < 0) break;
            at = DemoConversations.ReplyAt(world, Setting.Professional, mentor, at, random);
            var advice = Say(world, tie, mentor, at, InteractionKind.Reply, Exchange.Advice, opening);
            if (advice < 0) break;
            if (random.Chance(0.7))
                Say(world, tie, mentee, DemoConversations.ReplyAt(world, Setting.Professional, mentee, at, random), InteractionKind.Reply,
                    Exchange.Thanks, advice);
        }
        world.Planted.Mentorships.Add((mentor, mentee));
    }

    /// <summary>Connected, and that was it.</summary>
    private static void Nominal(DemoWorld world, int person, DemoRandom random)
    {
        var other = world.Stranger(person, random);
        if (other < 0) return;
        world.Reserve(person, other);
        var at = world.Calendar.OfficeMoment(world.Sometime(0, 5, random), world.People[person].HoursAhead, random);
        DemoContacts.Connect(world, person, other, at, random);
    }

    private static void Declined(DemoWorld world, int person, DemoRandom random)
    {
        var other = world.Stranger(person, random);
        if (other < 0) return;
        world.Reserve(person, other);
        var at = world.Calendar.OfficeMoment(world.Sometime(0, 5, random), world.People[person].HoursAhead, random);
        DemoContacts.Connect(world, person, other, at, random, InteractionKind.Decline);
    }

    private static DemoTie Between(DemoWorld world, int a, int b, double fromDay, double toDay, DemoRandom random) => new()
    {
        A = a,
        B = b,
        FromMs = At(world, fromDay),
        ToMs = At(world, toDay),
        PerMonth = 1,
        Channel = random.Chance(0.7) ? DemoChannel.Email : DemoChannel.LinkedIn,
    };

    private static int Say(DemoWorld world, DemoTie tie, int from, long atMs, InteractionKind kind, Exchange exchange, int answers)
    {
        tie.Said(from);
        return world.Ledger.Add(new DemoDraft
        {
            AtMs = atMs,
            From = from,
            To = tie.Other(from),
            Kind = kind,
            Exchange = exchange,
            Channel = tie.Channel,
            Answers = answers,
            Personalised = true,
        });
    }

    private static long At(DemoWorld world, double day) => world.Calendar.StartMs + (long)(day * DemoCalendar.DayMs);
}
