namespace NetworkGraph.Log;

/// <summary>
/// How far a log is durable, and its newest records in memory for those who follow it. Where others write the log too,
/// what they wrote is only known by its position, and what is in memory has gaps. Thread-safe.
/// </summary>
public sealed class LogTail(long lastPosition, int keptRecords)
{
    private readonly Lock _lock = new();
    private readonly List<RecordBatch> _recent = [];
    private TaskCompletionSource _moved = NewSignal();
    private long _lastPosition = lastPosition;
    private long _records;

    public long LastPosition => Volatile.Read(ref _lastPosition);

    /// <summary>Completes when the log has become longer than it was when this was asked, or is closed.</summary>
    public Task Moved => Volatile.Read(ref _moved).Task;

    /// <summary>Says that these records are durable; they follow each other.</summary>
    public void Publish(List<RecordBatch> batches)
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            foreach (var batch in batches)
            {
                _recent.Add(batch);
                _records += batch.Records.Length;
            }
            // Cut only when twice too long: then each cut is paid for by what was added.
            if (_records > 2L * keptRecords) Cut();
            if (batches[^1].LastPosition > _lastPosition) Volatile.Write(ref _lastPosition, batches[^1].LastPosition);
            moved = _moved;
            _moved = NewSignal();
        }
        moved.SetResult();
    }

    /// <summary>Says that the log is durable up to here, by whoever's records.</summary>
    public void Advance(long lastPosition)
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            if (lastPosition <= _lastPosition) return;
            Volatile.Write(ref _lastPosition, lastPosition);
            moved = _moved;
            _moved = NewSignal();
        }
        moved.SetResult();
    }

    /// <summary>
    /// Adds what follows the position without a gap and is in memory, at most about <paramref name="most"/> records. False
    /// where the record that follows is not in memory.
    /// </summary>
    public bool TryTake(long position, int most, List<RecordBatch> into)
    {
        lock (_lock)
        {
            var next = IndexAfter(position);
            if (next == _recent.Count || _recent[next].FirstPosition > position + 1) return false;
            for (var taken = 0; next < _recent.Count && _recent[next].FirstPosition <= position + 1 && taken < most; next++)
            {
                var batch = _recent[next];
                if (batch.FirstPosition <= position)
                    batch = new RecordBatch(position + 1, batch.Records[(int)(position + 1 - batch.FirstPosition)..]);
                into.Add(batch);
                taken += batch.Records.Length;
                position = batch.LastPosition;
            }
            return true;
        }
    }

    /// <summary>How many records after the position are to be read elsewhere before memory goes on; many where it does not.</summary>
    public long MissingAfter(long position)
    {
        lock (_lock)
        {
            var next = IndexAfter(position);
            return next == _recent.Count ? long.MaxValue : Math.Max(0, _recent[next].FirstPosition - position - 1);
        }
    }

    /// <summary>Forgets the records in memory; those who follow read the log.</summary>
    public void Drop()
    {
        lock (_lock) Forget();
    }

    /// <summary>Wakes everyone who waits.</summary>
    public void Close()
    {
        lock (_lock) _moved.TrySetResult();
    }

    /// <summary>Of the first batch that holds something after the position; their number where none does.</summary>
    private int IndexAfter(long position)
    {
        var low = 0;
        for (var high = _recent.Count; low < high;)
        {
            var middle = (low + high) / 2;
            if (_recent[middle].LastPosition <= position) low = middle + 1;
            else high = middle;
        }
        return low;
    }

    private void Forget()
    {
        _recent.Clear();
        _recent.TrimExcess();
        _records = 0;
    }

    private void Cut()
    {
        var cut = 0;
        while (_records > keptRecords && cut < _recent.Count) _records -= _recent[cut++].Records.Length;
        _recent.RemoveRange(0, cut);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
