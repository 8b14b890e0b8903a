using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using QuikGraph;
using QuikGraph.Algorithms.MaximumFlow;

namespace NetworkGraph.QuikGraph;

/// <summary>
/// Problem: how many ways of being introduced to somebody do not depend on each other: the most chains of mutual ties
/// from one person to another that share no broker, and such chains. Where there is one, one broker's no ends it.
/// Preconditions: people of the snapshot, source other than target; people who may lie on a path of at most maxHops hops
/// are looked at. Method: Menger's theorem: each broker becomes two vertices with an edge of capacity 1 between them, and
/// the maximum flow (Edmonds and Karp, QuikGraph's) is the number; its edges, followed, are the chains.
/// Cost: O(chains × ties among those people). Source: Menger 1927; Edmonds &amp; Karp 1972.
/// </summary>
public static class IndependentChains
{
    /// <summary>The chains, each from source to target, shortest first.</summary>
    public static IReadOnlyList<IReadOnlyList<int>> Between(NetworkSnapshot snapshot, int source, int target, int maxHops, IntroductionConstraints constraints)
    {
        var network = new SnapshotGraph(snapshot, mutualOnly: true);
        if (source == target || !network.ContainsVertex(source) || !network.ContainsVertex(target)) return [];
        var flowGraph = Split(network, source, target, maxHops, constraints);
        var reversed = new ReversedEdgeAugmentorAlgorithm<int, Edge<int>>(flowGraph, static (from, to) => new Edge<int>(from, to));
        reversed.AddReversedEdges();
        var added = reversed.AugmentedEdges.ToHashSet();
        var flow = new EdmondsKarpMaximumFlowAlgorithm<int, Edge<int>>(
            flowGraph, edge => added.Contains(edge) ? 0 : 1, static (from, to) => new Edge<int>(from, to), reversed);
        flow.Compute(OutOf(source), Into(target));
        var used = flowGraph.Edges.Where(edge => !added.Contains(edge) && flow.ResidualCapacities[edge] < 0.5).ToLookup(edge => edge.Source, edge => edge.Target);
        return [.. used[OutOf(source)].Select(first => Follow(used, source, first, target)).OrderBy(static chain => chain.Count)];
    }

    private static List<int> Follow(ILookup<int, int> used, int source, int first, int target)
    {
        var chain = new List<int> { source };
        for (var at = first; ; at = used[OutOf(at / 2)].First())
        {
            chain.Add(at / 2);
            if (at == Into(target)) return chain;
        }
    }

    /// <summary>Who may lie between, each split into a way in and a way out; the straight tie of the two is left out.</summary>
    private static AdjacencyGraph<int, Edge<int>> Split(SnapshotGraph network, int source, int target, int maxHops, IntroductionConstraints constraints)
    {
        var fromSource = HopsFrom(network, source, maxHops);
        var fromTarget = HopsFrom(network, target, maxHops);
        bool IsBetween(int person) => person == target || (person != source && !constraints.IsClosed(person)
            && fromSource.TryGetValue(person, out var near) && fromTarget.TryGetValue(person, out var far) && near + far <= maxHops);
        var graph = new AdjacencyGraph<int, Edge<int>>(allowParallelEdges: true);
        graph.AddVertex(OutOf(source));
        graph.AddVertex(Into(target));
        foreach (var person in fromSource.Keys)
        {
            if (person != source && (person == target || !IsBetween(person))) continue;
            if (person != source) graph.AddVerticesAndEdge(new Edge<int>(Into(person), OutOf(person)));
            foreach (var tie in network.OutEdges(person))
            {
                var isStraight = person == source && tie.Target == target;
                if (isStraight || !IsBetween(tie.Target) || constraints.IsBlocked(person, tie.Target)) continue;
                graph.AddVerticesAndEdge(new Edge<int>(OutOf(person), Into(tie.Target)));
            }
        }
        return graph;
    }

    private static Dictionary<int, int> HopsFrom(SnapshotGraph network, int start, int most)
    {
        var hops = new Dictionary<int, int> { [start] = 0 };
        var waiting = new Queue<int>([start]);
        while (waiting.TryDequeue(out var person))
        {
            if (hops[person] == most) continue;
            foreach (var tie in network.OutEdges(person))
                if (hops.TryAdd(tie.Target, hops[person] + 1)) waiting.Enqueue(tie.Target);
        }
        return hops;
    }

    private static int Into(int person) => 2 * person;

    private static int OutOf(int person) => 2 * person + 1;
}
