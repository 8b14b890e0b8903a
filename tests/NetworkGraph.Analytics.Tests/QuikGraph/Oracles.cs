using NetworkGraph.Analytics.QuikGraph;

namespace NetworkGraph.Analytics.Tests.QuikGraph;

/// <summary>The same questions answered naively, without QuikGraph.</summary>
internal static class Oracles
{
    public static HashSet<int> Reached(SnapshotGraph graph, int person)
    {
        var reached = new HashSet<int> { person };
        var waiting = new Queue<int>(reached);
        while (waiting.TryDequeue(out var at))
            foreach (var tie in graph.OutEdges(at))
                if (reached.Add(tie.Target)) waiting.Enqueue(tie.Target);
        return reached;
    }

    /// <summary>The hops of the best path from person 0, by Bellman and Ford's rounds.</summary>
    public static int FewestHopsOfBest(SnapshotGraph graph, int target, double delta)
    {
        var cost = Hops.CostWith(delta);
        var best = Enumerable.Repeat(double.PositiveInfinity, graph.VertexCount).ToArray();
        best[0] = 0;
        var hopsOfBest = 0;
        for (var round = 1; round < graph.VertexCount; round++)
        {
            var next = (double[])best.Clone();
            foreach (var tie in graph.Edges) next[tie.Target] = Math.Min(next[tie.Target], best[tie.Source] + cost(tie));
            if (next[target] < best[target] - 1e-12) hopsOfBest = round;
            best = next;
        }
        return hopsOfBest;
    }

    /// <summary>
    /// By two people: the strength of the weakest tie on the way whose weakest tie is the strongest; 0 where there is no way.
    /// </summary>
    public static double[,] WeakestOnBestWay(int people, IEnumerable<UndirectedTie> ties)
    {
        var weakest = new double[people, people];
        for (var person = 0; person < people; person++) weakest[person, person] = double.PositiveInfinity;
        foreach (var tie in ties) weakest[tie.Source, tie.Target] = weakest[tie.Target, tie.Source] = tie.Strength;
        for (var over = 0; over < people; over++)
            for (var a = 0; a < people; a++)
                for (var b = 0; b < people; b++)
                    weakest[a, b] = Math.Max(weakest[a, b], Math.Min(weakest[a, over], weakest[over, b]));
        return weakest;
    }

    /// <summary>The fewest brokers whose absence leaves no way from person 0, by trying all sets (Menger's other side).</summary>
    public static int SmallestCut(SnapshotGraph graph, int target)
    {
        for (var size = 0; ; size++)
            for (var set = 0; set < 1 << graph.VertexCount; set++)
                if (int.PopCount(set) == size && (set & 1) == 0 && (set >> target & 1) == 0 && !Connects(graph, target, set)) return size;
    }

    /// <summary>By trying every candidate in and out.</summary>
    public static int LargestMatching(ReadOnlySpan<(int Left, int Right)> candidates)
    {
        if (candidates.IsEmpty) return 0;
        var (left, right) = candidates[0];
        var without = candidates[1..].ToArray();
        var with = 1 + LargestMatching([.. without.Where(pair => pair.Left != left && pair.Right != right)]);
        // The first candidate's left either goes into this pair or another: where it has no other, this one is as good as any.
        return without.Any(pair => pair.Left == left || pair.Right == right) ? Math.Max(with, LargestMatching(without)) : with;
    }

    private static bool Connects(SnapshotGraph graph, int target, int without)
    {
        var seen = 1 | without;
        var waiting = new Stack<int>([0]);
        while (waiting.TryPop(out var person))
        {
            foreach (var tie in graph.OutEdges(person))
            {
                if (person == 0 && tie.Target == target) continue;
                if (tie.Target == target) return true;
                if ((seen >> tie.Target & 1) != 0) continue;
                seen |= 1 << tie.Target;
                waiting.Push(tie.Target);
            }
        }
        return false;
    }
}
