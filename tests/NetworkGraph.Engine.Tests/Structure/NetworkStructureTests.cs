using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Structure;

namespace NetworkGraph.Engine.Tests.Structure;

public class NetworkStructureTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_has_what_the_whole_networks_kernels_say(bool weighted)
    {
        var network = GeneratedNetwork.Of("hub", 60, 5);
        var snapshot = network.Snapshot();
        var structure = new NetworkStructure(snapshot, weighted, new LeidenOptions(), Checks.Stop);
        structure.IsComputed.ShouldBeFalse();
        var graph = SnapshotGraphs.Strengths(snapshot, Checks.Stop);
        if (!weighted) graph = graph.Unweighted();
        var constraint = BurtConstraint.Compute(graph, Checks.Stop);
        var effectiveSize = EffectiveSize.Compute(graph, Checks.Stop);
        var bridges = LocalBridges.Compute(graph, Checks.Stop);
        var simmelian = SimmelianTies.Compute(SnapshotGraphs.MutualTies(snapshot, 0, Checks.Stop), Checks.Stop);
        var communities = Leiden.Compute(graph, new LeidenOptions(), Checks.Stop);
        for (var person = 0; person < network.People; person++)
        {
            var of = await structure.OfAsync(person, Checks.Stop);
            of.Degree.ShouldBe(graph.Degree(person));
            of.Constraint.ShouldNotBeNull().ShouldMatch(constraint[person], "constraint");
            of.EffectiveSize.ShouldNotBeNull().ShouldMatch(effectiveSize[person], "effective size");
            (of.LocalBridges, of.SimmelianTies, of.Community).ShouldBe((bridges[person], simmelian[person], communities.CommunityOf[person]));
        }
        structure.IsComputed.ShouldBeTrue();
        (await structure.WholeAsync(Checks.Stop)).PageRanks.Sum().ShouldBe(1, 1e-9);
    }

    [Fact]
    public async Task A_person_unknown_when_communities_were_found_has_none_yet()
    {
        var earlier = new NetworkStructure(GeneratedNetwork.Of("clique", 4, 1).Snapshot(), true, new LeidenOptions(), Checks.Stop);
        var later = GeneratedNetwork.Of("clique", 5, 1).Snapshot();
        var of = NetworkStructure.Of(later, 4, true, await earlier.WholeAsync(Checks.Stop), Checks.Stop);
        of.Degree.ShouldBe(4);
        of.Community.ShouldBeNull();
        of.PageRank.ShouldBeNull();
    }

    [Fact]
    public async Task Whoever_stops_waiting_does_not_stop_the_computation()
    {
        var structure = new NetworkStructure(GeneratedNetwork.Of("dense", 30, 1).Snapshot(), true, new LeidenOptions(), Checks.Stop);
        await Should.ThrowAsync<OperationCanceledException>(() => structure.WholeAsync(new CancellationToken(canceled: true)));
        (await structure.WholeAsync(Checks.Stop)).PageRanks.Length.ShouldBe(30);
    }

    [Fact]
    public async Task Stopping_stops_the_computation()
    {
        var structure = new NetworkStructure(GeneratedNetwork.Of("dense", 30, 1).Snapshot(), true, new LeidenOptions(), new CancellationToken(canceled: true));
        await Should.ThrowAsync<OperationCanceledException>(() => structure.WholeAsync(Checks.Stop));
        structure.IsComputed.ShouldBeFalse();
    }
}
