using System.Buffers;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>Something for a log's writer to do, and how to say that it failed.</summary>
public abstract class LogWork
{
    public abstract int Records { get; }

    public abstract long SizeBytes { get; }

    public abstract void Fail(Exception reason);
}

/// <summary>
/// Records to append, with their fingerprints, in rented arrays: large ones made anew for each append would have the
/// collector go through the whole heap again and again.
/// </summary>
public sealed class PendingAppend : LogWork
{
    private readonly TaskCompletionSource<AppendReceipt> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly LogRecord[] _items;
    private readonly InteractionFingerprint[] _fingerprints;

    /// <summary>Copies the list: what the caller does with it afterwards is no concern of the log's.</summary>
    public PendingAppend(IReadOnlyList<LogRecord> records, Func<Interaction, InteractionFingerprint>? otherFingerprint)
    {
        Records = records.Count;
        Results = new AppendResult[Records];
        _items = ArrayPool<LogRecord>.Shared.Rent(Records);
        _fingerprints = ArrayPool<InteractionFingerprint>.Shared.Rent(Records);
        if (records is LogRecord[] array) array.CopyTo(_items, 0);
        else
            for (var i = 0; i < Records; i++) _items[i] = records[i];
        SizeBytes = InteractionFingerprint.Of(Items, _fingerprints);
        if (otherFingerprint is null) return;
        for (var i = 0; i < Records; i++)
            if (_items[i] is Interaction interaction) _fingerprints[i] = otherFingerprint(interaction);
    }

    public ReadOnlySpan<LogRecord> Items => _items.AsSpan(0, Records);

    public ReadOnlySpan<InteractionFingerprint> Fingerprints => _fingerprints.AsSpan(0, Records);

    public AppendResult[] Results { get; }

    public override int Records { get; }

    public override long SizeBytes { get; }

    public Task<AppendReceipt> Done => _done.Task;

    public void Complete()
    {
        GiveBack();
        _done.SetResult(new AppendReceipt(Results, Overloaded: false));
    }

    public override void Fail(Exception reason)
    {
        GiveBack();
        _done.SetException(reason);
    }

    /// <summary>Neither <see cref="Items"/> nor <see cref="Fingerprints"/> may be looked at from here on.</summary>
    public void GiveBack()
    {
        Array.Clear(_items, 0, Records);
        ArrayPool<LogRecord>.Shared.Return(_items);
        ArrayPool<InteractionFingerprint>.Shared.Return(_fingerprints);
    }
}

/// <summary>An id to look up: the positions of the records under its hash are the answer.</summary>
public sealed class PendingLookup(ulong idHash) : LogWork
{
    private readonly TaskCompletionSource<long[]> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ulong IdHash { get; } = idHash;

    public override int Records => 0;

    public override long SizeBytes => 0;

    public Task<long[]> Done => _done.Task;

    /// <param name="positions">Ascending.</param>
    public void Complete(long[] positions) => _done.SetResult(positions);

    public override void Fail(Exception reason) => _done.SetException(reason);
}

/// <summary>A person to erase.</summary>
public sealed class PendingErasure(Erasure erasure, CancellationToken cancellation) : LogWork
{
    private readonly TaskCompletionSource<long> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private readonly string[] _ids = [.. erasure.Ids];

    public IReadOnlyList<string> Ids => _ids;

    public long[] Positions { get; } = [.. erasure.Positions];

    public long AtMs { get; } = erasure.AtMs;

    /// <summary>Whether the person stays out from then on.</summary>
    public bool Suppresses { get; } = erasure.Suppresses;

    public CancellationToken Cancellation { get; } = cancellation;

    public override int Records => 1;

    public override long SizeBytes => 0;

    public Task<long> Done => _done.Task;

    /// <summary>Whether a record names the person.</summary>
    public bool IsNamedBy(LogRecord record)
    {
        foreach (var id in _ids)
            if (record.Names(id)) return true;
        return false;
    }

    public void Complete(long position) => _done.SetResult(position);

    public override void Fail(Exception reason)
    {
        if (reason is OperationCanceledException cancelled) _done.SetCanceled(cancelled.CancellationToken);
        else _done.SetException(reason);
    }
}
