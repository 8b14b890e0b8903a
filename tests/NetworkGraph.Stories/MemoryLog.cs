using System.Runtime.CompilerServices;
using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Stories;

/// <summary>A log in memory that takes whatever it is given: for tests of what follows a log.</summary>
public sealed class MemoryLog : IInteractionLog
{
    private readonly List<LogRecord> _records = [];
    private TaskCompletionSource _more = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Identity => "memory";

    public long LastPosition
    {
        get
        {
            lock (_records) return _records.Count;
        }
    }

    public ValueTask<string> LineageAsync(long position, CancellationToken cancellation) => new("memory");

    public void Append(params LogRecord[] records)
    {
        TaskCompletionSource more;
        lock (_records)
        {
            _records.AddRange(records);
            (more, _more) = (_more, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        }
        more.SetResult();
    }

    public ValueTask<AppendReceipt> AppendAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        var first = LastPosition + 1;
        Append([.. records]);
        return new(new AppendReceipt([.. records.Select((_, i) => new AppendResult(AppendOutcome.Accepted, first + i))], false));
    }

    public async IAsyncEnumerable<RecordBatch> ReadAsync(long afterPosition, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.Yield();
        while (Next(afterPosition) is { } batch)
        {
            afterPosition = batch.LastPosition;
            yield return batch;
        }
    }

    public async IAsyncEnumerable<RecordBatch> FollowAsync(long afterPosition, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (true)
        {
            Task more;
            lock (_records) more = _more.Task;
            while (Next(afterPosition) is { } batch)
            {
                afterPosition = batch.LastPosition;
                yield return batch;
            }
            await more.WaitAsync(cancellation);
        }
    }

    public ValueTask<IReadOnlyList<PlacedRecord>> FindAsync(string id, CancellationToken cancellation)
    {
        lock (_records) return new(PlacedRecord.Of(id, [.. Enumerable.Range(1, _records.Count).Select(i => (long)i)], _records));
    }

    public ValueTask<LogRecord[]> ReadAtAsync(IReadOnlyList<long> positions, CancellationToken cancellation)
    {
        lock (_records) return new(positions.Select(position => _records[(int)position - 1]).ToArray());
    }

    public ValueTask<IReadOnlyList<SuppressedPerson>> SuppressedAsync(CancellationToken cancellation) =>
        new((IReadOnlyList<SuppressedPerson>)[]);

    public ValueTask<int> LiftAsync(string id, CancellationToken cancellation) => new(0);

    public ValueTask<long> EraseAsync(Erasure erasure, CancellationToken cancellation)
    {
        lock (_records)
        {
            foreach (var position in erasure.Positions) _records[(int)position - 1] = new Tombstone();
        }
        Append(new PersonErased { AtMs = erasure.AtMs, Tombstones = erasure.Positions.Count });
        return new(LastPosition);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private RecordBatch? Next(long afterPosition)
    {
        lock (_records)
        {
            if (_records.Count <= afterPosition) return null;
            var count = Math.Min(7, _records.Count - (int)afterPosition);
            return new RecordBatch(afterPosition + 1, [.. _records.GetRange((int)afterPosition, count)]);
        }
    }
}
