using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Importers.Imports;

/// <summary>One thing read from an import: a record for the log, a hint, or the reason why a line gave none.</summary>
public readonly record struct ImportItem
{
    private ImportItem(string file, long line) => (File, Line) = (file, line);

    /// <summary>The file within the import.</summary>
    public string File { get; }

    /// <summary>The line, message or element it came from, from 1.</summary>
    public long Line { get; }

    public LogRecord? Record { get; private init; }

    public RejectedLine? Rejected { get; private init; }

    /// <summary>Two ids that the source shows to be of one person.</summary>
    public SamePerson? SamePerson { get; private init; }

    /// <summary>A meeting that the source takes back.</summary>
    public CancelledMeeting? Cancelled { get; private init; }

    public static ImportItem Of(LogRecord record, string file, long line) => new(file, line) { Record = record };

    public static ImportItem Of(SamePerson hint, string file, long line) => new(file, line) { SamePerson = hint };

    public static ImportItem Of(CancelledMeeting cancelled, string file, long line) => new(file, line) { Cancelled = cancelled };

    public static ImportItem Reject(string file, long line, string? id, string field, string reason) =>
        new(file, line) { Rejected = new RejectedLine(line, id, field, reason) { File = file } };
}
