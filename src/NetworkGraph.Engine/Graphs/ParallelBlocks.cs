namespace NetworkGraph.Engine.Graphs;

/// <summary>
/// Runs work over 0..count in blocks handed out to threads by a counter. Where a block begins and ends never depends
/// on the number of threads, so work that is deterministic per block is deterministic as a whole.
/// </summary>
internal static class ParallelBlocks
{
    /// <summary>The number of threads meant: 0 stands for all processors.</summary>
    public static int Threads(int threads) => threads > 0 ? threads : Environment.ProcessorCount;

    /// <summary>Calls <paramref name="work"/> (from, to, scratch) for every block; one scratch a thread.</summary>
    public static void Run<TScratch>(
        int count, int blockSize, int threads, Func<TScratch> scratch, Action<int, int, TScratch> work, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var blocks = (int)(((long)count + blockSize - 1) / blockSize);
        threads = Math.Min(Threads(threads), blocks);
        if (threads <= 1)
        {
            if (blocks > 0) Drain(new Counter(), count, blockSize, blocks, scratch, work, cancellation);
            return;
        }
        var counter = new Counter();
        var options = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation };
        Parallel.For(0, threads, options, _ => Drain(counter, count, blockSize, blocks, scratch, work, cancellation));
    }

    /// <summary>As above, for work that needs no scratch.</summary>
    public static void Run(int count, int blockSize, int threads, Action<int, int> work, CancellationToken cancellation) =>
        Run<object?>(count, blockSize, threads, () => null, (from, to, _) => work(from, to), cancellation);

    private static void Drain<TScratch>(
        Counter counter, int count, int blockSize, int blocks, Func<TScratch> scratch, Action<int, int, TScratch> work,
            CancellationToken cancellation)
    {
        var block = counter.Next();
        if (block >= blocks) return;
        var own = scratch();
        for (; block < blocks; block = counter.Next())
        {
            cancellation.ThrowIfCancellationRequested();
            var from = (int)((long)block * blockSize);
            work(from, (int)Math.Min(count, (long)from + blockSize), own);
        }
    }

    private sealed class Counter
    {
        private int _next = -1;

        public int Next() => Interlocked.Increment(ref _next);
    }
}
