using System.Globalization;
using NetworkGraph.Events.Log;
using NetworkGraph.People.Checkpoints;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Storage.Postgres;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Host;

/// <summary>
/// The log, and what the last checkpoint holds of its fold. Opened before anything is built on it, and closed after
/// everything else has stopped.
/// </summary>
public sealed class DataFolder : IAsyncDisposable
{
    private const string CheckpointName = "folds.checkpoint";
    private readonly FolderLock? _lock;
    private int _disposed;

    private DataFolder(IInteractionLog log, FolderLock? folderLock, RestoredFold restored, string checkpointPath, string? notice)
    {
        (Log, _lock, Restored, CheckpointPath, Notice) = (log, folderLock, restored, checkpointPath, notice);
    }

    public IInteractionLog Log { get; }

    /// <summary>The fold as of the last checkpoint; empty where there is none.</summary>
    public RestoredFold Restored { get; }

    public string CheckpointPath { get; }

    /// <summary>Why the checkpoint was not used, for the operator; null where it was, or where there was none.</summary>
    public string? Notice { get; }

    /// <summary>Whether the log says that requests need a key, whatever has become of the key file.</summary>
    public bool KeysRequired { get; private init; }

    /// <summary>Opens the log that the settings name, and reads the checkpoint of its fold.</summary>
    /// <exception cref="LogUnavailableException">In use, unreachable, not writable, or of a newer version.</exception>
    /// <exception cref="LogCorruptedException">The log's bytes are not what was written.</exception>
    public static async Task<DataFolder> OpenAsync(ServerOptions options, TimeProvider time, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        FolderLock? folderLock = null;
        IInteractionLog? log = null;
        try
        {
            Directory.CreateDirectory(options.Data);
            // The SQLite log lives in the folder, and locks it for this process itself.
            if (options.LogInPostgres) folderLock = FolderLock.Take(options.Data);
            log = await OpenLogAsync(options, time, options.Data, cancellation);
            return await OpenAsync(log, folderLock, options.Data, cancellation);
        }
        catch
        {
            if (log is not null) await log.DisposeAsync();
            folderLock?.Dispose();
            throw;
        }
    }

    /// <summary>The log alone, for verbs that need nothing folded.</summary>
    /// <exception cref="LogUnavailableException">In use, unreachable, not writable, or of a newer version.</exception>
    /// <exception cref="LogCorruptedException">The log's bytes are not what was written.</exception>
    public static Task<IInteractionLog> OpenLogAsync(ServerOptions options, TimeProvider time, CancellationToken cancellation) =>
        OpenLogAsync(options, time, null, cancellation);

    /// <param name="marks">The folder that keeps how far a log in PostgreSQL was acknowledged; null for none.</param>
    private static async Task<IInteractionLog> OpenLogAsync(
        ServerOptions options, TimeProvider time, string? marks, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        return options.LogInPostgres
            ? await PostgresLog.OpenAsync(
                new PostgresLogOptions
                {
                    ConnectionString = options.Postgres,
                    Schema = options.PostgresSchema,
                    Folder = marks,
                    AcceptLoss = options.AcceptLoss,
                    Time = time
                }, cancellation)
            : await SqliteLog.OpenAsync(new SqliteLogOptions { Folder = options.Data, AcceptLoss = options.AcceptLoss }, cancellation);
    }

    /// <summary>Closes the log and releases the folder. The first call counts.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0) return;
        await Log.DisposeAsync();
        _lock?.Dispose();
    }

    private static async Task<DataFolder> OpenAsync(
        IInteractionLog log, FolderLock? folderLock, string folder, CancellationToken cancellation)
    {
        var checkpoint = Path.Combine(folder, CheckpointName);
        // A checkpoint is of the content of the log that it was made from, not only of its length.
        var reaches = HistoryCheckpoint.PositionOf(checkpoint);
        var lineage = reaches <= log.LastPosition ? await log.LineageAsync(reaches, cancellation) : "";
        var restored = HistoryCheckpoint.TryRead(checkpoint, $"{log.Identity}/{lineage}", log.LastPosition, out var reason);
        string? notice = null;
        if (reason is not null)
        {
            notice = string.Create(
                CultureInfo.InvariantCulture, $"The checkpoint {checkpoint} is not used: {reason}. The log is read from its beginning.");
            // It may hold what was erased from the log.
            File.Delete(checkpoint);
        }
        File.Delete(HistoryCheckpoint.UnfinishedPath(checkpoint));
        return new DataFolder(
            log, folderLock, restored
            ?? RestoredFold.Empty(), checkpoint, notice)
        { KeysRequired = await RequiredKeys.StandAsync(log, cancellation) };
    }
}
