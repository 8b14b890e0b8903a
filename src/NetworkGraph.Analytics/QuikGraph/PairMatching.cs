using QuikGraph;
using QuikGraph.Algorithms.MaximumFlow;

namespace NetworkGraph.Analytics.QuikGraph;

/// <summary>
/// Problem: a maximum bipartite matching: as many pairs as there can be of one from each of two groups, no one in two pairs.
/// Preconditions: the candidates join one of the left to one of the right; no number is in both.
/// Method: maximum flow of capacity 1 from a source over the left and the right to a sink (Edmonds and Karp, QuikGraph's).
/// QuikGraph's own MaximumBipartiteMatchingAlgorithm gives the reversed edges a capacity too, which can put somebody into
/// two pairs (2.5.0), so the flow is put together here.
/// Invariants: each pair is a candidate; no one is in two; no larger matching exists.
/// Cost: O(pairs × candidates).
/// Source: Ford &amp; Fulkerson 1956; Edmonds &amp; Karp 1972.
/// </summary>
public static class PairMatching
{
    private const int Source = -1;
    private const int Sink = -2;

    /// <summary>The pairs, in the order of the left's numbers.</summary>
    /// <exception cref="OperationCanceledException">By <paramref name="cancellation"/>.</exception>
    public static IReadOnlyList<(int Left, int Right)> Of(IReadOnlyList<(int Left, int Right)> candidates, CancellationToken cancellation)
    {
        var graph = new AdjacencyGraph<int, Edge<int>>(allowParallelEdges: true);
        graph.AddVertex(Source);
        graph.AddVertex(Sink);
        foreach (var left in candidates.Select(static pair => pair.Left).Distinct()) graph.AddVerticesAndEdge(new Edge<int>(Source, left));
        foreach (var right in candidates.Select(static pair => pair.Right).Distinct()) graph.AddVerticesAndEdge(new Edge<int>(right, Sink));
        foreach (var (left, right) in candidates) graph.AddEdge(new Edge<int>(left, right));
        var reversed = new ReversedEdgeAugmentorAlgorithm<int, Edge<int>>(graph, static (from, to) => new Edge<int>(from, to));
        reversed.AddReversedEdges();
        var added = reversed.AugmentedEdges.ToHashSet();
        var flow = new EdmondsKarpMaximumFlowAlgorithm<int, Edge<int>>(
            graph, edge => added.Contains(edge) ? 0 : 1, static (from, to) => new Edge<int>(from, to), reversed)
        {
            Source = Source,
            Sink = Sink,
        };
        flow.Compute(cancellation);
        return [.. graph.Edges.Where(
            edge => edge.Source >= 0 && edge.Target >= 0 && !added.Contains(edge) && flow.ResidualCapacities[edge] < 0.5)
            .Select(static edge => (edge.Source, edge.Target)).Order()];
    }
}
