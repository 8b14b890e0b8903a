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
        var count = 0;
        var inOrder = true;
        var laterMs = long.MaxValue;
        var next = DyadEvent.NeverMs;
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
                if (atMs < next) next = atMs;
                continue;
            }
            if (count == _buffer.Length) Array.Resize(ref _buffer, count * 2);
            _buffer[count++] = entry;
            inOrder &= atMs <= laterMs;
            laterMs = atMs;
        }
        NextAtMs = next == DyadEvent.NeverMs ? null : next;
        var events = _buffer.AsSpan(0, count);
        events.Reverse();
        if (!inOrder) events.Sort(static (a, b) => a.AtMs != b.AtMs ? a.AtMs.CompareTo(b.AtMs) : a.Position.CompareTo(b.Position));
        _resolver.Resolve(events);
        return events;
    }
}
