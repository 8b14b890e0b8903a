using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>
/// Problem: the local clustering coefficient of everyone: the arcs among a person's neighbours over the d(d − 1) there
/// could be, neighbours in either direction; 0 with fewer than two neighbours.
/// Preconditions: an undirected graph whose weights are the number of arcs of an edge: 1 or 2 in a directed network
/// (<see cref="SnapshotGraphs.Arcs"/>), any equal number in an undirected one, where it does not matter.
/// Method: <see cref="EdgeSweep"/>; each edge adds to both ends the arcs from the other end to their common neighbours,
/// which counts every arc among neighbours twice. Whole numbers, so exact.
/// Cost: Σ over edges of min(d_i, d_j); 8 bytes a person and 4 a person and thread.
/// Source: Watts, Strogatz 1998; for directed graphs LDBC Graphalytics 1.0, 2.3.5.
/// </summary>
public static class LocalClustering
{
    /// <summary>Coefficients by person for a network with directions; weights are arcs, 1 or 2.</summary>
    public static double[] Directed(Adjacency arcs, CancellationToken cancellation, int threads = 0)
    {
        var twice = new long[arcs.People];
        EdgeSweep.Run(arcs, () => new ArcKernel(arcs, twice), threads, cancellation);
        return Ratios(arcs, twice);
    }

    /// <summary>Coefficients by person for a network without directions; weights are not looked at.</summary>
    public static double[] Undirected(Adjacency graph, CancellationToken cancellation, int threads = 0)
    {
        var triangles = new long[graph.People];
        EdgeSweep.Run(graph, () => new TriangleKernel(graph, triangles), threads, cancellation);
        for (var person = 0; person < triangles.Length; person++) triangles[person] *= 2;
        return Ratios(graph, triangles);
    }

    private static double[] Ratios(Adjacency graph, long[] twice)
    {
        var ratios = new double[twice.Length];
        for (var person = 0; person < ratios.Length; person++)
        {
            long degree = graph.Degree(person);
            if (degree > 1) ratios[person] = twice[person] * 0.5 / (degree * (degree - 1));
        }
        return ratios;
    }

    private struct ArcKernel(Adjacency graph, long[] twice) : IEdgeKernel
    {
        private readonly byte[] _arcs = new byte[graph.People];
        private long _own;

        public void Enter(int person, int start, int end)
        {
            _own = 0;
            for (var entry = start; entry < end; entry++) _arcs[graph.Neighbours[entry]] = (byte)graph.Weights[entry];
        }

        public void Edge(int entry, int other, int from, int to, ref uint marks)
        {
            ref var neighbours = ref MemoryMarshal.GetArrayDataReference(graph.Neighbours);
            ref var weights = ref MemoryMarshal.GetArrayDataReference(graph.Weights);
            ref var arcs = ref MemoryMarshal.GetArrayDataReference(_arcs);
            long fromOther = 0;
            long fromPerson = 0;
            for (var e = from; e < to; e++)
            {
                var q = Unsafe.Add(ref neighbours, e);
                if (!EdgeSweep.IsMarked(ref marks, q)) continue;
                fromOther += (long)Unsafe.Add(ref weights, e);
                fromPerson += Unsafe.Add(ref arcs, q);
            }
            if (fromOther == 0) return;
            _own += fromOther;
            Interlocked.Add(ref twice[other], fromPerson);
        }

        public readonly void Leave(int person) => Interlocked.Add(ref twice[person], _own);
    }

    private struct TriangleKernel(Adjacency graph, long[] triangles) : IEdgeKernel
    {
        private long _own;

        public void Enter(int person, int start, int end) => _own = 0;

        public void Edge(int entry, int other, int from, int to, ref uint marks)
        {
            ref var neighbours = ref MemoryMarshal.GetArrayDataReference(graph.Neighbours);
            long common = 0;
            for (var e = from; e < to; e++)
            {
                if (EdgeSweep.IsMarked(ref marks, Unsafe.Add(ref neighbours, e))) common++;
            }
            if (common == 0) return;
            _own += common;
            Interlocked.Add(ref triangles[other], common);
        }

        public readonly void Leave(int person) => Interlocked.Add(ref triangles[person], _own);
    }
}
