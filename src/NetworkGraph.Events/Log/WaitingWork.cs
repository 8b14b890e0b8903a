using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>What waits for a log's writer, bounded in records and bytes. Many add, one takes.</summary>
/// <param name="maxRecords">Records that may wait.</param>
/// <param name="maxBytes">Bytes that may wait.</param>
/// <param name="otherFingerprint">Stands in for an interaction's own fingerprint; null where the own is used.</param>
public sealed class WaitingWork(int maxRecords, long maxBytes, Func<Interaction, InteractionFingerprint>? otherFingerprint)
{
    private readonly object _gate = new();
    private readonly Queue<LogWork> _waiting = new();
    private long _records;
    private long _bytes;
    private bool _closed;

    /// <summary>Hands records over to the writer; completes when that has answered them, at once where there is no room.</summary>
    public async ValueTask<AppendReceipt> AppendAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        if (records.Count == 0) return new AppendReceipt([], Overloaded: false);
        using var activity = Tracing.Source.StartActivity("append");
        activity?.SetTag("records", records.Count);
        var append = new PendingAppend(records, otherFingerprint);
        if (TryAdd(append)) return await append.Done.WaitAsync(cancellation);
        append.GiveBack();
        return AppendReceipt.TryLater;
    }

    /// <summary>An erasure is owed to a person: it waits its turn however much waits. Returns the position of its record.</summary>
    /// <exception cref="ArgumentException">The positions are not ascending.</exception>
    public Task<long> EraseAsync(Erasure person, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(person);
        cancellation.ThrowIfCancellationRequested();
        var positions = person.Positions;
        for (var i = 1; i < positions.Count; i++)
            if (positions[i] <= positions[i - 1])
                throw new ArgumentException(
                    $"The positions must be ascending; {positions[i]} comes after {positions[i - 1]}.", nameof(person));
        var erasure = new PendingErasure(person, cancellation);
        Add(erasure);
        return erasure.Done;
    }

    /// <summary>Positions of the records under the hash of an id, ascending, as of the writer's last commit.</summary>
    public Task<long[]> LookUpAsync(ulong idHash)
    {
        var lookup = new PendingLookup(idHash);
        Add(lookup);
        return lookup.Done;
    }

    /// <summary>
    /// Waits for work and takes as much as fits into one commit, at least one. What is not an append comes alone.
    /// False once closed and empty; true with nothing taken where <paramref name="patience"/> ends first.
    /// </summary>
    public bool Take(List<LogWork> into, int mostRecords, long mostBytes, TimeSpan patience)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed) return false;
                if (!Monitor.Wait(_gate, patience)) return true;
            }
            long records = 0, bytes = 0;
            do
            {
                var work = _waiting.Dequeue();
                _records -= work.Records;
                _bytes -= work.SizeBytes;
                records += work.Records;
                bytes += work.SizeBytes;
                into.Add(work);
                if (work is not PendingAppend) break;
            }
            while (_waiting.TryPeek(out var next) && next is PendingAppend && records + next.Records <= mostRecords && bytes
                + next.SizeBytes <= mostBytes);
            return true;
        }
    }

    /// <summary>No more work is taken in; what waits is still done.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>
    /// False where there is no room now. An append that is larger than all the room there is gets in when nothing else waits.
    /// </summary>
    private bool TryAdd(PendingAppend work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(IInteractionLog));
            var isFull = _records + work.Records > maxRecords || _bytes + work.SizeBytes > maxBytes;
            if (isFull && _waiting.Count > 0) return false;
            Enqueue(work);
            return true;
        }
    }

    private void Add(LogWork work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(IInteractionLog));
            Enqueue(work);
        }
    }

    private void Enqueue(LogWork work)
    {
        _waiting.Enqueue(work);
        _records += work.Records;
        _bytes += work.SizeBytes;
        if (_waiting.Count == 1) Monitor.Pulse(_gate);
    }
}
