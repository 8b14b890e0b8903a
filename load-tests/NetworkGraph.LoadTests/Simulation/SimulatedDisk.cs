using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.LoadTests.Simulation;

/// <summary>
/// What of a log outlives its process: records as bytes, in transactions. Those since the last flush may or may not outlive a
/// power failure, from some point on none of them.
/// </summary>
internal sealed class SimulatedDisk
{
    private readonly List<byte[]> _records = [];
    private readonly List<InteractionFingerprint> _keys = [];
    private readonly List<(long FirstPosition, string Opening)> _openings = [];
    private readonly List<Action> _undo = [];

    public string Identity { get; private set; } = "first";

    public long Count => _records.Count;

    public IEnumerable<InteractionFingerprint> Keys => _keys;

    public byte[] BytesAt(long position) => _records[(int)position - 1];

    public string OpeningAt(long position) => _openings.FindLast(opening => opening.FirstPosition <= position).Opening ?? "";

    public void Open(string opening)
    {
        _openings.RemoveAll(known => known.FirstPosition == Count + 1);
        _openings.Add((Count + 1, opening));
    }

    public LogRecord At(long position)
    {
        var batch = new BatchDecoder().Decode(BytesAt(position), "the simulated log");
        return batch.FirstPosition == position
            ? batch.Records[0] : throw new LogCorruptedException($"Position {position} holds the record of {batch.FirstPosition}.");
    }

    /// <summary>One transaction that appends.</summary>
    public void Append(IReadOnlyList<LogRecord> records, IReadOnlyList<InteractionFingerprint> keys)
    {
        var before = _records.Count;
        for (var i = 0; i < records.Count; i++)
        {
            _records.Add(Encoded(Count + 1, records[i]));
            _keys.Add(keys[i]);
        }
        _undo.Add(() => CutTo(before));
    }

    /// <summary>
    /// One transaction that overwrites records with tombstones, appends the erasure's own record, and gives a new identity.
    /// </summary>
    public void Erase(IReadOnlyList<long> positions, PersonErased record, string identity)
    {
        var before = _records.Count;
        var (oldIdentity, old) = (
            Identity, positions.Select(position => (position, _records[(int)position - 1], _keys[(int)position - 1])).ToList());
        foreach (var position in positions)
        {
            _records[(int)position - 1] = Encoded(position, new Tombstone());
            _keys[(int)position - 1] = InteractionFingerprint.None;
        }
        _records.Add(Encoded(Count + 1, record));
        _keys.Add(InteractionFingerprint.None);
        Identity = identity;
        _undo.Add(() =>
        {
            CutTo(before);
            foreach (var (position, bytes, key) in old) (_records[(int)position - 1], _keys[(int)position - 1]) = (bytes, key);
            Identity = oldIdentity;
        });
    }

    /// <summary>All transactions so far are durable.</summary>
    public void Flush() => _undo.Clear();

    /// <summary>The power fails: of what was not flushed, the transactions after some point are gone.</summary>
    public void Fail(Random random)
    {
        for (var lost = random.Next(_undo.Count + 1); lost > 0; lost--)
        {
            _undo[^1]();
            _undo.RemoveAt(_undo.Count - 1);
        }
        _undo.Clear();
    }

    /// <summary>A copy, as a backup is one.</summary>
    public SimulatedDisk Copy()
    {
        var copy = new SimulatedDisk { Identity = Identity };
        copy._records.AddRange(_records);
        copy._keys.AddRange(_keys);
        copy._openings.AddRange(_openings);
        return copy;
    }

    private void CutTo(int count)
    {
        _records.RemoveRange(count, _records.Count - count);
        _keys.RemoveRange(count, _keys.Count - count);
    }

    private static byte[] Encoded(long position, LogRecord record)
    {
        var encoder = new BatchEncoder();
        encoder.Begin(position);
        encoder.Add(record);
        return encoder.Finish().ToArray();
    }
}
