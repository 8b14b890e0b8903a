using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Demo;

/// <summary>
/// Behaviour that deserves a warning, in pairs of its own: monologues, persistence after a decline, bridges burnt one
/// after another, ties of nothing but transactions, ties of nothing but reactions.
/// </summary>
internal static class DemoFrictions
{
    public static void Plant(DemoWorld world)
    {
        var random = world.Stream("frictions");
        var each = Math.Max(2, world.Options.People / 150);
        var pushers = Of(world, DemoArchetype.SelfPromoter, DemoArchetype.Demander);
        var burners = Of(world, DemoArchetype.Gossip, DemoArchetype.Demander);
        for (var i = 0; i < each; i++) Persist(world, random.Pick(pushers), i % 2 == 0, random);
        random.Shuffle(burners);
        foreach (var burner in burners.Take(each / 2)) BurnBridges(world, burner, random);
        for (var i = 0; i < each * 4; i++) Trade(world, random.Pick(world.Ordinary), random);
        for (var i = 0; i < world.Options.People / 2; i++) Applaud(world, random.Pick(world.Ordinary), i % 5 == 0, random);
    }

    /// <summary>Once it is known who is in touch with whom: some talk to more people who never answer than to those who do.</summary>
    public static void PlantMonologues(DemoWorld world)
    {
        var random = world.Stream("monologues");
        var talkers = Of(world, DemoArchetype.SelfPromoter);
        random.Shuffle(talkers);
        foreach (var talker in talkers.Take(Math.Max(2, world.Options.People / 150))) Monologue(world, talker, random);
    }

    private static List<int> Of(DemoWorld world, params DemoArchetype[] archetypes) =>
        [.. world.People.Where(p => p.Archetype is { } a && archetypes.Contains(a)).Select(p => p.Number)];

    /// <summary>To as many people as they are in touch with and more, message after message of late that no one answers.</summary>
    private static void Monologue(DemoWorld world, int person, DemoRandom random)
    {
        for (var ties = world.TiesOf(person).Count * 3 / 2 + 4; ties > 0; ties--)
        {
            var other = world.Stranger(person, random);
            if (other < 0) break;
            world.Reserve(person, other);
            var until = world.Calendar.UntilMs - random.Whole(4, 40) * DemoCalendar.DayMs;
            for (var at = until - random.Whole(50, 130) * DemoCalendar.DayMs; at <= until; at += random.Whole(6, 9) * DemoCalendar.DayMs)
                Say(world, person, other, world.Calendar.OfficeMoment(at, world.People[person].HoursAhead, random),
                    InteractionKind.Message, Exchange.Promotion);
        }
        world.Planted.Warnings.Add(("monologue", person, -1));
    }

    /// <summary>Declined and yet at it again; or nine messages and more in a month without an answer.</summary>
    private static void Persist(DemoWorld world, int person, bool wasDeclined, DemoRandom random)
    {
        var other = Claim(world, person, random, "unwanted-persistence");
        if (other < 0) return;
        var exchange = world.People[person].Archetype is DemoArchetype.Demander ? Exchange.Ask : Exchange.Pitch;
        var at = world.Calendar.OfficeMoment(world.Sometime(10, 120, random), world.People[person].HoursAhead, random);
        if (wasDeclined)
        {
            var declined = DemoContacts.Connect(world, person, other, at, random, InteractionKind.Decline);
            if (declined < 0) return;
            at = world.Ledger.Drafts[declined].AtMs;
        }
        for (var attempts = wasDeclined ? random.Whole(4, 8) : random.Whole(10, 13); attempts > 0; attempts--)
        {
            at = world.Calendar.OfficeMoment(
                at + (wasDeclined ? random.Whole(3, 12) : 1) * DemoCalendar.DayMs, world.People[person].HoursAhead, random);
            Say(world, person, other, at, InteractionKind.Message, exchange);
        }
    }

