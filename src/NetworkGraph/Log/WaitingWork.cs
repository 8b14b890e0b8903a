namespace NetworkGraph.Log;

/// <summary>What waits for the writer, bounded in records and bytes. Many add, one takes.</summary>
public sealed class WaitingWork(int maxRecords, long maxBytes)
{
    private readonly object _gate = new();
    private readonly Queue<LogWork> _waiting = new();
    private long _records;
    private long _bytes;
    private bool _closed;

    /// <summary>
    /// False where there is no room now. An append that is larger than all the room there is gets in when nothing else waits.
    /// </summary>
    public bool TryAdd(LogWork work)
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

    /// <summary>Gets in however much waits.</summary>
    public void Add(LogWork work)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(IInteractionLog));
            Enqueue(work);
        }
    }

    /// <summary>
    /// Waits for work and takes as much as fits into one commit, at least one. An erasure comes alone.
    /// False once closed and empty.
    /// </summary>
    public bool Take(List<LogWork> into, int mostRecords, long mostBytes)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0)
            {
                if (_closed) return false;
                Monitor.Wait(_gate);
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
                if (work is PendingErasure) break;
            }
            while (_waiting.TryPeek(out var next) && next is not PendingErasure && records + next.Records <= mostRecords && bytes + next.SizeBytes <= mostBytes);
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

    private void Enqueue(LogWork work)
    {
        _waiting.Enqueue(work);
        _records += work.Records;
        _bytes += work.SizeBytes;
        if (_waiting.Count == 1) Monitor.Pulse(_gate);
    }
}
