using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>
/// A level of <see cref="Leiden"/>: nodes that stand for sets of people. A node's strength is the sum of its people's
/// rows, ties within the node included; the rows hold ties between nodes only, in no order.
/// </summary>
internal sealed class LeidenGraph
{
    private const int NodesPerBlock = 1 << 12;

    private LeidenGraph(int[] starts, int[] neighbours, float[] weights, double[] strengths, double totalStrength, double resolution)
    {
        Starts = starts;
        Neighbours = neighbours;
        Weights = weights;
        Strengths = strengths;
        TotalStrength = totalStrength;
        PenaltyFactor = resolution / totalStrength;
        MeanWeight = totalStrength / Math.Max(1, starts[^1]);
    }

    public int Nodes => Strengths.Length;

    public int[] Starts { get; }

    public int[] Neighbours { get; }

    public float[] Weights { get; }

    /// <summary>k by node.</summary>
    public double[] Strengths { get; }

    /// <summary>2m; the same at every level.</summary>
    public double TotalStrength { get; }

    /// <summary>γ/2m: joining two sets gains the weight between them less this times the product of their strengths.</summary>
    public double PenaltyFactor { get; }

    /// <summary>Mean weight of an entry of the first level, the scale of gains.</summary>
    public double MeanWeight { get; private init; }

    public static LeidenGraph Of(Adjacency graph, double resolution, int threads, CancellationToken cancellation)
    {
        var strengths = graph.RowSums(cancellation, threads);
        double total = 0;
        foreach (var strength in strengths) total += strength;
        return new LeidenGraph(graph.Starts, graph.Neighbours, graph.Weights, strengths, total, resolution);
    }

    /// <summary>The graph whose nodes are the sets <paramref name="setOf"/> names, numbered 0 to <paramref name="sets"/> less 1.</summary>
    public LeidenGraph Aggregated(int[] setOf, int sets, int threads, CancellationToken cancellation)
    {
        var (memberStarts, members) = Members(setOf, sets);
        var strengths = new double[sets];
        var lengths = new int[sets];
        var blocks = (sets + NodesPerBlock - 1) / NodesPerBlock;
        var parts = new (int[] Neighbours, float[] Weights)[blocks];
        ParallelBlocks.Run(sets, NodesPerBlock, threads, () => new Collector(sets), (from, to, collector) =>
        {
            collector.Clear();
            for (var set = from; set < to; set++)
            {
                var before = collector.Count;
                for (var m = memberStarts[set]; m < memberStarts[set + 1]; m++)
                {
                    strengths[set] += Strengths[members[m]];
                    for (var entry = Starts[members[m]]; entry < Starts[members[m] + 1]; entry++)
                        collector.Add(setOf[Neighbours[entry]], Weights[entry]);
                }
                collector.Finish(set);
                lengths[set] = collector.Count - before;
            }
            parts[from / NodesPerBlock] = collector.ToArrays();
        }, cancellation);
        var starts = new int[sets + 1];
        for (var set = 0; set < sets; set++) starts[set + 1] = starts[set] + lengths[set];
        var neighbours = GC.AllocateUninitializedArray<int>(starts[sets]);
        var weights = GC.AllocateUninitializedArray<float>(starts[sets]);
        for (var block = 0; block < blocks; block++)
        {
            parts[block].Neighbours.CopyTo(neighbours, starts[block * NodesPerBlock]);
            parts[block].Weights.CopyTo(weights, starts[block * NodesPerBlock]);
        }
        return new LeidenGraph(starts, neighbours, weights, strengths, TotalStrength, PenaltyFactor * TotalStrength)
        { MeanWeight = MeanWeight };
    }

