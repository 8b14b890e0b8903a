using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Events.Log;

/// <summary>Where a record with some id stands, and the hash of its content.</summary>
public readonly record struct KnownContent(long Position, uint ContentHash);

/// <summary>
/// Decides what a record that is about an interaction's id comes to, from what the log has under that id. Both logs use it
/// inside the transaction that appends. Not thread-safe.
/// </summary>
/// <param name="time">When a record that the log itself makes is dated.</param>
public sealed class RecordJudge(TimeProvider time)
{
    private readonly List<KnownContent> _known = [];
    private readonly List<PlacedRecord> _records = [];
    private readonly List<InteractionFingerprint> _fingerprints = [];

    /// <summary>The fingerprints of the records last judged, one a record.</summary>
    public IReadOnlyList<InteractionFingerprint> Fingerprints => _fingerprints;

    /// <summary>
    /// Whether the record is judged at all: interactions are, and requests about one; other records are appended as they are.
    /// </summary>
    public static bool Judges(LogRecord record) => record is Interaction or CorrectionRecord { Interaction: null };

    /// <summary>The log begins to say what it has under the record's id.</summary>
    public void Begin() => _known.Clear();

    /// <summary>Under the hash of the record's id the log has this; other ids with the same hash may be among them.</summary>
    public void Know(long position, uint contentHash) => _known.Add(new KnownContent(position, contentHash));

    /// <summary>
    /// What the record comes to. <paramref name="stored"/> reads a record that is known, accepted before in the same commit or durable.
    /// </summary>
    public Judgement Judge(LogRecord record, InteractionFingerprint fingerprint, Func<long, LogRecord> stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        _fingerprints.Clear();
        if (_known.Count == 0 && record is Interaction { IsAmendment: false })
        {
            _fingerprints.Add(fingerprint);
            return new Judgement(AppendOutcome.Accepted, 0, [record]);
        }
        _known.Sort(static (a, b) => a.Position.CompareTo(b.Position));
        _records.Clear();
        foreach (var known in _known) _records.Add(new PlacedRecord(known.Position, stored(known.Position)));
        var judgement = Judge(record, fingerprint, out var currentHash);
        foreach (var appended in judgement.Records)
        {
            var hash = appended is not Interaction ? 0 : record is Interaction ? fingerprint.ContentHash : currentHash;
            _fingerprints.Add(new InteractionFingerprint(fingerprint.IdHash, hash));
        }
        _records.Clear();
        return judgement;
    }

    private Judgement Judge(LogRecord record, InteractionFingerprint fingerprint, out uint currentHash)
    {
        var id = record is Interaction { Id: var own } ? own : ((CorrectionRecord)record).Id;
        var state = InteractionState.Of(id, _records);
        currentHash = 0;
        foreach (var known in _known)
            if (known.Position == state.Position) currentHash = known.ContentHash;
        return record switch
        {
            Interaction sent => state.Judge(sent, currentHash == fingerprint.ContentHash, time.GetUtcNow().ToUnixTimeMilliseconds()),
            InteractionWithdrawn asked => state.Judge(asked),
            _ => throw new ArgumentException($"A {record.GetType().Name} without its interaction is not a request.", nameof(record)),
        };
    }
}
