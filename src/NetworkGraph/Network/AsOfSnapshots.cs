using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Histories;
using NetworkGraph.Measures;

namespace NetworkGraph.Network;

/// <summary>
/// Snapshots as of past dates, kept while they fit in memory, the least recently used going first. Two requests for
/// one date share one build. A snapshot is dropped when an interaction arrives that belongs before its date.
/// </summary>
public sealed class AsOfSnapshots(HistoryStore histories, MeasureOptions measures, long maxBytes)
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
    public Task<NetworkSnapshot> GetAsync(long asOfMs, CancellationToken cancellation)
    {
        Entry entry;
        lock (_gate)
        {
            if (_byDate.TryGetValue(asOfMs, out var node) && !node.Value.Snapshot.IsFaulted)
            {
                _recent.Remove(node);
                _recent.AddFirst(node);
                entry = node.Value;
            }
            else
            {
                if (node is not null) Drop(node);
                entry = new Entry(asOfMs, Task.Run(() => Build(asOfMs), CancellationToken.None));
                _byDate[asOfMs] = _recent.AddFirst(entry);
                Builds++;
            }
        }
        return FinishAsync(entry, cancellation);
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

    private async Task<NetworkSnapshot> FinishAsync(Entry entry, CancellationToken cancellation)
    {
        var snapshot = await entry.Snapshot.WaitAsync(cancellation);
        lock (_gate)
        {
            // The one just asked for stays even where it alone is over the bound: it is in use anyway.
            while (_recent.Count > 1 && BytesHeld() > maxBytes && _recent.Last is { } oldest) Drop(oldest);
        }
        return snapshot;
    }

    private NetworkSnapshot Build(long asOfMs) =>
        SnapshotAssembly.Collect(histories, measures, new TieDecay(asOfMs, measures.HalfLifeDays), asOfMs, null, CancellationToken.None).Build(asOfMs);

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

    private sealed record Entry(long AsOfMs, Task<NetworkSnapshot> Snapshot);
}
