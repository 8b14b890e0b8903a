using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Graphs;

/// <summary>
/// Problem: the working graphs structural kernels share, from a snapshot.
/// Preconditions: none; the snapshot is not changed.
/// Method: a prefix sum of row lengths, then every row is packed into (neighbour, weight) words and sorted, rows in
/// parallel. Weights are relative: strengths stay at the snapshot's landmark, as every kernel here is indifferent to a
/// common factor. A tie whose strength has decayed below what a float holds keeps the least weight there is.
/// Invariants: rows are in ascending order of neighbour, without the person itself; every weight is above 0.
/// Cost: O(m log d) time, 8 bytes an entry.
/// Source: compressed sparse rows, as in any text on sparse matrices.
/// </summary>
public static class SnapshotGraphs
{
    private const int RowsPerBlock = 1 << 13;

    /// <summary>Undirected, weight a_ij + a_ji of every dyad tied in either direction.</summary>
    public static Adjacency Strengths(NetworkSnapshot snapshot, CancellationToken cancellation, int threads = 0) =>
        Build(snapshot, new EitherDirection(), threads, cancellation);

    /// <summary>Undirected, weight = number of directions tied (1 or 2).</summary>
    public static Adjacency Arcs(NetworkSnapshot snapshot, CancellationToken cancellation, int threads = 0) =>
        Build(snapshot, new DirectionsTied(), threads, cancellation);

    /// <summary>Undirected, the dyads whose strength at the snapshot's date is above 0 and at least
    /// <paramref name="minStrength"/> both ways; weight √(a_ij·a_ji).</summary>
    public static Adjacency MutualTies(NetworkSnapshot snapshot, double minStrength, CancellationToken cancellation, int threads = 0) =>
        Build(snapshot, new Mutual(minStrength / snapshot.StrengthFactor), threads, cancellation);

    /// <summary>Directed, row i holds those tied towards i, weight a_ji.</summary>
    public static Adjacency Incoming(NetworkSnapshot snapshot, CancellationToken cancellation, int threads = 0) =>
        Build(snapshot, new TowardsPerson(), threads, cancellation);

    /// <summary>Directed, row i holds those i is tied towards, weight a_ij.</summary>
    public static Adjacency Outgoing(NetworkSnapshot snapshot, CancellationToken cancellation, int threads = 0) =>
        Build(snapshot, new FromPerson(), threads, cancellation);

    private static Adjacency Build<TRule>(NetworkSnapshot snapshot, TRule rule, int threads, CancellationToken cancellation)
        where TRule : struct, IEntryRule
    {
        var people = snapshot.People;
        var starts = new int[people + 1];
        ParallelBlocks.Run(people, RowsPerBlock, threads, (from, to) =>
        {
            for (var person = from; person < to; person++) starts[person + 1] = Count(snapshot.Row(person), rule);
        }, cancellation);
        var longest = 0;
        for (var person = 0; person < people; person++)
        {
            longest = Math.Max(longest, starts[person + 1]);
            starts[person + 1] = checked(starts[person + 1] + starts[person]);
        }
        var neighbours = GC.AllocateUninitializedArray<int>(starts[people]);
        var weights = GC.AllocateUninitializedArray<float>(starts[people]);
        ParallelBlocks.Run(people, RowsPerBlock, threads, () => new ulong[longest], (from, to, words) =>
        {
            for (var person = from; person < to; person++)
            {
                var length = starts[person + 1] - starts[person];
                Fill(snapshot.Row(person), rule, words.AsSpan(0, length),
                    neighbours.AsSpan(starts[person], length), weights.AsSpan(starts[person], length));
            }
        }, cancellation);
        return new Adjacency(starts, neighbours, weights);
    }

    private static int Count<TRule>(TieRow row, TRule rule)
        where TRule : struct, IEntryRule
    {
        if (rule.KeepsAll) return row.Count;
        var count = 0;
        var strengthsOut = row.Out;
        var strengthsIn = row.In;
        for (var i = 0; i < strengthsOut.Length; i++) count += rule.Keeps(strengthsOut[i], strengthsIn[i]) ? 1 : 0;
        return count;
    }

    private static void Fill<TRule>(TieRow row, TRule rule, Span<ulong> words, Span<int> neighbours, Span<float> weights)
        where TRule : struct, IEntryRule
    {
        var count = 0;
        var others = row.Neighbours;
        var strengthsOut = row.Out;
        var strengthsIn = row.In;
        for (var i = 0; i < others.Length; i++)
        {
            if (!rule.Keeps(strengthsOut[i], strengthsIn[i])) continue;
            var weight = Math.Max(rule.Weight(strengthsOut[i], strengthsIn[i]), float.Epsilon);
            words[count++] = (ulong)others[i] << 32 | BitConverter.SingleToUInt32Bits(weight);
        }
        words.Sort();
        for (var i = 0; i < words.Length; i++)
        {
            neighbours[i] = (int)(words[i] >> 32);
            weights[i] = BitConverter.UInt32BitsToSingle((uint)words[i]);
        }
    }

    /// <summary>Which entries of a row a graph keeps, and with which weight; a struct so that loops are compiled for it.</summary>
    private interface IEntryRule
    {
        bool KeepsAll { get; }

        bool Keeps(float strengthOut, float strengthIn);

        float Weight(float strengthOut, float strengthIn);
    }

    private readonly struct EitherDirection : IEntryRule
    {
        public bool KeepsAll => true;

        public bool Keeps(float strengthOut, float strengthIn) => true;

        public float Weight(float strengthOut, float strengthIn) => (float)((double)strengthOut + strengthIn);
    }

    private readonly struct DirectionsTied : IEntryRule
    {
        public bool KeepsAll => true;

        public bool Keeps(float strengthOut, float strengthIn) => true;

        public float Weight(float strengthOut, float strengthIn) => Math.Max(1, (strengthOut > 0 ? 1 : 0) + (strengthIn > 0 ? 1 : 0));
    }

    private readonly struct Mutual(double atLeast) : IEntryRule
    {
        public bool KeepsAll => false;

        public bool Keeps(float strengthOut, float strengthIn) => strengthOut > 0 && strengthIn > 0 && strengthOut >= atLeast
            && strengthIn >= atLeast;

        public float Weight(float strengthOut, float strengthIn) => (float)Math.Sqrt((double)strengthOut * strengthIn);
    }

    private readonly struct FromPerson : IEntryRule
    {
        public bool KeepsAll => false;

        public bool Keeps(float strengthOut, float strengthIn) => strengthOut > 0;

        public float Weight(float strengthOut, float strengthIn) => strengthOut;
    }

    private readonly struct TowardsPerson : IEntryRule
    {
        public bool KeepsAll => false;

        public bool Keeps(float strengthOut, float strengthIn) => strengthIn > 0;

        public float Weight(float strengthOut, float strengthIn) => strengthIn;
    }
}
