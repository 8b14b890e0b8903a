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
        var constraint = BurtConstraint.Compute(weighted ? graph : SnapshotGraphs.Arcs(snapshot, Checks.Stop), Checks.Stop);
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
            (of.LocalBridges, of.SimmelianTies).ShouldBe((bridges[person], simmelian[person]));
            of.Community.ShouldNotBeNull();
        }
        var whole = await structure.WholeAsync(Checks.Stop);
        whole.Communities.Modularity.ShouldBe(Modularity.Compute(graph, whole.Communities.CommunityOf, Checks.Stop), 1e-6);
        whole.Communities.Modularity.ShouldBe(communities.Modularity, 0.02);
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
    public async Task People_without_ties_have_no_rank_and_no_community_and_do_not_change_those_of_others()
    {
        var network = GeneratedNetwork.Of("dense", 20, 3);
        var alone = network with { People = 25 };
        var (with, without) = (await WholeAsync(alone.Snapshot()), await WholeAsync(network.Snapshot()));
        with.Tied.ShouldBe(20);
        with.PageRanks[..20].ShouldBe(without.PageRanks);
        with.PageRanks[20..].ShouldAllBe(rank => rank == 0);
        with.Communities.CommunityOf[20..].ShouldAllBe(community => community == -1);
        with.Communities.Sizes.ShouldBe(without.Communities.Sizes);
        NetworkStructure.Of(alone.Snapshot(), 22, true, with, Checks.Stop).PageRank.ShouldBeNull();
    }

    [Fact]
    public async Task The_whole_does_not_depend_on_the_order_in_which_people_became_known()
    {
        var network = GeneratedNetwork.Of("hub", 40, 9);
        var (whole, other) = (await WholeAsync(network.Snapshot()), await WholeAsync(Relabelled(network)));
        for (var person = 0; person < 40; person++)
        {
            other.PageRanks[39 - person].ShouldBe(whole.PageRanks[person]);
            other.Communities.CommunityOf[39 - person].ShouldBe(whole.Communities.CommunityOf[person]);
        }
        other.Profiles.SelectMany(profile => profile.TopMembers).Select(member => 39 - member).ShouldBe(
            whole.Profiles.SelectMany(profile => profile.TopMembers));
    }

    private static Task<WholeStructure> WholeAsync(Engine.Snapshots.NetworkSnapshot snapshot) =>
        new NetworkStructure(snapshot, true, new LeidenOptions(), Checks.Stop).WholeAsync(Checks.Stop);

    /// <summary>The same people and ties, numbered the other way round.</summary>
    private static Engine.Snapshots.NetworkSnapshot Relabelled(GeneratedNetwork network)
    {
        var last = network.People - 1;
        var ids = new Engine.Snapshots.PersonIds();
        for (var person = 0; person <= last; person++) ids.Add($"p{last - person}");
        var builder = new Engine.Snapshots.SnapshotBuilder(ids, new Engine.Ties.TieDecay(0, 180));
        foreach (var (low, high, strengthOut, strengthIn) in network.Dyads)
            builder.Add(last - high, last - low,
                new Engine.Ties.DyadFacts { StrengthOut = strengthIn, StrengthIn = strengthOut, Interactions = 1 });
        return builder.Build(0);
    }

    [Fact]
    public async Task A_caller_who_stops_waiting_does_not_stop_the_computation()
    {
        var structure = new NetworkStructure(GeneratedNetwork.Of("dense", 30, 1).Snapshot(), true, new LeidenOptions(), Checks.Stop);
        await Should.ThrowAsync<OperationCanceledException>(() => structure.WholeAsync(new CancellationToken(canceled: true)));
        (await structure.WholeAsync(Checks.Stop)).PageRanks.Length.ShouldBe(30);
    }

    [Fact]
    public async Task Stopping_stops_the_computation()
    {
        var structure = new NetworkStructure(
            GeneratedNetwork.Of("dense", 30, 1).Snapshot(), true, new LeidenOptions(), new CancellationToken(canceled: true));
        await Should.ThrowAsync<OperationCanceledException>(() => structure.WholeAsync(Checks.Stop));
        structure.IsComputed.ShouldBeFalse();
    }
}
