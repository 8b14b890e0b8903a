using System.Runtime.CompilerServices;

namespace NetworkGraph.Events.Log;

/// <summary>
/// How far a log is durable, and its newest records in memory for those who follow it. Where others write the log too,
/// what they wrote is only known by its position, and what is in memory has gaps. Thread-safe.
/// </summary>
public sealed class LogTail(long lastPosition, int keptRecords)
{
    private const int RecordsAtOnce = 1 << 13;

    private readonly Lock _lock = new();
    private readonly List<RecordBatch> _recent = [];
    private TaskCompletionSource _moved = Signal.New();
    private long _lastPosition = lastPosition;
    private long _records;
    private bool _closed;

    public long LastPosition => Volatile.Read(ref _lastPosition);

    /// <summary>
    /// The records after a position as they become durable, until cancelled: out of memory where that reaches back far
    /// enough, else by <paramref name="readOn"/>, which gives some of those after a position, or none where it could not for now.
    /// </summary>
    /// <exception cref="ObjectDisposedException">The log is closed, and there is nothing more in memory.</exception>
    public async IAsyncEnumerable<RecordBatch> FollowAsync(
        long afterPosition, Func<long, CancellationToken, ValueTask<IReadOnlyList<RecordBatch>>> readOn,
            [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterPosition);
        var taken = new List<RecordBatch>();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var moved = Volatile.Read(ref _moved).Task;
            taken.Clear();
            if (!TryTake(afterPosition, RecordsAtOnce, taken))
            {
                ObjectDisposedException.ThrowIf(Volatile.Read(ref _closed), typeof(IInteractionLog));
                if (LastPosition <= afterPosition)
                {
                    await moved.WaitAsync(cancellation);
                    continue;
                }
                taken.AddRange(await readOn(afterPosition, cancellation));
            }
            foreach (var batch in taken)
            {
                cancellation.ThrowIfCancellationRequested();
                afterPosition = batch.LastPosition;
                yield return batch;
            }
        }
    }

    /// <summary>Whether the log has these positions.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not there.</exception>
    public void CheckThere(IReadOnlyList<long> positions)
    {
        var last = LastPosition;
        foreach (var position in positions)
            if (position < 1 || position > last)
                throw new ArgumentOutOfRangeException(nameof(positions), position, $"The log has positions 1 to {last}.");
    }

    /// <summary>Says that these records are durable.</summary>
    /// <exception cref="ArgumentException">There are none, or they do not follow each other without a gap.</exception>
    public void Publish(List<RecordBatch> batches)
    {
        ArgumentOutOfRangeException.ThrowIfZero(batches.Count);
        for (var i = 0; i < batches.Count; i++)
            if (batches[i].Records.Length == 0 || (i > 0 && batches[i].FirstPosition != batches[i - 1].LastPosition + 1))
                throw new ArgumentException(
                    $"Batch {i} at position {batches[i].FirstPosition} is empty or does not follow the one before.", nameof(batches));
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
            _moved = Signal.New();
        }
        moved.SetResult();
    }

    /// <summary>Says that the log is durable up to here, whose records these may be.</summary>
    public void Advance(long lastPosition)
    {
        TaskCompletionSource moved;
        lock (_lock)
        {
            if (lastPosition <= _lastPosition) return;
            Volatile.Write(ref _lastPosition, lastPosition);
            moved = _moved;
            _moved = Signal.New();
        }
        moved.SetResult();
    }

    /// <summary>Forgets the records in memory; those who follow read the log.</summary>
    public void Drop()
    {
        lock (_lock) Forget();
    }

    /// <summary>Wakes everyone who waits.</summary>
    public void Close()
    {
        lock (_lock)
        {
            Volatile.Write(ref _closed, true);
            _moved.TrySetResult();
        }
    }

    /// <summary>
    /// Adds what follows the position without a gap and is in memory, at most about <paramref name="most"/> records. False
    /// where the record that follows is not in memory.
    /// </summary>
    private bool TryTake(long position, int most, List<RecordBatch> into)
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
}
