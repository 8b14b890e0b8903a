using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using NetworkGraph.Analytics.QuikGraph;
using NetworkGraph.Analytics.QuikGraph.Kernels;
using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Structure;
using NetworkGraph.Engine.Ties;
using NetworkGraph.LoadTests.Networks;
using QuikGraph;
using QuikGraph.Algorithms;
using QuikGraph.Algorithms.ConnectedComponents;
using QuikGraph.Algorithms.RankedShortestPath;
using QuikGraph.Algorithms.Ranking;
using QuikGraph.Algorithms.Search;
using QuikGraph.Algorithms.ShortestPath;
using QuikGraph.Algorithms.VertexColoring;

namespace NetworkGraph.LoadTests.Kernels;

/// <summary>
/// The same questions put to QuikGraph's algorithms on a snapshot, to the kernels behind QuikGraph's interfaces, and to the
/// kernels themselves: processor time and bytes allocated a call, the mean of calls for a third of a second after as many that
/// are not counted.
/// </summary>
public sealed class GraphBenchmarks
{
    private static readonly long s_landmarkMs = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private readonly NetworkSnapshot _snapshot;
    private readonly TextWriter _output;
    private readonly CancellationToken _cancellation;
    private readonly int _target;

    private GraphBenchmarks(int people, int seed, TextWriter output, CancellationToken cancellation)
    {
        (_output, _cancellation) = (output, cancellation);
        var network = new SyntheticNetwork(people, seed);
        var ids = new PersonIds();
        for (var person = 0; person < people; person++)
            ids.Add(string.Create(CultureInfo.InvariantCulture, $"person-{person:D8}@example.org"));
        var builder = new SnapshotBuilder(ids, new TieDecay(s_landmarkMs, 180));
        foreach (var (low, high) in network.Dyads) builder.Add(low, high, network.DrawFacts(s_landmarkMs));
        _snapshot = builder.Build(s_landmarkMs);
        _target = people / 2;
    }

    public static Command Command()
    {
        var people = new Option<int>("--people") { Description = "People in the synthetic network.", DefaultValueFactory = _ => 10_000 };
        var seed = new Option<int>("--seed") { Description = "Same seed, same network.", DefaultValueFactory = _ => 1 };
        var slow = new Option<bool>("--slow")
        { Description = "Also what takes QuikGraph minutes on a large network: PageRank and Hoffman and Pavley's paths." };
        var command = new Command("graphs", "Times QuikGraph's algorithms on a snapshot beside the kernels.") { people, seed, slow };
        command.SetAction((arguments, cancellation) => Task.Run(
            () => new GraphBenchmarks(arguments.GetValue(people), arguments.GetValue(seed), Console.Out, cancellation).Run(
                arguments.GetValue(slow)), cancellation));
        return command;
    }

