using NetworkGraph.Analytics.QuikGraph;
using NetworkGraph.Analytics.QuikGraph.Kernels;
using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Structure;
using QuikGraph.Algorithms;
using QuikGraph.Algorithms.ConnectedComponents;
using QuikGraph.Algorithms.Observers;
using QuikGraph.Algorithms.ShortestPath;

namespace NetworkGraph.Analytics.Tests.QuikGraph;

/// <summary>The kernels behind QuikGraph's interfaces answer as QuikGraph's own algorithms do, and end by Abort.</summary>
public sealed class KernelAlgorithmTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Components_are_those_that_QuikGraph_finds(int seed)
    {
        var graph = new SnapshotGraph(GeneratedNetwork.Make(seed, 400, 1.5));
        var kernel = new SnapshotComponentsAlgorithm(graph);
        kernel.Compute(Now);
        var components = new Dictionary<int, int>();
        new WeaklyConnectedComponentsAlgorithm<int, DirectedTie>(graph, components).Compute();
        kernel.ComponentCount.ShouldBe(components.Values.Distinct().Count());
        kernel.Components.Count.ShouldBe(graph.VertexCount);
        Partition(person => kernel.Components[person], graph.VertexCount).ShouldBe(
            Partition(person => components[person], graph.VertexCount));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Distances_and_paths_are_those_that_Dijkstra_finds(int seed)
    {
        var graph = new SnapshotGraph(GeneratedNetwork.Make(seed, 300, 5));
        var kernel = new SnapshotDistancesAlgorithm(graph, static tie => (float)tie.Strength);
        var dijkstra = new DijkstraShortestPathAlgorithm<int, DirectedTie>(graph, static tie => (float)tie.Strength);
        var (ours, theirs) = (
            new VertexPredecessorRecorderObserver<int, DirectedTie>(), new VertexPredecessorRecorderObserver<int, DirectedTie>());
        var discovered = new List<int>();
        kernel.DiscoverVertex += discovered.Add;
        using (ours.Attach(kernel))
        using (theirs.Attach(dijkstra))
        {
            kernel.Compute(0);
            dijkstra.Compute(0);
        }
        for (var person = 0; person < graph.VertexCount; person++)
        {
            if (double.IsPositiveInfinity(kernel.GetDistance(person)))
            {
                dijkstra.GetDistance(person).ShouldBe(double.MaxValue);
                ours.TryGetPath(person, out _).ShouldBeFalse();
                continue;
            }
            dijkstra.GetDistance(person).ShouldBe(kernel.GetDistance(person), 1e-6 * (1 + kernel.GetDistance(person)));
            if (person == 0) continue;
            ours.TryGetPath(person, out var path).ShouldBeTrue();
            theirs.TryGetPath(person, out var same).ShouldBeTrue();
            path!.Sum(tie => tie.Strength).ShouldBe(same!.Sum(tie => tie.Strength), 1e-4);
        }
        discovered.Select(kernel.GetDistance).ShouldBeInOrder();
    }

    [Fact]
    public void Without_lengths_distances_are_hops()
    {
        var graph = new SnapshotGraph(GeneratedNetwork.Make(3, 200, 3));
        var kernel = new SnapshotDistancesAlgorithm(graph);
        kernel.Compute(0);
        var hops = new VertexDistanceRecorderObserver<int, DirectedTie>(static _ => 1);
        var search = new global::QuikGraph.Algorithms.Search.BreadthFirstSearchAlgorithm<int, DirectedTie>(graph);
        hops.Distances[0] = 0;
        using (hops.Attach(search)) search.Compute(0);
        foreach (var person in graph.Vertices)
            kernel.GetDistance(person).ShouldBe(hops.Distances.TryGetValue(person, out var far) ? far : double.PositiveInfinity);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void PageRank_without_weights_is_in_proportion_to_QuikGraphs_where_everybody_has_a_tie_out(int seed)
    {
        // QuikGraph's ranks have everyone's floor at 1 − d and not (1 − d)/n, so they add up to n; and no weights.
        var graph = new SnapshotGraph(GeneratedNetwork.Make(seed, 200, 12, oneWay: false));
        graph.Vertices.ShouldAllBe(person => graph.OutDegree(person) > 0);
        var kernel = new SnapshotPageRankAlgorithm(graph) { Unweighted = true };
        kernel.Compute(Now);
        kernel.Ranks.Values.Sum().ShouldBe(1, 1e-9);
        var theirs = new global::QuikGraph.Algorithms.Ranking.PageRankAlgorithm<int, DirectedTie>(graph)
        { MaxIterations = 200, Tolerance = 1e-12 };
        theirs.Compute();
        foreach (var person in graph.Vertices) kernel.Ranks[person].ShouldBe(theirs.Ranks[person] / graph.VertexCount, 1e-6);
    }

    [Fact]
    public void PageRank_by_strength_is_the_kernels()
    {
        var graph = new SnapshotGraph(GeneratedNetwork.Make(3, 120, 4));
        var kernel = new SnapshotPageRankAlgorithm(graph);
        kernel.Compute(Now);
        kernel.Ranks.Values.ShouldBe(PageRank.Compute(SnapshotGraphs.Incoming(graph.Snapshot, Now), Now));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Introductions_are_the_search_engines_best_paths(int seed)
    {
        var graph = new SnapshotGraph(GeneratedNetwork.Make(seed, 40, 9));
        var options = new IntroductionOptions { MaxHops = 4 };
        var algorithm = new IntroductionRankedPathAlgorithm(graph, options) { ShortestPathCount = 4 };
        for (var target = 1; target < 20; target++)
        {
            algorithm.Compute(0, target);
            var paths = IntroductionSearch.ToOne(graph.Snapshot, 0, target, options with { Paths = 4 }, Now);
            algorithm.Scores.ShouldBe(paths.Select(path => path.Score));
            algorithm.ComputedShortestPaths.Select(path => path.Select(tie => tie.Target)).ShouldBe(
                paths.Select(path => path.Hops.Select(hop => hop.To)));
        }
    }

    [Fact]
    public void A_token_aborts_kernels_and_QuikGraphs_algorithms_before_and_while_they_run()
    {
        var graph = new SnapshotGraph(GeneratedNetwork.Make(1, 3000, 8));
        IComputation[] algorithms =
        [
            new SnapshotComponentsAlgorithm(graph), new SnapshotPageRankAlgorithm(graph),
            new StronglyConnectedComponentsAlgorithm<int, DirectedTie>(graph),
        ];
        foreach (var algorithm in algorithms)
        {
            Should.Throw<OperationCanceledException>(() => algorithm.Compute(new CancellationToken(canceled: true)));
            using var source = new CancellationTokenSource();
            algorithm.Started += (_, _) => source.Cancel();
            Should.Throw<OperationCanceledException>(() => algorithm.Compute(source.Token));
            algorithm.State.ShouldBe(ComputationState.Aborted);
        }
        using var stop = new CancellationTokenSource();
        var distances = new SnapshotDistancesAlgorithm(graph, tie =>
        {
            stop.Cancel();
            return tie.Strength;
        });
        distances.SetRootVertex(0);
        Should.Throw<OperationCanceledException>(() => distances.Compute(stop.Token));
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
