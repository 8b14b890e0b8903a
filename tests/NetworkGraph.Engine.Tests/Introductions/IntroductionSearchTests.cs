using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Tests.Snapshots;
using NetworkGraph.Engine.Ties;
using static NetworkGraph.Engine.Tests.Snapshots.TestNetworks;

namespace NetworkGraph.Engine.Tests.Introductions;

public class IntroductionSearchTests
{
    [Fact]
    public void The_score_is_the_product_of_probabilities_and_what_brokers_cost()
    {
        var path = ToOne(Mutual(4, (0, 1, 10), (1, 2, 5), (2, 3, 2)), 0, 3).ShouldHaveSingleItem();

        // α −0.7, β 1: the odds are e^−0.7·(1 + m).
        double[] p = [.. new[] { 10, 5, 2 }.Select(m => Math.Exp(-0.7) * (1 + m) / (1 + Math.Exp(-0.7) * (1 + m)))];
        path.Score.ShouldBe(p[0] * p[1] * p[2] * 0.81, 1e-9);
        path.Hops.Select(h => (h.From, h.To)).ShouldBe([(0, 1), (1, 2), (2, 3)]);
        for (var i = 0; i < 3; i++) path.Hops[i].Probability.ShouldBe(p[i], 1e-7);
        path.Hops[1].Strength.ShouldBe(5, 1e-6);
        path.Hops[1].LastContactMs.ShouldBe(5000);
        path.Brokers.ShouldBe([1, 2]);
        (path.Source, path.FirstBroker, path.Target).ShouldBe((0, 1, 3));
    }

    [Fact]
    public void Strengths_are_those_of_the_snapshots_date()
    {
        var network = Mutual(3, (0, 1, 20), (1, 2, 20));
        var later = new SnapshotWriter(network).Publish((long)(180 * TieDecay.DayMs));
        var p = HopModel.Prior.Probability(10);
        ToOne(later, 0, 2).ShouldHaveSingleItem().Score.ShouldBe(p * p * 0.9, 1e-9);
    }

    [Fact]
    public void A_direct_tie_is_no_path_and_carries_none_of_several()
    {
        ToOne(Mutual(2, (0, 1, 9)), 0, 1).ShouldBeEmpty();
        var triangle = Mutual(4, (0, 1, 9), (0, 2, 1), (1, 2, 1), (1, 3, 9));
        People(ToOne(triangle, 0, 1)).ShouldBe(["0-2-1"]);
        People(ToAny(triangle, 0, [1, 3])).ShouldBe(["0-1-3", "0-2-1"]);
    }

    [Fact]
    public void Ties_below_the_least_strength_carry_nothing_whatever_their_probability()
    {
        var snapshot = Mutual(5, (0, 1, 0.05), (1, 2, 0.05), (0, 3, 0.049), (3, 4, 9));
        People(ToOne(snapshot, 0, 2)).ShouldBe(["0-1-2"]);
        ToOne(snapshot, 0, 4).ShouldBeEmpty();
        People(ToOne(snapshot, 0, 4, new() { MinStrength = 0 })).ShouldBe(["0-3-4"]);
    }

    [Fact]
    public void Hops_can_rest_on_strengths_of_another_half_life()
    {
        var facts = Facts(4, 4) with { HopStrength = 0.5 };
        var snapshot = Build(TestNetworks.People(4), [(0, 1, facts), (1, 2, facts), (0, 3, Facts(1, 1)), (3, 2, Facts(1, 1))]);
        var best = ToOne(snapshot, 0, 2);
        People(best).ShouldBe(["0-3-2", "0-1-2"]);
        best[1].Hops[0].Probability.ShouldBe(HopModel.Prior.Probability(0.5), 1e-9);
        best[1].Hops[0].Strength.ShouldBe(4, 1e-6);
    }

    [Fact]
    public void Only_mutual_ties_carry()
    {
        var snapshot = Build(TestNetworks.People(3), [(0, 1, Facts(5, 5)), (1, 2, Facts(5, 0))]);
        ToOne(snapshot, 0, 2).ShouldBeEmpty();
    }

