namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// Rewrites one row with some entries changed, keeping its order.
/// Method: entries that change leave the old row, the changed ones are inserted at their places (binary search); what
/// lies between is copied in runs, column by column.
/// Cost: O(row + changes·(row/8 + log row)); holds its buffers from row to row.
/// </summary>
internal sealed class RowPatch
{
    /// <summary>From so many changes on, they are looked up in a table instead of searching the row for each.</summary>
    private const int ManyChanges = 16;

    private readonly HashSet<int> _changed = [];
    private readonly List<int> _leaving = [];
    private readonly List<(ulong Order, int Change)> _entering = [];
    private readonly List<int> _places = [];

    /// <summary>Finds what leaves and what enters; returns the new row's counts. Each other person is changed once.</summary>
    public (int Count, int MutualCount) Prepare(in TieRow old, ReadOnlySpan<TieEntry> changes)
    {
        FindLeaving(old.Neighbours, changes);
        var mutualCount = old.MutualCount;
        foreach (var entry in _leaving)
            if (entry < old.MutualCount) mutualCount--;

        _entering.Clear();
        for (var i = 0; i < changes.Length; i++)
        {
            if (!changes[i].IsTied) continue;
            _entering.Add((changes[i].Order, i));
            if (changes[i].Mutual > 0) mutualCount++;
        }
        _entering.Sort();
        _places.Clear();
        foreach (var (order, _) in _entering) _places.Add(PlaceOf(order, old.Neighbours, old.Hop));
        return (old.Count - _leaving.Count + _entering.Count, mutualCount);
    }

    /// <summary>Writes the new row; <paramref name="changes"/> and the old row are those it was prepared for.</summary>
    public void Write(
        SnapshotSegment oldSegment, in RowReference old, SnapshotSegment segment, in RowReference row, ReadOnlySpan<TieEntry> changes)
    {
        var (from, to) = (0, 0);
        var (leaving, entering) = (0, 0);
        while (leaving < _leaving.Count || entering < _entering.Count)
        {
            var enters = entering < _entering.Count && (leaving == _leaving.Count || _places[entering] <= _leaving[leaving]);
            var next = enters ? _places[entering] : _leaving[leaving];
            segment.Copy(oldSegment, old, from, row, to, next - from);
            to += next - from;
            from = next;
            if (enters)
            {
                segment.Write(row.Start, row.Count, to++, changes[_entering[entering++].Change]);
            }
            else
            {
                from++;
                leaving++;
            }
        }
        segment.Copy(oldSegment, old, from, row, to, old.Count - from);
    }

    private void FindLeaving(ReadOnlySpan<int> neighbours, ReadOnlySpan<TieEntry> changes)
    {
        _leaving.Clear();
        if (changes.Length < ManyChanges)
        {
            foreach (ref readonly var change in changes)
            {
                var entry = neighbours.IndexOf(change.Other);
                if (entry >= 0) _leaving.Add(entry);
            }
            _leaving.Sort();
            return;
        }
        _changed.Clear();
        foreach (ref readonly var change in changes) _changed.Add(change.Other);
        for (var i = 0; i < neighbours.Length; i++)
            if (_changed.Contains(neighbours[i])) _leaving.Add(i);
    }

    /// <summary>The first entry that does not come before <paramref name="order"/>.</summary>
    private static int PlaceOf(ulong order, ReadOnlySpan<int> neighbours, ReadOnlySpan<float> hop)
    {
        var (low, high) = (0, neighbours.Length);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (TieEntry.OrderOf(hop[middle], neighbours[middle]) < order) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
