using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.LoadTests.Kernels;

/// <summary>
/// A working graph for timing kernels: degrees with a heavy tail (exponent 2.5, mean about 20, at most 3,000), half of
/// the ties and then a third among people close by in two orders of everyone, the rest at random; log-normal weights.
/// The same for a seed on every machine.
/// </summary>
internal static class ClusteredGraph
{
    private const int MaxTies = 3_000;
    private static readonly double[] s_shares = [0.5, 0.35];
    private static readonly double[] s_windows = [10, 14];

    public static Adjacency Generate(int people, ulong seed)
    {
        var random = new Random(unchecked((int)(seed ^ seed >> 32)));
        var left = new int[people];
        for (var person = 0; person < people; person++)
        {
            left[person] = (int)Math.Min(
                7.05 * Math.Pow(1 - random.NextDouble(), -1 / 1.5) + random.NextDouble(), Math.Min(MaxTies, people - 1));
        }
        var wanted = (int[])left.Clone();
        var ties = new List<long>(people * 12);
        for (var order = 0; order < s_shares.Length; order++) AddNearby(random, wanted, left, order, ties);
        AddAtRandom(random, left, ties);
        var pairs = ties.ToArray();
        Array.Sort(pairs);
        var edges = new List<(int, int, float)>(pairs.Length);
        for (var i = 0; i < pairs.Length; i++)
        {
            if (i > 0 && pairs[i] == pairs[i - 1]) continue;
            var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
            edges.Add(((int)(pairs[i] >> 32), (int)pairs[i], (float)(10 * Math.Exp(1.4 * normal - 1.2))));
        }
        return Adjacency.Undirected(people, edges);
    }

    /// <summary>Ties between people close by in a random order, at distances that fall off exponentially.</summary>
    private static void AddNearby(Random random, int[] wanted, int[] left, int order, List<long> ties)
    {
        var line = new int[wanted.Length];
        for (var i = 0; i < line.Length; i++) line[i] = i;
        random.Shuffle(line);
        var budget = new int[wanted.Length];
        for (var person = 0; person < budget.Length; person++)
        {
            budget[person] = Math.Min((int)(wanted[person] * s_shares[order] + random.NextDouble()), left[person]);
        }
        for (var i = 0; i < line.Length; i++)
        {
            var person = line[i];
            var window = Math.Max(s_windows[order], budget[person] * 1.2);
            for (var tries = budget[person] * 5 + 5; tries > 0 && budget[person] > 0; tries--)
            {
                var other = line[(int)((i + 1 + (long)(-window * Math.Log(1 - random.NextDouble()))) % line.Length)];
                if (other == person || budget[other] == 0) continue;
                budget[person]--;
                budget[other]--;
                left[person]--;
                left[other]--;
                ties.Add(Pair(person, other));
            }
        }
    }

    private static void AddAtRandom(Random random, int[] left, List<long> ties)
    {
        var ends = new List<int>();
        for (var person = 0; person < left.Length; person++)
        {
            for (var i = 0; i < left[person]; i++) ends.Add(person);
        }
        var shuffled = ends.ToArray();
        random.Shuffle(shuffled);
        for (var i = 0; i + 1 < shuffled.Length; i += 2)
        {
            if (shuffled[i] != shuffled[i + 1]) ties.Add(Pair(shuffled[i], shuffled[i + 1]));
        }
    }

    private static long Pair(int a, int b) => (long)Math.Min(a, b) << 32 | (uint)Math.Max(a, b);
}
