using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// A snapshot with one dyad otherwise than it is: for asking what would be. All rows but the two people's are shared with
/// the snapshot, which stays as it is. Cost: the two rows, and the table of pages.
/// </summary>
public static class SnapshotOverlay
{
    /// <summary>
    /// The network as it would be with these facts of a dyad, as seen from <paramref name="person"/>, strengths at the landmark.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Somebody the snapshot does not know, or a person with themselves.</exception>
    public static NetworkSnapshot With(NetworkSnapshot snapshot, int person, int other, in DyadFacts facts)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)person, (uint)snapshot.People, nameof(person));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)other, (uint)snapshot.People, nameof(other));
        ArgumentOutOfRangeException.ThrowIfEqual(person, other);
        var entry = TieEntry.From(person, other, facts);
        NetworkSnapshot patched = snapshot;
        foreach (var change in new[] { entry, entry.Reversed() }) patched = Patched(patched, change);
        return patched;
    }

    private static NetworkSnapshot Patched(NetworkSnapshot snapshot, TieEntry change)
    {
        var patch = new RowPatch();
        var old = snapshot.Reference(change.Person);
        var (count, mutualCount) = patch.Prepare(snapshot.Row(change.Person), [change]);
        var segment = new SnapshotSegment(count);
        SnapshotSegment[] segments = [.. snapshot.Segments, segment];
        var row = count == 0 ? default : new RowReference(segments.Length - 1, 0, count, mutualCount);
        if (count > 0) patch.Write(snapshot.Segments[old.Segment], old, segment, row, [change]);
        RowReference[][] pages = [.. snapshot.Pages];
        var page = change.Person >> NetworkSnapshot.PageBits;
        pages[page] = [.. pages[page]];
        pages[page][change.Person & (NetworkSnapshot.PageSize - 1)] = row;
        return new NetworkSnapshot(
            segments, pages, snapshot.People, snapshot.Entries + count - old.Count, snapshot.Decay, snapshot.AsOfMs, snapshot.Ids);
    }
}
