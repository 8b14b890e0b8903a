using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Events.Records;

/// <summary>Why an interaction no longer counts. The numbers are stored: never renumber, only add.</summary>
public enum WithdrawalReason : byte
{
    /// <summary>It was retracted by itself: it stays so, whatever is sent, until it is amended.</summary>
    Retracted = 0,

    /// <summary>The last source that it had was withdrawn: it may be sent again.</summary>
    SourceWithdrawn = 1,

    /// <summary>A record that follows takes its place.</summary>
    Superseded = 2,
}

/// <summary>
/// A record about one interaction that is in the log: it has the interaction's id, and names whom that names, so that it
/// reaches the same histories and is erased with them.
/// </summary>
public abstract class CorrectionRecord : LogRecord
{
    /// <summary>When it was recorded, Unix ms.</summary>
    public required long AtMs { get; init; }

    /// <summary>Id of the interaction.</summary>
    public required string Id { get; init; }

    /// <summary>The API key that asked for it, by its public id; null where none is known.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// The interaction: who, when, what kind and for how long; nothing else of it is stored. Null in a request that the log has yet to
    /// resolve when it is appended.
    /// </summary>
    public Interaction? Interaction { get; init; }

    public override bool Names(string person) => Interaction is not null && Interaction.Names(person);
}

/// <summary>
/// An interaction no longer counts from here on. Handed to the log without <see cref="CorrectionRecord.Interaction"/> it is
/// a request: the log finds the record it is about and decides what follows from the records of the id.
/// </summary>
public sealed class InteractionWithdrawn : CorrectionRecord
{
    public required WithdrawalReason Reason { get; init; }

    /// <summary>Where the interaction stands that no longer counts; 0 in a request.</summary>
    public long Position { get; init; }

    /// <summary>The source withdrawn, for <see cref="WithdrawalReason.SourceWithdrawn"/>: a batch, or null for the direct call.</summary>
    public string? Batch { get; init; }
}

/// <summary>An interaction that counts got a further source, or lost one that was not its last. Changes no measure.</summary>
public sealed class SourceChanged : CorrectionRecord
{
    /// <summary>The source: a batch, or null for the direct call.</summary>
    public required string? Batch { get; init; }

    /// <summary>Added, or else withdrawn.</summary>
    public required bool IsAdded { get; init; }

    /// <summary>The recipients that this source named, where they are not all of the interaction's; else null.</summary>
    public string[]? GivenTo { get; init; }
}

/// <summary>What became of an import. The numbers are stored: never renumber, only add.</summary>
public enum BatchPhase : byte
{
    Started = 0,

    /// <summary>Read to its end.</summary>
    Finished = 1,

    /// <summary>Stopped before its end; what had come in stays.</summary>
    Stopped = 2,

    /// <summary>Its interactions are being withdrawn.</summary>
    Undoing = 3,

    /// <summary>None of its interactions has it as a source any more.</summary>
    Undone = 4,

    /// <summary>Ended before its end, since what followed could not be read or written; what had come in stays.</summary>
    Failed = 5,
}

/// <summary>An import reached a phase. Names no person; the file's name is without its folder.</summary>
public sealed class BatchChanged : LogRecord
{
    /// <summary>When, Unix ms.</summary>
    public required long AtMs { get; init; }

    /// <summary>Id of the import, 1-128 characters.</summary>
    public required string Batch { get; init; }

    public required BatchPhase Phase { get; init; }

    /// <summary>The API key it is run with, by its public id; null where none is known.</summary>
    public string? Key { get; init; }

    /// <summary>Such as csv, mbox, linkedin; null where it was not stated.</summary>
    public string? Format { get; init; }

    /// <summary>The name of the file; null where there is none.</summary>
    public string? FileName { get; init; }

    /// <summary>SHA-256 of the file in hexadecimal; null where it is not known.</summary>
    public string? FileHash { get; init; }

    /// <summary>What this run of the import brought, counted at its end.</summary>
    public BatchCounts Counts { get; init; }
}

/// <summary>What became of the rows of an import.</summary>
public readonly record struct BatchCounts(long Accepted, long Duplicates, long Conflicts, long Retracted, long Rejected)
{
    /// <summary>Rows that name an erased person who stays out.</summary>
    public long Suppressed { get; init; }

    public static BatchCounts operator +(BatchCounts a, BatchCounts b) => new(
        a.Accepted + b.Accepted, a.Duplicates + b.Duplicates, a.Conflicts + b.Conflicts, a.Retracted + b.Retracted, a.Rejected + b.Rejected)
    {
        Suppressed = a.Suppressed + b.Suppressed,
    };
}
