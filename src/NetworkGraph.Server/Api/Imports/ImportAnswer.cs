using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Tables;
using NetworkGraph.People.Imports;
using NetworkGraph.Server.Api.People;

namespace NetworkGraph.Server.Api.Imports;

/// <summary>An import.</summary>
public sealed record ImportAnswer
{
    public required string Batch { get; init; }

    /// <summary>running, done, failed, cancelled, interrupted, undoing or undone.</summary>
    public required string State { get; init; }

    /// <summary>Nothing is written: the answer says what would come in.</summary>
    public bool DryRun { get; init; }

    /// <summary>When it first began; null where only its interactions name it.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it reached its state; null where only its interactions name it.</summary>
    public DateTimeOffset? ChangedAt { get; init; }

    /// <summary>Public id of the API key it was run with.</summary>
    public string? Key { get; init; }

    public string? Format { get; init; }

    /// <summary>The file's name, without its folder.</summary>
    public string? FileName { get; init; }

    /// <summary>SHA-256 of the file, in hexadecimal.</summary>
    public string? FileHash { get; init; }

    /// <summary>Interactions and profiles that were new.</summary>
    public required long Accepted { get; init; }

    /// <summary>Those that were there already with the same content.</summary>
    public required long Duplicates { get; init; }

    /// <summary>Interactions whose id was there already with other content.</summary>
    public required long Conflicts { get; init; }

    /// <summary>Interactions whose id was retracted.</summary>
    public required long Retracted { get; init; }

    /// <summary>Rows that name an erased person who stays out.</summary>
    public required long Suppressed { get; init; }

    /// <summary>Rows that broke a rule.</summary>
    public required long RejectedCount { get; init; }

    /// <summary>Why it failed; null where it did not, or where that was in a run of the server before this one.</summary>
    public string? Failure { get; init; }

    /// <summary>How far it is, or was at its end; null where that was in a run of the server before this one.</summary>
    public ImportProgressAnswer? Progress { get; init; }

    /// <summary>What was understood of the file; null while it runs, in lists, and some time after it ended.</summary>
    public ImportReportAnswer? Report { get; init; }

    /// <summary>As the log has it.</summary>
    internal static ImportAnswer Of(ImportBatch import, bool isRunning) => new()
    {
        Batch = import.Batch,
        State = ImportNames.Of(import.Phase, isRunning),
        StartedAt = TimeOf(import.StartedAtMs),
        ChangedAt = TimeOf(import.ChangedAtMs),
        Key = import.Key,
        Format = import.Format,
        FileName = import.FileName,
        FileHash = import.FileHash,
        Accepted = import.Counts.Accepted,
        Duplicates = import.Counts.Duplicates,
        Conflicts = import.Counts.Conflicts,
        Retracted = import.Counts.Retracted,
        Suppressed = import.Counts.Suppressed,
        RejectedCount = import.Counts.Rejected,
    };

    /// <summary>As the run itself has it: what this run brought, not what runs before it did.</summary>
    /// <param name="run">The run.</param>
    /// <param name="isRunning">It has not ended, or what it brought is not visible yet.</param>
    internal static ImportAnswer Of(ImportRun run, bool isRunning) => new()
    {
        Batch = run.Request.Batch!,
        State = (isRunning ? ImportRunState.Running : run.State).ToString().ToLowerInvariant(),
        DryRun = run.Request.IsDryRun,
        StartedAt = TimeOf(run.StartedAtMs),
        ChangedAt = TimeOf(run.EndedAtMs ?? run.StartedAtMs),
        Key = run.Request.Options.Key,
        Format = run.Plan.Parts.Count == 0 ? null : run.FormatNames,
        FileName = run.Request.FileName,
        Accepted = run.Tally.Accepted,
        Duplicates = run.Tally.Duplicates,
        Conflicts = run.Tally.Conflicts,
        Retracted = run.Tally.Retracted,
        Suppressed = run.Tally.Suppressed,
        RejectedCount = run.Tally.RejectedCount,
        Failure = isRunning ? null : run.Failure,
        Progress = ImportProgressAnswer.Of(run),
        Report = isRunning ? null : ImportReportAnswer.Of(run),
    };

    internal static DateTimeOffset? TimeOf(long? unixMs) => unixMs is { } ms ? DateTimeOffset.FromUnixTimeMilliseconds(ms) : null;
}

/// <summary>How far an import is.</summary>
/// <param name="Rows">Rows dealt with: accepted, duplicates, in conflict, retracted or rejected.</param>
/// <param name="Bytes">Bytes of the file that were read, compressed where it is.</param>
/// <param name="OfBytes">The length of the file.</param>
public sealed record ImportProgressAnswer(long Rows, long Bytes, long OfBytes)
{
    internal static ImportProgressAnswer Of(ImportRun run) =>
        new(run.Tally.Lines, run.State is ImportRunState.Done ? run.Source.Length
            : Math.Min(run.Source.BytesRead, run.Source.Length), run.Source.Length);
}

/// <summary>What was understood of a file, folder or archive, and what came, or would come, of it.</summary>
public sealed record ImportReportAnswer
{
    private const int MaxLeftOut = 100;
    private const int MaxFormatFiles = 5;

    /// <summary>What was read as what.</summary>
    public required IReadOnlyList<ImportFormatAnswer> Formats { get; init; }

    public required long Interactions { get; init; }

    public required long Profiles { get; init; }

