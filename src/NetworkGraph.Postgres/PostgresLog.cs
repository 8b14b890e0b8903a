using System.Runtime.CompilerServices;
using NetworkGraph.Log;
using Npgsql;

namespace NetworkGraph.Postgres;

/// <summary>
/// The interaction log in PostgreSQL: one row a record, written by any number of nodes at once, followed by all of them.
/// A database that goes away and comes back costs waiting, and nothing else.
/// </summary>
public sealed class PostgresLog : IInteractionLog
{
    private const int RecordsAtOnce = 1 << 13;
    private static readonly TimeSpan s_lookAgainAfter = TimeSpan.FromMilliseconds(250);

    private readonly PostgresLogOptions _options;
    private readonly Database _database;
    private readonly LogReader _reader;
    private readonly LogTail _tail;
    private readonly LogListener _listener;
    private readonly PostgresWriter _writer;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _listening;
    private string _identity = "";
    private int _closed;

    private PostgresLog(PostgresLogOptions options, Database database, LogReader reader, Guid writer, LogState start)
    {
        _options = options;
        _database = database;
        _reader = reader;
        Renew(start.Identity);
        _tail = new LogTail(start.LastPosition, options.RecentRecords);
        _writer = new PostgresWriter(options, database, writer, _tail, Renew);
        _listener = new LogListener(database, reader, _tail, Erased, start, () => _writer.Backend, options.Time);
        _listening = Task.Run(() => _listener.RunAsync(_closing.Token), CancellationToken.None);
    }

    public string Identity => Volatile.Read(ref _identity);

    public long LastPosition => _tail.LastPosition;

    /// <summary>Whether the database answered when last asked; it is asked once a second.</summary>
    public bool IsConnected => _listener.IsConnected;

    /// <summary>Connects and brings the schema to what this program needs, from nothing or from an older one.</summary>
    /// <exception cref="LogUnavailableException">Cannot be reached or written, or was made by a newer program.</exception>
    public static async Task<PostgresLog> OpenAsync(PostgresLogOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        // One more for the writer, one for the listener.
        var database = Database.Of(options.ConnectionString, options.Schema, options.ReadConnections + 2);
        try
        {
            await SchemaSteps.TakeAsync(database, LogTables.Part, LogTables.Steps, cancellation);
            var writer = await RegisterAsync(database, cancellation);
            var reader = new LogReader(database);
            return new PostgresLog(options, database, reader, writer, await reader.StateAsync(cancellation));
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public async ValueTask<AppendReceipt> AppendAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closed != 0, this);
        cancellation.ThrowIfCancellationRequested();
        if (records.Count == 0) return new AppendReceipt([], Overloaded: false);
        using var activity = Tracing.Source.StartActivity("append");
        activity?.SetTag("records", records.Count);
        var append = new PendingAppend(records, _options.Fingerprint);
        if (_writer.TryAdd(append)) return await append.Done.WaitAsync(cancellation);
        append.GiveBack();
        return AppendReceipt.TryLater;
    }

    public async IAsyncEnumerable<RecordBatch> ReadAsync(long afterPosition, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterPosition);
        var bytes = new RecordBytes(_database.Name);
        cancellation.ThrowIfCancellationRequested();
        while (await _reader.AfterAsync(afterPosition, RecordsAtOnce, bytes, cancellation) is { } batch)
        {
            afterPosition = batch.LastPosition;
            yield return batch;
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public async IAsyncEnumerable<RecordBatch> FollowAsync(long afterPosition, [EnumeratorCancellation] CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(afterPosition);
        var bytes = new RecordBytes(_database.Name);
        var taken = new List<RecordBatch>();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var moved = _tail.Moved;
            if (_tail.LastPosition <= afterPosition)
            {
                ObjectDisposedException.ThrowIf(_closed != 0, this);
                await moved.WaitAsync(cancellation);
                continue;
            }
            taken.Clear();
            if (!_tail.TryTake(afterPosition, RecordsAtOnce, taken) && await TryReadOnAsync(afterPosition, bytes, cancellation) is { } read) taken.Add(read);
            foreach (var batch in taken)
            {
                cancellation.ThrowIfCancellationRequested();
                afterPosition = batch.LastPosition;
                yield return batch;
            }
        }
    }

    public async ValueTask<LogRecord[]> ReadAtAsync(IReadOnlyList<long> positions, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closed != 0, this);
        cancellation.ThrowIfCancellationRequested();
        foreach (var position in positions) CheckThere(position, nameof(positions));
        return positions.Count == 0 ? [] : await _reader.AtAsync(positions, cancellation);
    }

    /// <summary>The records after a position that name a person: what one person's history is folded from.</summary>
    /// <exception cref="LogUnavailableException">The database cannot be read.</exception>
    public ValueTask<PersonRecords> ReadPersonAsync(string person, long afterPosition, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closed != 0, this);
        return _reader.NamingAsync(person, afterPosition, cancellation);
    }

    public async ValueTask<long> EraseAsync(string person, IReadOnlyList<long> positions, long atMs, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closed != 0, this);
        cancellation.ThrowIfCancellationRequested();
        for (var i = 0; i < positions.Count; i++)
        {
            CheckThere(positions[i], nameof(positions));
            if (i > 0 && positions[i] <= positions[i - 1])
                throw new ArgumentException($"The positions must be ascending; {positions[i]} comes after {positions[i - 1]}.", nameof(positions));
        }
        var erasure = new PendingErasure(person, [.. positions], atMs, cancellation);
        _writer.Add(erasure);
        return await erasure.Done;
    }

    /// <summary>Writes what was handed over, answers it, and disconnects. Those who follow get <see cref="ObjectDisposedException"/>.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        await Task.Run(_writer.Dispose);
        await _closing.CancelAsync();
        await ((Task)_listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _tail.Close();
        _closing.Dispose();
        await _database.DisposeAsync();
    }

    private void CheckThere(long position, string name)
    {
        var last = LastPosition;
        if (position < 1 || position > last) throw new ArgumentOutOfRangeException(name, position, $"The log has positions 1 to {last}.");
    }

    /// <summary>What another node erased is not to be had from this one's memory.</summary>
    private void Erased(LogState state)
    {
        _tail.Drop();
        Renew(state.Identity);
    }

    private void Renew(Guid identity) => Volatile.Write(ref _identity, identity.ToString("N"));

    /// <summary>What follows; null where it is in memory by now, or where the database is away, which has been waited out a little then.</summary>
    private async Task<RecordBatch?> TryReadOnAsync(long position, RecordBytes bytes, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closed != 0, this);
        try
        {
            // What this node wrote itself need not be read back.
            var missing = _tail.MissingAfter(position);
            return missing == 0 ? null : await _reader.AfterAsync(position, (int)Math.Min(missing, RecordsAtOnce), bytes, cancellation);
        }
        catch (LogUnavailableException)
        {
            await Task.Delay(s_lookAgainAfter, _options.Time, cancellation);
            return null;
        }
    }

    /// <summary>A name for this process among those that write, and an end to the names of those long gone.</summary>
    private static async Task<Guid> RegisterAsync(Database database, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await database.OpenAsync(cancellation);
            await using var command = new NpgsqlCommand(
                $"""
                DELETE FROM {database.Schema}.writers WHERE seen < now() - interval '7 days';
                INSERT INTO {database.Schema}.writers VALUES (gen_random_uuid(), 0) RETURNING writer
                """,
                connection);
            return (Guid)(await command.ExecuteScalarAsync(cancellation))!;
        }
        catch (NpgsqlException failure)
        {
            throw database.Translated("cannot be opened", failure);
        }
    }
}
