namespace NetworkGraph.People.Histories;

/// <summary>
/// Reads a dyad's events up to a date, ordered by time and then by position, with what they are in the light of each
/// other (<see cref="EventResolver"/>). Holds one growing buffer: the span is
/// good until the next read. Not for use by two threads at once; cheap to make.
/// </summary>
public sealed class DyadReader(HistoryStore store)
{
    private readonly EventResolver _resolver = new();
    private DyadEvent[] _buffer = new DyadEvent[32];
    private int _count;
    private bool _inOrder;
    private long _next;

    /// <summary>The date of the first event after the date of the last read; null where there is none.</summary>
    public long? NextAtMs { get; private set; }

    /// <summary>
    /// Events of the dyad that count, with a date not after <paramref name="asOfMs"/> (Unix ms), as the log had it up to a
    /// position (the one given, else the one that readers see, <see cref="HistoryStore.VisiblePosition"/>): without what came
    /// later, and with what was withdrawn later.
    /// </summary>
    public ReadOnlySpan<DyadEvent> Read(int dyad, long asOfMs, long? upToPosition = null)
    {
        var upTo = upToPosition ?? store.VisiblePosition;
        _count = 0;
        _inOrder = true;
        _next = DyadEvent.NeverMs;
        if (store.Aliases.IsInUse) CollectResolved(dyad, asOfMs, upTo);
        else Collect(dyad, asOfMs, upTo);
        NextAtMs = _next == DyadEvent.NeverMs ? null : _next;
        var events = _buffer.AsSpan(0, _count);
        events.Reverse();
        if (!_inOrder) events.Sort(static (a, b) => a.AtMs != b.AtMs ? a.AtMs.CompareTo(b.AtMs) : a.Position.CompareTo(b.Position));
        _resolver.Resolve(events);
        return events;
    }

    private void Collect(int dyad, long asOfMs, long upTo)
    {
        var laterMs = long.MaxValue;
        var withdrawn = store.Withdrawn.Count > 0 ? store.Withdrawn : null;
        for (var index = store.LastEventOf(dyad); index >= 0;)
        {
            ref readonly var entry = ref store.Events[index];
            index = entry.Previous;
            if (entry.Position > upTo) continue;
            if (withdrawn is not null && withdrawn.At(entry.Position) is > 0 and var by && by <= upTo) continue;
            var atMs = entry.AtMs;
            if (atMs > asOfMs)
            {
                if (atMs < _next) _next = atMs;
                continue;
            }
            if (_count == _buffer.Length) Array.Resize(ref _buffer, _count * 2);
            _buffer[_count++] = entry;
            _inOrder &= atMs <= laterMs;
            laterMs = atMs;
        }
    }

    /// <summary>
    /// Of a dyad that another stands for nothing; of any other the events of all ids of its two people, each interaction once,
    /// with people by the numbers that stand for them.
    /// </summary>
    private void CollectResolved(int dyad, long asOfMs, long upTo)
    {
        var aliases = store.Aliases;
        if (aliases.IsMapped(dyad)) return;
        var parts = aliases.PartsOf(dyad);
        if (parts is null)
        {
            Collect(dyad, asOfMs, upTo);
        }
        else
        {
            var low = store.PeopleOf(dyad).Low;
            foreach (var part in parts)
            {
                var from = _count;
                Collect(part, asOfMs, upTo);
                if (part == dyad || store.People.Resolve(store.PeopleOf(part).Low) == low) continue;
                foreach (ref var happened in _buffer.AsSpan(from, _count - from)) happened.Turn();
            }
            DropRepeats();
        }
        if (store.PeopleOf(dyad) is var (one, other) && one == other) DropMuted();
        foreach (ref var happened in _buffer.AsSpan(0, _count))
        {
            if (happened.About >= 0) happened.About = store.People.Resolve(happened.About);
            if (!aliases.Adjusted(happened.Position, out var adjusted)) continue;
            happened.Recount(Math.Max((ushort)1, adjusted.Recipients));
            if (adjusted.FirstDyad != AliasTable.Unchanged) happened.MakeFirst(aliases.Resolve(adjusted.FirstDyad) == dyad);
        }
    }

    /// <summary>On a person's own list: drops mentions in what the person took part in by another id.</summary>
    private void DropMuted()
    {
        var kept = 0;
        for (var i = 0; i < _count; i++)
            if (_buffer[i].Direction is not DyadDirection.Mentioned || !store.Aliases.IsMuted(_buffer[i].Position))
                _buffer[kept++] = _buffer[i];
        _count = kept;
    }

    /// <summary>Sorts what was collected, the latest first, and keeps one event of each interaction.</summary>
    private void DropRepeats()
    {
        var events = _buffer.AsSpan(0, _count);
        events.Sort(static (a, b) => a.AtMs != b.AtMs ? b.AtMs.CompareTo(a.AtMs) : b.Position.CompareTo(a.Position));
        var kept = 0;
        for (var i = 0; i < events.Length; i++)
        {
            if (kept > 0 && events[kept - 1].Position == events[i].Position)
            {
                events[kept - 1].Join(in events[i]);
                continue;
            }
            events[kept++] = events[i];
        }
        _count = kept;
        _inOrder = true;
    }
}
