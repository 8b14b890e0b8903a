using System.Globalization;
using NetworkGraph.Log;
using Npgsql;

namespace NetworkGraph.Postgres;

/// <summary>
/// Learns that the log has grown, by whoever's doing: PostgreSQL tells at each commit, and where no word came for a
/// second the table is asked. Lives through the database going away.
/// </summary>
internal sealed class LogListener(Database database, LogReader reader, LogTail tail, Action<LogState> erased, LogState start, TimeProvider time)
{
    private static readonly TimeSpan s_askEvery = TimeSpan.FromSeconds(1);
    private long _erasedPosition = start.ErasedPosition;

    /// <summary>Whether the database answered when last asked.</summary>
    public bool IsConnected { get; private set; } = true;

    public async Task RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await ListenAsync(cancellation);
            }
            catch (Exception gone) when (gone is NpgsqlException && !cancellation.IsCancellationRequested)
            {
                IsConnected = false;
                await Task.Delay(s_askEvery, time, cancellation);
            }
        }
    }

    private async Task ListenAsync(CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        connection.Notification += (_, told) => Heard(told.Payload);
        await using (var listen = new NpgsqlCommand($"LISTEN {database.Schema}", connection)) await listen.ExecuteNonQueryAsync(cancellation);
        while (true)
        {
            Advance(await reader.StateAsync(connection, cancellation));
            IsConnected = true;
            while (await connection.WaitAsync(s_askEvery, cancellation)) { }
        }
    }

    /// <summary>The payload is the last position; an erasure says nothing, so that the table is asked who it was.</summary>
    private void Heard(string payload)
    {
        if (long.TryParse(payload, NumberStyles.None, CultureInfo.InvariantCulture, out var last)) tail.Advance(last);
    }

    private void Advance(LogState state)
    {
        // What is in memory may hold who was erased.
        if (state.ErasedPosition > _erasedPosition)
        {
            _erasedPosition = state.ErasedPosition;
            erased(state);
        }
        tail.Advance(state.LastPosition);
    }
}
