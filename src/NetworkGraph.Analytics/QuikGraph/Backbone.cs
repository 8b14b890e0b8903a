using NetworkGraph.Engine.Snapshots;
using QuikGraph.Algorithms.MinimumSpanningTree;

namespace NetworkGraph.Analytics.QuikGraph;

/// <summary>
/// Problem: the fewest mutual ties that still connect everyone whom mutual ties connect, and of all such choices the one of
/// the strongest ties: a maximum spanning forest.
/// Preconditions: none; the graph need not be connected.
/// Method: QuikGraph's Kruskal, ties by falling strength (its Prim stops at the first component and then fails on an empty
/// queue). Equally strong ties are distinguished by ids, each weaker than the one before by a part of what a float holds, so that
/// the answer is one and does not depend on numbers.
/// Invariants: as many ties as people with mutual ties less components; the weakest tie on the way between two people is
/// as strong as on the best way there is.
/// Cost: O(ties log ties) time, 40 bytes a tie while it runs.
/// Source: Kruskal, "On the shortest spanning subtree of a graph and the traveling salesman problem", 1956.
/// </summary>
public static class Backbone
{
    private const int CheckEvery = 1 << 12;

    // Strengths come from floats, which differ by 2^-24 at least.
    private const double LessEach = 1.0 / (1L << 48);

    /// <summary>Its ties, strongest first, equally strong ones by their ids.</summary>
    /// <exception cref="OperationCanceledException">By <paramref name="cancellation"/>.</exception>
    public static UndirectedTie[] Of(MutualGraph graph, CancellationToken cancellation)
    {
        var kept = new List<UndirectedTie>(graph.VertexCount);
        var equal = EquallyStrong(graph);
        double Weight(UndirectedTie tie) => -(equal.TryGetValue((tie.Source, tie.Target), out var strength) ? strength : tie.Strength);
        var kruskal = new KruskalMinimumSpanningTreeAlgorithm<int, UndirectedTie>(graph, Weight);
        kruskal.TreeEdge += kept.Add;
        // Kruskal itself looks at its state only before it begins.
        var examined = 0;
        kruskal.ExamineEdge += _ =>
        {
            if (++examined % CheckEvery == 0) cancellation.ThrowIfCancellationRequested();
        };
        kruskal.Compute(cancellation);
        var ties = kept.ToArray();
        Array.Sort(Array.ConvertAll(ties, Weight), ties);
        return ties;
    }

    /// <summary>The ties that are as strong as another one, with the strength by which they are distinguished.</summary>
    private static Dictionary<(int, int), double> EquallyStrong(MutualGraph graph)
    {
        var ids = graph.Snapshot.Ids;
        var known = new Dictionary<(int, int), double>();
        var ties = graph.Edges.ToArray();
        Array.Sort(Array.ConvertAll(ties, static tie => tie.Strength), ties);
        for (int start = 0, end; start < ties.Length; start = end)
        {
            for (end = start + 1; end < ties.Length && ties[end].Strength == ties[start].Strength; end++)
            {
            }
            if (end == start + 1) continue;
            var place = 0;
            foreach (var tie in ties[start..end].OrderBy(tie => First(ids, tie), StringComparer.Ordinal).ThenBy(
                tie => Second(ids, tie), StringComparer.Ordinal))
                known[(tie.Source, tie.Target)] = tie.Strength * (1 - place++ * LessEach);
        }
        return known;
    }

    private static string First(PersonIds ids, UndirectedTie tie) =>
        string.CompareOrdinal(ids[tie.Source], ids[tie.Target]) < 0 ? ids[tie.Source] : ids[tie.Target];

    private static string Second(PersonIds ids, UndirectedTie tie) =>
        string.CompareOrdinal(ids[tie.Source], ids[tie.Target]) < 0 ? ids[tie.Target] : ids[tie.Source];
}
