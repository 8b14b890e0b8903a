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
                    Visit(graph, person, ref scratch.Kernel, scratch.Marks);
                }
            },
            cancellation);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsMarked(ref uint marks, int person) => (Unsafe.Add(ref marks, (uint)person >> 5) >> person & 1) != 0;

    private static void Visit<TKernel>(Adjacency graph, int person, ref TKernel kernel, uint[] markArray)
        where TKernel : struct, IEdgeKernel
    {
        ref var marks = ref MemoryMarshal.GetArrayDataReference(markArray);
        ref var starts = ref MemoryMarshal.GetArrayDataReference(graph.Starts);
        ref var neighbours = ref MemoryMarshal.GetArrayDataReference(graph.Neighbours);
        var (start, end) = (Unsafe.Add(ref starts, person), Unsafe.Add(ref starts, person + 1));
        if (start == end) return;
        var degree = end - start;
        for (var entry = start; entry < end; entry++)
        {
            var other = Unsafe.Add(ref neighbours, entry);
            Unsafe.Add(ref marks, (uint)other >> 5) |= 1u << other;
        }
        kernel.Enter(person, start, end);
        for (var entry = start; entry < end; entry++)
        {
            if (entry + Ahead < end) Prefetch(ref neighbours, Unsafe.Add(ref starts, Unsafe.Add(ref neighbours, entry + Ahead)));
            var other = Unsafe.Add(ref neighbours, entry);
            var (from, to) = (Unsafe.Add(ref starts, other), Unsafe.Add(ref starts, other + 1));
            if (to - from < degree || (to - from == degree && other < person)) kernel.Edge(entry, other, from, to, ref marks);
        }
        kernel.Leave(person);
        for (var entry = start; entry < end; entry++) Unsafe.Add(ref marks, (uint)Unsafe.Add(ref neighbours, entry) >> 5) = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(ref int neighbours, int entry)
    {
        if (!Sse.IsSupported) return;
        var address = (byte*)Unsafe.AsPointer(ref Unsafe.Add(ref neighbours, entry));
        Sse.Prefetch0(address);
        Sse.Prefetch0(address + 64);
    }

    private sealed class Scratch<TKernel>(TKernel kernel, int people)
        where TKernel : struct
    {
        public TKernel Kernel = kernel;
        public readonly uint[] Marks = new uint[(people >> 5) + 1];
    }
}

/// <summary>
/// Sums that come out the same in whatever order threads add to them: fixed-point numbers in 64 bits.
/// </summary>
/// <param name="largest">No sum exceeds this.</param>
internal readonly struct FixedPoint(double largest)
{
    private readonly double _scale = Math.ScaleB(1, 61 - BitOperations.Log2((ulong)Math.Max(1, largest)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(ref long sum, double term) => Interlocked.Add(ref sum, (long)(term * _scale + 0.5));

    public double Value(long sum) => sum / _scale;
}
