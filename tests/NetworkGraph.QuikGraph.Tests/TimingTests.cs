using System.Diagnostics;
using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Structure;
using QuikGraph.Algorithms.ConnectedComponents;
using QuikGraph.Algorithms.ShortestPath;

namespace NetworkGraph.QuikGraph.Tests;

/// <summary>The same questions put to the kernels and to QuikGraph, with the times of both in the test's output; none is asserted.</summary>
public sealed class TimingTests(ITestOutputHelper output)
{
    private const int People = 10_000;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public void Both_answer_alike_on_a_larger_network_and_say_how_long_they_took()
    {
        var snapshot = GeneratedNetwork.Make(1, People, 12);
        var graph = new SnapshotGraph(snapshot);
        var options = new IntroductionOptions { MaxHops = 6, Paths = 1, Delta = 0.5 };

        var kernel = Timed("components: kernel", () => ConnectedComponents.Compute(SnapshotGraphs.Arcs(snapshot, Now), Now));
        var components = Timed("components: QuikGraph", () =>
        {
            var found = new Dictionary<int, int>();
            new WeaklyConnectedComponentsAlgorithm<int, DirectedTie>(graph, found).Compute();
            return found;
        });
        components.Values.Distinct().Count().ShouldBe(kernel.Distinct().Count());

        var distances = Timed("distances from one person: kernel", () => ShortestPaths.Distances(SnapshotGraphs.Outgoing(snapshot, Now), 0, Now));
        var dijkstra = Timed("distances from one person: QuikGraph", () =>
        {
            var search = new DijkstraShortestPathAlgorithm<int, DirectedTie>(graph, static tie => tie.Strength);
            search.Compute(0);
            return search;
        });
        for (var person = 0; person < People; person += 97)
            if (double.IsFinite(distances[person])) dijkstra.GetDistance(person).ShouldBe(distances[person], 1e-6 * (1 + distances[person]));

        var path = Timed("best introduction: kernel", () => IntroductionSearch.ToOne(snapshot, 0, People / 2, options, Now));
        var best = Timed("best introduction, Dijkstra on -ln p: QuikGraph", () => RankedIntroductions.BestDetour(snapshot, 0, People / 2, options)).ShouldNotBeNull();
        if (best.People.Count <= 7) path[0].Score.ShouldBe(best.Score, 1e-6 * best.Score);
        Timed("cores: QuikGraph", () => StronglyConnectedCores.Sizes(snapshot)).Sum().ShouldBeLessThanOrEqualTo(People);
        Timed("independent chains within 4 hops: QuikGraph", () => IndependentChains.Between(snapshot, 0, People / 2, 4, IntroductionConstraints.None)).ShouldNotBeNull();
    }

    /// <summary>The second of two runs: the first has the code compiled.</summary>
    private T Timed<T>(string what, Func<T> run)
    {
        run();
        var started = Stopwatch.GetTimestamp();
        var answer = run();
        output.WriteLine($"{what}: {Stopwatch.GetElapsedTime(started).TotalMilliseconds:N2} ms ({People} people, {12 * People / 2} dyads)");
        return answer;
    }
}
