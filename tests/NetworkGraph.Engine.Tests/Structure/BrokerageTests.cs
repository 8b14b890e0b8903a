using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Structure;

namespace NetworkGraph.Engine.Tests.Structure;

/// <summary>Constraint, effective size, local bridges and Simmelian ties against their definitions.</summary>
public class BrokerageTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Constraint_is_what_its_definition_says(bool weighted) => Checks.ForAllNetworks(network =>
    {
        // Every tie alike still counts a tie that goes both ways twice: the 0/1 form of a directed network.
        var expected = NaiveStructure.Constraint(weighted ? network.Weights(weighted) : network.Directions());
        var graph = weighted ? Graph(network, weighted) : SnapshotGraphs.Arcs(network.Snapshot(), Checks.Stop);
        BurtConstraint.Compute(graph, Checks.Stop).ShouldMatch(expected);
        ForEveryEgo(network, weighted, (ego, person) => (BurtConstraint.Of(ego) ?? 0).ShouldMatch(expected[person], $"ego {person}"));
    });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Effective_size_is_what_its_definition_says(bool weighted) => Checks.ForAllNetworks(network =>
    {
        var expected = NaiveStructure.EffectiveSize(network.Weights(weighted));
        EffectiveSize.Compute(Graph(network, weighted), Checks.Stop).ShouldMatch(expected);
        ForEveryEgo(network, weighted, (ego, person) =>
            (EffectiveSize.Of(ego, weighted) ?? 0).ShouldMatch(expected[person], $"ego {person}"));
    });

    [Fact]
    public void Local_bridges_are_ties_without_a_common_neighbour() => Checks.ForAllNetworks(network =>
    {
        var expected = NaiveStructure.TiesInTriangles(network.Weights(), inTriangle: false);
        LocalBridges.Compute(Graph(network, weighted: true), Checks.Stop).ShouldBe(expected);
        ForEveryEgo(network, weighted: true, (ego, person) => LocalBridges.Of(ego).ShouldBe(expected[person]));
    });

    [Fact]
    public void Simmelian_ties_lie_in_a_clique_of_three_mutual_ties() => Checks.ForAllNetworks(network =>
    {
        var expected = NaiveStructure.TiesInTriangles(NaiveStructure.Mutual(network.Matrix(), 0), inTriangle: true);
        SimmelianTies.Compute(SnapshotGraphs.MutualTies(network.Snapshot(), 0, Checks.Stop), Checks.Stop).ShouldBe(expected);
        ForEveryEgo(network, weighted: true, (ego, person) => SimmelianTies.Of(ego).ShouldBe(expected[person]));
    });

    [Fact]
    public void Only_ties_that_are_strong_both_ways_can_be_asked_for() => Checks.ForAllNetworks(network =>
    {
        var expected = NaiveStructure.TiesInTriangles(NaiveStructure.Mutual(network.Matrix(), 1), inTriangle: true);
        SimmelianTies.Compute(SnapshotGraphs.MutualTies(network.Snapshot(), 1, Checks.Stop), Checks.Stop).ShouldBe(expected);
    });

    [Fact]
    public void Answers_are_the_same_for_any_number_of_threads_and_any_order_of_dyads()
    {
        var network = GeneratedNetwork.Of("hub", 5_000, 7);
        var graph = SnapshotGraphs.Strengths(network.Snapshot(), Checks.Stop, threads: 1);
        var other = SnapshotGraphs.Strengths(network.Snapshot(reversed: true), Checks.Stop, threads: 3);
        other.Neighbours.ShouldBe(graph.Neighbours);
        other.Weights.ShouldBe(graph.Weights);
        var constraint = BurtConstraint.Compute(graph, Checks.Stop, threads: 1);
        var effectiveSize = EffectiveSize.Compute(graph, Checks.Stop, threads: 1);
        for (var threads = 2; threads < 5; threads++)
        {
            BurtConstraint.Compute(other, Checks.Stop, threads).ShouldBe(constraint);
            EffectiveSize.Compute(other, Checks.Stop, threads).ShouldBe(effectiveSize);
            LocalBridges.Compute(other, Checks.Stop, threads).ShouldBe(LocalBridges.Compute(graph, Checks.Stop, 1));
        }
    }

    [Fact]
    public void A_star_and_a_clique_have_the_values_known_for_them()
    {
        var star = SnapshotGraphs.Strengths(GeneratedNetwork.Of("star", 5, 1).Snapshot(), Checks.Stop).Unweighted();
        BurtConstraint.Compute(star, Checks.Stop).ShouldMatch([0.25, 1, 1, 1, 1], 1e-12);
        EffectiveSize.Compute(star, Checks.Stop).ShouldMatch([4, 1, 1, 1, 1], 1e-12);
        LocalBridges.Compute(star, Checks.Stop).ShouldBe([4, 1, 1, 1, 1]);

        var clique = SnapshotGraphs.Strengths(GeneratedNetwork.Of("clique", 4, 1).Snapshot(), Checks.Stop).Unweighted();
        // Three neighbours: 3 · (1/3 + 2/9)²
        BurtConstraint.Compute(clique, Checks.Stop).ShouldMatch([25 / 27d, 25 / 27d, 25 / 27d, 25 / 27d], 1e-7);
        EffectiveSize.Compute(clique, Checks.Stop).ShouldMatch([1, 1, 1, 1], 1e-12);
    }

    [Fact]
    public void A_person_without_ties_has_no_constraint_and_no_effective_size()
    {
        var network = GeneratedNetwork.Of("empty", 3, 1);
        var ego = EgoNetwork.Of(network.Snapshot(), 1, weighted: true, Checks.Stop);
        BurtConstraint.Of(ego).ShouldBeNull();
        EffectiveSize.Of(ego, weighted: true).ShouldBeNull();
        EffectiveSize.Of(ego, weighted: false).ShouldBeNull();
        BurtConstraint.Compute(SnapshotGraphs.Strengths(network.Snapshot(), Checks.Stop), Checks.Stop).ShouldBe([0, 0, 0]);
        EffectiveSize.Compute(SnapshotGraphs.Strengths(network.Snapshot(), Checks.Stop), Checks.Stop).ShouldBe([0, 0, 0]);
    }

    [Fact]
    public void A_cancelled_kernel_stops()
    {
        var graph = SnapshotGraphs.Strengths(GeneratedNetwork.Of("dense", 50, 1).Snapshot(), Checks.Stop);
        var cancelled = new CancellationToken(canceled: true);
        Should.Throw<OperationCanceledException>(() => BurtConstraint.Compute(graph, cancelled, threads: 2));
        Should.Throw<OperationCanceledException>(() => EffectiveSize.Compute(graph, cancelled, threads: 1));
        Should.Throw<OperationCanceledException>(() => LocalBridges.Compute(graph, cancelled));
    }

    private static Adjacency Graph(GeneratedNetwork network, bool weighted)
    {
        var graph = SnapshotGraphs.Strengths(network.Snapshot(), Checks.Stop);
        return weighted ? graph : graph.Unweighted();
    }

    private static void ForEveryEgo(GeneratedNetwork network, bool weighted, Action<EgoNetwork, int> check)
    {
        var snapshot = network.Snapshot();
        for (var person = 0; person < network.People; person++) check(EgoNetwork.Of(snapshot, person, weighted, Checks.Stop), person);
    }
}
