using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>
/// Problem: raise modularity by moving single nodes (the first phase of <see cref="Leiden"/>).
/// Preconditions: labels from 0 to the number of nodes less 1.
/// Method: all nodes wait in a queue in an order given by the seed. The first goes to the neighbouring community (or an
/// empty one) where it gains most; if it moved, its neighbours outside that community queue up again.
/// Cost: O(d) a node taken from the queue, each some 2 to 5 times; 33 bytes a node.
/// </summary>
internal static class LeidenMoving
{
    private const int CheckEvery = 1 << 14;

    /// <summary>A move must gain more than this share of the node's strength, so that rounding cannot move it for ever.</summary>
    private const double MinShare = 1e-9;

    public static void Run(LeidenGraph graph, int[] communities, ulong seed, CancellationToken cancellation)
    {
        var state = new State(graph, communities);
        var queue = new NodeQueue(graph.Nodes, seed);
        for (var taken = 0; queue.TryTake(graph, out var node); taken++)
        {
            if (taken % CheckEvery == 0) cancellation.ThrowIfCancellationRequested();
            var own = communities[node];
            var best = state.Best(node, own);
            if (best == own) continue;
            state.Move(node, own, best);
            ref var neighbours = ref MemoryMarshal.GetArrayDataReference(graph.Neighbours);
            for (var entry = graph.Starts[node]; entry < graph.Starts[node + 1]; entry++)
            {
                var neighbour = Unsafe.Add(ref neighbours, entry);
                if (communities[neighbour] != best) queue.Put(neighbour);
            }
        }
    }

    /// <summary>The communities as they stand.</summary>
    private sealed class State
    {
        private readonly LeidenGraph _graph;
        private readonly int[] _communities;
        private readonly double[] _totals;
        private readonly int[] _sizes;
        private readonly double[] _weights;
        private readonly int[] _touched;
        private readonly Stack<int> _empty = new();

        public State(LeidenGraph graph, int[] communities)
        {
            _graph = graph;
            _communities = communities;
            _totals = new double[graph.Nodes];
            _sizes = new int[graph.Nodes];
            _weights = new double[graph.Nodes];
            _touched = new int[graph.Nodes + 1];
            for (var node = 0; node < graph.Nodes; node++)
            {
                _totals[communities[node]] += graph.Strengths[node];
                _sizes[communities[node]]++;
            }
            for (var community = graph.Nodes - 1; community >= 0; community--)
            {
                if (_sizes[community] == 0) _empty.Push(community);
            }
        }

        /// <summary>The community in which the node gains most; its own unless another is better.</summary>
        public int Best(int node, int own)
        {
            var count = AddUp(node, own);
            ref var weights = ref MemoryMarshal.GetArrayDataReference(_weights);
            ref var totals = ref MemoryMarshal.GetArrayDataReference(_totals);
            var strength = _graph.Strengths[node];
            var penalty = strength * _graph.PenaltyFactor;
            var best = own;
            var bestGain = Unsafe.Add(ref weights, own) - penalty * (Unsafe.Add(ref totals, own) - strength) + MinShare * strength;
            Unsafe.Add(ref weights, own) = 0;
            if (bestGain < 0 && _sizes[own] > 1 && _empty.TryPeek(out var empty)) (best, bestGain) = (empty, 0);
            for (var i = 1; i < count; i++)
            {
                var community = _touched[i];
                var gain = Unsafe.Add(ref weights, community) - penalty * Unsafe.Add(ref totals, community);
                Unsafe.Add(ref weights, community) = 0;
                if (gain > bestGain) (best, bestGain) = (community, gain);
            }
            return best;
        }

        /// <summary>Weights from the node to communities, listed in the order met, its own first.</summary>
        private int AddUp(int node, int own)
        {
            ref var communities = ref MemoryMarshal.GetArrayDataReference(_communities);
            ref var weights = ref MemoryMarshal.GetArrayDataReference(_weights);
            ref var touched = ref MemoryMarshal.GetArrayDataReference(_touched);
            ref var neighbours = ref MemoryMarshal.GetArrayDataReference(_graph.Neighbours);
            ref var tieWeights = ref MemoryMarshal.GetArrayDataReference(_graph.Weights);
            var count = 1;
            touched = own;
            // The least there is marks the own community as listed; it changes no sum that counts.
            Unsafe.Add(ref weights, own) = double.Epsilon;
            var end = _graph.Starts[node + 1];
            for (var entry = _graph.Starts[node]; entry < end; entry++)
            {
                var community = Unsafe.Add(ref communities, Unsafe.Add(ref neighbours, entry));
                ref var weight = ref Unsafe.Add(ref weights, community);
                Unsafe.Add(ref touched, count) = community;
                count += weight == 0 ? 1 : 0;
                weight += Unsafe.Add(ref tieWeights, entry);
            }
            return count;
        }

        public void Move(int node, int from, int to)
        {
            var strength = _graph.Strengths[node];
            if (_sizes[to] == 0) _empty.Pop();
            _totals[from] -= strength;
            _totals[to] += strength;
            _sizes[to]++;
            if (--_sizes[from] == 0)
            {
                _totals[from] = 0;
                _empty.Push(from);
            }
            _communities[node] = to;
        }
    }

    /// <summary>First in, first out, each node at most once; looks ahead to fetch rows that lie all over the memory.</summary>
    private sealed class NodeQueue
    {
        private const int AheadToStarts = 16;
        private const int AheadToRows = 8;
        private readonly int[] _nodes;
        private readonly bool[] _waiting;
        private int _first;
        private int _count;

        public NodeQueue(int nodes, ulong seed)
        {
            _nodes = new int[nodes];
            _waiting = new bool[nodes];
            _count = nodes;
            for (var node = 0; node < nodes; node++) _nodes[node] = node;
            Array.Fill(_waiting, true);
            new SeededRandom(seed).Shuffle(_nodes);
        }

        public bool TryTake(LeidenGraph graph, out int node)
        {
            node = -1;
            if (_count == 0) return false;
            node = _nodes[_first];
            if (_count > AheadToStarts) Prefetch(graph);
            if (++_first == _nodes.Length) _first = 0;
            _count--;
            _waiting[node] = false;
            return true;
        }

        public void Put(int node)
        {
            if (_waiting[node]) return;
            _waiting[node] = true;
            var last = _first + _count++;
            _nodes[last >= _nodes.Length ? last - _nodes.Length : last] = node;
        }

        private unsafe void Prefetch(LeidenGraph graph)
        {
            if (!Sse.IsSupported) return;
            Sse.Prefetch0(Unsafe.AsPointer(ref graph.Starts[At(AheadToStarts)]));
            Sse.Prefetch0(Unsafe.AsPointer(ref graph.Strengths[At(AheadToStarts)]));
            var start = graph.Starts[At(AheadToRows)];
            if (start == graph.Neighbours.Length) return;
            var row = (byte*)Unsafe.AsPointer(ref graph.Neighbours[start]);
            Sse.Prefetch0(row);
            Sse.Prefetch0(row + 64);
            var weights = (byte*)Unsafe.AsPointer(ref graph.Weights[start]);
            Sse.Prefetch0(weights);
            Sse.Prefetch0(weights + 64);
        }

        private int At(int ahead)
        {
            var slot = _first + ahead;
            return _nodes[slot >= _nodes.Length ? slot - _nodes.Length : slot];
        }
    }
}
