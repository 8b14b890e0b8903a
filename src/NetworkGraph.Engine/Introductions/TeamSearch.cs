using System.Diagnostics;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Introductions;

/// <summary>
/// Problem: who of a set of people can be introduced to anyone of another set: k times the best path whose first broker and
/// whose target have not been used yet, first from a source that has no path yet, then from any. A source is no target, and a
/// blocked pair no source and target.
/// Preconditions: numbers of people are not negative; some may be unknown to the snapshot.
/// Method: walks back from the targets bound what each first broker is worth, and so each source. Sources are searched one by
/// one, exactly (<see cref="IntroductionWorkspace.BestToAny"/>), from the highest bound on, until no bound left reaches the
/// best path found. A path stays its source's best while its first broker and target are free, and its score bounds what
/// comes after.
/// Invariants: no two paths share a first broker or a target; scores fall among the paths of sources that had none.
/// Cost: O(entries within maxHops − 1 hops of the targets + entries of the sources) for the bounds, and some searches a path.
/// Source: lazy greedy evaluation, Minoux 1978.
/// </summary>
internal sealed class TeamSearch(
    IntroductionWorkspace workspace, NetworkSnapshot snapshot, IntroductionOptions options, CancellationToken cancellation)
{
    private readonly List<int> _brokers = [];
    private readonly List<int> _targets = [];

    public IReadOnlyList<IntroductionPath> Find(IReadOnlyCollection<int> sources, IReadOnlyCollection<int> targets)
    {
        var wanted = targets.Where(target => target < snapshot.People).Except(sources).Distinct().ToArray();
        workspace.Use(snapshot, options, cancellation);
        var worth = Worth(wanted);
        Candidate[] candidates = [.. sources.Where(source => source < snapshot.People).Distinct()
            .Select(source => new Candidate(source) { Bound = Bound(source, worth) }).Where(static candidate => candidate.Bound > 0)];
        var found = new List<IntroductionPath>(options.Paths);
        while (found.Count < options.Paths)
        {
            var best = Best(candidates.Where(static candidate => !candidate.IsUsed), wanted)
                ?? Best(candidates.Where(static candidate => candidate.IsUsed), wanted);
            if (best is null) break;
            Debug.Assert(!_brokers.Contains(best.Path!.FirstBroker) && !_targets.Contains(best.Path.Target), "no one is used twice");
            best.IsUsed = true;
            found.Add(best.Path!);
            _brokers.Add(best.Path!.FirstBroker);
            _targets.Add(best.Path.Target);
        }
        return found;
    }

    private Candidate? Best(IEnumerable<Candidate> candidates, int[] targets)
    {
        Candidate? best = null;
        foreach (var candidate in candidates.OrderByDescending(static candidate => candidate.Bound).ToList())
        {
            if (candidate.Bound == 0 || (best is not null && candidate.Bound < best.Bound * PathOrder.Margin)) break;
            if (candidate.Path is not { } known || _brokers.Contains(known.FirstBroker) || _targets.Contains(known.Target))
            {
                candidate.Path = workspace.BestToAny(
                    snapshot, candidate.Source, Reachable(candidate.Source, targets), options, _brokers, _targets, cancellation);
                candidate.Bound = candidate.Path is { } path ? path.Score * options.Delta : 0;
            }
            if (candidate.Path is null) continue;
            if (best is null || PathOrder.Compare(
                snapshot.Ids, candidate.Bound, People(candidate.Path), best.Bound, People(best.Path!)) < 0) best = candidate;
        }
        return best;
    }

    /// <summary>A blocked pair is no source and target, whatever lies between.</summary>
    private int[] Reachable(int source, int[] targets) => options.Constraints.HasBlocks(source)
        ? Array.FindAll(targets, target => !options.Constraints.IsBlocked(source, target))
        : targets;

    /// <summary>What a way from each person to any target multiplies by at most, as far as maxHops − 1 hops; 0 where none leads.</summary>
    private double[] Worth(int[] targets)
    {
        var worth = new double[snapshot.People];
        var reached = new bool[snapshot.People];
        var level = new List<int>();
        var next = new List<int>();
        foreach (var target in targets) Relax(target, 1, worth, reached, level);
        for (var hop = 2; hop < options.MaxHops && level.Count > 0; hop++)
        {
            foreach (var person in level) reached[person] = false;
            foreach (var person in level)
                if (!options.Constraints.IsClosed(person)) Relax(person, worth[person], worth, reached, next);
            (level, next) = (next, level);
            next.Clear();
        }
        return worth;
    }

    private void Relax(int person, double value, double[] worth, bool[] reached, List<int> level)
    {
        var row = workspace.Graph.MutualRow(person);
        var neighbours = row.Neighbours;
        for (var i = 0; i < neighbours.Length; i++)
        {
            if (!workspace.Graph.Carries(row.Mutual[i])) continue;
            var through = value * workspace.Graph.Factor.Of(row.Hop[i]);
            if (through <= worth[neighbours[i]]) continue;
            worth[neighbours[i]] = through;
            if (reached[neighbours[i]]) continue;
            reached[neighbours[i]] = true;
            level.Add(neighbours[i]);
        }
    }

    private double Bound(int source, double[] worth)
    {
        var bound = 0d;
        var row = workspace.Graph.MutualRow(source);
        var neighbours = row.Neighbours;
        for (var i = 0; i < neighbours.Length; i++)
        {
            if (worth[neighbours[i]] == 0 || !workspace.Graph.Carries(row.Mutual[i]) || options.Constraints.IsClosed(neighbours[i]))
                continue;
            bound = Math.Max(bound, workspace.Graph.Factor.Of(row.Hop[i]) * worth[neighbours[i]]);
        }
        // Rounding must not put a bound below what it bounds.
        return bound / PathOrder.Margin;
    }

    private static int[] People(IntroductionPath path) => [path.Source, .. path.Hops.Select(static hop => hop.To)];

    private sealed class Candidate(int source)
    {
        public int Source => source;

        /// <summary>No path from the source is worth more: the product of its hops' factors.</summary>
        public double Bound { get; set; }

        /// <summary>The best path when it was searched last; null before, and where there is none.</summary>
        public IntroductionPath? Path { get; set; }

        public bool IsUsed { get; set; }
    }
}
