using System.Runtime.InteropServices;

namespace NetworkGraph.People.Histories;

/// <summary>That an event happened at a venue; 16 bytes, for the events that name one.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct VenueEntry
{
    public uint Position;

    /// <summary>Number of the venue; -1 once the interaction was forgotten.</summary>
    public int Venue;

    /// <summary>The dyad that holds the event; a person's own list for an attendance.</summary>
    public int Dyad;

    /// <summary>The entry of the same venue that arrived before; -1 for its first.</summary>
    public int PreviousOfVenue;
}

/// <summary>An event at a venue: its position in the log, and the dyad to read it from.</summary>
public readonly record struct VenueEvent(uint Position, int Dyad);

/// <summary>
/// Where things happened: venues by name, and which events happened at them. Beside the events and not in them, since
/// most name no venue. Entries are appended in order of position, so that the venue of a position is a binary search,
/// and chained by venue, newest first. One writer; any number of readers without locks.
/// </summary>
public sealed class VenueTable
{
    // Names are numbered as people's ids are: dense, never reused, erased by emptying.
    private readonly PersonDirectory _names = new();
    private readonly Slab<int> _lastEntries = new();
    private readonly Slab<VenueEntry> _entries = new();

    // Of each venue, how many entries count.
    private readonly Slab<int> _counting = new();

    /// <summary>Venues numbered so far; those whose name is empty were erased.</summary>
    public int Count => _lastEntries.Count;

    internal int EntryCount => _entries.Count;

    internal long Bytes => _entries.Bytes + _lastEntries.Bytes;

    /// <summary>Finds a venue by its exact name; false for one at which nothing happened that counts.</summary>
    public bool TryGetNumber(string name, out int venue) => _names.TryGetNumber(name, out venue) && venue < Count
        && Volatile.Read(ref _counting[venue]) > 0;

    /// <summary>The name of a venue; empty where all that happened there was erased.</summary>
    public string NameOf(int venue) => _names.Ids[venue];

    /// <summary>The venue of the interaction at a position; -1 where it names none. O(log of the entries).</summary>
    public int Of(uint position)
    {
        var (low, high) = (0, _entries.Count - 1);
        while (low <= high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            ref readonly var entry = ref _entries[middle];
            if (entry.Position == position) return Volatile.Read(ref _entries[middle].Venue);
            if (entry.Position < position) low = middle + 1;
            else high = middle - 1;
        }
        return -1;
    }

    /// <summary>
    /// The events at a venue, whatever their date and whether they count, the last to arrive first. A meeting of several comes once for
    /// each of their dyads.
    /// </summary>
    public IEnumerable<VenueEvent> EventsAt(int venue)
    {
        for (var index = Volatile.Read(ref _lastEntries[venue]); index >= 0;)
        {
            var entry = _entries[index];
            if (entry.Venue == venue) yield return new VenueEvent(entry.Position, entry.Dyad);
            index = entry.PreviousOfVenue;
        }
    }

    internal VenueEntry EntryAt(int index) => _entries[index];

    /// <summary>Gives a name its number. Only the one writer calls this.</summary>
    internal int NumberOf(string name)
    {
        var venue = _names.NumberOf(name);
        if (venue == _lastEntries.Count) AddVenue();
        return venue;
    }

    /// <summary>Gives the next number to a venue of a checkpoint; an empty name is one that was erased.</summary>
    internal void Restore(string name)
    {
        if (name.Length > 0) NumberOf(name);
        else
        {
            _names.Ids.Add(name);
            AddVenue();
        }
    }

    /// <summary>Says that an event happened at a venue; before the event can be seen. Only the one writer calls this.</summary>
    internal void Add(uint position, int venue, int dyad, bool counts = true)
    {
        if (_entries.Count > 0 && _entries[_entries.Count - 1].Position > position)
            throw new ArgumentException(
                $"Position {position} comes after {_entries[_entries.Count - 1].Position}: records are folded in the order of the log.",
                nameof(position));
        if (venue < 0)
        {
            _entries.Add(new VenueEntry { Position = position, Venue = venue, Dyad = dyad, PreviousOfVenue = -1 });
            return;
        }
        var added = _entries.Add(new VenueEntry { Position = position, Venue = venue, Dyad = dyad, PreviousOfVenue = _lastEntries[venue] });
        Volatile.Write(ref _lastEntries[venue], added);
        if (counts) Volatile.Write(ref _counting[venue], _counting[venue] + 1);
    }

    /// <summary>What happened at a position no longer counts. Where it happened stays known, to those who read the past.</summary>
    internal void Withdraw(uint position)
    {
        for (var index = FirstFrom(position); index < _entries.Count && _entries[index].Position == position; index++)
            if (_entries[index].Venue is >= 0 and var venue) Volatile.Write(ref _counting[venue], _counting[venue] - 1);
    }

    private int FirstFrom(uint position)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            if (_entries[middle].Position < position) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private void AddVenue()
    {
        _counting.Add(0);
        _lastEntries.Add(-1);
    }

    /// <summary>Forgets where these interactions happened, and the names of venues at which nothing else did.</summary>
    internal void Forget(IReadOnlySet<long> positions, WithdrawnPositions withdrawn)
    {
        var remaining = new int[Count];
        var counting = new int[Count];
        for (var index = 0; index < _entries.Count; index++)
        {
            ref var entry = ref _entries[index];
            if (entry.Venue >= 0 && positions.Contains(entry.Position)) Volatile.Write(ref entry.Venue, -1);
            if (entry.Venue < 0) continue;
            remaining[entry.Venue]++;
            if (withdrawn.At(entry.Position) == 0) counting[entry.Venue]++;
        }
        for (var venue = 0; venue < counting.Length; venue++) Volatile.Write(ref _counting[venue], counting[venue]);
        for (var venue = 0; venue < remaining.Length; venue++)
        {
            if (remaining[venue] > 0 || NameOf(venue).Length == 0) continue;
            Volatile.Write(ref _lastEntries[venue], -1);
            _names.Erase(venue);
        }
    }
}
