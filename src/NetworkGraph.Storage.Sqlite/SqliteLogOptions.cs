using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Storage.Sqlite;

/// <summary>Where the log lives and how much it takes on at once.</summary>
public sealed record SqliteLogOptions
{
    /// <summary>Created where it does not exist. Holds <c>log.db</c>, its write-ahead log, and the lock.</summary>
    public required string Folder { get; init; }

    /// <summary>
    /// Opens the log although records are missing at its end that were acknowledged: after damage, or on purpose with an older file.
    /// </summary>
    public bool AcceptLoss { get; init; }

    /// <summary>Records waiting for their commit beyond which an append is asked to retry later.</summary>
    public int MaxQueuedRecords { get; init; } = 1 << 18;

    /// <summary>As <see cref="MaxQueuedRecords"/>, in bytes of the records written out.</summary>
    public long MaxQueuedBytes { get; init; } = 128L << 20;

    /// <summary>Records in one commit, give or take one append.</summary>
    public int MaxCommitRecords { get; init; } = 1 << 15;

    /// <summary>Of the newest records, how many are kept in memory for those who follow.</summary>
    public int RecentRecords { get; init; } = 1 << 16;

    /// <summary>Of the batches last read, how many are kept decoded.</summary>
    public int CachedBatches { get; init; } = 32;

    /// <summary>Dates the records that the log itself makes.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A stand-in for a full disk: pages beyond which the file does not grow. 0 is no limit.</summary>
    internal int MaxPages { get; init; }

    /// <summary>A stand-in for ids whose hashes collide.</summary>
    internal Func<Interaction, InteractionFingerprint>? Fingerprint { get; init; }
}
