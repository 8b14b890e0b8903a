using QuikGraph.Algorithms.MinimumSpanningTree;

namespace NetworkGraph.Analytics.QuikGraph;

/// <summary>
/// Problem: the fewest mutual ties that still connect everyone whom mutual ties connect, and of all such choices the one of
/// the strongest ties: a maximum spanning forest.
/// Preconditions: none; the graph need not be connected.
/// Method: QuikGraph's Kruskal, ties by falling strength (its Prim stops at the first component and then fails on an empty
/// queue). Equally strong ties in the order of the graph's edges, so that the answer is one.
/// Invariants: as many ties as people with mutual ties less components; the weakest tie on the way between two people is
/// as strong as on the best way there is.
/// Cost: O(ties log ties) time, 40 bytes a tie while it runs.
/// Source: Kruskal, "On the shortest spanning subtree of a graph and the traveling salesman problem", 1956.
/// </summary>
public static class Backbone
{
    private const int CheckEvery = 1 << 12;

    /// <summary>Its ties, strongest first, equally strong ones by their numbers.</summary>
    /// <exception cref="OperationCanceledException">By <paramref name="cancellation"/>.</exception>
    public static UndirectedTie[] Of(MutualGraph graph, CancellationToken cancellation)
    {
        var kept = new List<UndirectedTie>(graph.VertexCount);
        var kruskal = new KruskalMinimumSpanningTreeAlgorithm<int, UndirectedTie>(graph, static tie => -tie.Strength);
        kruskal.TreeEdge += kept.Add;
        // Kruskal itself looks at its state only before it begins.
        var examined = 0;
        kruskal.ExamineEdge += _ =>
        {
            if (++examined % CheckEvery == 0) cancellation.ThrowIfCancellationRequested();
        };
        kruskal.Compute(cancellation);
        var ties = kept.ToArray();
        Array.Sort(ties, static (a, b) => a.Strength != b.Strength ? b.Strength.CompareTo(a.Strength)
            : a.Source != b.Source ? a.Source.CompareTo(b.Source) : a.Target.CompareTo(b.Target));
        return ties;
    }
}
