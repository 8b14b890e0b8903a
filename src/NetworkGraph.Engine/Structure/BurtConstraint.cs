using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>
/// Problem: Burt's constraint of everyone, C_i = Σ_j (p_ij + Σ_q p_iq p_qj)², j over i's neighbours, q over the common
/// neighbours of i and j, p_ij = w_ij / Σ_k w_ik, w_ij = a_ij + a_ji.
/// Preconditions: an undirected graph; for the 0/1 form of a directed network the weight is how many directions are tied
/// (<see cref="SnapshotGraphs.Arcs"/>), as igraph_constraint gives on the directed graph.
/// Invariants: above 0 for everyone with ties; at most 9/8, which a pair of equally tied people within a larger circle nears.
/// Method: p_ij + Σ_q p_iq p_qj = (w_ij + Σ_q w_iq w_qj / S_q) / S_i, and the bracket is the same seen from j: it is
/// computed once an edge from the common neighbours (<see cref="EdgeSweep"/>) and added to both ends.
/// Cost: Σ over edges of min(d_i, d_j); 24 bytes a person and 12 a person and thread.
/// Source: Burt, "Structural Holes", 1992, equation 2.4; ego's neighbours as in igraph_constraint.
/// </summary>
public static class BurtConstraint
{
    /// <summary>Constraint by person; 0, which no tied person has, where there are no ties.</summary>
    public static double[] Compute(Adjacency graph, CancellationToken cancellation, int threads = 0)
    {
        var inverse = graph.RowSums(cancellation, threads);
        for (var person = 0; person < inverse.Length; person++) inverse[person] = inverse[person] > 0 ? 1 / inverse[person] : 0;
        // A row's (p_ij + Σ p_iq p_qj) add up to at most 2, and so their squares to at most 4.
        var sums = new ThreadSums(graph.People, largest: 4);
        EdgeSweep.Run(graph, () => new Kernel(graph, inverse, sums), threads, cancellation);
        return sums.Totals();
    }

    /// <summary>Constraint of one person at the cost of the neighbourhood; null without ties.</summary>
    public static double? Of(EgoNetwork ego)
    {
        if (ego.Degree == 0) return null;
        var constraint = 0d;
        for (var j = 0; j < ego.Degree; j++)
        {
            var through = 0d;
            foreach (var tie in ego.TiesOf(j)) through += ego.Weights[tie.Alter] * tie.Weight / ego.TotalWeights[tie.Alter];
            var share = (ego.Weights[j] + through) / ego.TotalWeight;
            constraint += share * share;
        }
        Debug.Assert(constraint > 0, "a person with ties has a constraint");
        return constraint;
    }

    private struct Kernel(Adjacency graph, double[] inverse, ThreadSums sums) : IEdgeKernel
    {
        private readonly long[] _sums = sums.Column();
        private readonly double _scale = sums.Scale;
        private readonly float[] _shares = new float[graph.People];
        private double _inverse;
        private double _sum;

        public void Enter(int person, int start, int end)
        {
            _inverse = inverse[person];
            _sum = 0;
            for (var entry = start; entry < end; entry++)
            {
                var q = graph.Neighbours[entry];
                _shares[q] = (float)(graph.Weights[entry] * inverse[q]);
            }
        }

        public void Edge(int entry, int other, int from, int to, ref uint marks)
        {
            ref var neighbours = ref MemoryMarshal.GetArrayDataReference(graph.Neighbours);
            ref var weights = ref MemoryMarshal.GetArrayDataReference(graph.Weights);
            ref var shares = ref MemoryMarshal.GetArrayDataReference(_shares);
            double bracket = Unsafe.Add(ref weights, entry);
            for (var e = from; e < to; e++)
            {
                var q = Unsafe.Add(ref neighbours, e);
                if (EdgeSweep.IsMarked(ref marks, q)) bracket += (double)Unsafe.Add(ref weights, e) * Unsafe.Add(ref shares, q);
            }
            var (own, others) = (bracket * _inverse, bracket * inverse[other]);
            _sum += own * own;
            _sums[other] += (long)(others * others * _scale + 0.5);
        }

        public readonly void Leave(int person) => _sums[person] += (long)(_sum * _scale + 0.5);
    }
}
