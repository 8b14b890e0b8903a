using System.Collections.Concurrent;
using System.Collections.Immutable;
using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Outreach;

/// <summary>
/// The fold of what people do beside their interactions: introductions they ask for, who asked about them, webhooks, and what they
/// said of how their ties began. One writer; any number of readers without locks.
/// </summary>
public sealed class OutreachStore
{
    private const int RecordsPerBatch = 512;
    private readonly ConcurrentDictionary<string, ImmutableList<PlacedRecord>> _asks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableList<PlacedRecord>> _access = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ImmutableList<PlacedRecord>> _subscriptions = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Person, string Other), PlacedRecord> _beginnings = new();

    /// <summary>Raised after a record was folded: an ask, a webhook.</summary>
    public event Action<LogRecord>? Applied;

    /// <summary>Every ask with what became of it, the first record first.</summary>
    public IEnumerable<IReadOnlyList<PlacedRecord>> Asks => _asks.Values;

    /// <summary>The records of one ask, the last one last; none where there is no such ask.</summary>
    public IReadOnlyList<PlacedRecord> AskOf(string id) => _asks.TryGetValue(id, out var records) ? records : [];

    /// <summary>Who asked about an id, in the order in which it was recorded.</summary>
    public IEnumerable<AccessRecorded> AccessTo(string id) =>
        _access.TryGetValue(id, out var records) ? records.Select(placed => (AccessRecorded)placed.Record) : [];

    /// <summary>The webhooks there are or were, each with its records in order.</summary>
    public IEnumerable<IReadOnlyList<PlacedRecord>> Subscriptions => _subscriptions.Values;

    /// <summary>The records of one webhook; none where there is no such webhook.</summary>
    public IReadOnlyList<PlacedRecord> SubscriptionOf(string id) => _subscriptions.TryGetValue(id, out var records) ? records : [];

    /// <summary>What a person said of how their tie with another began; null where nothing stands.</summary>
    public BeginningStated? BeginningOf(string person, string other) =>
        _beginnings.TryGetValue((person, other), out var placed) && placed.Record is BeginningStated { How: not null } stated ? stated
            : null;

    /// <summary>Folds a record; others than those this keeps are none of its business.</summary>
    public void Apply(LogRecord record, long position)
    {
        switch (record)
        {
            case AskChanged ask:
                Add(_asks, ask.Id, record, position);
                break;
            case AccessRecorded access:
                Add(_access, access.Person, record, position);
                break;
            case SubscriptionChanged subscription:
                Add(_subscriptions, subscription.Id, record, position);
                break;
            case SubscriptionAdvanced advanced:
                Advance(advanced, position);
                break;
            case BeginningStated beginning:
                _beginnings[(beginning.Person, beginning.Other)] = new PlacedRecord(position, record);
                break;
            default:
                throw new ArgumentException($"A {record.GetType().Name} is not kept here.", nameof(record));
        }
        Applied?.Invoke(record);
    }

    /// <summary>Forgets all that names a person.</summary>
    public void Forget(string person) => Forget(placed => placed.Record.Names(person));

    /// <summary>Forgets what was recorded at these positions.</summary>
    public void ForgetAt(IReadOnlySet<long> positions) => Forget(placed => positions.Contains(placed.Position));

    /// <summary>A copy that does not change, for a checkpoint.</summary>
    public OutreachStore Copy()
    {
        var copy = new OutreachStore();
        foreach (var (key, records) in _asks) copy._asks[key] = records;
        foreach (var (key, records) in _access) copy._access[key] = records;
        foreach (var (key, records) in _subscriptions) copy._subscriptions[key] = records;
        foreach (var (key, record) in _beginnings) copy._beginnings[key] = record;
        return copy;
    }

    /// <summary>Writes the records with their positions, in the form that the log has them in.</summary>
    public void Write(BinaryWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        var all = _asks.Values.Concat(_access.Values).Concat(_subscriptions.Values).SelectMany(records =>
            records).Concat(_beginnings.Values)
            .OrderBy(placed => placed.Position).ToList();
        var encoder = new BatchEncoder();
        writer.Write((all.Count + RecordsPerBatch - 1) / RecordsPerBatch);
        foreach (var chunk in all.Chunk(RecordsPerBatch))
        {
            encoder.Begin(chunk[0].Position);
            foreach (var placed in chunk) encoder.Add(placed.Record);
            var bytes = encoder.Finish();
            writer.Write(bytes.Length);
            writer.Write(bytes);
            foreach (var placed in chunk) writer.Write(placed.Position);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static OutreachStore Read(BinaryReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var store = new OutreachStore();
        var decoder = new BatchDecoder();
        for (var left = reader.ReadInt32(); left > 0; left--)
        {
            var batch = decoder.Decode(reader.ReadBytes(reader.ReadInt32()), "The checkpoint");
            foreach (var record in batch.Records) store.Apply(record, reader.ReadInt64());
        }
        return store;
    }

    private static void Add(ConcurrentDictionary<string, ImmutableList<PlacedRecord>> into, string key, LogRecord record, long position) =>
        into[key] = (into.TryGetValue(key, out var before) ? before : []).Add(new PlacedRecord(position, record));

    /// <summary>Of how far a webhook has come only the last record matters; each event that was given up stays.</summary>
    private void Advance(SubscriptionAdvanced advanced, long position)
    {
        if (!_subscriptions.TryGetValue(advanced.Id, out var before)) return;
        if (before[^1].Record is SubscriptionAdvanced { GivenUp: null }) before = before.RemoveAt(before.Count - 1);
        _subscriptions[advanced.Id] = before.Add(new PlacedRecord(position, advanced));
    }

    private void Forget(Predicate<PlacedRecord> isForgotten)
    {
        foreach (var records in (ConcurrentDictionary<string, ImmutableList<PlacedRecord>>[])[_asks, _access, _subscriptions])
        {
            foreach (var (key, placed) in records)
            {
                var kept = placed.RemoveAll(isForgotten);
                if (kept.IsEmpty) records.TryRemove(key, out _);
                else if (kept.Count < placed.Count) records[key] = kept;
            }
        }
        foreach (var (key, placed) in _beginnings)
            if (isForgotten(placed)) _beginnings.TryRemove(key, out _);
    }
}
