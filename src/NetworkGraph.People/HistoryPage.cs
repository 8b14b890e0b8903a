using NetworkGraph.People.Histories;

namespace NetworkGraph.People;

/// <summary>
/// The newest interactions that a filter lets through, from events in any order. An interaction with several recipients
/// comes several times and counts once. Memory for the page, not for the history.
/// </summary>
internal sealed class HistoryPage(HistoryFilter filter)
{
    private readonly SortedSet<HistoryEntry> _newest = new(NewestFirst.Order);

    public void Add(in DyadEvent happened)
    {
        if (happened.AtMs < filter.SinceMs || (filter.Kind is { } kind && happened.Kind != kind)) return;
        var entry = new HistoryEntry(happened.AtMs, happened.Position);
        if (filter.After is { } after && NewestFirst.Order.Compare(entry, after) <= 0) return;
        if (_newest.Count == filter.Limit && NewestFirst.Order.Compare(entry, _newest.Max) >= 0) return;
        if (_newest.Add(entry) && _newest.Count > filter.Limit) _newest.Remove(_newest.Max);
    }

    public IReadOnlyList<HistoryEntry> Finish() => [.. _newest];

    private sealed class NewestFirst : IComparer<HistoryEntry>
    {
        public static readonly NewestFirst Order = new();

        public int Compare(HistoryEntry a, HistoryEntry b) =>
            a.AtMs != b.AtMs ? b.AtMs.CompareTo(a.AtMs) : b.Position.CompareTo(a.Position);
    }
}
