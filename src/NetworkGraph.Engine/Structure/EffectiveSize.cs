using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>
/// Problem: the effective size of everyone's network, the number of neighbours less their redundancy:
/// E_i = Σ_j (1 − Σ_q p_iq m_jq), q over the common neighbours of i and j, p_iq = w_iq / Σ_k w_ik,
/// m_jq = w_jq / max_k w_jk. With 0/1 weights this is n − 2t/n, t ties among the n neighbours (Borgatti 1997).
/// Preconditions: an undirected graph; weights 1 for the 0/1 form.
/// Method: Σ_q w_iq w_jq is the same from both ends of an edge and computed once (<see cref="EdgeSweep"/>).
/// Invariants: from 1 to the degree for everyone with ties.
/// Cost: Σ over edges of min(d_i, d_j); 28 bytes a person and 12 a person and thread.
/// Source: Burt, "Structural Holes", 1992, equation 2.2.
/// </summary>
public static class EffectiveSize
{
    /// <summary>Effective size by person, from 1 to the degree; 0 where there are no ties.</summary>
    public static double[] Compute(Adjacency graph, CancellationToken cancellation, int threads = 0)
    {
        var sums = graph.RowSums(cancellation, threads);
        var largest = new float[graph.People];
        var mostTies = 1;
        for (var person = 0; person < largest.Length; person++)
        {
            mostTies = Math.Max(mostTies, graph.Degree(person));
            foreach (var weight in graph.WeightsOf(person)) largest[person] = Math.Max(largest[person], weight);
        }
        var redundancy = new ThreadSums(graph.People, mostTies);
        EdgeSweep.Run(graph, () => new Kernel(graph, sums, largest, redundancy), threads, cancellation);
        var sizes = redundancy.Totals();
        for (var person = 0; person < sizes.Length; person++) sizes[person] = graph.Degree(person) - sizes[person];
        return sizes;
    }

    /// <summary>Effective size of one person's network at the cost of the neighbourhood; null without ties.</summary>
    /// <param name="ego">The neighbourhood.</param>
    /// <param name="weighted">Whether its weights count, or every tie alike (the 0/1 form).</param>
    public static double? Of(EgoNetwork ego, bool weighted)
    {
        if (ego.Degree == 0) return null;
        var redundancy = 0d;
        if (!weighted)
        {
            for (var j = 0; j < ego.Degree; j++) redundancy += (double)ego.TiesOf(j).Length / ego.Degree;
            return ego.Degree - redundancy;
        }
        for (var j = 0; j < ego.Degree; j++)
        {
            var shared = 0d;
            foreach (var tie in ego.TiesOf(j)) shared += ego.Weights[tie.Alter] * tie.Weight;
            redundancy += shared / ego.TotalWeight / ego.LargestWeights[j];
        }
        Debug.Assert(redundancy >= 0 && redundancy < ego.Degree, "at least one neighbour is not redundant");
        return ego.Degree - redundancy;
    }

    private struct Kernel(Adjacency graph, double[] sums, float[] largest, ThreadSums redundancy) : IEdgeKernel
    {
        private readonly long[] _redundancy = redundancy.Column();
        private readonly double _scale = redundancy.Scale;
        private readonly float[] _weights = new float[graph.People];
        private double _sum;
        private double _own;
        private float _largest;

        public void Enter(int person, int start, int end)
        {
            _sum = sums[person];
            _largest = largest[person];
            _own = 0;
            // Relative to the person's largest, so that products neither vanish nor overflow.
            for (var entry = start; entry < end; entry++) _weights[graph.Neighbours[entry]] = graph.Weights[entry] / _largest;
        }

        public void Edge(int entry, int other, int from, int to, ref uint marks)
        {
            ref var neighbours = ref MemoryMarshal.GetArrayDataReference(graph.Neighbours);
            ref var weights = ref MemoryMarshal.GetArrayDataReference(graph.Weights);
            ref var marked = ref MemoryMarshal.GetArrayDataReference(_weights);
            double shared = 0;
            for (var e = from; e < to; e++)
            {
                var q = Unsafe.Add(ref neighbours, e);
                if (EdgeSweep.IsMarked(ref marks, q)) shared += (double)Unsafe.Add(ref weights, e) * Unsafe.Add(ref marked, q);
            }
            if (shared == 0) return;
            _own += shared * _largest / largest[other] / _sum;
            _redundancy[other] += (long)(shared / sums[other] * _scale + 0.5);
        }

        public readonly void Leave(int person) => _redundancy[person] += (long)(_own * _scale + 0.5);
    }
}
