using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Structure;

namespace NetworkGraph.Engine.Tests.Structure;

public class BetweennessTests
{
    [Fact]
    public void Betweenness_is_what_its_definition_says() => Checks.ForAllNetworks(network =>
    {
        var graph = SnapshotGraphs.Strengths(network.Snapshot(), Checks.Stop);
        var (actual, expected) = (Betweenness.Compute(graph, Checks.Stop), Naive(network.Weights()));
        for (var person = 0; person < network.People; person++) actual[person].ShouldBe(expected[person], 1e-8);
    });

    [Fact]
    public void The_middle_of_a_star_is_between_all_pairs_and_no_one_in_a_clique_is()
    {
        Betweenness.Compute(Graph("star", 6), Checks.Stop).ShouldBe([10, 0, 0, 0, 0, 0]);
        Betweenness.Compute(Graph("clique", 5), Checks.Stop).ShouldBe([0, 0, 0, 0, 0]);
        Betweenness.Compute(Graph("empty", 3), Checks.Stop).ShouldBe([0, 0, 0]);
        // Two ways of two hops share the one pair of opposite people.
        Betweenness.Compute(Graph("ring", 4), Checks.Stop).ShouldBe([0.5, 0.5, 0.5, 0.5]);
    }

    [Fact]
    public void Betweenness_is_the_same_for_any_number_of_threads()
    {
        var graph = Graph("hub", 400);
        var one = Betweenness.Compute(graph, Checks.Stop, threads: 1);
        Betweenness.Compute(graph, Checks.Stop, threads: 3).ShouldBe(one);
        Should.Throw<OperationCanceledException>(() => Betweenness.Compute(graph, new CancellationToken(canceled: true)));
    }

    private static Adjacency Graph(string shape, int people) =>
        SnapshotGraphs.Strengths(GeneratedNetwork.Of(shape, people, 1).Snapshot(), Checks.Stop);

    /// <summary>From distances and numbers of shortest paths between all pairs.</summary>
    private static double[] Naive(double[,] weights)
    {
        var people = weights.GetLength(0);
        var hops = NaivePaths.Distances(people, (i, j) => weights[i, j] > 0 ? 1 : double.PositiveInfinity);
        var paths = new double[people, people];
        for (var from = 0; from < people; from++)
        {
            paths[from, from] = 1;
            foreach (var to in Enumerable.Range(0, people).Where(p => p != from && double.IsFinite(hops[from, p])).OrderBy(
                p => hops[from, p]))
                for (var before = 0; before < people; before++)
                    if (weights[before, to] > 0 && hops[from, before] + 1 == hops[from, to]) paths[from, to] += paths[from, before];
        }
        var between = new double[people];
        for (var s = 0; s < people; s++)
            for (var t = s + 1; t < people; t++)
                for (var person = 0; person < people && double.IsFinite(hops[s, t]); person++)
                    if (person != s && person != t && hops[s, person] + hops[person, t] == hops[s, t])
                        between[person] += paths[s, person] * paths[person, t] / paths[s, t];
        return between;
    }
}
