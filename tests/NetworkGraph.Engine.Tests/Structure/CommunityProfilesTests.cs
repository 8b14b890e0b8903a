using FsCheck;
using FsCheck.Fluent;
using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Structure;

namespace NetworkGraph.Engine.Tests.Structure;

public class CommunityProfilesTests
{
    [Fact]
    public void Each_community_has_the_ties_that_counting_pair_by_pair_gives() => Prop.ForAll(GeneratedNetwork.Any(), network =>
    {
        var graph = SnapshotGraphs.Strengths(network.Snapshot(), Checks.Stop);
        var communities = Leiden.Compute(graph, new LeidenOptions(), Checks.Stop);
        var ranks = Enumerable.Range(0, network.People).Select(person => (double)((person * 7) % 5)).ToArray();
        var profiles = CommunityProfiles.Compute(graph, communities, ranks, 2, Checks.Stop);
        profiles.Length.ShouldBe(communities.Sizes.Count(size => size >= 2));
        foreach (var profile in profiles) Check(profile, network, communities.CommunityOf, ranks);
        if (network.Dyads.Count > 0 && profiles.Sum(p => p.People) == network.People)
            profiles.Sum(profile => profile.Modularity).ShouldBe(communities.Modularity, 1e-6);
    }).Check(Config.QuickThrowOnFailure);

    private static void Check(CommunityProfile profile, GeneratedNetwork network, int[] communityOf, double[] ranks)
    {
        var weights = network.Weights();
        var pairs = (from i in Enumerable.Range(0, network.People)
                     from j in Enumerable.Range(0, network.People)
                     where weights[i, j] > 0 && communityOf[i] == profile.Community
                     select (i, j, Weight: weights[i, j])).ToList();
        var within = pairs.Where(p => communityOf[p.j] == profile.Community).ToList();
        var without = pairs.Except(within).ToList();
        (profile.Ties, profile.TiesOut).ShouldBe((within.Count / 2, without.Count));
        profile.Strength.ShouldBe(within.Sum(p => p.Weight) / 2, 1e-3);
        profile.StrengthOut.ShouldBe(without.Sum(p => p.Weight), 1e-3);

        var members = Enumerable.Range(0, network.People).Where(person => communityOf[person] == profile.Community).ToList();
        profile.People.ShouldBe(members.Count);
        profile.TopMembers.ShouldBe(
            members.OrderByDescending(person => ranks[person]).ThenBy(person => person).Take(CommunityProfiles.MaxTopMembers));

        var bridges = without.GroupBy(p => communityOf[p.j]).ToDictionary(g => g.Key, g => g.ToList());
        profile.Bridges.Length.ShouldBe(Math.Min(bridges.Count, CommunityProfiles.MaxBridges));
        foreach (var bridge in profile.Bridges)
        {
            bridge.Ties.ShouldBe(bridges[bridge.Community].Count);
            bridge.Strength.ShouldBe(bridges[bridge.Community].Sum(p => p.Weight), 1e-3);
            weights[bridge.From, bridge.To].ShouldBe(bridges[bridge.Community].Max(p => p.Weight), 1e-4);
        }
    }
}
