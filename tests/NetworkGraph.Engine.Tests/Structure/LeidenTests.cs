using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Structure;

namespace NetworkGraph.Engine.Tests.Structure;

public class LeidenTests
{
    [Fact]
    public void Communities_hang_together_and_beat_everyone_alone_and_all_in_one() => Checks.ForAllNetworks(network =>
    {
        var graph = SnapshotGraphs.Strengths(network.Snapshot(), Checks.Stop);
        var found = Leiden.Compute(graph, new LeidenOptions(), Checks.Stop);
        ShouldHangTogether(network, found.CommunityOf);
        found.Sizes.Sum().ShouldBe(network.People);
        found.Sizes.ShouldBe(found.Sizes.OrderDescending());
        for (var community = 0; community < found.Count; community++)
            found.CommunityOf.Count(c => c == community).ShouldBe(found.Sizes[community]);
        found.Modularity.ShouldBe(NaiveModularity(network.Weights(), found.CommunityOf), 1e-6);
        found.Modularity.ShouldBeGreaterThanOrEqualTo(
            Modularity.Compute(graph, Enumerable.Range(0, network.People).ToArray(), Checks.Stop) - 1e-9);
        found.Modularity.ShouldBeGreaterThanOrEqualTo(Modularity.Compute(graph, new int[network.People], Checks.Stop) - 1e-9);
    });

    [Fact]
    public void No_single_person_gains_by_moving() => Checks.ForAllNetworks(network =>
    {
        var graph = SnapshotGraphs.Strengths(network.Snapshot(), Checks.Stop);
        var options = new LeidenOptions { MinGain = 0, MaxPasses = 100 };
        var found = Leiden.Compute(graph, options, Checks.Stop);
        var w = network.Weights();
        for (var person = 0; person < network.People; person++)
        {
            for (var community = 0; community < found.Count; community++)
            {
                var moved = (int[])found.CommunityOf.Clone();
                moved[person] = community;
                NaiveModularity(w, moved).ShouldBeLessThanOrEqualTo(found.Modularity + 1e-6, $"person {person} to {community}");
            }
        }
    }, cases: 60, mostPeople: 16);

    [Fact]
    public void Another_pass_never_lowers_modularity() => Checks.ForAllNetworks(network =>
    {
        var graph = SnapshotGraphs.Strengths(network.Snapshot(), Checks.Stop);
        var reached = double.NegativeInfinity;
        for (var passes = 1; passes < 5; passes++)
        {
            var next = Leiden.Compute(graph, new LeidenOptions { MaxPasses = passes, MinGain = 0 }, Checks.Stop).Modularity;
            next.ShouldBeGreaterThanOrEqualTo(reached - 1e-12);
            reached = next;
        }
    });

    [Fact]
    public void The_karate_club_is_divided_as_well_as_it_can_be()
    {
        var found = Leiden.Compute(KarateClub(), new LeidenOptions { MinGain = 0 }, Checks.Stop);
        found.Modularity.ShouldBe(0.4198, 0.0001);
        found.Count.ShouldBe(4);
    }

    [Fact]
    public void A_ring_of_cliques_is_divided_into_its_cliques()
    {
        var edges = new List<(int, int, float)>();
        for (var clique = 0; clique < 10; clique++)
        {
            for (var i = 0; i < 5; i++)
            {
                for (var j = i + 1; j < 5; j++) edges.Add((clique * 5 + i, clique * 5 + j, 1f));
            }
            edges.Add((clique * 5, (clique + 1) % 10 * 5 + 1, 1f));
        }
        var found = Leiden.Compute(Adjacency.Undirected(50, edges), new LeidenOptions(), Checks.Stop);
        found.Count.ShouldBe(10);
        for (var person = 0; person < 50; person++) found.CommunityOf[person].ShouldBe(found.CommunityOf[person / 5 * 5]);
        // Each clique has 10 of 110 ties within and 22 of 220 ends.
        found.Modularity.ShouldBe(10 * (20 / 220d - Math.Pow(22 / 220d, 2)), 1e-9);
    }

    [Fact]
    public void A_higher_resolution_finds_no_fewer_communities()
    {
        var graph = KarateClub();
        var coarse = Leiden.Compute(graph, new LeidenOptions { Resolution = 0.5 }, Checks.Stop);
        var fine = Leiden.Compute(graph, new LeidenOptions { Resolution = 3 }, Checks.Stop);
        fine.Count.ShouldBeGreaterThan(coarse.Count);
    }

