using System.Collections.Concurrent;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>What a kernel does with each edge of an <see cref="EdgeSweep"/>; one struct a thread.</summary>
internal interface IEdgeKernel
{
    /// <summary>The edges of <paramref name="person"/> follow; their neighbours are marked now.</summary>
    void Enter(int person, int start, int end);

    /// <summary>
    /// The edge from the entered person (at <paramref name="entry"/>) to <paramref name="other"/>, whose row is
    /// <paramref name="from"/> to <paramref name="to"/>. Those of that row that are marked are the common neighbours.
    /// </summary>
    void Edge(int entry, int other, int from, int to, ref uint marks);

    void Leave(int person);
}

/// <summary>
/// Problem: visit every edge of an undirected graph once, with what is needed to find its common neighbours.
/// Method: an edge is visited from its end of higher (degree, number), whose whole row is marked in a bitmap that stays
/// in the second-level cache; the other end's shorter row is then scanned against it. Both rows of an edge are seen
/// whole, so what an edge sums up is summed in the order of the row and needs no exchange between threads. Rows that
/// come up are prefetched, as they lie all over the memory.
/// Cost: Σ over edges of min(d_i, d_j), at most O(m·√m) (Chiba, Nishizeki 1985); a bit a person a thread.
/// </summary>
internal static class EdgeSweep
{
    private const int PeoplePerBlock = 1 << 10;
    private const int Ahead = 6;

    public static void Run<TKernel>(Adjacency graph, Func<TKernel> kernel, int threads, CancellationToken cancellation)
        where TKernel : struct, IEdgeKernel
    {
        ParallelBlocks.Run(
            graph.People, PeoplePerBlock, threads,
            () => new Scratch<TKernel>(kernel(), graph.People),
            (from, to, scratch) =>
            {
                for (var person = from; person < to; person++)
                {
                    if (graph.Degree(person) > 1 << 16) cancellation.ThrowIfCancellationRequested();
                    Visit(graph, person, scratch);
                }
            },
            cancellation);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsMarked(ref uint marks, int person) => (Unsafe.Add(ref marks, (uint)person >> 5) >> person & 1) != 0;

    private static void Visit<TKernel>(Adjacency graph, int person, Scratch<TKernel> scratch)
        where TKernel : struct, IEdgeKernel
    {
        ref var marks = ref MemoryMarshal.GetArrayDataReference(scratch.Marks);
        ref var starts = ref MemoryMarshal.GetArrayDataReference(graph.Starts);
        ref var neighbours = ref MemoryMarshal.GetArrayDataReference(graph.Neighbours);
        var (start, end) = (Unsafe.Add(ref starts, person), Unsafe.Add(ref starts, person + 1));
        var lower = LowerEnds(graph, person, scratch);
        if (lower.Length == 0) return;
        for (var entry = start; entry < end; entry++)
        {
            var other = Unsafe.Add(ref neighbours, entry);
            Unsafe.Add(ref marks, (uint)other >> 5) |= 1u << other;
        }
        scratch.Kernel.Enter(person, start, end);
        for (var i = 0; i < lower.Length; i++)
        {
            if (i + Ahead < lower.Length) Prefetch(graph, Unsafe.Add(ref starts, Unsafe.Add(ref neighbours, lower[i + Ahead])));
            var other = Unsafe.Add(ref neighbours, lower[i]);
            scratch.Kernel.Edge(lower[i], other, Unsafe.Add(ref starts, other), Unsafe.Add(ref starts, other + 1), ref marks);
        }
        scratch.Kernel.Leave(person);
        for (var entry = start; entry < end; entry++) Unsafe.Add(ref marks, (uint)Unsafe.Add(ref neighbours, entry) >> 5) = 0;
    }

    /// <summary>The entries of a row whose other end is the lower; collected first, as a branch on it would be a coin toss.</summary>
    private static ReadOnlySpan<int> LowerEnds<TKernel>(Adjacency graph, int person, Scratch<TKernel> scratch)
        where TKernel : struct, IEdgeKernel
    {
        ref var starts = ref MemoryMarshal.GetArrayDataReference(graph.Starts);
        ref var neighbours = ref MemoryMarshal.GetArrayDataReference(graph.Neighbours);
        var (start, end) = (Unsafe.Add(ref starts, person), Unsafe.Add(ref starts, person + 1));
        if (scratch.Lower.Length < end - start) scratch.Lower = new int[Math.Max(end - start, scratch.Lower.Length * 2)];
        ref var lower = ref MemoryMarshal.GetArrayDataReference(scratch.Lower);
        var count = 0;
        for (var entry = start; entry < end; entry++)
        {
            var other = Unsafe.Add(ref neighbours, entry);
            var difference = Unsafe.Add(ref starts, other + 1) - Unsafe.Add(ref starts, other) - (end - start);
            Unsafe.Add(ref lower, count) = entry;
            count += difference < 0 | (difference == 0 & other < person) ? 1 : 0;
        }
        var first = Math.Min(count, Ahead);
        for (var i = 0; i < first; i++) Prefetch(graph, Unsafe.Add(ref starts, Unsafe.Add(ref neighbours, Unsafe.Add(ref lower, i))));
        return scratch.Lower.AsSpan(0, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(Adjacency graph, int entry)
    {
        if (!Sse.IsSupported) return;
        var neighbours = (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(graph.Neighbours), entry));
        Sse.Prefetch0(neighbours);
        Sse.Prefetch0(neighbours + 64);
        var weights = (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(graph.Weights), entry));
        Sse.Prefetch0(weights);
        Sse.Prefetch0(weights + 64);
    }

    private sealed class Scratch<TKernel>(TKernel kernel, int people)
        where TKernel : struct
    {
        public TKernel Kernel = kernel;
        public readonly uint[] Marks = new uint[(people >> 5) + 1];
        public int[] Lower = new int[1 << 10];
    }
}

/// <summary>
/// Sums by person that come out the same however the terms are spread over threads: every thread has its own column of
/// fixed-point numbers in 64 bits, added up at the end.
/// </summary>
/// <param name="people">Length of a column.</param>
/// <param name="largest">No sum exceeds this.</param>
internal sealed class ThreadSums(int people, double largest)
{
    private readonly ConcurrentBag<long[]> _columns = [];

    /// <summary>What a term is multiplied by (and then rounded) before it is added to a column.</summary>
    public double Scale { get; } = Math.ScaleB(1, 61 - BitOperations.Log2((ulong)Math.Max(1, largest)));

    /// <summary>A column for one thread.</summary>
    public long[] Column()
    {
        var column = new long[people];
        _columns.Add(column);
        return column;
    }

    public double[] Totals()
    {
        var sums = new long[people];
        foreach (var column in _columns)
        {
            for (var person = 0; person < sums.Length; person++) sums[person] += column[person];
        }
        return Array.ConvertAll(sums, sum => sum / Scale);
    }
}
