using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Identity;

/// <summary>A record about two ids, and where it stands.</summary>
/// <param name="Position">Its position in the log.</param>
/// <param name="Record">What was said.</param>
/// <param name="IsChange">Whether it said anything new.</param>
public readonly record struct PlacedAlias(long Position, AliasChanged Record, bool IsChange);

/// <summary>
/// All records about who is who, in the order of the log: what the fold starts from again when some of them are erased, and what
/// others follow ids by (<see cref="ChangesAfter"/>). One writer, any number of readers.
/// </summary>
public sealed class AliasHistory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedSet<long>> _positions = new(StringComparer.Ordinal);
    private List<PlacedAlias> _records = [];

    /// <summary>The merges, splits and pairs called distinct after a position of the log, in order.</summary>
    public IReadOnlyList<PlacedAlias> ChangesAfter(long position, int limit)
    {
        lock (_gate)
        {
            var changes = new List<PlacedAlias>();
            for (var i = IndexAfter(position); i < _records.Count && changes.Count < limit; i++)
                if (_records[i].IsChange) changes.Add(_records[i]);
            return changes;
        }
    }

    /// <summary>All records, in order.</summary>
    public IReadOnlyList<PlacedAlias> All()
    {
        lock (_gate) return [.. _records];
    }

    internal void Add(AliasChanged record, long position, bool isChange)
    {
        lock (_gate) _records.Add(new PlacedAlias(position, record, isChange));
        Remember(position, record.One);
        Remember(position, record.Other);
        if (record.Canonical is { } canonical) Remember(position, canonical);
    }

    internal IReadOnlyCollection<long> PositionsNaming(string id) => _positions.TryGetValue(id, out var positions) ? positions : [];

    internal bool AreAt(IReadOnlySet<long> positions) => _records.Exists(placed => positions.Contains(placed.Position));

    /// <summary>Takes records out. Returns the ids that they name.</summary>
    internal HashSet<string> Remove(IReadOnlySet<long> positions)
    {
        var named = new HashSet<string>(StringComparer.Ordinal);
        foreach (var placed in _records)
        {
            if (!positions.Contains(placed.Position)) continue;
            named.Add(placed.Record.One);
            named.Add(placed.Record.Other);
            if (placed.Record.Canonical is { } canonical) named.Add(canonical);
        }
        if (named.Count == 0) return named;
        lock (_gate) _records = _records.FindAll(placed => !positions.Contains(placed.Position));
        foreach (var id in named)
        {
            _positions[id].ExceptWith(positions);
            if (_positions[id].Count == 0) _positions.Remove(id);
        }
        return named;
    }

    /// <summary>Folds all records again; some may now say something new.</summary>
    internal void Replay(Func<AliasChanged, long, bool> apply)
    {
        var replayed = _records.ConvertAll(placed => placed with { IsChange = apply(placed.Record, placed.Position) });
        lock (_gate) _records = replayed;
    }

    private int IndexAfter(long position)
    {
        var (low, high) = (0, _records.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (_records[middle].Position <= position) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private void Remember(long position, string id)
    {
        if (!_positions.TryGetValue(id, out var positions)) _positions[id] = positions = [];
        positions.Add(position);
    }
}