    private void Run(bool slow)
    {
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_snapshot.People:N0} people, {_snapshot.Entries:N0} entries"));
        _output.WriteLine("| question | answered by | processor, ms | allocated, MB |\n|---|---|---:|---:|");
        var graph = new SnapshotGraph(_snapshot);
        var mutualOnly = new SnapshotGraph(_snapshot, mutualOnly: true);
        var options = new IntroductionOptions { MaxHops = 6 };
        var mutual = new MutualGraph(_snapshot, options.Hop.Probability);
        double Cost(DirectedTie tie) => -Math.Log(options.Hop.Probability(tie.Mutual)) - Math.Log(options.Delta);
        Rows(graph, mutual);
        Distances(graph);
        Report("components", "kernel", () => ConnectedComponents.Compute(SnapshotGraphs.Arcs(_snapshot, _cancellation), _cancellation));
        Report("components", "kernel behind QuikGraph", () => new SnapshotComponentsAlgorithm(graph).Compute(_cancellation));
        Report("components", "QuikGraph", () =>
            new WeaklyConnectedComponentsAlgorithm<int, DirectedTie>(graph, new Dictionary<int, int>()).Compute(_cancellation));
        Report("introductions, k = 3, 6 hops", "kernel", () => IntroductionSearch.ToOne(_snapshot, 0, _target, options, _cancellation));
        Report("introductions, k = 3, 6 hops", "kernel behind QuikGraph", () =>
            new IntroductionRankedPathAlgorithm(graph, options).Compute(0, _target));
        Report("best path, any number of hops", "QuikGraph, Dijkstra", () =>
            new DijkstraShortestPathAlgorithm<int, DirectedTie>(mutualOnly, Cost).Compute(0));
        Report("best path, any number of hops", "QuikGraph, undirected Dijkstra", () => new UndirectedDijkstraShortestPathAlgorithm<int,
            UndirectedTie>(mutual, static tie => tie.Cost).Compute(0));
        if (slow)
            Report("three best paths", "QuikGraph, Hoffman-Pavley", () => new HoffmanPavleyRankedShortestPathAlgorithm<int,
                DirectedTie>(mutualOnly, Cost)
            { ShortestPathCount = 3 }.Compute(0, _target));
        Report("PageRank", "kernel", () => PageRank.Compute(SnapshotGraphs.Incoming(_snapshot, _cancellation), _cancellation));
        Report("PageRank", "kernel behind QuikGraph", () => new SnapshotPageRankAlgorithm(graph).Compute(_cancellation));
        if (slow)
            Report("PageRank, 20 iterations, no weights", "QuikGraph", () =>
                new PageRankAlgorithm<int, DirectedTie>(graph) { MaxIterations = 20 }.Compute(_cancellation));
        Report("strongly connected cores", "QuikGraph", () =>
            new StronglyConnectedComponentsAlgorithm<int, DirectedTie>(graph).Compute(_cancellation));
        Report("cores and their condensation", "QuikGraph", () => NetworkCores.Of(graph, _cancellation));
        Report("backbone", "QuikGraph, Kruskal", () => Backbone.Of(mutual, _cancellation));
        Report("colouring", "QuikGraph", () => new VertexColoringAlgorithm<int, UndirectedTie>(mutual).Compute(_cancellation));
        foreach (var hops in (int[])[3, 4, 6])
            Report(string.Create(CultureInfo.InvariantCulture, $"chains that share no broker, {hops} hops"), "QuikGraph, Edmonds-Karp",
                () => IntroductionChains.Between(mutualOnly, 0, _target, hops, IntroductionConstraints.None, _cancellation));
    }

    private void Rows(SnapshotGraph warm, MutualGraph mutual)
    {
        Report("all edges once, rows not made yet", "QuikGraph's loop", () => Sum(new SnapshotGraph(_snapshot)));
        Report("all edges once", "QuikGraph's loop", () => Sum(warm));
        var hub = Enumerable.Range(0, _snapshot.People).MaxBy(person => _snapshot.Row(person).Count);
        Report(string.Create(CultureInfo.InvariantCulture, $"the {warm.OutDegree(hub):N0} edges of a hub, by index"), "QuikGraph's loop",
            () =>
        {
            for (var index = 0; index < warm.OutDegree(hub); index++) _ = warm.OutEdge(hub, index);
        });
        _ = mutual.EdgeCount;
    }

    private void Distances(SnapshotGraph graph)
    {
        Report("hops from one person", "QuikGraph, BFS", () => new BreadthFirstSearchAlgorithm<int, DirectedTie>(graph).Compute(0));
        Report("hops from one person", "kernel behind QuikGraph", () => new SnapshotDistancesAlgorithm(graph).Compute(0));
        Report("distances from one person", "kernel", () =>
            ShortestPaths.Distances(SnapshotGraphs.Outgoing(_snapshot, _cancellation), 0, _cancellation));
        Report("distances from one person", "kernel behind QuikGraph", () =>
            new SnapshotDistancesAlgorithm(graph, static tie => tie.Strength).Compute(0));
        Report("distances from one person", "QuikGraph, Dijkstra", () =>
            new DijkstraShortestPathAlgorithm<int, DirectedTie>(graph, static tie => tie.Strength).Compute(0));
        Report("distance to one", "QuikGraph, A*", () =>
        {
            var search = new AStarShortestPathAlgorithm<int, DirectedTie>(graph, static tie => tie.Strength, static _ => 0);
            search.FinishVertex += person =>
            {
                if (person == _target) search.Abort();
            };
            search.Compute(0);
        });
    }

    private static double Sum(SnapshotGraph graph)
    {
        var sum = 0d;
        for (var person = 0; person < graph.VertexCount; person++)
            foreach (var tie in graph.OutEdges(person)) sum += tie.Strength;
        return sum;
    }

    private void Report<T>(string question, string by, Func<T> call) => Report(question, by, () => { _ = call(); });

    private void Report(string question, string by, Action call)
    {
        _cancellation.ThrowIfCancellationRequested();
        Repeat(call);
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (before, bytes) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(precise: true));
        var calls = Repeat(call);
        process.Refresh();
        var (spent, allocated) = (
            (process.TotalProcessorTime - before).TotalMilliseconds / calls,
            (GC.GetTotalAllocatedBytes(precise: true) - bytes) / 1e6 / calls);
        _output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {question} | {by} | {spent:N2} | {allocated:N2} |"));
    }

    private static int Repeat(Action call)
    {
        var (started, calls) = (Stopwatch.GetTimestamp(), 0);
        do
        {
            call();
            calls++;
        }
        while (Stopwatch.GetElapsedTime(started).TotalSeconds < 1 / 3.0);
        return calls;
    }
}