    /// <summary>Four or five ties, good for some months, then a complaint and silence.</summary>
    private static void BurnBridges(DemoWorld world, int person, DemoRandom random)
    {
        for (var bridges = random.Whole(4, 5); bridges > 0; bridges--)
        {
            var other = world.Stranger(person, random);
            if (other < 0) return;
            world.Reserve(person, other);
            var at = world.Sometime(20, 320, random);
            var tie = new DemoTie { A = person, B = other, FromMs = at, ToMs = at, PerMonth = 1 };
            for (var talks = random.Whole(4, 6); talks > 0; talks--)
            {
                at = world.Calendar.OfficeMoment(at + random.Whole(5, 20) * DemoCalendar.DayMs, world.People[person].HoursAhead, random);
                at = DemoConversations.Thread(world, tie, talks % 2 == 0 ? person : other, at, Exchange.None, random, isAnswered: true);
            }
            at = world.Calendar.OfficeMoment(at + random.Whole(8, 30) * DemoCalendar.DayMs, world.People[person].HoursAhead, random);
            Say(world, person, other, at, InteractionKind.Message, Exchange.Complaint);
            Say(world, person, other, world.Calendar.OfficeMoment(at + DemoCalendar.DayMs, world.People[person].HoursAhead, random),
                InteractionKind.Decline, Exchange.None);
            world.Planted.Burnt.Add((person, other));
        }
        world.Planted.Warnings.Add(("burning-bridges", person, -1));
    }

    /// <summary>Orders and payments: now and then the client asks, the supplier delivers, nothing else is said.</summary>
    private static void Trade(DemoWorld world, int client, DemoRandom random)
    {
        var supplier = Claim(world, client, random, "transactional");
        if (supplier < 0) return;
        var isFirst = true;
        for (var at = world.Sometime(0, 200, random); at < world.Calendar.UntilMs; at += random.Whole(25, 70) * DemoCalendar.DayMs)
        {
            var ordered = world.Calendar.OfficeMoment(at, world.People[client].HoursAhead, random);
            var isAsk = isFirst || random.Chance(0.2);
            var order = Say(world, client, supplier, ordered, isAsk ? InteractionKind.Message : InteractionKind.Transaction,
                isAsk ? Exchange.Ask : Exchange.None);
            if (order < 0) return;
            var delivered = DemoConversations.ReplyAt(world, Setting.Professional, supplier, ordered + 2 * DemoCalendar.DayMs, random);
            Say(world, supplier, client, delivered, InteractionKind.Transaction, Exchange.None, order);
            isFirst = false;
        }
    }

    /// <summary>Nothing but reactions: a few, which is no cause for a warning, or one after another.</summary>
    private static void Applaud(DemoWorld world, int reader, bool isEager, DemoRandom random)
    {
        var author = world.Stranger(reader, random);
        if (author < 0) return;
        world.Reserve(reader, author);
        if (isEager) world.Planted.Warnings.Add(("superficial", reader, author));
        for (var reactions = isEager ? 5 + (int)random.Exponential(4) : random.Whole(1, 4); reactions > 0; reactions--)
        {
            var at = world.Calendar.OfficeMoment(world.Sometime(0, 1, random), world.People[reader].HoursAhead, random);
            var isMutual = random.Chance(0.3);
            Say(world, isMutual ? author : reader, isMutual ? reader : author, at, InteractionKind.Reaction, Exchange.None);
        }
    }

    private static int Claim(DemoWorld world, int person, DemoRandom random, string warning)
    {
        var other = world.Stranger(person, random);
        if (other < 0) return -1;
        world.Reserve(person, other);
        world.Planted.Warnings.Add((warning, person, other));
        return other;
    }

    private static int Say(DemoWorld world, int from, int to, long atMs, InteractionKind kind, Exchange exchange, int answers = -1) =>
        world.Ledger.Add(new DemoDraft
        {
            AtMs = atMs,
            From = from,
            To = to,
            Kind = kind,
            Exchange = exchange,
            Channel = kind is InteractionKind.Message ? DemoChannel.Email : kind is InteractionKind.Transaction
                ? DemoChannel.Web : DemoChannel.LinkedIn,
            Answers = answers,
            Personalised = kind is InteractionKind.Message ? exchange is not (Exchange.Promotion or Exchange.Pitch) : null,
        });
}
