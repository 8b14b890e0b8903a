using NetworkGraph.Analytics.QuikGraph;
using NetworkGraph.Engine.Introductions;
using QuikGraph;
using QuikGraph.Algorithms;
using QuikGraph.Algorithms.Observers;
using QuikGraph.Algorithms.RankedShortestPath;
using QuikGraph.Algorithms.Search;
using QuikGraph.Algorithms.ShortestPath;
using QuikGraph.Algorithms.TopologicalSort;
using QuikGraph.Algorithms.VertexColoring;

namespace NetworkGraph.Analytics.Tests.QuikGraph;

/// <summary>QuikGraph's algorithms run on a snapshot and answer as kernels and naive oracles do.</summary>
public sealed class QuikGraphAlgorithmTests
{
    private const double Delta = 0.7;

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Breadth_first_search_reaches_whom_ties_lead_to(int seed)
    {
        var graph = new SnapshotGraph(GeneratedNetwork.Make(seed, 80, 2));
        var reached = new HashSet<int>();
        var search = new BreadthFirstSearchAlgorithm<int, DirectedTie>(graph);
        search.DiscoverVertex += person => reached.Add(person);
        search.Compute(0);
        reached.ShouldBe(Oracles.Reached(graph, 0), ignoreOrder: true);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void The_best_introduction_is_the_one_that_Dijkstra_and_A_star_find(int seed)
    {
        var graph = new SnapshotGraph(GeneratedNetwork.Make(seed, 40, 9), mutualOnly: true);
        var options = new IntroductionOptions { MaxHops = 6, Paths = 1, Delta = Delta };
        for (var target = 1; target < 25; target++)
        {
            if (graph.ContainsEdge(0, target)) continue;
            var kernel = IntroductionSearch.ToOne(graph.Snapshot, 0, target, options, Now);
            var dijkstra = new DijkstraShortestPathAlgorithm<int, DirectedTie>(graph, Hops.CostWith(Delta));
            dijkstra.Compute(0);
            var aStar = new AStarShortestPathAlgorithm<int, DirectedTie>(graph, Hops.CostWith(Delta), static _ => 0);
            aStar.Compute(0);
            aStar.GetDistance(target).ShouldBe(dijkstra.GetDistance(target), 1e-9);
            if (kernel.Count == 0) continue;
            // The kernel's paths have at most six hops; Dijkstra's may have more, and are then no worse.
            var score = Hops.ScoreOf(dijkstra.GetDistance(target), Delta);
            kernel[0].Score.ShouldBeLessThanOrEqualTo(score * (1 + 1e-6));
            if (Oracles.FewestHopsOfBest(graph, target, Delta) <= 6) kernel[0].Score.ShouldBe(score, 1e-6 * score);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Undirected_Dijkstra_over_mutual_ties_is_Dijkstra_over_both_directions(int seed)
    {
        var snapshot = GeneratedNetwork.Make(seed, 80, 4);
        var undirected = new UndirectedDijkstraShortestPathAlgorithm<int,
            UndirectedTie>(new MutualGraph(snapshot, Hops.Chance), static tie => tie.Cost);
        undirected.Compute(0);
        var directed = new DijkstraShortestPathAlgorithm<int, DirectedTie>(new SnapshotGraph(snapshot, mutualOnly: true), Hops.CostWith(1));
        directed.Compute(0);
        for (var person = 0; person < snapshot.People; person++)
            undirected.GetDistance(person).ShouldBe(directed.GetDistance(person), 1e-9);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    public void The_best_path_of_each_first_broker_is_among_those_of_Hoffman_and_Pavley(int seed)
    {
        var graph = new SnapshotGraph(GeneratedNetwork.Make(seed, 14, 5, oneWay: false), mutualOnly: true);
        var options = new IntroductionOptions { MaxHops = 6, Paths = 3, Delta = 0.6 };
        var cost = Hops.CostWith(0.6);
        for (var target = 1; target < 14; target++)
        {
            var ranking = new HoffmanPavleyRankedShortestPathAlgorithm<int, DirectedTie>(graph, cost) { ShortestPathCount = 400 };
            ranking.Compute(0, target);
            var ranked = ranking.ComputedShortestPaths.Select(path => path.ToArray())
                .Where(path => path.Length is > 1 and <= 6 && path.Select(tie => tie.Target).Append(0).Distinct().Count() == path.Length
                    + 1)
                .GroupBy(path => path[0].Target, path => Hops.ScoreOf(path.Sum(cost), 0.6)).Select(
                    broker => broker.Max()).OrderDescending().Take(3).ToList();
            var kernel = IntroductionSearch.ToOne(graph.Snapshot, 0, target, options, Now);
            kernel.Count.ShouldBe(ranked.Count);
            for (var i = 0; i < kernel.Count; i++) kernel[i].Score.ShouldBe(ranked[i], 1e-6 * ranked[i]);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_backbone_is_a_spanning_forest_and_no_path_has_a_stronger_weakest_tie(int seed)
    {
        var graph = new MutualGraph(GeneratedNetwork.Make(seed, 50, 3), Hops.Chance);
        var backbone = Backbone.Of(graph, Now);
        backbone.Select(tie => -tie.Strength).ShouldBeInOrder();
        var (all, kept) = (Oracles.WeakestOnBestWay(graph.VertexCount, graph.Edges), Oracles.WeakestOnBestWay(graph.VertexCount, backbone));
        for (var a = 0; a < graph.VertexCount; a++)
            for (var b = 0; b < graph.VertexCount; b++) kept[a, b].ShouldBe(all[a, b]);
        var components = Enumerable.Range(0, graph.VertexCount).Count(a => !Enumerable.Range(0, a).Any(b => all[a, b] > 0));
        backbone.Length.ShouldBe(graph.VertexCount - components);
    }

    [Fact]
    public void Prim_finds_as_strong_a_tree_where_the_network_is_connected()
    {
        var graph = new MutualGraph(GeneratedNetwork.Make(2, 60, 8, oneWay: false), Hops.Chance);
        var backbone = Backbone.Of(graph, Now);
        backbone.Length.ShouldBe(59, "the network is connected");
        var prim = graph.MinimumSpanningTreePrim(static tie => -tie.Strength).ToList();
        prim.Sum(tie => tie.Strength).ShouldBe(backbone.Sum(tie => tie.Strength), 1e-9);
    }

    [Fact]
    public void Colours_keep_apart_who_are_mutually_tied()
    {
        var graph = new MutualGraph(GeneratedNetwork.Make(1, 120, 6), Hops.Chance);
        var colouring = new VertexColoringAlgorithm<int, UndirectedTie>(graph);
        colouring.Compute(Now);
        foreach (var tie in graph.Edges) colouring.Colors[tie.Source].ShouldNotBe(colouring.Colors[tie.Target]);
        colouring.Colors.Values.Max().ShouldNotBeNull().ShouldBeLessThanOrEqualTo(graph.Vertices.Max(graph.AdjacentDegree));
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void Cores_are_the_groups_in_which_all_reach_all_and_lead_nowhere_in_circles(int seed)
    {
        var graph = new SnapshotGraph(GeneratedNetwork.Make(seed, 80, 2.5));
        var reach = Enumerable.Range(0, graph.VertexCount).Select(person => Oracles.Reached(graph, person)).ToArray();
        var cores = NetworkCores.Of(graph, Now);
        var coreOf = new int[graph.VertexCount];
        for (var place = 0; place < cores.Count; place++)
            foreach (var person in cores[place].People) coreOf[person] = place;
        cores.SelectMany(core => core.People).Order().ShouldBe(graph.Vertices);
        cores.Select(core => -core.People.Length).ShouldBeInOrder();
        for (var a = 0; a < graph.VertexCount; a++)
            for (var b = 0; b < graph.VertexCount; b++) (coreOf[a] == coreOf[b]).ShouldBe(reach[a].Contains(b) && reach[b].Contains(a));
        var arcs = graph.Edges.Select(tie => (From: coreOf[tie.Source], To: coreOf[tie.Target])).ToLookup(arc => arc);
        for (var place = 0; place < cores.Count; place++)
        {
            cores[place].Ties.ShouldBe(arcs[(place, place)].Count());
            foreach (var (to, ties) in cores[place].LeadsTo) ties.ShouldBe(arcs[(place, to)].Count());
            cores[place].LeadsTo.Count.ShouldBe(arcs.Count(arc => arc.Key.From == place && arc.Key.To != place));
        }
        var condensed = new AdjacencyGraph<int, Edge<int>>();
        condensed.AddVertexRange(Enumerable.Range(0, cores.Count));
        condensed.AddEdgeRange(cores.SelectMany((core, place) => core.LeadsTo.Select(to => new Edge<int>(place, to.Core))));
        Should.NotThrow(() => new TopologicalSortAlgorithm<int, Edge<int>>(condensed).Compute());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Chains_share_no_broker_and_as_many_brokers_are_needed_to_cut_them(int seed)
    {
        var graph = new SnapshotGraph(GeneratedNetwork.Make(seed, 16, 5, oneWay: false));
        for (var target = 1; target < 8; target++)
        {
            var (chains, hops) = IntroductionChains.Between(graph, 0, target, 6, IntroductionConstraints.None, Now);
            hops.ShouldBe(6);
            foreach (var chain in chains)
            {
                (chain[0], chain[^1]).ShouldBe((0, target));
                chain.Length.ShouldBeGreaterThan(2);
                for (var i = 1; i < chain.Length; i++) graph.ContainsEdge(chain[i - 1], chain[i]).ShouldBeTrue();
            }
            chains.SelectMany(chain => chain.Skip(1).SkipLast(1)).ShouldBeUnique();
            chains.Count.ShouldBe(Oracles.SmallestCut(graph, target));
        }
    }

    [Fact]
    public void Chains_exclude_people_who_do_not_broker_and_blocked_pairs()
    {
        var graph = new SnapshotGraph(GeneratedNetwork.Make(3, 16, 6, oneWay: false));
        var all = IntroductionChains.Between(graph, 0, 5, 6, IntroductionConstraints.None, Now).Chains;
        all.Count.ShouldBeGreaterThan(1);
        var constraints = new IntroductionConstraints([all[0][1]], [(0, all[1][1])]);
        foreach (var chain in IntroductionChains.Between(graph, 0, 5, 6, constraints, Now).Chains)
        {
            chain.ShouldNotContain(all[0][1]);
            chain[1].ShouldNotBe(all[1][1]);
        }
        IntroductionChains.Between(graph, 0, 5, 6, new IntroductionConstraints([], [(0, 5)]), Now).Chains.ShouldBeEmpty();
    }

    [Fact]
    public void A_search_for_chains_among_too_many_ties_keeps_to_fewer_hops_and_says_so()
    {
        var graph = new SnapshotGraph(GeneratedNetwork.Make(1, 6000, 40, oneWay: false));
        var target = graph.OutEdges(graph.OutEdge(0, 0).Target).First(tie => tie.Target != 0 && !graph.ContainsEdge(0, tie.Target)).Target;
        var (chains, hops) = IntroductionChains.Between(graph, 0, target, 6, IntroductionConstraints.None, Now);
        hops.ShouldBeInRange(2, 4);
        chains.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void A_matching_is_as_large_as_any_and_no_one_is_in_two_pairs(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 40; round++)
        {
            var candidates = new HashSet<(int, int)>();
            for (var i = random.Next(20); i >= 0; i--) candidates.Add((random.Next(8), 100 + random.Next(8)));
            var pairs = PairMatching.Of([.. candidates], Now);
            pairs.ShouldAllBe(pair => candidates.Contains(pair));
            pairs.Select(pair => pair.Left).ShouldBeUnique();
            pairs.Select(pair => pair.Right).ShouldBeUnique();
            pairs.Count.ShouldBe(Oracles.LargestMatching([.. candidates]));
        }
    }

    [Fact]
    public void QuikGraphs_own_matching_runs_on_ties_and_finds_at_least_as_many_pairs()
    {
        // It gives reversed edges a capacity, so it may find more than there are: the reason for a flow of our own.
        var graph = new SnapshotGraph(GeneratedNetwork.Make(4, 24, 3));
        var edges = graph.Edges.Where(tie => tie.Source < 12 && tie.Target >= 12).Select(
            tie => new Edge<int>(tie.Source, tie.Target)).ToList();
        var bipartite = new AdjacencyGraph<int, Edge<int>>();
        bipartite.AddVertexRange(Enumerable.Range(0, 24));
        bipartite.AddEdgeRange(edges);
        var next = 24;
        var matching = new MaximumBipartiteMatchingAlgorithm<int, Edge<int>>(
            bipartite, Enumerable.Range(0, 12), Enumerable.Range(12, 12), () => next++, static (from, to) => new Edge<int>(from, to));
        matching.Compute(Now);
        var pairs = PairMatching.Of([.. edges.Select(edge => (edge.Source, edge.Target))], Now);
        pairs.Count.ShouldBe(Oracles.LargestMatching([.. edges.Select(edge => (edge.Source, edge.Target))]));
        matching.MatchedEdges.Length.ShouldBeGreaterThanOrEqualTo(pairs.Count);
    }

    [Fact]
    public void A_spanning_forest_and_cores_end_when_they_are_cancelled()
    {
        var snapshot = GeneratedNetwork.Make(1, 4000, 10);
        var cancelled = new CancellationToken(canceled: true);
        Should.Throw<OperationCanceledException>(() => Backbone.Of(new MutualGraph(snapshot, Hops.Chance), cancelled));
        Should.Throw<OperationCanceledException>(() => NetworkCores.Of(new SnapshotGraph(snapshot), cancelled));
        Should.Throw<OperationCanceledException>(
            () => IntroductionChains.Between(new SnapshotGraph(snapshot), 0, 1, 4, IntroductionConstraints.None, cancelled));
        Should.Throw<OperationCanceledException>(() => PairMatching.Of([(0, 1)], cancelled));
    }
}
