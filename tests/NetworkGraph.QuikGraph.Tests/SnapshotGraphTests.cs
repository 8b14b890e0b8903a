using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Structure;
using QuikGraph;
using QuikGraph.Algorithms.ConnectedComponents;
using QuikGraph.Algorithms.ShortestPath;

namespace NetworkGraph.QuikGraph.Tests;

public sealed class SnapshotGraphTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_graph_has_the_snapshots_ties_seen_from_both_ends(int seed)
    {
        var snapshot = GeneratedNetwork.Make(seed, 60, 4);
        foreach (var graph in (SnapshotGraph[])[new(snapshot), new(snapshot, mutualOnly: true)])
        {
            var edges = graph.Edges.ToList();
            edges.Count.ShouldBe(graph.EdgeCount);
            edges.ShouldBeUnique();
            graph.Vertices.SelectMany(graph.InEdges).ShouldBe(edges, ignoreOrder: true);
            graph.Vertices.Sum(graph.InDegree).ShouldBe(edges.Count);
            foreach (var edge in edges)
            {
                graph.ContainsEdge(edge).ShouldBeTrue();
                graph.ContainsEdge(edge.Source, edge.Target).ShouldBeTrue();
                edge.Strength.ShouldBeGreaterThan(0);
            }
        }
        var arcs = Enumerable.Range(0, snapshot.People).Sum(person => snapshot.Row(person).Out.ToArray().Count(strength => strength > 0));
        new SnapshotGraph(snapshot).EdgeCount.ShouldBe(arcs);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Weakly_connected_components_are_those_of_the_kernel(int seed)
    {
        var snapshot = GeneratedNetwork.Make(seed, 400, 1.5);
        var kernel = ConnectedComponents.Compute(SnapshotGraphs.Arcs(snapshot, Now), Now);
        var components = new Dictionary<int, int>();
        new WeaklyConnectedComponentsAlgorithm<int, DirectedTie>(new SnapshotGraph(snapshot), components).Compute();

        Partition(person => components[person], snapshot.People).ShouldBe(Partition(person => kernel[person], snapshot.People));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Distances_are_those_of_the_kernel(int seed)
    {
        var snapshot = GeneratedNetwork.Make(seed, 300, 5);
        var kernel = ShortestPaths.Distances(SnapshotGraphs.Outgoing(snapshot, Now), 0, Now);
        var dijkstra = new DijkstraShortestPathAlgorithm<int, DirectedTie>(new SnapshotGraph(snapshot), static tie => tie.Strength);
        dijkstra.Compute(0);
        for (var person = 0; person < snapshot.People; person++)
        {
            if (double.IsPositiveInfinity(kernel[person])) dijkstra.GetDistance(person).ShouldBe(double.MaxValue);
            else dijkstra.GetDistance(person).ShouldBe(kernel[person], 1e-6 * (1 + kernel[person]));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void The_best_introduction_is_the_one_that_Dijkstra_finds(int seed)
    {
        var snapshot = GeneratedNetwork.Make(seed, 40, 9);
        var options = new IntroductionOptions { MaxHops = 6, Paths = 1, Delta = 0.7 };
        for (var target = 1; target < 25; target++)
        {
            var kernel = IntroductionSearch.ToOne(snapshot, 0, target, options, Now);
            var best = RankedIntroductions.BestDetour(snapshot, 0, target, options);
            // The kernel's paths have at most so many hops; Dijkstra's may have more, and are then no worse.
            if (best is { People.Count: <= 7 }) kernel[0].Score.ShouldBe(best.Score, 1e-6 * best.Score);
            else (kernel.Count == 0 ? 0 : kernel[0].Score).ShouldBeLessThanOrEqualTo(best?.Score ?? 0);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void The_best_path_of_each_first_broker_comes_in_the_order_of_Hoffman_and_Pavley(int seed)
    {
        var snapshot = GeneratedNetwork.Make(seed, 14, 5, oneWay: false);
        var options = new IntroductionOptions { MaxHops = 6, Paths = 3, Delta = 0.6 };
        for (var target = 1; target < 14; target++)
        {
            var ranked = RankedIntroductions.Best(snapshot, 0, target, 400, options)
                .Where(path => path.People.Count is > 2 and <= 7 && path.People.Distinct().Count() == path.People.Count)
                .DistinctBy(path => path.People[1]).Take(3).ToList();
            var kernel = IntroductionSearch.ToOne(snapshot, 0, target, options, Now);
            kernel.Count.ShouldBe(ranked.Count);
            for (var i = 0; i < kernel.Count; i++) kernel[i].Score.ShouldBe(ranked[i].Score, 1e-6 * ranked[i].Score);
        }
    }

    [Fact]
    public void Cores_are_the_groups_in_which_all_reach_all()
    {
        var snapshot = GeneratedNetwork.Make(11, 80, 2.5);
        var reach = Enumerable.Range(0, snapshot.People).Select(person => Reached(snapshot, person)).ToArray();
        var cores = StronglyConnectedCores.Of(snapshot);
        for (var a = 0; a < snapshot.People; a++)
            for (var b = 0; b < snapshot.People; b++)
                (cores[a] == cores[b]).ShouldBe(reach[a].Contains(b) && reach[b].Contains(a));
        StronglyConnectedCores.Sizes(snapshot).Sum().ShouldBeLessThanOrEqualTo(snapshot.People);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Chains_share_no_broker_and_one_broker_fewer_than_their_number_never_cuts_them_all(int seed)
    {
        var snapshot = GeneratedNetwork.Make(seed, 16, 5, oneWay: false);
        var graph = new SnapshotGraph(snapshot, mutualOnly: true);
        for (var target = 1; target < 8; target++)
        {
            var chains = IndependentChains.Between(snapshot, 0, target, 6, IntroductionConstraints.None);
            foreach (var chain in chains)
            {
                (chain[0], chain[^1]).ShouldBe((0, target));
                chain.Count.ShouldBeGreaterThan(2);
                for (var i = 1; i < chain.Count; i++) graph.ContainsEdge(chain[i - 1], chain[i]).ShouldBeTrue();
            }
            chains.SelectMany(chain => chain.Skip(1).SkipLast(1)).ShouldBeUnique();
            chains.Count.ShouldBe(SmallestCut(graph, target));
        }
    }

    [Fact]
    public void People_who_do_not_broker_and_blocked_pairs_carry_no_chain()
    {
        var snapshot = GeneratedNetwork.Make(3, 16, 6, oneWay: false);
        var all = IndependentChains.Between(snapshot, 0, 5, 6, IntroductionConstraints.None);
        all.Count.ShouldBeGreaterThan(1);
        var closed = new IntroductionConstraints([all[0][1]], [(0, all[1][1])]);
        foreach (var chain in IndependentChains.Between(snapshot, 0, 5, 6, closed)) new[] { all[0][1], all[1][1] }.ShouldNotContain(chain[1]);
    }

    /// <summary>The fewest brokers whose absence leaves no way, by trying all sets (Menger's other side).</summary>
    private static int SmallestCut(SnapshotGraph graph, int target)
    {
        for (var size = 0; ; size++)
            for (var set = 0; set < 1 << graph.VertexCount; set++)
                if (int.PopCount(set) == size && (set & 1) == 0 && (set >> target & 1) == 0 && !Connects(graph, target, set)) return size;
    }

    private static bool Connects(SnapshotGraph graph, int target, int without)
    {
        var seen = 1 | without;
        var waiting = new Stack<int>([0]);
        while (waiting.TryPop(out var person))
        {
            foreach (var tie in graph.OutEdges(person))
            {
                if (person == 0 && tie.Target == target) continue;
                if (tie.Target == target) return true;
                if ((seen >> tie.Target & 1) != 0) continue;
                seen |= 1 << tie.Target;
                waiting.Push(tie.Target);
            }
        }
        return false;
    }

    private static HashSet<int> Reached(NetworkSnapshot snapshot, int person)
    {
        var graph = new SnapshotGraph(snapshot);
        var reached = new HashSet<int> { person };
        var waiting = new Queue<int>(reached);
        while (waiting.TryDequeue(out var at))
            foreach (var tie in graph.OutEdges(at))
                if (reached.Add(tie.Target)) waiting.Enqueue(tie.Target);
        return reached;
    }

    /// <summary>Each person's group, named by its lowest member: the same for the same partition.</summary>
    private static int[] Partition(Func<int, int> groupOf, int people)
    {
        var lowest = new Dictionary<int, int>();
        var names = new int[people];
        for (var person = 0; person < people; person++)
        {
            lowest.TryAdd(groupOf(person), person);
            names[person] = lowest[groupOf(person)];
        }
        return names;
    }
}
