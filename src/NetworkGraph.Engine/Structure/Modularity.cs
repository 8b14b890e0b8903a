using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>
/// Problem: the modularity of a partition, Q = Σ_c (inside_c / 2m − γ (total_c / 2m)²), inside_c the weight of the
/// entries within community c (both directions), total_c the weight of its people's rows.
/// Preconditions: an undirected graph; communities numbered from 0.
/// Invariants: at most 1; 0 where all are in one community at γ = 1.
/// Method: one pass over all entries. Cost: O(m).
/// Source: Newman, Girvan 2004; resolution γ by Reichardt, Bornholdt 2006.
/// </summary>
public static class Modularity
{
    /// <summary>Modularity, at most 1; 0 for a graph without edges.</summary>
    public static double Compute(Adjacency graph, ReadOnlySpan<int> communities, CancellationToken cancellation, double resolution = 1)
    {
        var count = 0;
        foreach (var community in communities) count = Math.Max(count, community + 1);
        var (inside, totals, all) = (0d, new double[count], 0d);
        for (var person = 0; person < graph.People; person++)
        {
            if (person % (1 << 14) == 0) cancellation.ThrowIfCancellationRequested();
            var (community, total) = (communities[person], 0d);
            for (var entry = graph.Starts[person]; entry < graph.Starts[person + 1]; entry++)
            {
                total += graph.Weights[entry];
                if (communities[graph.Neighbours[entry]] == community) inside += graph.Weights[entry];
            }
            totals[community] += total;
            all += total;
        }
        if (all == 0) return 0;
        var expected = 0d;
        foreach (var total in totals) expected += total / all * (total / all);
        return inside / all - resolution * expected;
    }
}
