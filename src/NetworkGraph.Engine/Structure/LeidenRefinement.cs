using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>
/// Problem: divide each community into well-connected parts (the second phase of <see cref="Leiden"/>).
/// Preconditions: communities numbered from 0.
/// Method: every node begins alone. Those that are well connected with the rest of their community are visited in an
/// order given by the seed; one still alone joins a well-connected part it has ties with and that loses nothing, taken
/// at random in proportion to exp(gain/θ). So parts hang together. Communities do not touch each other's nodes, and are
/// refined in parallel, each with random numbers of its own.
/// Cost: O(m); 28 bytes a node and 24 a node and thread.
/// </summary>
internal static class LeidenRefinement
{
    /// <summary>Communities are handed out by nodes: a block is the communities that begin in this many.</summary>
    private const int NodesPerBlock = 1 << 12;

    /// <summary>The part of each node, named by the node that began it.</summary>
    public static int[] Run(
        LeidenGraph graph, int[] communities, int communityCount, double randomness, ulong seed, int threads,
            CancellationToken cancellation)
    {
        var (starts, members) = LeidenGraph.Members(communities, communityCount);
        var state = new Parts(graph, communities);
        ParallelBlocks.Run(graph.Nodes, NodesPerBlock, threads, () => new Chooser(graph.Nodes), (from, to, chooser) =>
        {
            var community = FirstFrom(starts, from);
            for (; community < communityCount && starts[community] < to; community++)
            {
                cancellation.ThrowIfCancellationRequested();
                var random = new SeededRandom(seed + 0x9E3779B97F4A7C15 * (ulong)(community + 1));
                var nodes = members.AsSpan(starts[community], starts[community + 1] - starts[community]);
                state.Refine(nodes, community, randomness * graph.MeanWeight, ref random, chooser);
            }
        }, cancellation);
        return state.PartOf;
    }

    private static int FirstFrom(int[] starts, int position)
    {
        var index = Array.BinarySearch(starts, position);
        if (index < 0) return ~index;
        // Every community has a member, so starts differ.
        return index;
    }

    private sealed class Parts
    {
        private readonly LeidenGraph _graph;
        private readonly int[] _communities;
        private readonly double[] _totals;
        private readonly double[] _outward;
        private readonly bool[] _alone;

        public Parts(LeidenGraph graph, int[] communities)
        {
            _graph = graph;
            _communities = communities;
            PartOf = new int[graph.Nodes];
            _totals = (double[])graph.Strengths.Clone();
            _outward = new double[graph.Nodes];
            _alone = new bool[graph.Nodes];
            for (var node = 0; node < PartOf.Length; node++) PartOf[node] = node;
            Array.Fill(_alone, true);
        }

        public int[] PartOf { get; }

        public void Refine(Span<int> nodes, int community, double temperature, ref SeededRandom random, Chooser chooser)
        {
            if (nodes.Length == 1) return;
            double total = 0;
            foreach (var node in nodes)
            {
                total += _graph.Strengths[node];
                _outward[node] = TiesWithin(node, community);
            }
            random.Shuffle(nodes);
            foreach (var node in nodes)
            {
                if (_alone[node] && WellConnected(node, total)) Join(node, community, total, temperature, ref random, chooser);
            }
        }

        private double TiesWithin(int node, int community)
        {
            double within = 0;
            for (var entry = _graph.Starts[node]; entry < _graph.Starts[node + 1]; entry++)
            {
                if (_communities[_graph.Neighbours[entry]] == community) within += _graph.Weights[entry];
            }
            return within;
        }

        /// <summary>A part has at least the ties with the rest of its community that chance would give it.</summary>
        private bool WellConnected(int part, double total) =>
            _outward[part] >= _graph.PenaltyFactor * _totals[part] * (total - _totals[part]);

        private void Join(int node, int community, double total, double temperature, ref SeededRandom random, Chooser chooser)
        {
            for (var entry = _graph.Starts[node]; entry < _graph.Starts[node + 1]; entry++)
            {
                var neighbour = _graph.Neighbours[entry];
                if (_communities[neighbour] == community) chooser.Add(PartOf[neighbour], _graph.Weights[entry]);
            }
            var strength = _graph.Strengths[node];
            var penalty = _graph.PenaltyFactor * strength;
            for (var i = 0; i < chooser.Count; i++)
            {
                var part = chooser.PartAt(i);
                var gain = chooser.WeightOf(part) - penalty * _totals[part];
                if (gain >= 0 && WellConnected(part, total)) chooser.Offer(part, gain);
            }
            var chosen = chooser.Choose(node, temperature, ref random);
            if (chosen != node)
            {
                _outward[chosen] += _outward[node] - 2 * chooser.WeightOf(chosen);
                _totals[chosen] += strength;
                PartOf[node] = chosen;
                _alone[chosen] = false;
                _alone[node] = false;
            }
            chooser.Clear();
        }
    }

    /// <summary>Adds up weights by part and draws one of the parts offered.</summary>
    private sealed class Chooser(int nodes)
    {
        private readonly double[] _weights = new double[nodes];
        private readonly int[] _touched = new int[nodes];
        private readonly List<(int Part, double Gain)> _offers = [];

        public int Count { get; private set; }

        public int PartAt(int index) => _touched[index];

        public double WeightOf(int part) => _weights[part];

        public void Add(int part, float weight)
        {
            if (_weights[part] == 0) _touched[Count++] = part;
            _weights[part] += weight;
        }

        public void Offer(int part, double gain) => _offers.Add((part, gain));

        /// <summary>One of those offered or, with a gain of 0, <paramref name="alone"/>.</summary>
        public int Choose(int alone, double temperature, ref SeededRandom random)
        {
            if (_offers.Count == 0) return alone;
            double largest = 0;
            foreach (var (_, gain) in _offers) largest = Math.Max(largest, gain);
            var all = Math.Exp(-largest / temperature);
            foreach (var (_, gain) in _offers) all += Math.Exp((gain - largest) / temperature);
            var drawn = random.Unit() * all;
            foreach (var (part, gain) in _offers)
            {
                drawn -= Math.Exp((gain - largest) / temperature);
                if (drawn < 0) return part;
            }
            return alone;
        }

        public void Clear()
        {
            for (var i = 0; i < Count; i++) _weights[_touched[i]] = 0;
            Count = 0;
            _offers.Clear();
        }
    }
}
