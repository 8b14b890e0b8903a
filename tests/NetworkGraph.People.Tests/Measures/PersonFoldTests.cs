using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Tests.Measures;

/// <summary>What holds of a person over all of their dyads.</summary>
public class PersonFoldTests
{
    private const string Me = "p0";

    private static readonly Gen<Interaction> s_interaction =
        from day in Gen.Choose(0, 700)
        from kind in Gen.Choose(0, InteractionKinds.Count - 1)
        from exchange in Gen.Choose(0, WireNames.Exchanges.Count - 1)
        from people in Gen.Shuffle(["p0", "p1", "p2", "p3", "p4"])
        from recipients in Gen.Choose(1, 4)
        select new Interaction
        {
            Id = "",
            AtMs = DyadStory.At(day),
            From = people[0],
            To = (InteractionKind)kind switch
            {
                InteractionKind.Attendance => [],
                InteractionKind.Introduction => people[1..3],
                _ => people[1..(1 + recipients)],
            },
            Kind = (InteractionKind)kind,
            Exchange = (Exchange)exchange,
        };

    private static readonly Arbitrary<IList<Interaction>> s_log = s_interaction.ListOf().Select(
        l => (IList<Interaction>)[.. l]).ToArbitrary();

    [Fact]
    public void A_persons_counts_are_those_of_the_log() => Prop.ForAll(s_log, log =>
    {
        var answer = Activity(log);
        var mine = log.Where(i => i.From == Me || i.To.Contains(Me)).ToArray();
        answer.InteractionsOut.ShouldBe(mine.Count(i => i.From == Me || i.Kind.IsMutual()));
        answer.InteractionsIn.ShouldBe(mine.Count(i => i.To.Contains(Me) || i.Kind.IsMutual()));
        answer.Contacts.ShouldBe(mine.Where(i => i.From == Me || i.Kind.IsMutual()).SelectMany(i => i.To)
            .Concat(mine.Where(i => i.From != Me).Select(i => i.From)).Where(p => p != Me).Distinct().Count());
        answer.FirstSeen.ShouldBe(mine.Length == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(mine.Min(i => i.AtMs)));
        answer.LastSeen.ShouldBe(mine.Length == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(mine.Max(i => i.AtMs)));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Reciprocity_is_what_the_definition_says() => Prop.ForAll(s_log, log =>
    {
        var asOfMs = DyadStory.At(800);
        var fold = new EgoReciprocityFold(asOfMs, MeasureOptions.Default);
        double given = 0, got = 0, back = 0;
        int ties = 0, mutual = 0;
        foreach (var (_, events) in Dyads(log))
        {
            fold.Add(events, true);
            double mine = 0, theirs = 0;
            var weighs = false;
            foreach (var e in events)
            {
                var happened = new Happened(e.AtMs, Side.Me, e.Kind) { Exchange = e.Exchange, Recipients = e.Recipients };
                var weight = NaiveMeasures.WeightOf(happened);
                weighs |= weight > 0;
                if (weight < 0.2 || !NaiveMeasures.IsMessageLike(happened)) continue;
                weight *= Math.Pow(2, -(asOfMs - e.AtMs) / (180.0 * DyadStory.DayMs));
                if (e.Direction != DyadDirection.HighToLow) mine += weight;
                if (e.Direction != DyadDirection.LowToHigh) theirs += weight;
            }
            given += mine;
            got += theirs;
            back += Math.Min(mine, theirs);
            if (weighs) ties++;
            if (mine > 0 && theirs > 0) mutual++;
        }
        var answer = fold.Finish(Me);
        Close(answer.Returned, given == 0 ? null : back / given);
        Close(answer.Given, got == 0 ? null : back / got);
        Close(answer.Balance, given + got == 0 ? null : 2 * back / (given + got));
        (answer.Ties, answer.MutualTies).ShouldBe((ties, mutual));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Giving_to_one_and_taking_from_another_is_no_reciprocity()
    {
        var fold = new EgoReciprocityFold(DyadStory.At(0), MeasureOptions.Default);
        fold.Add(new DyadStory().Me(0).Events(), true);
        fold.Add(new DyadStory().Them(0).Events(false), false);
        var answer = fold.Finish(Me);
        (answer.Returned, answer.Given, answer.Balance, answer.Ties, answer.MutualTies).ShouldBe((0, 0, 0, 2, 0));
    }

    [Fact]
    public void Half_of_what_I_put_in_comes_back()
    {
        var fold = new EgoReciprocityFold(DyadStory.At(0), MeasureOptions.Default);
        fold.Add(new DyadStory().Me(0).Me(0).Them(0, exchange: Exchange.Give).Events(), true);
        var answer = fold.Finish(Me);
        (answer.Returned, answer.Given, answer.Balance).ShouldBe((0.5, 1, 2 / 3.0));
        answer.Ledger.Gives.ShouldBe(new DirectedCount(0, 1));
        answer.Evidence.StrengthOut.ShouldBe(2);
    }

    [Fact]
    public void An_empty_history_has_no_reciprocity()
    {
        var answer = new EgoReciprocityFold(DyadStory.At(0), MeasureOptions.Default).Finish(Me);
        (answer.Returned, answer.Given, answer.Balance, answer.Evidence.FirstContact).ShouldBe((null, null, null, null));
    }

    [Fact]
    public void Being_mentioned_is_not_taking_part()
    {
        var fold = new PersonActivityFold();
        var mention = new Happened(DyadStory.StartMs, Side.Me, InteractionKind.Message).ToEvent(1, true);
        mention.Pack(new Interaction { Id = "a", AtMs = 0, From = "x", To = ["y"], Kind = InteractionKind.Referral, About = Me },
            DyadDirection.Mentioned, false);
        fold.AddOwn([mention]);
        var answer = fold.Finish(new Profile { Id = Me, Name = "Ada" }, DyadStory.At(1));
        (answer.InteractionsOut, answer.InteractionsIn, answer.FirstSeen, answer.Name).ShouldBe((0, 0, null, "Ada"));
    }

    private static PersonAnswer Activity(IList<Interaction> log)
    {
        var fold = new PersonActivityFold();
        foreach (var (_, events) in Dyads(log)) fold.Add(events, true);
        var attendances = log.Select((interaction, index) => (interaction, index))
            .Where(i => i.interaction.From == Me && i.interaction.Kind is InteractionKind.Attendance)
            .Select(i => Event(i.interaction, i.index, DyadDirection.LowToHigh, 1));
        fold.AddOwn([.. attendances.OrderBy(e => e.AtMs)]);
        return fold.Finish(new Profile { Id = Me }, DyadStory.At(800));
    }

    /// <summary>The dyads of me, who am always the low person.</summary>
    private static Dictionary<string, DyadEvent[]> Dyads(IList<Interaction> log)
    {
        var dyads = new Dictionary<string, List<DyadEvent>>();
        for (var index = 0; index < log.Count; index++)
        {
            var interaction = log[index];
            foreach (var other in interaction.To.Append(interaction.From).Where(p => p != Me))
            {
                var iSent = interaction.From == Me;
                var direction = interaction.Kind.IsMutual() ? DyadDirection.Both : iSent
                    ? DyadDirection.LowToHigh : DyadDirection.HighToLow;
                var takesPart = interaction.Kind.IsMutual()
                    ? iSent || interaction.To.Contains(Me)
                    : iSent ? other != Me : interaction.To.Contains(Me) && other == interaction.From;
                if (!takesPart) continue;
                if (!dyads.TryGetValue(other, out var events)) dyads[other] = events = [];
                events.Add(Event(interaction, index, direction, interaction.To.Length));
            }
        }
        return dyads.ToDictionary(d => d.Key, d => d.Value.OrderBy(e => e.AtMs).ThenBy(e => e.Position).ToArray());
    }

    private static DyadEvent Event(Interaction interaction, int index, DyadDirection direction, int recipients)
    {
        var packed = new DyadEvent
        {
            AtMs = interaction.AtMs,
            Position = (uint)index + 1,
            Previous = -1,
            About = -1,
            Recipients = (ushort)recipients
        };
        packed.Pack(interaction, direction, false);
        return packed;
    }

    private static void Close(double? actual, double? expected)
    {
        actual.HasValue.ShouldBe(expected.HasValue);
        if (actual is { } value) value.ShouldBe(expected!.Value, 1e-9);
    }
}
