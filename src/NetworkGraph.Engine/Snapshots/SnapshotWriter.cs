using System.Runtime.InteropServices;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// The owner of a network that changes: takes changed dyads, publishes snapshots. One thread; the snapshots it publishes
/// are read by any number of threads, and never change.
/// Method: publishing rewrites the rows of people whose dyads changed (the old row is copied with the changes patched
/// in) into fresh space and shares all others; row references are copied by pages. What readers need not wait for is
/// done afterwards (<see cref="Compact"/>): segments that are mostly dead are emptied step by step, at most about as
/// many entries per publication as were rewritten, so that at most about half of a network's memory is dead.
/// Cost of either: the entries of the people whose dyads changed, plus a few KiB a page of 1,024 people touched; without
/// changes none of it.
/// </summary>
/// <remarks>
/// All strengths belong to one landmark. It should follow the present: some sixty half-lives behind, strengths run out
/// of float32's range. There is no re-basing in place: build a snapshot on the new landmark (<see cref="SnapshotBuilder"/>)
/// and continue with a writer on it.
/// </remarks>
public sealed class SnapshotWriter
{
    private const int MinMovedEntries = 1 << 16;

    private readonly SegmentSpace _space;
    private readonly Dictionary<(int Low, int High), int> _changeOf = [];
    private readonly List<TieEntry> _changes = [];
    private readonly RowPatch _patch = new();
    private RowReference[][] _pages;
    private bool[]? _pageIsOwn;
    private NetworkSnapshot _last;
    private long _entries;
    private long _written;

    /// <summary>Starts with a network without ties.</summary>
    public SnapshotWriter(PersonIds ids, TieDecay decay)
    {
        Ids = ids;
        Decay = decay;
        _space = new SegmentSpace();
        _pages = [];
        _last = new NetworkSnapshot(_space.Table, _pages, 0, 0, decay, decay.LandmarkMs, ids);
    }

    /// <summary>Continues from a snapshot, which stays as it is: its ids, its decay, its ties.</summary>
    public SnapshotWriter(NetworkSnapshot seed)
    {
        Ids = seed.Ids;
        Decay = seed.Decay;
        _space = new SegmentSpace(seed);
        _pages = seed.Pages;
        _entries = seed.Entries;
        _last = seed;
    }

    public PersonIds Ids { get; }

    public TieDecay Decay { get; }

    /// <summary>The snapshot published last; at first the seed, or one without ties.</summary>
    public NetworkSnapshot Last => _last;

    /// <summary>
    /// Sets all that is known of a dyad, as seen from <paramref name="low"/>, for the next publication; with both
    /// strengths 0 the dyad leaves the network. The last of several for one dyad counts.
    /// </summary>
    /// <exception cref="ArgumentException">A person with themselves or without an id, or a strength that is not a float32 of 0 or
    /// above.</exception>
    public void Set(int low, int high, in DyadFacts facts)
    {
        CheckNumber(low);
        CheckNumber(high);
        ArgumentOutOfRangeException.ThrowIfEqual(low, high);
        Change(TieEntry.From(low, high, facts));
    }

    /// <summary>
    /// Publishes all that was set; then call <see cref="Compact"/>. Not safe for several threads at once; readers are
    /// not disturbed.
    /// </summary>
    public NetworkSnapshot Publish(long asOfMs)
    {
        var people = Ids.Count;
        CoverPeople(people);
        if (_changes.Count == 0 && _pages.Length == _last.Pages.Length)
            return _last = new NetworkSnapshot(_last.Segments, _last.Pages, people, _entries, Decay, asOfMs, Ids);
        _written += PatchRows();
        _changes.Clear();
        _changeOf.Clear();
        _pageIsOwn = null;
        return _last = new NetworkSnapshot(_space.Table, _pages, people, _entries, Decay, asOfMs, Ids);
    }

    /// <summary>
    /// After a publication: moves rows out of segments that are mostly dead, and readies memory for as much as was written.
    /// Without it memory is not bounded. No reader sees a difference; the moved rows are part of the next publication.
    /// </summary>
    public void Compact()
    {
        if (_written == 0) return;
        MoveRows(Math.Max(MinMovedEntries, _written));
        _space.Prepare(_written);
        _written = 0;
    }

