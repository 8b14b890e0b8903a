using NetworkGraph.Events.Log;
using NetworkGraph.Server.Options;
using NetworkGraph.Storage.Postgres;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server;

/// <summary>The log that the settings ask for.</summary>
public static class ConfiguredLog
{
    /// <exception cref="LogUnavailableException">In use, not to be reached, not writable, or of a newer version.</exception>
    /// <exception cref="LogCorruptedException">Not what was written.</exception>
    public static async Task<IInteractionLog> OpenAsync(ServerOptions options, TimeProvider time, CancellationToken cancellation) => options.LogInPostgres
        ? await PostgresLog.OpenAsync(new PostgresLogOptions { ConnectionString = options.Postgres, Schema = options.PostgresSchema, Time = time }, cancellation)
        : await SqliteLog.OpenAsync(new SqliteLogOptions { Folder = options.Data, AcceptLoss = options.AcceptLoss }, cancellation);
}
