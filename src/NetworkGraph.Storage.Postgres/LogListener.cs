using System.Globalization;
using NetworkGraph.Events.Log;
using Npgsql;

namespace NetworkGraph.Storage.Postgres;

/// <summary>
/// Learns that the log has grown, by any process: PostgreSQL notifies at each commit, and once a second the table is
/// asked. Lives through the database going away.
/// </summary>
/// <param name="database">Where the log is.</param>
/// <param name="reader">Asks how far it is.</param>
/// <param name="tail">Learns how far it is.</param>
/// <param name="erased">Called when somebody was erased.</param>
/// <param name="start">How far it was when this node began.</param>
/// <param name="ownBackend">The server's process that this node's own writer talks to, 0 for none.</param>
/// <param name="time">Measures the seconds between two looks.</param>
internal sealed class LogListener(
    Database database, LogReader reader, LogTail tail, Action<LogState> erased, LogState start, Func<int> ownBackend, TimeProvider time)
{
    private static readonly TimeSpan s_askEvery = TimeSpan.FromSeconds(1);
    private long _erasedPosition = start.ErasedPosition;
    private bool _mustAsk;

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
        connection.Notification += (_, notification) => Heard(notification);
        await using (var listen = new NpgsqlCommand($"LISTEN {database.Schema}", connection)) await listen.ExecuteNonQueryAsync(
            cancellation);
        while (true)
        {
            _mustAsk = false;
            Advance(await reader.StateAsync(connection, cancellation));
            IsConnected = true;
            var asked = time.GetTimestamp();
            while (!_mustAsk && await connection.WaitAsync(s_askEvery, cancellation) && time.GetElapsedTime(asked) < s_askEvery) { }
        }
    }

    /// <summary>
    /// The payload is the last position; an erasure says nothing, so that the table is asked. What this node wrote itself
    /// its writer hands on from memory, a moment after: reported here first, it would be read back from the database.
    /// </summary>
    private void Heard(NpgsqlNotificationEventArgs notification)
    {
        if (!long.TryParse(notification.Payload, NumberStyles.None, CultureInfo.InvariantCulture, out var last)) _mustAsk = true;
        else if (notification.PID != ownBackend()) tail.Advance(last);
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
