using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>
/// Problem: how many of everyone's ties are local bridges: ties of two people without a common neighbour.
/// Preconditions: an undirected graph; weights are not looked at.
/// Method: <see cref="Embeddedness"/>; the ties that are not embedded.
/// Invariants: bridges and embedded ties of a person add up to the degree.
/// Cost: at most Σ over edges of min(d_i, d_j); a row is scanned to the first common neighbour only.
/// Source: Granovetter, "The Strength of Weak Ties", 1973; Easley, Kleinberg, "Networks, Crowds, and Markets", 2010, 3.2.
/// </summary>
public static class LocalBridges
{
    /// <summary>Local bridges by person.</summary>
    public static int[] Compute(Adjacency graph, CancellationToken cancellation, int threads = 0)
    {
        var counts = Embeddedness.Compute(graph, cancellation, threads);
        for (var person = 0; person < counts.Length; person++) counts[person] = graph.Degree(person) - counts[person];
        return counts;
    }

    /// <summary>Local bridges of one person at the cost of the neighbourhood.</summary>
    public static int Of(EgoNetwork ego)
    {
        var bridges = 0;
        for (var j = 0; j < ego.Degree; j++) bridges += ego.TiesOf(j).IsEmpty ? 1 : 0;
        return bridges;
    }
}
