using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>
/// Problem: how many of everyone's ties are embedded, that is, lie in at least one triangle.
/// Preconditions: an undirected graph; weights are not looked at.
/// Method: <see cref="EdgeSweep"/>, stopping at an edge's first common neighbour.
/// Invariants: at most the degree; both ends of a tie agree on whether it is embedded.
/// Cost: at most Σ over edges of min(d_i, d_j); 4 bytes a person.
/// Source: Granovetter, "Economic Action and Social Structure: The Problem of Embeddedness", 1985.
/// </summary>
public static class Embeddedness
{
    /// <summary>Embedded ties by person.</summary>
    public static int[] Compute(Adjacency graph, CancellationToken cancellation, int threads = 0)
    {
        var counts = new int[graph.People];
        EdgeSweep.Run(graph, () => new Kernel(graph, counts), threads, cancellation);
        return counts;
    }

    private struct Kernel(Adjacency graph, int[] counts) : IEdgeKernel
    {
        private int _own;

        public void Enter(int person, int start, int end) => _own = 0;

        public void Edge(int entry, int other, int from, int to, ref uint marks)
        {
            ref var neighbours = ref MemoryMarshal.GetArrayDataReference(graph.Neighbours);
            for (var e = from; e < to; e++)
            {
                if (!EdgeSweep.IsMarked(ref marks, Unsafe.Add(ref neighbours, e))) continue;
                _own++;
                Interlocked.Increment(ref counts[other]);
                return;
            }
        }

        public readonly void Leave(int person) => Interlocked.Add(ref counts[person], _own);
    }
}