    [Fact]
    public void A_seed_gives_the_same_communities_whatever_the_threads_and_the_order_of_dyads()
    {
        var network = GeneratedNetwork.Of("hub", 9_000, 11);
        var (graph, same) = (
            SnapshotGraphs.Strengths(network.Snapshot(), Checks.Stop),
            SnapshotGraphs.Strengths(network.Snapshot(reversed: true), Checks.Stop));
        var options = new LeidenOptions { Seed = 42 };
        var expected = Leiden.Compute(graph, options, Checks.Stop, threads: 1);
        for (var threads = 1; threads < 5; threads++)
        {
            var found = Leiden.Compute(same, options, Checks.Stop, threads);
            found.CommunityOf.ShouldBe(expected.CommunityOf);
            found.Modularity.ShouldBe(expected.Modularity);
        }
    }

    [Fact]
    public void People_without_ties_are_communities_of_their_own()
    {
        var found = Leiden.Compute(Adjacency.Undirected(4, [(1, 2, 1f)]), new LeidenOptions(), Checks.Stop);
        found.Sizes.ShouldBe([2, 1, 1]);
        found.CommunityOf.ShouldBe([1, 0, 0, 2]);
        Leiden.Compute(Adjacency.Undirected(3, []), new LeidenOptions(), Checks.Stop).Modularity.ShouldBe(0);
        Leiden.Compute(Adjacency.Undirected(0, []), new LeidenOptions(), Checks.Stop).Count.ShouldBe(0);
    }

    [Fact]
    public void Options_outside_their_range_are_refused_and_a_cancelled_search_stops()
    {
        var graph = KarateClub();
        Should.Throw<ArgumentOutOfRangeException>(() => Leiden.Compute(graph, new LeidenOptions { Resolution = 0 }, Checks.Stop));
        Should.Throw<ArgumentOutOfRangeException>(() => Leiden.Compute(graph, new LeidenOptions { Randomness = 0 }, Checks.Stop));
        Should.Throw<ArgumentOutOfRangeException>(() => Leiden.Compute(graph, new LeidenOptions { MaxPasses = 0 }, Checks.Stop));
        Should.Throw<OperationCanceledException>(() => Leiden.Compute(graph, new LeidenOptions(), new CancellationToken(canceled: true)));
    }

    private static void ShouldHangTogether(GeneratedNetwork network, int[] communities)
    {
        var w = network.Weights();
        var within = new double[network.People, network.People];
        for (var i = 0; i < network.People; i++)
        {
            for (var j = 0; j < network.People; j++) within[i, j] = communities[i] == communities[j] ? w[i, j] : 0;
        }
        var pieces = NaivePaths.Components(within);
        for (var i = 0; i < network.People; i++)
        {
            for (var j = 0; j < network.People; j++) (pieces[i] == pieces[j]).ShouldBe(communities[i] == communities[j]);
        }
    }

    private static double NaiveModularity(double[,] w, int[] communities)
    {
        var totals = NaiveStructure.Totals(w);
        var all = totals.Sum();
        if (all == 0) return 0;
        var modularity = 0d;
        for (var i = 0; i < totals.Length; i++)
        {
            for (var j = 0; j < totals.Length; j++)
            {
                if (communities[i] == communities[j]) modularity += w[i, j] / all - totals[i] / all * (totals[j] / all);
            }
        }
        return modularity;
    }

    /// <summary>Zachary 1977, people numbered from 0.</summary>
    private static Adjacency KarateClub()
    {
        int[][] rows =
        [
            [1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 13, 17, 19, 21, 31], [2, 3, 7, 13, 17, 19, 21, 30], [3, 7, 8, 9, 13, 27, 28, 32],
                [7, 12, 13],
            [6, 10], [6, 10, 16], [16], [], [30, 32, 33], [33], [], [], [], [33], [32, 33], [32, 33], [], [], [32, 33], [33], [32, 33], [],
                [32, 33],
            [25, 27, 29, 32, 33], [25, 27, 31], [31], [29, 33], [33], [31, 33], [32, 33], [32, 33], [32, 33], [33],
        ];
        var edges = rows.SelectMany((others, person) => others.Select(other => (person, other, 1f))).ToList();
        edges.Count.ShouldBe(78);
        return Adjacency.Undirected(34, edges);
    }
}
