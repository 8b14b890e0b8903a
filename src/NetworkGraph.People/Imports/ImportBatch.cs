using NetworkGraph.Events.Records;

namespace NetworkGraph.People.Imports;

/// <summary>An import as the log tells it: its runs, what they brought, and whether it was undone.</summary>
public sealed record ImportBatch
{
    public required string Batch { get; init; }

    /// <summary>Where the log first speaks of it; nothing before it has it as a source.</summary>
    public required long FirstPosition { get; init; }

    public required BatchPhase Phase { get; init; }

    /// <summary>When it first began, Unix ms; null where only its interactions name it.</summary>
    public long? StartedAtMs { get; init; }

    /// <summary>When it reached its phase, Unix ms; null where only its interactions name it.</summary>
    public long? ChangedAtMs { get; init; }

    public string? Key { get; init; }

    public string? Format { get; init; }

    public string? FileName { get; init; }

    public string? FileHash { get; init; }

    /// <summary>What all its runs since it was last undone brought.</summary>
    public BatchCounts Counts { get; init; }

    /// <summary>The import after one more of its records.</summary>
    public ImportBatch After(BatchChanged changed)
    {
        ArgumentNullException.ThrowIfNull(changed);
        var counts = changed.Phase switch
        {
            BatchPhase.Finished or BatchPhase.Stopped or BatchPhase.Failed => Counts + changed.Counts,
            BatchPhase.Undone => default,
            _ => Counts,
        };
        return this with
        {
            Phase = changed.Phase,
            StartedAtMs = StartedAtMs ?? changed.AtMs,
            ChangedAtMs = changed.AtMs,
            Key = Key ?? changed.Key,
            Format = changed.Format ?? Format,
            FileName = changed.FileName ?? FileName,
            FileHash = changed.FileHash ?? FileHash,
            Counts = counts,
        };
    }
}
