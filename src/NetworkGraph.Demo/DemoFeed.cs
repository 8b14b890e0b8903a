using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo;

/// <summary>
/// What happens besides conversations: reactions and comments on each other's posts, endorsements, help from givers and
/// talk of gossips, comments of know-it-alls on strangers' posts, chance meetings, applications, payments between people
/// who also talk.
/// </summary>
internal static class DemoFeed
{
    public static void Post(DemoWorld world)
    {
        var random = world.Stream("feed");
        foreach (var tie in world.Ties) OfTie(world, tie, random);
        foreach (var person in world.People)
        {
            if (person.Archetype is DemoArchetype.Giver) Tell(world, person, Exchange.Give, random);
            if (person.Archetype is DemoArchetype.Gossip) Tell(world, person, Exchange.Gossip, random);
            if (person.Archetype is DemoArchetype.KnowItAll) Lecture(world, person, random);
            if (person.Archetype is null && !person.IsSenior && random.Chance(0.08)) Apply(world, person, random);
        }
    }

    private static void OfTie(DemoWorld world, DemoTie tie, DemoRandom random)
    {
        var months = (Math.Min(tie.ToMs, world.Calendar.UntilMs) - tie.FromMs) / (30.0 * DemoCalendar.DayMs);
        if (months < 2) return;
        var liveliness = Math.Min(1, tie.PerMonth) * months;
        for (var i = random.Rounded(0.1 * liveliness); i > 0; i--) React(world, tie, random);
        for (var i = random.Rounded(0.035 * liveliness); i > 0; i--) Comment(world, tie, random);
        if (random.Chance(0.012 * liveliness)) Single(world, tie, InteractionKind.Endorsement, Exchange.Give, DemoChannel.LinkedIn, random);
        if (random.Chance(0.004 * liveliness)) Single(world, tie, InteractionKind.Transaction, Exchange.None, DemoChannel.Web, random);
        if (random.Chance(0.006 * liveliness)) MeetByChance(world, tie, random);
    }

    private static void React(DemoWorld world, DemoTie tie, DemoRandom random) =>
        Single(world, tie, InteractionKind.Reaction, Exchange.None, DemoChannel.LinkedIn, random);

    private static void Comment(DemoWorld world, DemoTie tie, DemoRandom random)
    {
        var comment = Single(world, tie, InteractionKind.Comment, Exchange.None, DemoChannel.LinkedIn, random);
        if (comment < 0) return;
        var said = world.Ledger.Drafts[comment];
        if (!random.Chance(0.5 * world.People[said.To].Habits.Answers)) return;
        world.Ledger.Add(new DemoDraft
        {
            AtMs = DemoConversations.ReplyAt(world, Setting.Professional, said.To, said.AtMs, random),
            From = said.To,
            To = said.From,
            Kind = InteractionKind.Reply,
            Channel = DemoChannel.LinkedIn,
            Answers = comment,
        });
    }

    private static int Single(DemoWorld world, DemoTie tie, InteractionKind kind, Exchange exchange, DemoChannel channel, DemoRandom random)
    {
        var from = random.Chance(0.5) ? tie.A : tie.B;
        var at = DemoConversations.Moment(world, tie.Setting, from, During(world, tie, random), random);
        return world.Ledger.Add(new DemoDraft
        {
            AtMs = at,
            From = from,
            To = tie.Other(from),
            Kind = kind,
            Exchange = exchange,
            Setting = tie.Setting,
            Channel = channel,
        });
    }

    private static void MeetByChance(DemoWorld world, DemoTie tie, DemoRandom random)
    {
        var at = world.Calendar.PrivateMoment(During(world, tie, random), world.People[tie.A].HoursAhead, random);
        world.Ledger.Add(new DemoDraft
        {
            AtMs = at,
            From = tie.A,
            To = tie.B,
            Kind = InteractionKind.Meeting,
            Setting = Setting.Chance,
            Channel = DemoChannel.InPerson,
            Seconds = random.Whole(120, 1500),
        });
    }

    /// <summary>Unasked, to people they know: help from givers, talk about others from gossips.</summary>
    private static void Tell(DemoWorld world, DemoPerson person, Exchange exchange, DemoRandom random)
    {
        var ties = world.TiesOf(person.Number);
        if (ties.Count == 0) return;
        for (var times = random.Rounded(random.Between(20, 45) * world.Scale); times > 0; times--)
        {
            var tie = random.Pick(ties);
            var at = DemoConversations.Moment(world, tie.Setting, person.Number, During(world, tie, random), random);
            DemoConversations.Thread(world, tie, person.Number, at, exchange, random);
        }
    }

    private static void Lecture(DemoWorld world, DemoPerson person, DemoRandom random)
    {
        for (var comments = random.Rounded(random.Between(20, 40) * world.Scale); comments > 0; comments--)
        {
            var author = world.Stranger(person.Number, random);
            if (author < 0) return;
            var at = world.Calendar.OfficeMoment(world.Sometime(0, 3, random), person.HoursAhead, random);
            var comment = world.Ledger.Add(new DemoDraft
            {
                AtMs = at,
                From = person.Number,
                To = author,
                Kind = InteractionKind.Comment,
                Exchange = Exchange.UnsolicitedAdvice,
                Channel = DemoChannel.LinkedIn,
            });
            if (comment < 0 || !random.Chance(0.25)) continue;
            world.Ledger.Add(new DemoDraft
            {
                AtMs = DemoConversations.ReplyAt(world, Setting.Professional, author, at, random),
                From = author,
                To = person.Number,
                Kind = InteractionKind.Reply,
                Channel = DemoChannel.LinkedIn,
                Answers = comment,
            });
        }
    }

    /// <summary>One to three applications to senior people elsewhere; most are answered, one in five with a decline.</summary>
    private static void Apply(DemoWorld world, DemoPerson person, DemoRandom random)
    {
        var start = world.Sometime(20, 60, random);
        for (var applications = random.Whole(1, 3); applications > 0; applications--)
        {
            var employer = world.Stranger(person.Number, random);
            if (employer < 0 || world.People[employer].Organisation == person.Organisation) continue;
            world.Meet(person.Number, employer);
            var at = world.Calendar.OfficeMoment(start + random.Whole(0, 30) * DemoCalendar.DayMs, person.HoursAhead, random);
            var application = world.Ledger.Add(new DemoDraft
            {
                AtMs = at,
                From = person.Number,
                To = employer,
                Kind = InteractionKind.Application,
                Exchange = Exchange.Ask,
                Channel = DemoChannel.Web,
                Personalised = true,
            });
            if (application < 0 || random.Chance(0.15)) continue;
            var isDeclined = random.Chance(0.25);
            world.Ledger.Add(new DemoDraft
            {
                AtMs = DemoConversations.ReplyAt(world, Setting.Professional, employer, at + 3 * DemoCalendar.DayMs, random),
                From = employer,
                To = person.Number,
                Kind = isDeclined ? InteractionKind.Decline : InteractionKind.Reply,
                Channel = DemoChannel.Email,
                Answers = application,
                Personalised = !isDeclined,
            });
        }
    }

    private static long During(DemoWorld world, DemoTie tie, DemoRandom random)
    {
        var first = tie.FromMs + 15 * DemoCalendar.DayMs;
        var last = Math.Min(tie.ToMs, world.Calendar.UntilMs);
        return last <= first ? last : first + (long)(random.Unit() * (last - first));
    }
}
