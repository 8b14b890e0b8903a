using System.Diagnostics;
using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>
/// Problem: the connected components of an undirected graph (of a directed one, the weakly connected: take it undirected).
/// Method: Afforest: everyone is joined with their first two neighbours by a lock-free union-find; most people then
/// share one component, found by sampling, and only the others look at the rest of their rows. A root is always hung
/// below a smaller one, so every component ends up with its smallest number, in whatever order they came.
/// Invariants: a parent is never a larger number than its child, so that there is no circle.
/// Cost: close to O(n), at most O(m α(n)); 4 bytes a person.
/// Source: Sutton, Ben-Nun, Barak, "Optimizing Parallel Graph Connectivity Computation via Subgraph Sampling", 2018.
/// </summary>
public static class ConnectedComponents
{
    private const int PeoplePerBlock = 1 << 14;
    private const int Rounds = 2;
    private const int Samples = 1024;

    /// <summary>The smallest number of each person's component.</summary>
    public static int[] Compute(Adjacency graph, CancellationToken cancellation, int threads = 0)
    {
        var parents = new int[graph.People];
        for (var person = 0; person < parents.Length; person++) parents[person] = person;
        for (var round = 0; round < Rounds; round++)
        {
            var nth = round;
            ParallelBlocks.Run(graph.People, PeoplePerBlock, threads, (from, to) =>
            {
                for (var person = from; person < to; person++)
                {
                    if (nth < graph.Degree(person)) Join(parents, person, graph.Neighbours[graph.Starts[person] + nth]);
                }
            }, cancellation);
            Compress(parents, threads, cancellation);
        }
        var largest = MostSampled(parents);
        ParallelBlocks.Run(graph.People, PeoplePerBlock, threads, (from, to) =>
        {
            for (var person = from; person < to; person++)
            {
                if (Volatile.Read(ref parents[person]) == largest) continue;
                for (var entry = graph.Starts[person] + Rounds; entry < graph.Starts[person + 1]; entry++)
                    Join(parents, person, graph.Neighbours[entry]);
            }
        }, cancellation);
        Compress(parents, threads, cancellation);
        Debug.Assert(Array.TrueForAll(parents, parent => parents[parent] == parent), "everyone points at a root");
        return parents;
    }

    private static void Join(int[] parents, int a, int b)
    {
        var first = Volatile.Read(ref parents[a]);
        var second = Volatile.Read(ref parents[b]);
        while (first != second)
        {
            var (low, high) = first < second ? (first, second) : (second, first);
            var parent = Volatile.Read(ref parents[high]);
            if (parent == low || (parent == high && Interlocked.CompareExchange(ref parents[high], low, high) == high)) return;
            first = Volatile.Read(ref parents[Volatile.Read(ref parents[high])]);
            second = Volatile.Read(ref parents[low]);
        }
    }

    private static void Compress(int[] parents, int threads, CancellationToken cancellation) =>
        ParallelBlocks.Run(parents.Length, PeoplePerBlock, threads, (from, to) =>
        {
            for (var person = from; person < to; person++)
            {
                var root = Volatile.Read(ref parents[person]);
                for (var above = Volatile.Read(ref parents[root]); above != root; above = Volatile.Read(ref parents[root])) root = above;
                Volatile.Write(ref parents[person], root);
            }
        }, cancellation);

    /// <summary>Only speed depends on which component this names.</summary>
    private static int MostSampled(int[] parents)
    {
        if (parents.Length == 0) return -1;
        var random = new SeededRandom(1);
        var samples = new int[Samples];
        for (var i = 0; i < samples.Length; i++) samples[i] = parents[random.Below(parents.Length)];
        Array.Sort(samples);
        var (best, bestLength, length) = (samples[0], 0, 0);
        for (var i = 0; i < samples.Length; i++)
        {
            length = i > 0 && samples[i] == samples[i - 1] ? length + 1 : 1;
            if (length > bestLength) (best, bestLength) = (samples[i], length);
        }
        return best;
    }
}
