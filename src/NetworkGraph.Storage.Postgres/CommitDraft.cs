using System.Runtime.InteropServices;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Storage.Postgres;

/// <summary>
/// Judges the records of one commit against what is stored and against each other, and turns what is new into rows.
/// Filled anew for each commit; not thread-safe.
/// </summary>
internal sealed class CommitDraft(RecordBytes bytes, TimeProvider time)
{
    private readonly RecordJudge _judge = new(time);
    private readonly List<LogRecord> _accepted = [];
    private readonly List<InteractionFingerprint> _keys = [];
    private readonly Dictionary<ulong, List<StoredKey>> _known = [];
    private readonly PersonKeys _personKeys = new();
    private readonly List<string> _people = [];
    private readonly HashSet<long> _keysNamed = [];
    private SuppressionCheck _suppressed = new();
    private long _first;
    private Func<long, LogRecord> _stored = _ => throw new InvalidOperationException("No commit was begun.");

    public int Accepted => _accepted.Count;

    public long LastPosition => _first + _accepted.Count - 1;

    /// <param name="lastPosition">The log's last position.</param>
    /// <param name="known">What is stored under the ids' hashes.</param>
    /// <param name="suppressed">Who stays out.</param>
    /// <param name="stored">Reads a stored record, for the few ids that come with other content.</param>
    public void Begin(long lastPosition, List<StoredKey> known, SuppressionCheck suppressed, Func<long, LogRecord> stored)
    {
        _suppressed = suppressed;
        _accepted.Clear();
        _keys.Clear();
        _known.Clear();
        _first = lastPosition + 1;
        _stored = stored;
        foreach (var key in known) Remember(key);
    }

    public void Judge(PendingAppend append)
    {
        var items = append.Items;
        var fingerprints = append.Fingerprints;
        for (var i = 0; i < items.Length; i++)
        {
            append.Results[i] = _suppressed.Names(items[i])
                ? new AppendResult(AppendOutcome.Suppressed, 0)
                : RecordJudge.Judges(items[i])
                ? Judge(items[i], fingerprints[i])
                : new AppendResult(AppendOutcome.Accepted, Accept(items[i], fingerprints[i]));
        }
    }

    public NewRows Rows()
    {
        var count = _accepted.Count;
        var rows = new NewRows(new long[count], new long[count], new int[count], new byte[count][], [], []);
        var mentionPeople = new List<long>(3 * count);
        var mentionPositions = new List<long>(3 * count);
        for (var i = 0; i < count; i++)
        {
            var position = _first + i;
            rows.Positions[i] = position;
            rows.IdHashes[i] = (long)_keys[i].IdHash;
            rows.ContentHashes[i] = (int)_keys[i].ContentHash;
            rows.Payloads[i] = bytes.Encode(position, _accepted[i]);
            AddMentions(_accepted[i], position, mentionPeople, mentionPositions);
        }
        return rows with { MentionPeople = [.. mentionPeople], MentionPositions = [.. mentionPositions] };
    }

    /// <summary>Adds who is named, each key once: somebody may be named twice, and two people may have one key.</summary>
    public void AddMentions(LogRecord record, long position, List<long> people, List<long> positions)
    {
        _people.Clear();
        RecordPeople.Collect(record, _people);
        _keysNamed.Clear();
        foreach (var person in _people)
        {
            var key = _personKeys.Of(person);
            if (!_keysNamed.Add(key)) continue;
            people.Add(key);
            positions.Add(position);
        }
    }

    public void ForgetPeople() => _personKeys.Clear();

    public RecordBatch Batch() => new(_first, [.. _accepted]);

    private AppendResult Judge(LogRecord record, InteractionFingerprint fingerprint)
    {
        _judge.Begin();
        if (_known.TryGetValue(fingerprint.IdHash, out var keys))
            foreach (var key in keys) _judge.Know(key.Position, key.ContentHash);
        var judgement = _judge.Judge(record, fingerprint, At);
        var position = judgement.Position;
        for (var i = 0; i < judgement.Records.Length; i++) position = Accept(judgement.Records[i], _judge.Fingerprints[i]);
        return new AppendResult(judgement.Outcome, position) { IsOfAnotherKey = judgement.IsOfAnotherKey };
    }

    private LogRecord At(long position) => position >= _first ? _accepted[(int)(position - _first)] : _stored(position);

    /// <summary>Returns the position.</summary>
    private long Accept(LogRecord record, InteractionFingerprint fingerprint)
    {
        var position = _first + _accepted.Count;
        _accepted.Add(record);
        _keys.Add(fingerprint);
        if (fingerprint.IdHash != 0) Remember(new StoredKey(fingerprint.IdHash, fingerprint.ContentHash, position));
        return position;
    }

    private void Remember(StoredKey key)
    {
        ref var keys = ref CollectionsMarshal.GetValueRefOrAddDefault(_known, key.IdHash, out _);
        (keys ??= []).Add(key);
    }
}
