using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Tests.Structure;

namespace NetworkGraph.Engine.Tests.Graphs;

public class AdjacencyTests
{
    [Fact]
    public void Working_graphs_hold_what_the_snapshot_holds() => Checks.ForAllNetworks(network =>
    {
        var (snapshot, a) = (network.Snapshot(), network.Matrix());
        ShouldHold(SnapshotGraphs.Strengths(snapshot, Checks.Stop), network.People, (i, j) => a[i, j] + a[j, i]);
        ShouldHold(SnapshotGraphs.Outgoing(snapshot, Checks.Stop), network.People, (i, j) => a[i, j]);
        ShouldHold(SnapshotGraphs.Incoming(snapshot, Checks.Stop), network.People, (i, j) => a[j, i]);
        ShouldHold(SnapshotGraphs.Arcs(snapshot, Checks.Stop), network.People, (i, j) => (a[i, j] > 0 ? 1 : 0) + (a[j, i] > 0 ? 1 : 0));
        ShouldHold(SnapshotGraphs.MutualTies(snapshot, 0, Checks.Stop), network.People, (i, j) => Math.Sqrt(a[i, j] * a[j, i]));
        ShouldHold(SnapshotGraphs.Outgoing(snapshot, Checks.Stop).Transposed(), network.People, (i, j) => a[j, i]);
    });

    [Fact]
    public void A_list_of_edges_becomes_sorted_rows_without_loops_and_repeats()
    {
        var graph = Adjacency.Undirected(4, [(2, 0, 1f), (0, 2, 2f), (1, 1, 5f), (3, 0, 4f)]);
        graph.Starts.ShouldBe([0, 2, 2, 3, 4]);
        graph.Neighbours.ShouldBe([2, 3, 0, 0]);
        graph.Weights.ShouldBe([3f, 4f, 3f, 4f]);
    }

    [Fact]
    public void An_edge_outside_the_graph_or_without_weight_is_refused()
    {
        Should.Throw<ArgumentException>(() => Adjacency.Directed(2, [(0, 2, 1f)])).Message.ShouldContain("0-2");
        Should.Throw<ArgumentException>(() => Adjacency.Directed(2, [(0, 1, 0f)])).Message.ShouldContain("weight 0");
        Should.Throw<ArgumentException>(() => Adjacency.Directed(2, [(0, 1, float.NaN)])).Message.ShouldContain("NaN");
    }

    private static void ShouldHold(Adjacency graph, int people, Func<int, int, double> expected)
    {
        graph.People.ShouldBe(people);
        for (var i = 0; i < people; i++)
        {
            var others = Enumerable.Range(0, people).Where(j => j != i && expected(i, j) > 0).ToArray();
            graph.NeighboursOf(i).ToArray().ShouldBe(others);
            graph.WeightsOf(i).ToArray().Select(w => (double)w).ToArray().ShouldMatch(others.Select(j => expected(i, j)).ToArray(), 1e-7);
        }
    }
}
