using NetworkGraph.Events.Log;
using NetworkGraph.Server.Options;
using NetworkGraph.Storage.Postgres;

namespace NetworkGraph.Cluster;

/// <summary>The one log of this process: the node folds it, and grains read their person's records from it.</summary>
public sealed class SharedLog(ServerOptions options, TimeProvider time)
{
    private readonly Lock _opening = new();
    private Task<PostgresLog>? _opened;

    /// <summary>The log, opened when first asked for. Where that failed, it is tried again.</summary>
    /// <exception cref="LogUnavailableException">It cannot be reached.</exception>
    public async Task<PostgresLog> OpenAsync(CancellationToken cancellation)
    {
        Task<PostgresLog> opening;
        lock (_opening)
        {
            if (_opened is null or { IsFaulted: true } or { IsCanceled: true }) _opened = PostgresLog.OpenAsync(Options(), CancellationToken.None);
            opening = _opened;
        }
        return await opening.WaitAsync(cancellation);
    }

    private PostgresLogOptions Options() => new() { ConnectionString = options.Postgres, Schema = options.PostgresSchema, Time = time };
}