    private void CheckNumber(int person)
    {
        if ((uint)person >= (uint)Ids.Count)
            throw new ArgumentOutOfRangeException(nameof(person), person, "No person has this number.");
    }

    private void Change(in TieEntry entry)
    {
        var forward = entry.Person < entry.Other ? entry : entry.Reversed();
        ref var change = ref CollectionsMarshal.GetValueRefOrAddDefault(_changeOf, (forward.Person, forward.Other), out var known);
        if (known)
        {
            _changes[change] = forward;
            return;
        }
        change = _changes.Count;
        _changes.Add(forward);
    }

    private void CoverPeople(int people)
    {
        var pages = people + NetworkSnapshot.PageSize - 1 >> NetworkSnapshot.PageBits;
        if (pages <= _pages.Length) return;
        var grown = new RowReference[pages][];
        _pages.CopyTo(grown, 0);
        Array.Fill(grown, NetworkSnapshot.EmptyPage, _pages.Length, pages - _pages.Length);
        _pages = grown;
        if (_pageIsOwn != null) Array.Resize(ref _pageIsOwn, pages);
    }

    /// <summary>Writes the new rows of all people with changed dyads; returns how many entries that took.</summary>
    private long PatchRows()
    {
        var changes = new TieEntry[2 * _changes.Count];
        var orders = new ulong[changes.Length];
        for (var i = 0; i < _changes.Count; i++)
        {
            changes[2 * i] = _changes[i];
            changes[2 * i + 1] = _changes[i].Reversed();
        }
        for (var i = 0; i < changes.Length; i++) orders[i] = (ulong)changes[i].Person << 32 | (uint)changes[i].Other;
        Array.Sort(orders, changes);

        var written = 0L;
        for (int first = 0, end; first < changes.Length; first = end)
        {
            var person = changes[first].Person;
            for (end = first + 1; end < changes.Length && changes[end].Person == person; end++)
            {
            }
            written += PatchRow(person, changes.AsSpan(first, end - first));
        }
        return written;
    }

    private int PatchRow(int person, ReadOnlySpan<TieEntry> changes)
    {
        ref var reference = ref OwnReference(person);
        var old = reference;
        var (count, mutualCount) = _patch.Prepare(_last.Row(person), changes);
        if (count == 0)
        {
            reference = default;
        }
        else
        {
            reference = _space.Allocate(person, count, mutualCount);
            _patch.Write(_space[old.Segment], old, _space[reference.Segment], reference, changes);
        }
        _space.Release(old);
        _entries += count - old.Count;
        return count;
    }

    /// <summary>Moves rows out of segments that are mostly dead, about <paramref name="entries"/> of them.</summary>
    private void MoveRows(long entries)
    {
        while (entries > 0 && _space.NextToMove(out var segment) is { } person)
        {
            if (_pages[person >> NetworkSnapshot.PageBits][person & (NetworkSnapshot.PageSize - 1)].Segment != segment) continue;
            ref var reference = ref OwnReference(person);
            var old = reference;
            // A row of the default reference is in segment 0 too, and has nothing to move.
            if (old.Count == 0) continue;
            reference = _space.Allocate(person, old.Count, old.MutualCount);
            _space[reference.Segment].Copy(_space[segment], old, 0, reference, 0, old.Count);
            _space.Release(old);
            entries -= old.Count;
        }
    }

    private ref RowReference OwnReference(int person)
    {
        if (_pageIsOwn == null)
        {
            // Pages are copied once per publication, when first written; the table of pages with them.
            _pages = [.. _pages];
            _pageIsOwn = new bool[_pages.Length];
        }
        var page = person >> NetworkSnapshot.PageBits;
        if (!_pageIsOwn[page])
        {
            _pages[page] = [.. _pages[page]];
            _pageIsOwn[page] = true;
        }
        return ref _pages[page][person & (NetworkSnapshot.PageSize - 1)];
    }
}