    /// <summary>People who act, are acted upon or have a profile, by id before aliases.</summary>
    public required int People { get; init; }

    /// <summary>
    /// Of a dry run: interactions whose id the log does not have. Null where nobody looked: among more than 100,000, or where that is not
    /// for this key to know.
    /// </summary>
    public long? NewInteractions { get; init; }

    /// <summary>Of a dry run, as newInteractions: people of whom nothing is known yet.</summary>
    public int? NewPeople { get; init; }

    /// <summary>When the first interaction happened; null where there are none.</summary>
    public DateTimeOffset? FirstAt { get; init; }

    public DateTimeOffset? LastAt { get; init; }

    /// <summary>Interactions by kind, most first.</summary>
    public required IReadOnlyList<ImportCountAnswer> ByKind { get; init; }

    /// <summary>What was left out on purpose, by reason, most first.</summary>
    public required IReadOnlyList<ImportCountAnswer> LeftOut { get; init; }

    /// <summary>The first few of each reason of which there is more to say.</summary>
    public required IReadOnlyList<LeftOutAnswer> LeftOutExamples { get; init; }

    /// <summary>What was assumed because nobody said it, in sentences.</summary>
    public required IReadOnlyList<string> Guesses { get; init; }

    /// <summary>Whose data it is: given, or guessed.</summary>
    public required IReadOnlyList<string> Me { get; init; }

    /// <summary>Ten interactions at most: one of each kind, then the first.</summary>
    public required IReadOnlyList<InteractionAnswer> Examples { get; init; }

    /// <summary>Of tables of interactions, and of what could be one: the columns and what they are taken for.</summary>
    public required IReadOnlyList<ImportColumnAnswer> Columns { get; init; }

    /// <summary>Interactions that counted until now, of meetings that a calendar took back.</summary>
    public required int MeetingsRetracted { get; init; }

    /// <summary>Ids that were merged, since the source shows them to be one person's.</summary>
    public required int IdsMerged { get; init; }

    /// <summary>The first 1,000 lines rejected or in conflict.</summary>
    public required IReadOnlyList<RejectedLine> Rejected { get; init; }

    internal static ImportReportAnswer Of(ImportRun run)
    {
        var summary = run.Summary;
        return new ImportReportAnswer
        {
            Formats = [.. run.Plan.Parts.Select(
                part => new ImportFormatAnswer(
                part.Format.Name, [.. part.Files.Take(MaxFormatFiles).Select(file => file.Path)], part.Files.Count))],
            Interactions = summary.Interactions,
            Profiles = summary.Profiles,
            People = summary.People,
            NewInteractions = run.New?.Interactions,
            NewPeople = run.New?.People,
            FirstAt = ImportAnswer.TimeOf(summary.FirstMs),
            LastAt = ImportAnswer.TimeOf(summary.LastMs),
            ByKind = [.. summary.ByKind.Select(kind => new ImportCountAnswer(kind.Key, kind.Value))],
            LeftOut = [.. run.Report.LeftOutCounts.Select(reason => new ImportCountAnswer(reason.Key, reason.Value))],
            LeftOutExamples = [.. run.Report.Listed.Where(left => left.Detail is not null).Take(MaxLeftOut).Select(LeftOutAnswer.Of)],
            Guesses = run.Report.Guesses,
            Me = run.Me,
            Examples = [.. summary.Examples.Select(InteractionAnswer.Of)],
            Columns = run.Columns,
            MeetingsRetracted = run.MeetingsRetracted,
            IdsMerged = run.IdsMerged,
            Rejected = run.Tally.Listed,
        };
    }
}

/// <summary>Files read as one format.</summary>
/// <param name="Format">As the parameter 'format' names it.</param>
/// <param name="Files">The first five, within the folder or archive.</param>
/// <param name="FileCount">How many there are.</param>
public sealed record ImportFormatAnswer(string Format, IReadOnlyList<string> Files, int FileCount);

/// <summary>How many of a kind, or for a reason.</summary>
public sealed record ImportCountAnswer(string Name, long Count);

/// <summary>Something that was left out on purpose.</summary>
/// <param name="Reason">The group it is counted under.</param>
/// <param name="File">The file within the import.</param>
/// <param name="Line">The line, message or element, from 1; 0 for the whole file.</param>
/// <param name="Detail">More. Never text of a message.</param>
public sealed record LeftOutAnswer(string Reason, string File, long Line, string? Detail)
{
    internal static LeftOutAnswer Of(LeftOut left) => new(left.Reason, left.File, left.Line, left.Detail);
}

/// <summary>A column of a table.</summary>
/// <param name="File">The file within the import.</param>
/// <param name="Heading">As the file has it.</param>
/// <param name="Field">The field of an interaction that it is read as; null for a column that is left out.</param>
/// <param name="Samples">The first cells below the heading, five at most.</param>
public sealed record ImportColumnAnswer(string File, string Heading, string? Field, IReadOnlyList<string> Samples)
{
    internal static ImportColumnAnswer Of(TableColumn column) => new(column.File, column.Heading, column.Field?.Name(), column.Samples);
}

/// <summary>What undoing an import came to.</summary>
/// <param name="Batch">The import.</param>
/// <param name="Withdrawn">Interactions that no longer count: the import was their only source.</param>
/// <param name="Kept">Interactions that still count, from another source; of an import that was stopped while it ran, all that had come
/// in.</param>
public sealed record UndoAnswer(string Batch, long Withdrawn, long Kept);