    [Fact]
    public void No_path_leads_to_oneself_or_to_an_unknown_person()
    {
        var snapshot = Mutual(3, (0, 1, 1), (1, 2, 1));
        ToOne(snapshot, 1, 1).ShouldBeEmpty();
        ToOne(snapshot, 0, 7).ShouldBeEmpty();
        ToOne(snapshot, 7, 0).ShouldBeEmpty();
        ToAny(snapshot, 0, [0, 7]).ShouldBeEmpty();
        ToAny(snapshot, 0, []).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => ToOne(snapshot, -1, 0));
        Should.Throw<ArgumentOutOfRangeException>(() => ToOne(snapshot, 0, 2, new() { MaxHops = 7 }));
        Should.Throw<ArgumentOutOfRangeException>(() => ToOne(snapshot, 0, 2, new() { Paths = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => ToOne(snapshot, 0, 2, new() { Hop = new HopModel(0, -1) }));
    }

    [Fact]
    public void Equal_scores_are_ordered_by_hops_then_by_ids()
    {
        var equal = Mutual(6, (0, 2, 3), (0, 1, 3), (0, 4, 3), (1, 5, 3), (2, 5, 3), (4, 5, 3));
        People(ToOne(equal, 0, 5)).ShouldBe(["0-1-5", "0-2-5", "0-4-5"]);

        // Without a price on brokers and with p as good as 1, any way is worth the same: the shortest comes first.
        var sure = Mutual(6, (0, 3, 1e12), (3, 1, 1e12), (1, 5, 1e12), (0, 4, 1e12), (4, 5, 1e12));
        People(ToOne(sure, 0, 5, new() { Delta = 1 })).ShouldBe(["0-4-5", "0-3-1-5"]);
    }

    [Fact]
    public void Closed_people_and_blocked_pairs_carry_nothing()
    {
        var snapshot = Mutual(5, (0, 1, 5), (0, 2, 3), (1, 4, 5), (2, 4, 3), (0, 3, 1), (3, 4, 1));
        People(ToOne(snapshot, 0, 4)).ShouldBe(["0-1-4", "0-2-4", "0-3-4"]);
        var constraints = new IntroductionConstraints([2], [(4, 1)]);
        People(ToOne(snapshot, 0, 4, new() { Constraints = constraints })).ShouldBe(["0-3-4"]);
        People(ToOne(snapshot, 0, 4, new() { Constraints = new IntroductionConstraints([0, 4], []) })).Count.ShouldBe(3);
        // A closed person can still be asked for.
        People(ToOne(snapshot, 0, 2, new() { Constraints = constraints, MaxHops = 3 })).ShouldBe(["0-3-4-2"]);
    }

    [Fact]
    public void Each_of_several_paths_has_its_own_first_broker_and_target()
    {
        var snapshot = Mutual(6, (0, 1, 9), (0, 2, 5), (1, 3, 9), (1, 4, 9), (2, 4, 5), (2, 5, 1), (3, 5, 9));
        People(ToAny(snapshot, 0, [3, 4, 5], new() { Paths = 3 })).ShouldBe(["0-1-3", "0-2-4"]);
    }

    [Fact]
    public void From_a_team_colleagues_without_a_path_come_before_better_second_paths()
    {
        // 0 has the two best paths, to 5 by 3 and to 6 by 4; 1 has a weak one by 2 to 7.
        var snapshot = Mutual(8, (0, 3, 20), (3, 5, 20), (0, 4, 18), (4, 6, 18), (1, 2, 1), (2, 7, 1));
        People(FromAny(snapshot, [0, 1], [5, 6, 7], new() { Paths = 3 })).ShouldBe(["0-3-5", "1-2-7", "0-4-6"]);
        People(FromAny(snapshot, [0, 1], [5, 6, 7], new() { Paths = 1 })).ShouldBe(["0-3-5"]);
    }

    [Fact]
    public void From_a_team_no_broker_and_no_target_is_asked_for_twice_and_colleagues_broker_for_each_other()
    {
        var snapshot = Mutual(6, (0, 1, 9), (1, 4, 9), (2, 3, 5), (3, 4, 5), (3, 5, 1));
        // 1 knows 4, so 0 asks 1; then 4 is taken and 3 leads on to 5.
        People(FromAny(snapshot, [0, 1, 2], [4, 5], new() { Paths = 3 })).ShouldBe(["0-1-4", "2-3-5"]);
        FromAny(snapshot, [0, 4], [4, 0]).ShouldBeEmpty("the team is not what it looks for");
    }

    [Fact]
    public void A_search_can_be_cancelled()
    {
        var snapshot = Mutual(3, (0, 1, 1), (1, 2, 1));
        Should.Throw<OperationCanceledException>(() =>
            IntroductionSearch.ToOne(snapshot, 0, 2, new IntroductionOptions(), new CancellationToken(true)));
        ToOne(snapshot, 0, 2).ShouldHaveSingleItem();
    }

    [Fact]
    public void It_equals_the_enumeration_of_all_paths_on_any_network() =>
        Prop.ForAll(TestNetworks.Seeds(), CheckAgainstOracle).Check(Config.QuickThrowOnFailure.WithMaxTest(400));

    [Fact]
    public async Task Searches_at_once_do_not_disturb_each_other()
    {
        var random = new Random(3);
        var snapshot = RandomNetwork(random, 40, 0.15, 4);
        var pairs = Enumerable.Range(0, 200).Select(_ => (Source: random.Next(40), Target: random.Next(40))).ToArray();
        var expected = pairs.Select(pair => string.Join(' ', People(ToOne(snapshot, pair.Source, pair.Target)))).ToArray();
        await Parallel.ForAsync(0, 2000, TestContext.Current.CancellationToken, (i, _) =>
        {
            var (source, target) = pairs[i % pairs.Length];
            string.Join(' ', People(ToOne(snapshot, source, target))).ShouldBe(expected[i % pairs.Length]);
            return ValueTask.CompletedTask;
        });
    }

    private static void CheckAgainstOracle(int seed)
    {
        var random = new Random(seed);
        var people = random.Next(3, 18);
        var density = random.NextDouble() * (people > 10 ? 0.45 : 0.9);
        var snapshot = RandomNetwork(random, people, density, levels: random.Next(3) switch { 0 => 1, 1 => 3, _ => 0 });
        var constraints = random.Next(2) == 0 ? IntroductionConstraints.None : new IntroductionConstraints(
            Enumerable.Range(0, people).Where(_ => random.Next(6) == 0),
            Enumerable.Range(0, random.Next(people)).Select(_ => (random.Next(people), random.Next(people))));
        for (var query = 0; query < 6; query++)
        {
            var options = new IntroductionOptions
            {
                MaxHops = random.Next(2, people > 12 ? 6 : 7),
                Paths = random.Next(1, 11),
                Delta = random.Next(3) == 0 ? 1 : 0.9,
                Hop = random.Next(3) switch
                {
                    0 => HopModel.Prior,
                    1 => new HopModel(4 * random.NextDouble() - 2, 2 * random.NextDouble()),
                    _ => new HopModel(-1, 0)
                },
                MinStrength = random.Next(3) switch { 0 => 0, 1 => 0.05, _ => 3 },
                Constraints = constraints,
            };
            var oracle = new PathOracle(snapshot, options);
            var source = random.Next(people);
            var target = random.Next(people);
            if (source != target)
                ShouldEqual(ToOne(snapshot, source, target, options), oracle.ToOne(source, target), $"{seed} {source}→{target} {options}");
            int[] targets = [.. Enumerable.Range(0, random.Next(1, people)).Select(_ => random.Next(people))];
            ShouldEqual(ToAny(snapshot, source, targets, options), oracle.ToAny(source, targets),
                $"{seed} {source}→{{{string.Join(',', targets)}}} {options}");
            int[] sources = [.. Enumerable.Range(0, random.Next(1, people)).Select(_ => random.Next(people))];
            ShouldEqual(FromAny(snapshot, sources, targets, options), oracle.FromAny(sources, targets),
                $"{seed} {{{string.Join(',', sources)}}}→{{{string.Join(',', targets)}}} {options}");
        }
    }

    /// <param name="levels">Number of different strengths; 0 for strengths that are all different.</param>
    private static NetworkSnapshot RandomNetwork(Random random, int people, double density, int levels)
    {
        var ids = new PersonIds();
        var names = Enumerable.Range(0, people).Select(i => $"{(char)('a' + i % 26)}{i}").ToArray();
        random.Shuffle(names);
        foreach (var name in names) ids.Add(name);
        double Strength() => random.Next(5) == 0 ? 0 : levels == 0 ? Math.Exp(3 * random.NextDouble()) : 1 << 2 * random.Next(levels);
        var dyads = new List<(int, int, DyadFacts)>();
        for (var low = 0; low < people; low++)
            for (var high = low + 1; high < people; high++)
                if (random.NextDouble() < density) dyads.Add((low, high, Facts(Strength(), Strength())));
        return Build(ids, dyads);
    }

    private static void ShouldEqual(IReadOnlyList<IntroductionPath> found, List<PathOracle.Found> expected, string what)
    {
        string.Join(' ', People(found)).ShouldBe(string.Join(' ', expected.Select(path => string.Join('-', path.People))), what);
        for (var i = 0; i < expected.Count; i++)
            Math.Abs(found[i].Score / expected[i].Score - 1).ShouldBeLessThan(1e-6, what);
    }

    private static IReadOnlyList<IntroductionPath> ToOne(
        NetworkSnapshot snapshot, int source, int target, IntroductionOptions? options = null) =>
        IntroductionSearch.ToOne(snapshot, source, target, options ?? new(), TestContext.Current.CancellationToken);

    private static IReadOnlyList<IntroductionPath> ToAny(
        NetworkSnapshot snapshot, int source, int[] targets, IntroductionOptions? options = null) =>
        IntroductionSearch.ToAny(snapshot, source, targets, options ?? new(), TestContext.Current.CancellationToken);

    private static IReadOnlyList<IntroductionPath> FromAny(
        NetworkSnapshot snapshot, int[] sources, int[] targets, IntroductionOptions? options = null) =>
        IntroductionSearch.FromAny(snapshot, sources, targets, options ?? new(), TestContext.Current.CancellationToken);

    private static List<string> People(IReadOnlyList<IntroductionPath> paths) =>
        [.. paths.Select(path => string.Join('-', path.Hops.Select(hop => hop.To).Prepend(path.Source)))];
}
