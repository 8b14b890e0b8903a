using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Storage.Postgres;

/// <summary>Where the log lives and how much it takes on at once.</summary>
public sealed record PostgresLogOptions
{
    /// <summary>
    /// How to reach the database, in Npgsql's words: <c>Host=db;Username=networkgraph;Password=...;Database=networkgraph</c>.
    /// </summary>
    public required string ConnectionString { get; init; }

    /// <summary>The schema of the tables, created where it does not exist. Lower-case letters, digits and '_'.</summary>
    public string Schema { get; init; } = "networkgraph";

    /// <summary>Where this process keeps how far the log was acknowledged; it must exist. Null: that is not kept.</summary>
    public string? Folder { get; init; }

    /// <summary>
    /// Opens the log although records are missing that were acknowledged: on purpose with an older state of the database.
    /// </summary>
    public bool AcceptLoss { get; init; }

    /// <summary>Records waiting for their commit beyond which an append is asked to retry later.</summary>
    public int MaxQueuedRecords { get; init; } = 1 << 18;

    /// <summary>As <see cref="MaxQueuedRecords"/>, in bytes of the records written out.</summary>
    public long MaxQueuedBytes { get; init; } = 128L << 20;

    /// <summary>Records in one commit, give or take one append.</summary>
    public int MaxCommitRecords { get; init; } = 1 << 13;

    /// <summary>Of the newest records, how many are kept in memory for those who follow.</summary>
    public int RecentRecords { get; init; } = 1 << 16;

    /// <summary>How long what was handed over waits for a database that has gone away; after that it fails.</summary>
    public TimeSpan OutagePatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Connections this process may have open for reading. One more writes, and one listens.</summary>
    public int ReadConnections { get; init; } = 16;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A stand-in for ids whose hashes collide.</summary>
    internal Func<Interaction, InteractionFingerprint>? Fingerprint { get; init; }
}
