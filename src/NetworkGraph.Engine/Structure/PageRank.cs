using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>
/// Problem: PageRank of everyone: where a walker is found who follows a tie with probability d, chosen in proportion to
/// its weight, and otherwise (or where no tie leaves) starts again anywhere.
/// Preconditions: rows of incoming ties, row i holding who is tied towards i and how strongly
/// (<see cref="SnapshotGraphs.Incoming"/>, or its <see cref="Adjacency.Unweighted"/>; an undirected graph as it is).
/// Method: power iteration, each person gathering from their row; the rank of people without ties out is spread evenly.
/// Sums over people are taken in blocks of a fixed size, so the threads do not change the result.
/// Invariants: every rank is at least (1 − d)/n; after each iteration ranks add up to 1.
/// Cost: O(m) an iteration; 32 bytes a person.
/// Source: Brin, Page 1998; LDBC Graphalytics 1.0, 2.3.2.
/// </summary>
public static class PageRank
{
    private const int PeoplePerBlock = 1 << 12;

    /// <summary>
    /// Ranks by person, adding up to 1. Stops after <paramref name="mostIterations"/>, or once the ranks together change
    /// by at most <paramref name="tolerance"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Damping outside [0, 1), or no iterations.</exception>
    public static double[] Compute(
        Adjacency incoming, CancellationToken cancellation, double damping = 0.85, int mostIterations = 100, double tolerance = 1e-9,
            int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(damping);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(damping, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(mostIterations);
        var people = incoming.People;
        if (people == 0) return [];
        var inverse = InverseOutSums(incoming);
        var ranks = new double[people];
        Array.Fill(ranks, 1.0 / people);
        var shares = new double[people];
        var blocks = (people + PeoplePerBlock - 1) / PeoplePerBlock;
        var dangling = new double[blocks];
        var changes = new double[blocks];
        for (var iteration = 0; iteration < mostIterations; iteration++)
        {
            ParallelBlocks.Run(people, PeoplePerBlock, threads,
                (from, to) => dangling[from / PeoplePerBlock] = Share(ranks, inverse, shares, from, to), cancellation);
            var floor = (1 - damping + damping * Sum(dangling)) / people;
            ParallelBlocks.Run(people, PeoplePerBlock, threads,
                (from, to) => changes[from / PeoplePerBlock] = Gather(incoming, shares, ranks, floor, damping, from, to), cancellation);
            if (Sum(changes) <= tolerance) break;
        }
        Debug.Assert(Math.Abs(ranks.Sum() - 1) < 1e-6, "nothing is gained or lost");
        return ranks;
    }

    private static double[] InverseOutSums(Adjacency incoming)
    {
        var sums = new double[incoming.People];
        for (var entry = 0; entry < incoming.Entries; entry++) sums[incoming.Neighbours[entry]] += incoming.Weights[entry];
        for (var person = 0; person < sums.Length; person++) sums[person] = sums[person] > 0 ? 1 / sums[person] : 0;
        return sums;
    }

    /// <summary>Divides ranks by what leaves; returns the rank of people whom nothing leaves.</summary>
    private static double Share(double[] ranks, double[] inverse, double[] shares, int from, int to)
    {
        double dangling = 0;
        for (var person = from; person < to; person++)
        {
            shares[person] = ranks[person] * inverse[person];
            if (inverse[person] == 0) dangling += ranks[person];
        }
        return dangling;
    }

    /// <summary>Replaces the block's ranks; returns by how much they changed together.</summary>
    private static double Gather(Adjacency incoming, double[] shareArray, double[] ranks, double floor, double damping, int from, int to)
    {
        ref var shares = ref MemoryMarshal.GetArrayDataReference(shareArray);
        ref var neighbours = ref MemoryMarshal.GetArrayDataReference(incoming.Neighbours);
        ref var weights = ref MemoryMarshal.GetArrayDataReference(incoming.Weights);
        double change = 0;
        for (var person = from; person < to; person++)
        {
            double sum = 0;
            var end = incoming.Starts[person + 1];
            for (var entry = incoming.Starts[person]; entry < end; entry++)
            {
                sum += Unsafe.Add(ref weights, entry) * Unsafe.Add(ref shares, Unsafe.Add(ref neighbours, entry));
            }
            var rank = floor + damping * sum;
            change += Math.Abs(rank - ranks[person]);
            ranks[person] = rank;
        }
        return change;
    }

    private static double Sum(double[] parts)
    {
        double sum = 0;
        foreach (var part in parts) sum += part;
        return sum;
    }
}
