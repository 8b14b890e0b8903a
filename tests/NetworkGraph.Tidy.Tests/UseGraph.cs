namespace NetworkGraph.Tidy.Tests;

/// <summary>A graph of names: who uses whom, and where that is seen first.</summary>
internal sealed class UseGraph
{
    private readonly SortedDictionary<string, SortedDictionary<string, string>> _uses = new(StringComparer.Ordinal);

    /// <summary>Notes that one name uses another; of several places the first is kept.</summary>
    public void Add(string user, string used, string place)
    {
        if (user == used) return;
        if (!_uses.TryGetValue(user, out var of)) _uses.Add(user, of = new SortedDictionary<string, string>(StringComparer.Ordinal));
        of.TryAdd(used, place);
    }

    /// <summary>One shortest cycle through each name that is on one, each as lines "a -> b (place)"; empty where there is none.</summary>
    public List<string> Cycles()
    {
        var found = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in _uses.Keys)
        {
            if (seen.Contains(name) || ShortestCycle(name) is not { } cycle) continue;
            seen.UnionWith(cycle);
            found.Add("a cycle:\n" + string.Join('\n', cycle.Select((from, i) =>
            {
                var to = cycle[(i + 1) % cycle.Count];
                return $"    {from} -> {to}: {_uses[from][to]}";
            })));
        }
        return found;
    }

    // Breadth first from the name until it is reached again.
    private List<string>? ShortestCycle(string start)
    {
        var cameFrom = new Dictionary<string, string>(StringComparer.Ordinal);
        var frontier = new Queue<string>([start]);
        while (frontier.TryDequeue(out var at))
        {
            if (!_uses.TryGetValue(at, out var used)) continue;
            foreach (var next in used.Keys)
            {
                if (next == start)
                {
                    var cycle = new List<string> { at };
                    while (at != start) cycle.Add(at = cameFrom[at]);
                    cycle.Reverse();
                    return cycle;
                }
                if (cameFrom.TryAdd(next, at)) frontier.Enqueue(next);
            }
        }
        return null;
    }
}
