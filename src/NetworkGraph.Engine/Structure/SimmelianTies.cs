using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>
/// Problem: how many of everyone's ties are Simmelian: reciprocal and strong, and both people are tied reciprocally and
/// strongly to at least one common third, so that the tie lies in a clique of three.
/// Preconditions: an undirected graph of the reciprocal strong ties (<see cref="SnapshotGraphs.MutualTies"/>).
/// Method: <see cref="Embeddedness"/> in that graph.
/// Invariants: at most the person's mutual ties.
/// Cost: at most Σ over edges of min(d_i, d_j); a row is scanned to the first common neighbour only.
/// Source: Krackhardt, "Simmelian Ties: Super Strong and Sticky", 1998.
/// </summary>
public static class SimmelianTies
{
    /// <summary>Simmelian ties by person.</summary>
    public static int[] Compute(Adjacency mutualTies, CancellationToken cancellation, int threads = 0) =>
        Embeddedness.Compute(mutualTies, cancellation, threads);

    /// <summary>Simmelian ties of one person at the cost of the neighbourhood.</summary>
    public static int Of(EgoNetwork ego)
    {
        var simmelian = 0;
        for (var j = 0; j < ego.Degree; j++)
        {
            if (!ego.Mutual[j]) continue;
            foreach (var tie in ego.TiesOf(j))
            {
                if (!tie.Mutual || !ego.Mutual[tie.Alter]) continue;
                simmelian++;
                break;
            }
        }
        return simmelian;
    }
}