    /// <summary>The same graph with node i the one that was <c>order[i]</c>.</summary>
    public LeidenGraph Ordered(int[] order, int threads, CancellationToken cancellation)
    {
        var places = new int[order.Length];
        for (var place = 0; place < order.Length; place++) places[order[place]] = place;
        var starts = new int[order.Length + 1];
        var strengths = new double[order.Length];
        for (var place = 0; place < order.Length; place++)
        {
            starts[place + 1] = starts[place] + Starts[order[place] + 1] - Starts[order[place]];
            strengths[place] = Strengths[order[place]];
        }
        var neighbours = GC.AllocateUninitializedArray<int>(starts[^1]);
        var weights = GC.AllocateUninitializedArray<float>(starts[^1]);
        ParallelBlocks.Run(order.Length, NodesPerBlock, threads, (from, to) =>
        {
            for (var place = from; place < to; place++)
            {
                var (read, length) = (Starts[order[place]], starts[place + 1] - starts[place]);
                var row = neighbours.AsSpan(starts[place], length);
                for (var i = 0; i < length; i++) row[i] = places[Neighbours[read + i]];
                Weights.AsSpan(read, length).CopyTo(weights.AsSpan(starts[place], length));
            }
        }, cancellation);
        return new LeidenGraph(starts, neighbours, weights, strengths, TotalStrength, PenaltyFactor * TotalStrength)
        { MeanWeight = MeanWeight };
    }

    /// <summary>Modularity of a partition at the resolution of the graph; ties within nodes of an aggregated graph are not seen.</summary>
    public double ModularityOf(int[] communities, CancellationToken cancellation)
    {
        var (inside, totals) = (0d, new double[Nodes]);
        for (var node = 0; node < Nodes; node++)
        {
            if (node % (1 << 14) == 0) cancellation.ThrowIfCancellationRequested();
            var community = communities[node];
            totals[community] += Strengths[node];
            for (var entry = Starts[node]; entry < Starts[node + 1]; entry++)
            {
                if (communities[Neighbours[entry]] == community) inside += Weights[entry];
            }
        }
        var expected = 0d;
        foreach (var total in totals) expected += total * total;
        return (inside - PenaltyFactor * expected) / TotalStrength;
    }

    /// <summary>Members by set, in ascending order (counting sort).</summary>
    public static (int[] Starts, int[] Members) Members(int[] setOf, int sets)
    {
        var starts = new int[sets + 1];
        foreach (var set in setOf) starts[set + 1]++;
        for (var set = 0; set < sets; set++) starts[set + 1] += starts[set];
        var next = starts.AsSpan(0, sets).ToArray();
        var members = new int[setOf.Length];
        for (var node = 0; node < setOf.Length; node++) members[next[setOf[node]]++] = node;
        return (starts, members);
    }

    /// <summary>Adds up the weights of a set's ties by the set at the other end, and keeps the rows of a block.</summary>
    private sealed class Collector(int sets)
    {
        private readonly double[] _sums = new double[sets];
        private int[] _neighbours = new int[1 << 12];
        private float[] _weights = new float[1 << 12];
        private int _rowStart;

        public int Count { get; private set; }

        public void Add(int set, float weight)
        {
            if (_sums[set] == 0)
            {
                if (Count == _neighbours.Length)
                {
                    Array.Resize(ref _neighbours, Count * 2);
                    Array.Resize(ref _weights, Count * 2);
                }
                _neighbours[Count++] = set;
            }
            _sums[set] += weight;
        }

        /// <summary>Ends the row of <paramref name="own"/>, leaving out its ties within.</summary>
        public void Finish(int own)
        {
            var write = _rowStart;
            for (var read = _rowStart; read < Count; read++)
            {
                var set = _neighbours[read];
                var sum = _sums[set];
                _sums[set] = 0;
                if (set == own) continue;
                _neighbours[write] = set;
                _weights[write++] = (float)sum;
            }
            Count = _rowStart = write;
        }

        public void Clear() => Count = _rowStart = 0;

        public (int[] Neighbours, float[] Weights) ToArrays() =>
            (_neighbours.AsSpan(0, Count).ToArray(), _weights.AsSpan(0, Count).ToArray());
    }
}
