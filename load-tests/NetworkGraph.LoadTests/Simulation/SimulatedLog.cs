using System.Runtime.CompilerServices;
using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.LoadTests.Simulation;

/// <summary>
/// The log of a simulated process over a <see cref="SimulatedDisk"/>: judges with the rules of the real ones, acknowledges what is
/// flushed, and may refuse, be slow, or be killed between any two steps.
/// </summary>
internal sealed class SimulatedLog : IInteractionLog
{
    private readonly SimulatedDisk _disk;
    private readonly SimulatedFaults _faults;
    private readonly RecordJudge _judge;
    private readonly LogTail _tail;
    private readonly Dictionary<ulong, List<KnownContent>> _known = [];
    private readonly List<LogRecord> _unpublished = [];
    private readonly List<LogRecord> _accepted = [];
    private readonly List<InteractionFingerprint> _acceptedKeys = [];

    public SimulatedLog(SimulatedDisk disk, SimulatedFaults faults, TimeProvider time, string opening)
    {
        (_disk, _faults) = (disk, faults);
        _judge = new RecordJudge(time);
        var position = 0L;
        foreach (var key in disk.Keys) Know(key, ++position);
        disk.Open(opening);
        _tail = new LogTail(disk.Count, 8);
    }

    public string Identity => _disk.Identity;

    public long LastPosition => _tail.LastPosition;

    public ValueTask<string> LineageAsync(long position, CancellationToken cancellation) => new(_disk.OpeningAt(position));

    public async ValueTask<AppendReceipt> AppendAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        await SeededScheduler.PauseAsync();
        if (_faults.IsFull()) throw new LogUnavailableException("The simulated disk is full.");
        if (_faults.IsBusy()) return AppendReceipt.TryLater;
        var fingerprints = new InteractionFingerprint[records.Count];
        InteractionFingerprint.Of([.. records], fingerprints);
        var results = new AppendResult[records.Count];
        (var first, _) = (_disk.Count + 1, 0);
        _accepted.Clear();
        _acceptedKeys.Clear();
        for (var i = 0; i < results.Length; i++) results[i] = Judge(records[i], fingerprints[i], first);
        if (_accepted.Count > 0)
        {
            _disk.Append(_accepted, _acceptedKeys);
            _unpublished.AddRange(_accepted);
        }
        await FlushAsync();
        return new AppendReceipt(results, Overloaded: false);
    }

    public async IAsyncEnumerable<RecordBatch> ReadAsync(long afterPosition, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (afterPosition < LastPosition)
        {
            await SeededScheduler.PauseAsync();
            var batch = Some(afterPosition);
            afterPosition = batch.LastPosition;
            yield return batch;
        }
    }

    public IAsyncEnumerable<RecordBatch> FollowAsync(long afterPosition, CancellationToken cancellation) =>
        _tail.FollowAsync(
            afterPosition,
            async (position, _) =>
            {
                await SeededScheduler.PauseAsync();
                return position < LastPosition ? [Some(position)] : [];
            },
            cancellation);

    public ValueTask<IReadOnlyList<PlacedRecord>> FindAsync(string id, CancellationToken cancellation)
    {
        var positions = _known.TryGetValue(InteractionFingerprint.HashOf(id), out var known)
            ? known.Select(content => content.Position).Where(p => p <= LastPosition).Order().ToList() : [];
        return new(PlacedRecord.Of(id, positions, [.. positions.Select(_disk.At)]));
    }

    public ValueTask<LogRecord[]> ReadAtAsync(IReadOnlyList<long> positions, CancellationToken cancellation) =>
        new([.. positions.Select(_disk.At)]);

    public async ValueTask<long> EraseAsync(Events.Log.Erasure erasure, CancellationToken cancellation)
    {
        var (ids, positions) = (erasure.Ids, erasure.Positions);
        await SeededScheduler.PauseAsync();
        if (_faults.IsFull()) throw new LogUnavailableException("The simulated disk is full.");
        var erased = positions.Where(position => _disk.At(position) is not Tombstone).ToList();
        foreach (var position in erased)
            if (!ids.Any(_disk.At(position).Names))
                throw new ArgumentException($"The record at {position} does not name who is erased.", nameof(erasure));
        var record = new PersonErased { AtMs = erasure.AtMs, Tombstones = erased.Count, Positions = erased };
        _disk.Erase(erased, record, _faults.NewName());
        foreach (var known in _known.Values) known.RemoveAll(content => erased.Contains(content.Position));
        _unpublished.Add(record);
        var own = _disk.Count;
        // From the commit on the bytes are gone, also for those who read: what waits to be published must not bring them back.
        var firstUnpublished = _disk.Count - _unpublished.Count + 1;
        for (var i = 0; i < _unpublished.Count; i++)
            if (erased.Contains(firstUnpublished + i)) _unpublished[i] = new Tombstone();
        _tail.Drop();
        await FlushAsync();
        return own;
    }

    /// <summary>Nobody stays out in this world.</summary>
    public ValueTask<IReadOnlyList<SuppressedPerson>> SuppressedAsync(CancellationToken cancellation) =>
        new((IReadOnlyList<SuppressedPerson>)[]);

    public ValueTask<int> LiftAsync(string id, CancellationToken cancellation) => new(0);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task FlushAsync()
    {
        for (var pauses = _faults.SlowSteps(); pauses > 0; pauses--) await SeededScheduler.PauseAsync();
        _disk.Flush();
        if (_unpublished.Count > 0)
        {
            var batch = new RecordBatch(_disk.Count - _unpublished.Count + 1, [.. _unpublished]);
            _unpublished.Clear();
            _tail.Publish([batch]);
        }
        await SeededScheduler.PauseAsync();
    }

    private RecordBatch Some(long afterPosition)
    {
        var count = (int)Math.Min(16, LastPosition - afterPosition);
        var records = new LogRecord[count];
        for (var i = 0; i < count; i++) records[i] = _disk.At(afterPosition + 1 + i);
        return new RecordBatch(afterPosition + 1, records);
    }

    private AppendResult Judge(LogRecord record, InteractionFingerprint fingerprint, long first)
    {
        if (!RecordJudge.Judges(record)) return new AppendResult(AppendOutcome.Accepted, Accept(record, fingerprint, first));
        _judge.Begin();
        if (_known.TryGetValue(fingerprint.IdHash, out var known))
            foreach (var content in known) _judge.Know(content.Position, content.ContentHash);
        var judgement = _judge.Judge(
            record, fingerprint, position => position >= first ? _accepted[(int)(position - first)] : _disk.At(position));
        var place = judgement.Position;
        for (var i = 0; i < judgement.Records.Length; i++) place = Accept(judgement.Records[i], _judge.Fingerprints[i], first);
        return new AppendResult(judgement.Outcome, place);
    }

    private long Accept(LogRecord record, InteractionFingerprint fingerprint, long first)
    {
        var position = first + _accepted.Count;
        _accepted.Add(record);
        _acceptedKeys.Add(fingerprint);
        Know(fingerprint, position);
        return position;
    }

    private void Know(InteractionFingerprint key, long position)
    {
        if (key.IdHash == 0) return;
        if (!_known.TryGetValue(key.IdHash, out var known)) _known[key.IdHash] = known = [];
        known.Add(new KnownContent(position, key.ContentHash));
    }
}
