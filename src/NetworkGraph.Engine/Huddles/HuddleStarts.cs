using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Huddles;

/// <summary>
/// Groups to begin with: greedy from several first members, each improved by swapping one member for another while that
/// helps. The same seed gives the same groups.
/// </summary>
internal static class HuddleStarts
{
    private const int Promising = 24;
    private const int Chosen = 16;

    public static void Run(HuddleGraph graph, int size, int required, ulong seed, BestGroup best, CancellationToken cancellation)
    {
        var random = new SeededRandom(seed);
        var order = Enumerable.Range(0, graph.Candidates).OrderByDescending(c => graph.BestSum(c, size - 1)).ThenBy(c => c).Take(
            Promising).ToList();
        for (var i = 0; i < Chosen; i++) order.Add(random.Below(graph.Candidates));
        var group = new List<int>(size);
        var sums = new double[graph.Candidates];
        foreach (var first in order)
        {
            cancellation.ThrowIfCancellationRequested();
            group.Clear();
            Array.Clear(sums);
            if (required >= 0) Join(graph, group, sums, required);
            if (!double.IsNaN(sums[first]) && first != required) Join(graph, group, sums, first);
            while (group.Count < size && BestToJoin(graph, sums, size) is { } next) Join(graph, group, sums, next);
            if (group.Count < size) continue;
            var total = Total(graph, group);
            while (Swap(graph, group, required, sums) is > 0 and var gain) total += gain;
            best.Offer(Total(graph, group), [.. group]);
        }
    }

    private static double Total(HuddleGraph graph, List<int> group)
    {
        var total = 0d;
        for (var i = 0; i < group.Count; i++)
            for (var j = 0; j < i; j++) total += graph.Row(group[i])[group[j]];
        return total;
    }

    /// <summary>The sums of everyone's likelihoods to the group; NaN for those who cannot join it.</summary>
    private static void Join(HuddleGraph graph, List<int> group, double[] sums, int member)
    {
        group.Add(member);
        var row = graph.Row(member);
        for (var c = 0; c < sums.Length; c++) sums[c] += row[c];
    }

    private static int? BestToJoin(HuddleGraph graph, double[] sums, int size)
    {
        int? best = null;
        var highest = double.NegativeInfinity;
        for (var c = 0; c < sums.Length; c++)
        {
            if (double.IsNaN(sums[c])) continue;
            // Of equals, the one who has more to offer to those who may follow.
            var worth = sums[c] + 1e-3 * graph.BestSum(c, size - 1);
            if (worth > highest) (best, highest) = (c, worth);
        }
        return best;
    }

    /// <summary>Makes the best swap; returns what it gained, 0 where none helps.</summary>
    private static double Swap(HuddleGraph graph, List<int> group, int required, double[] sums)
    {
        var (gain, place, member) = (1e-9, -1, -1);
        for (var out_ = 0; out_ < group.Count; out_++)
        {
            if (group[out_] == required) continue;
            Array.Clear(sums);
            for (var i = 0; i < group.Count; i++)
            {
                if (i == out_) continue;
                var row = graph.Row(group[i]);
                for (var c = 0; c < sums.Length; c++) sums[c] += row[c];
            }
            var own = sums[group[out_]];
            for (var c = 0; c < sums.Length; c++)
                if (sums[c] - own > gain) (gain, place, member) = (sums[c] - own, out_, c);
        }
        if (place < 0) return 0;
        group[place] = member;
        return gain;
    }
}
