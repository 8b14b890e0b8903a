using NetworkGraph.Log;

namespace NetworkGraph.Sqlite;

/// <summary>Something for the writer to do, and how to say that it failed.</summary>
internal abstract class LogWork
{
    public abstract int Records { get; }

    public abstract long SizeBytes { get; }

    public abstract void Fail(Exception reason);
}

/// <summary>Records to append, with their fingerprints.</summary>
internal sealed class PendingAppend(LogRecord[] records, InteractionFingerprint[] fingerprints, long sizeBytes) : LogWork
{
    private readonly TaskCompletionSource<AppendReceipt> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public LogRecord[] Items { get; } = records;

    public InteractionFingerprint[] Fingerprints { get; } = fingerprints;

    public AppendResult[] Results { get; } = new AppendResult[records.Length];

    public override int Records => Items.Length;

    public override long SizeBytes => sizeBytes;

    public Task<AppendReceipt> Done => _done.Task;

    public void Complete() => _done.SetResult(new AppendReceipt(Results, Overloaded: false));

    public override void Fail(Exception reason) => _done.SetException(reason);
}

/// <summary>A person to erase.</summary>
internal sealed class PendingErasure(string person, long[] positions, long atMs, CancellationToken cancellation) : LogWork
{
    private readonly TaskCompletionSource<long> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Person { get; } = person;

    public long[] Positions { get; } = positions;

    public long AtMs { get; } = atMs;

    public CancellationToken Cancellation { get; } = cancellation;

    public override int Records => 1;

    public override long SizeBytes => 0;

    public Task<long> Done => _done.Task;

    public void Complete(long position) => _done.SetResult(position);

    public override void Fail(Exception reason)
    {
        if (reason is OperationCanceledException cancelled) _done.SetCanceled(cancelled.CancellationToken);
        else _done.SetException(reason);
    }
}
