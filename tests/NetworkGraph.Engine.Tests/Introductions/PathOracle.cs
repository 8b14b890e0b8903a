using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Tests.Introductions;

/// <summary>
/// The definition of introduction paths, written out: every simple path is enumerated, then the best are chosen. Shares
/// nothing with the search but the snapshot's columns.
/// </summary>
internal sealed class PathOracle(NetworkSnapshot snapshot, IntroductionOptions options)
{
    private readonly Dictionary<int, List<(int To, double P)>> _rows = [];

    public sealed record Found(double Score, int[] People)
    {
        public override string ToString() => $"{Score:R} {string.Join('-', People)}";
    }

    public List<Found> ToOne(int source, int target)
    {
        var all = new List<Found>();
        Enumerate(source, person => person == target, [source], 1, all);
        return Distinct(all, path => path.People[1], _ => -1);
    }

    public List<Found> ToAny(int source, IReadOnlyCollection<int> targets)
    {
        var wanted = targets.Where(t => t != source).ToHashSet();
        var all = new List<Found>();
        Enumerate(source, wanted.Contains, [source], 1, all);
        return Distinct(all, path => path.People[1], path => path.People[^1]);
    }

    public List<Found> FromAny(IReadOnlyCollection<int> sources, IReadOnlyCollection<int> targets)
    {
        var wanted = targets.Except(sources).ToHashSet();
        var all = new List<Found>();
        foreach (var source in sources.Distinct())
            Enumerate(source, target => wanted.Contains(target) && !options.Constraints.IsBlocked(source, target), [source], 1, all);
        var chosen = new List<Found>();
        while (chosen.Count < options.Paths)
        {
            var free = all.Where(path => chosen.All(c => c.People[1] != path.People[1] && c.People[^1] != path.People[^1])).ToList();
            var fromNew = free.Where(path => chosen.All(c => c.People[0] != path.People[0])).ToList();
            if (fromNew.Count > 0) free = fromNew;
            if (free.Count == 0) break;
            chosen.Add(free.Aggregate((best, path) => IsBetter(path, best) ? path : best));
        }
        return chosen;
    }

    /// <summary>k times the best path whose keys were not used yet.</summary>
    private List<Found> Distinct(List<Found> all, Func<Found, int> broker, Func<Found, int> target)
    {
        var chosen = new List<Found>();
        var left = all;
        while (chosen.Count < options.Paths && left.Count > 0)
        {
            var best = left[0];
            foreach (var path in left)
                if (IsBetter(path, best)) best = path;
            chosen.Add(best);
            left = left.Where(path => broker(path) != broker(best) && (target(best) == -1 || target(path) != target(best))).ToList();
        }
        return chosen;
    }

    private bool IsBetter(Found path, Found other)
    {
        if (Math.Abs(path.Score - other.Score) > 1e-9 * other.Score) return path.Score > other.Score;
        if (path.People.Length != other.People.Length) return path.People.Length < other.People.Length;
        for (var i = 0; i < path.People.Length; i++)
        {
            var order = string.CompareOrdinal(snapshot.Ids[path.People[i]], snapshot.Ids[other.People[i]]);
            if (order != 0) return order < 0;
        }
        return false;
    }

    private void Enumerate(int at, Func<int, bool> isTarget, List<int> path, double product, List<Found> all)
    {
        foreach (var (to, p) in RowOf(at))
        {
            if (path.Contains(to)) continue;
            path.Add(to);
            var brokers = path.Count - 2;
            if (brokers >= 1 && isTarget(to)) all.Add(new Found(product * p * Math.Pow(options.Delta, brokers), [.. path]));
            if (path.Count - 1 < options.MaxHops && !options.Constraints.IsClosed(to)) Enumerate(to, isTarget, path, product * p, all);
            path.RemoveAt(path.Count - 1);
        }
    }

    private List<(int To, double P)> RowOf(int person)
    {
        if (_rows.TryGetValue(person, out var known)) return known;
        var row = snapshot.Row(person);
        var ties = new List<(int, double)>();
        for (var i = 0; i < row.Count; i++)
        {
            if (row.ContactOut[i] == 0 || row.ContactIn[i] == 0 || options.Constraints.IsBlocked(person, row.Neighbours[i])) continue;
            var m = Math.Sqrt((double)row.ContactOut[i] * row.ContactIn[i]) * snapshot.StrengthFactor;
            if (m < options.MinStrength) continue;
            ties.Add((row.Neighbours[i], 1 / (1 + Math.Exp(-options.Hop.Alpha - options.Hop.Beta * Math.Log(1 + m)))));
        }
        return _rows[person] = ties;
    }
}
