using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Structure;

namespace NetworkGraph.Engine.Tests.Structure;

/// <summary>PageRank, components and shortest paths against their definitions.</summary>
public class PathTests
{
    [Fact]
    public void PageRank_is_where_a_walker_ends_up() => Checks.ForAllNetworks(network =>
    {
        if (network.People == 0) return;
        var incoming = SnapshotGraphs.Incoming(network.Snapshot(), Checks.Stop);
        var ranks = PageRank.Compute(incoming, Checks.Stop, mostIterations: 400, tolerance: 1e-14);
        ranks.ShouldMatch(NaivePaths.PageRank(network.Matrix(), 0.85, 400));
        ranks.Sum().ShouldMatch(1, "sum", 1e-12);

        var unweighted = network.Matrix();
        for (var i = 0; i < network.People; i++)
        {
            for (var j = 0; j < network.People; j++) unweighted[i, j] = unweighted[i, j] > 0 ? 1 : 0;
        }
        PageRank.Compute(incoming.Unweighted(), Checks.Stop, mostIterations: 7, tolerance: 0).ShouldMatch(
            NaivePaths.PageRank(unweighted, 0.85, 7), 1e-12);
    });

    [Fact]
    public void Components_are_named_by_their_smallest_person() => Checks.ForAllNetworks(network =>
    {
        var components = ConnectedComponents.Compute(SnapshotGraphs.Strengths(network.Snapshot(), Checks.Stop), Checks.Stop);
        components.ShouldBe(NaivePaths.Components(network.Matrix()));
    });

    [Fact]
    public void Shortest_paths_have_the_least_sum_of_weights() => Checks.ForAllNetworks(network =>
    {
        var (outgoing, a) = (SnapshotGraphs.Outgoing(network.Snapshot(), Checks.Stop), network.Matrix());
        var expected = NaivePaths.Distances(network.People, (i, j) => a[i, j] > 0 ? a[i, j] : double.PositiveInfinity);
        for (var i = 0; i < network.People; i++)
        {
            var distances = ShortestPaths.Distances(outgoing, i, Checks.Stop);
            for (var j = 0; j < network.People; j++)
            {
                if (double.IsPositiveInfinity(expected[i, j]))
                {
                    distances[j].ShouldBe(double.PositiveInfinity);
                    ShortestPaths.Between(outgoing, i, j, Checks.Stop).ShouldBeNull();
                    continue;
                }
                distances[j].ShouldMatch(expected[i, j], $"{i}-{j}", 1e-9);
                var path = ShortestPaths.Between(outgoing, i, j, Checks.Stop).ShouldNotBeNull();
                path.Length.ShouldMatch(expected[i, j], $"path {i}-{j}", 1e-9);
                (path.People[0], path.People[^1]).ShouldBe((i, j));
                path.People.Zip(path.People.Skip(1), (x, y) => a[x, y]).Sum().ShouldMatch(expected[i, j], $"hops {i}-{j}", 1e-9);
            }
        }
    }, cases: 150);

    [Fact]
    public void The_number_of_threads_changes_nothing()
    {
        var snapshot = GeneratedNetwork.Of("sparse", 6_000, 3).Snapshot();
        var (incoming, either) = (SnapshotGraphs.Incoming(snapshot, Checks.Stop), SnapshotGraphs.Strengths(snapshot, Checks.Stop));
        var ranks = PageRank.Compute(incoming, Checks.Stop, threads: 1);
        var components = ConnectedComponents.Compute(either, Checks.Stop, threads: 1);
        for (var threads = 2; threads < 5; threads++)
        {
            PageRank.Compute(incoming, Checks.Stop, threads: threads).ShouldBe(ranks);
            ConnectedComponents.Compute(either, Checks.Stop, threads).ShouldBe(components);
        }
    }

    [Fact]
    public void Damping_and_iterations_outside_their_range_are_refused()
    {
        var graph = Adjacency.Undirected(2, [(0, 1, 1f)]);
        Should.Throw<ArgumentOutOfRangeException>(() => PageRank.Compute(graph, Checks.Stop, damping: 1)).ParamName.ShouldBe("damping");
        Should.Throw<ArgumentOutOfRangeException>(() => PageRank.Compute(graph, Checks.Stop, mostIterations: 0)).ParamName.ShouldBe(
            "mostIterations");
    }

    [Fact]
    public void Cancelled_searches_stop()
    {
        var graph = Adjacency.Undirected(3, [(0, 1, 1f), (1, 2, 1f)]);
        var cancelled = new CancellationToken(canceled: true);
        Should.Throw<OperationCanceledException>(() => PageRank.Compute(graph, cancelled));
        Should.Throw<OperationCanceledException>(() => ConnectedComponents.Compute(graph, cancelled));
        Should.Throw<OperationCanceledException>(() => ShortestPaths.Distances(graph, 0, cancelled));
    }
}
