using Npgsql;

namespace NetworkGraph.Storage.Postgres;

/// <summary>
/// Has the versions of rows that erasures replaced taken out of the tables (VACUUM), on a connection of its own beside the
/// writer. Where that fails it is tried again until it succeeds or the log is closed: the erasure itself is committed.
/// </summary>
internal sealed class ErasureCleanUp(Database database, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource _closing = new();
    private readonly object _gate = new();
    private Task _running = Task.CompletedTask;
    private int _owed;

    /// <summary>Says that an erasure was committed. Returns at once.</summary>
    public void Owe()
    {
        lock (_gate)
        {
            if (_owed++ == 0) _running = Task.Run(RunAsync);
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _running.Wait();
        _closing.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            while (true)
            {
                var owed = Volatile.Read(ref _owed);
                if (await TryVacuumAsync() && IsPaid(owed)) return;
                if (Volatile.Read(ref _owed) == owed) await Task.Delay(s_retryAfter, time, _closing.Token);
            }
        }
        catch (OperationCanceledException) when (_closing.IsCancellationRequested)
        {
        }
    }

    private bool IsPaid(int owed)
    {
        lock (_gate)
        {
            _owed -= owed;
            return _owed == 0;
        }
    }

    private async Task<bool> TryVacuumAsync()
    {
        try
        {
            await using var connection = database.Open();
            foreach (var table in (string[])["records", "mentions"])
            {
                await using var command = new NpgsqlCommand($"VACUUM {database.Schema}.{table}", connection) { CommandTimeout = 0 };
                await command.ExecuteNonQueryAsync(_closing.Token);
            }
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
