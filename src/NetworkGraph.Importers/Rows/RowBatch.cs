using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Importers.Rows;

/// <summary>Some lines of a body or file, read: records with the lines they came from, and the lines that are none.</summary>
/// <param name="capacity">How many lines it takes.</param>
public sealed class RowBatch(int capacity)
{
    /// <summary>Lines differ in length; beyond this a batch is full, however few they are.</summary>
    private const long MaxBytes = 4 << 20;

    private readonly List<LogRecord> _records = [];
    private readonly List<long> _lines = [];
    private readonly List<RejectedLine> _rejected = [];
    private long _bytes;

    public IReadOnlyList<LogRecord> Records => _records;

    /// <summary>The line of the record at the same index.</summary>
    public IReadOnlyList<long> Lines => _lines;

    /// <summary>Ascending by line.</summary>
    public IReadOnlyList<RejectedLine> Rejected => _rejected;

    /// <summary>Ids that the source shows to be of one person.</summary>
    public ICollection<SamePerson> SamePeople { get; } = new List<SamePerson>();

    /// <summary>Meetings that the source takes back.</summary>
    public ICollection<CancelledMeeting> Cancelled { get; } = new List<CancelledMeeting>();

    /// <summary>Why nothing after these rows can be read; null where it can.</summary>
    public Unreadable? Unreadable { get; set; }

    /// <summary>
    /// What the taker of the rows is busy with; null where it is idle. While it is busy, a source that waits for input goes on
    /// filling the batch; once the task is completed, also where it is at first, the source hands over what it has, were it
    /// nothing: the taker has yet to deal with what the task came to.
    /// </summary>
    public Task? TakerBusy { get; set; }

    public int Count => _records.Count + _rejected.Count;

    public bool IsFull => Count >= capacity || _bytes >= MaxBytes;

    public void Add(LogRecord record, long line, int bytes)
    {
        _records.Add(record);
        _lines.Add(line);
        _bytes += bytes;
    }

    public void Reject(RejectedLine rejected) => _rejected.Add(rejected);

    /// <summary>Says of the lines rejected from an index on, and of no others, which file they are of.</summary>
    public void NameFile(int from, string file)
    {
        for (var i = from; i < _rejected.Count; i++) _rejected[i] = _rejected[i] with { File = file };
    }

    /// <summary>Adds an interaction, or the reason why it is none.</summary>
    public void Add(ParsedInteraction parsed, long line, int bytes)
    {
        if (parsed.Interaction is { } interaction) Add(interaction, line, bytes);
        else Reject(new RejectedLine(line, parsed.Id, parsed.Rejection!.Value.Field, parsed.Rejection.Value.Reason));
    }

    /// <summary>Adds a profile as a change that happens now, or the reason why it is none. <paramref name="nowMs"/> is Unix ms.</summary>
    public void Add(ParsedProfile parsed, long nowMs, long line, int bytes)
    {
        if (parsed.Profile is { } profile) Add(new ProfileChanged { AtMs = nowMs, Profile = profile }, line, bytes);
        else Reject(new RejectedLine(line, parsed.Id, parsed.Rejection!.Value.Field, parsed.Rejection.Value.Reason));
    }

    public void Clear()
    {
        _records.Clear();
        _lines.Clear();
        _rejected.Clear();
        SamePeople.Clear();
        Cancelled.Clear();
        _bytes = 0;
        Unreadable = null;
        TakerBusy = null;
    }
}

/// <summary>Why a body or file could not be parsed past a fault.</summary>
/// <param name="Line">The line it was noticed at.</param>
/// <param name="Field">The field at fault, or <see cref="InteractionFields.Line"/>.</param>
/// <param name="Reason">What is wrong, of the body.</param>
public sealed record Unreadable(long Line, string Field, string Reason)
{
    /// <summary>It is too large, rather than broken.</summary>
    public bool IsTooLarge { get; init; }

    /// <summary>It holds nothing at all.</summary>
    public bool IsEmpty { get; init; }

    /// <summary>What the stream failed with; null where the stream is well and its content is not.</summary>
    public Exception? Cause { get; init; }
}
