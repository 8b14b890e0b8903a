using System.Globalization;
using System.Runtime.InteropServices;
using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Structure;

namespace NetworkGraph.LoadTests.Kernels;

/// <summary>
/// Times the structural kernels on a generated network, each with a hash of its result: the hash is the same for a
/// seed and a number of people, whatever the threads.
/// </summary>
public static class StructureBenchmarks
{
    /// <param name="people">At least 1.</param>
    /// <param name="seed">Of the network and of the communities.</param>
    /// <param name="threads">0 for all processors.</param>
    /// <param name="repetitions">Of each kernel; the shortest time counts.</param>
    /// <param name="time">What times are read from.</param>
    /// <param name="output">Gets a line a kernel.</param>
    /// <param name="cancellation">Stops the run.</param>
    public static void Run(
        int people, ulong seed, int threads, int repetitions, TimeProvider time, TextWriter output, CancellationToken cancellation)
    {
        var graph = ClusteredGraph.Generate(people, seed);
        Run(graph, graph, seed, threads, repetitions, time, output, cancellation);
    }

    /// <summary>The same on a network of the caller's.</summary>
    /// <param name="graph">Undirected.</param>
    /// <param name="incoming">Rows of incoming ties, for PageRank.</param>
    /// <inheritdoc cref="Run(int, ulong, int, int, TimeProvider, TextWriter, CancellationToken)"/>
    public static void Run(
        Adjacency graph, Adjacency incoming, ulong seed, int threads, int repetitions, TimeProvider time, TextWriter output,
            CancellationToken cancellation)
    {
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{graph.People} people, {graph.Entries / 2} ties"));
        void Measure<T>(string name, Func<T[]> kernel, Func<string>? remark = null)
            where T : unmanaged
        {
            var (shortest, hash) = (TimeSpan.MaxValue, 0UL);
            for (var repetition = 0; repetition < repetitions; repetition++)
            {
                var begun = time.GetTimestamp();
                var result = kernel();
                var elapsed = time.GetElapsedTime(begun);
                if (elapsed < shortest) shortest = elapsed;
                hash = Hash<T>(result);
            }
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{name,-28} {shortest.TotalMilliseconds,10:F1} ms   hash {hash:x16}   {remark?.Invoke()}"));
        }
        Measure("constraint, weighted", () => BurtConstraint.Compute(graph, cancellation, threads));
        Measure("effective size, weighted", () => EffectiveSize.Compute(graph, cancellation, threads));
        Measure("local bridges", () => LocalBridges.Compute(graph, cancellation, threads));
        Measure("connected components", () => ConnectedComponents.Compute(graph, cancellation, threads));
        Measure("PageRank, weighted", () => PageRank.Compute(incoming, cancellation, threads: threads));
        Measure("shortest paths", () => ShortestPaths.Distances(graph, 0, cancellation));
        Communities? found = null;
        Measure("Leiden", () => (found = Leiden.Compute(graph, new LeidenOptions { Seed = seed }, cancellation, threads)).CommunityOf,
            () => string.Create(CultureInfo.InvariantCulture, $"modularity {found?.Modularity:F5}, {found?.Count} communities"));
    }

    /// <summary>FNV-1a over 32-bit words.</summary>
    private static ulong Hash<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        var hash = 14695981039346656037UL;
        foreach (var word in MemoryMarshal.Cast<T, uint>(values)) hash = (hash ^ word) * 1099511628211;
        return hash;
    }
}
