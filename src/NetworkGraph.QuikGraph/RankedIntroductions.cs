using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using QuikGraph;
using QuikGraph.Algorithms.Observers;
using QuikGraph.Algorithms.RankedShortestPath;
using QuikGraph.Algorithms.ShortestPath;

namespace NetworkGraph.QuikGraph;

/// <summary>
/// Problem: the best paths from one person to another over mutual ties, whatever their first broker, by QuikGraph's
/// algorithms: what the project's own search is held against. A hop costs −ln(δ·p), so the cheapest path is the one with
/// the best score; the number of hops has no limit. Preconditions: people of the snapshot, source other than target.
/// Method: Dijkstra, and Hoffman and Pavley's k shortest paths. Cost: O((people + ties) log people), and as much again a
/// path. Source: Dijkstra 1959; Hoffman &amp; Pavley, "A method for the solution of the Nth best path problem", 1959.
/// </summary>
public static class RankedIntroductions
{
    /// <summary>The best path that does not go straight from one to the other; null where there is none.</summary>
    public static RankedPath? BestDetour(NetworkSnapshot snapshot, int source, int target, IntroductionOptions options)
    {
        var graph = new SnapshotGraph(snapshot, mutualOnly: true);
        var detours = new DetourGraph(graph, source, target);
        var dijkstra = new DijkstraShortestPathAlgorithm<int, DirectedTie>(detours, CostOf(snapshot, options));
        var predecessors = new VertexPredecessorRecorderObserver<int, DirectedTie>();
        using (predecessors.Attach(dijkstra)) dijkstra.Compute(source);
        return predecessors.TryGetPath(target, out var path) ? RankedPath.Of(path, ScoreOf(dijkstra.GetDistance(target), options)) : null;
    }

    /// <summary>The best paths, best first, nobody twice on one, the straight tie among them where there is one.</summary>
    public static IReadOnlyList<RankedPath> Best(NetworkSnapshot snapshot, int source, int target, int count, IntroductionOptions options)
    {
        var graph = new SnapshotGraph(snapshot, mutualOnly: true);
        var cost = CostOf(snapshot, options);
        var ranking = new HoffmanPavleyRankedShortestPathAlgorithm<int, DirectedTie>(graph, cost) { ShortestPathCount = count };
        ranking.Compute(source, target);
        return [.. ranking.ComputedShortestPaths.Select(path => RankedPath.Of(path, ScoreOf(path.Sum(cost), options)))];
    }

    /// <summary>The cost of a hop, in nats.</summary>
    public static Func<DirectedTie, double> CostOf(NetworkSnapshot snapshot, IntroductionOptions options)
    {
        var (hopFactor, factor) = (snapshot.HopFactor, snapshot.StrengthFactor);
        return tie =>
        {
            var row = snapshot.Row(tie.Source);
            var hop = row.Hop[row.IndexOf(tie.Target)] * hopFactor;
            var carries = tie.Mutual * factor >= options.MinStrength * (1 - 1e-6);
            return carries ? -Math.Log(options.Hop.Probability(hop)) - Math.Log(options.Delta) : double.PositiveInfinity;
        };
    }

    // A path of h hops has h − 1 brokers, so one δ of its hops' costs is too many.
    private static double ScoreOf(double cost, IntroductionOptions options) => Math.Exp(-cost) / options.Delta;
}

/// <summary>A path by its people, and its score Π p × δ^(brokers).</summary>
public sealed record RankedPath(double Score, IReadOnlyList<int> People)
{
    internal static RankedPath Of(IEnumerable<DirectedTie> ties, double score)
    {
        var people = new List<int>();
        foreach (var tie in ties)
        {
            if (people.Count == 0) people.Add(tie.Source);
            people.Add(tie.Target);
        }
        return new RankedPath(score, people);
    }
}
