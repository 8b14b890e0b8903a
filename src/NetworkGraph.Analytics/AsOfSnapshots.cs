using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics;

/// <summary>
/// Snapshots as of past dates, kept while they fit in memory, the least recently used going first. Two requests for
/// one date share one build, which is stopped when no one waits for it any more. A snapshot is dropped when an interaction becomes
/// visible that belongs before its date.
/// </summary>
public sealed class AsOfSnapshots(HistoryStore histories, PeopleOptions measures, ModelStore models, long maxBytes)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<long, LinkedListNode<Entry>> _byDate = [];
    private readonly LinkedList<Entry> _recent = [];

    /// <summary>How many snapshots were built since start.</summary>
    public long Builds { get; private set; }

    /// <summary>Bytes held by finished snapshots.</summary>
    public long Bytes
    {
        get
        {
            lock (_gate) return BytesHeld();
        }
    }

    /// <summary>The snapshot as of <paramref name="asOfMs"/>, Unix ms.</summary>
    public async Task<NetworkSnapshot> GetAsync(long asOfMs, CancellationToken cancellation)
    {
        var entry = Enter(asOfMs);
        try
        {
            return await entry.Snapshot.WaitAsync(cancellation);
        }
        finally
        {
            Leave(entry);
        }
    }

    /// <summary>
    /// Lets readers see what is in the log up to <paramref name="position"/>, and drops the snapshots that any of it, dated from
    /// <paramref name="earliestAtMs"/> on, belongs into. In one step: a snapshot begun before sees none of it and is dropped,
    /// one begun after sees all of it.
    /// </summary>
    public void Show(long position, long earliestAtMs)
    {
        lock (_gate)
        {
            histories.VisiblePosition = position;
            Invalidate(earliestAtMs);
        }
    }

    /// <summary>Drops the snapshots that an interaction dated <paramref name="earliestAtMs"/> belongs into.</summary>
    public void Invalidate(long earliestAtMs)
    {
        lock (_gate)
        {
            for (var node = _recent.First; node is not null;)
            {
                var next = node.Next;
                if (node.Value.AsOfMs >= earliestAtMs) Drop(node);
                node = next;
            }
        }
    }

    private Entry Enter(long asOfMs)
    {
        lock (_gate)
        {
            if (_byDate.TryGetValue(asOfMs, out var node))
            {
                if (!node.Value.HasFailed)
                {
                    _recent.Remove(node);
                    _recent.AddFirst(node);
                    node.Value.Waiting++;
                    return node.Value;
                }
                Drop(node);
            }
            var entry = new Entry(asOfMs, Builder(asOfMs, histories.VisiblePosition)) { Waiting = 1 };
            _byDate[asOfMs] = _recent.AddFirst(entry);
            Builds++;
            return entry;
        }
    }

    /// <summary>A build that no one waits for any more is stopped; else what does not fit is let go.</summary>
    private void Leave(Entry entry)
    {
        lock (_gate)
        {
            if (--entry.Waiting == 0 && !entry.Snapshot.IsCompleted)
            {
                entry.Stop();
                if (_byDate.TryGetValue(entry.AsOfMs, out var node) && ReferenceEquals(node.Value, entry)) Drop(node);
                return;
            }
            // The one just asked for stays even where it alone is over the bound: it is in use anyway.
            while (_recent.Count > 1 && BytesHeld() > maxBytes && _recent.Last is { } oldest) Drop(oldest);
        }
    }

    private Func<CancellationToken, NetworkSnapshot> Builder(long asOfMs, long upToPosition) => stopping => SnapshotAssembly
        .Collect(histories, measures, models.DecayFor(asOfMs, measures, upToPosition), asOfMs, upToPosition, null, stopping).Build(asOfMs);

    private void Drop(LinkedListNode<Entry> node)
    {
        _byDate.Remove(node.Value.AsOfMs);
        _recent.Remove(node);
    }

    private long BytesHeld()
    {
        var bytes = 0L;
        foreach (var entry in _recent)
            if (entry.Snapshot.IsCompletedSuccessfully) bytes += entry.Snapshot.Result.Bytes;
        return bytes;
    }

    private sealed class Entry
    {
        private readonly Action _stop;

        public Entry(long asOfMs, Func<CancellationToken, NetworkSnapshot> build)
        {
            // Without a timer and without links there is nothing in a source to dispose of.
            var source = new CancellationTokenSource();
            _stop = source.Cancel;
            AsOfMs = asOfMs;
            Snapshot = Task.Run(() => build(source.Token), CancellationToken.None);
        }

        public long AsOfMs { get; }

        public Task<NetworkSnapshot> Snapshot { get; }

        /// <summary>How many wait for it.</summary>
        public int Waiting { get; set; }

        public bool HasFailed => Snapshot is { IsCompleted: true, IsCompletedSuccessfully: false };

        public void Stop() => _stop();
    }
}
