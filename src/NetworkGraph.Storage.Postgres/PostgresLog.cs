using System.Runtime.CompilerServices;
using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using Npgsql;

namespace NetworkGraph.Storage.Postgres;

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
    private readonly AcknowledgedMark? _mark;
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _listening;
    private string _identity = "";
    private int _closed;

    private PostgresLog(
        PostgresLogOptions options, Database database, LogReader reader, Guid writer, LogState start, AcknowledgedMark? mark)
    {
        _options = options;
        _mark = mark;
        _database = database;
        _reader = reader;
        Renew(start.Identity);
        _tail = new LogTail(start.LastPosition, options.RecentRecords);
        _writer = new PostgresWriter(options, database, writer, _tail, Renew, mark);
        _listener = new LogListener(database, reader, _tail, Erased, start, () => _writer.Backend, options.Time);
        _listening = Task.Run(() => _listener.RunAsync(_closing.Token), CancellationToken.None);
    }

    public string Identity => Volatile.Read(ref _identity);

    public long LastPosition => _tail.LastPosition;

    public string? RefusesBecause => !_listener.IsConnected ? "The database is away." : _writer.RefusesBecause;

    /// <summary>Whether the database answered when last asked; it is asked once a second.</summary>
    public bool IsConnected => _listener.IsConnected;

    /// <summary>Connects and brings the schema to what this program needs, from nothing or from an older one.</summary>
    /// <exception cref="LogUnavailableException">Cannot be reached or written, or was made by a newer program.</exception>
    /// <exception cref="LogCorruptedException">Records are missing that were acknowledged: an older state of the database was
    /// restored.</exception>
    public static async Task<PostgresLog> OpenAsync(PostgresLogOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        // One more for the writer, one for the listener.
        var database = Database.Of(options.ConnectionString, options.Schema, options.ReadConnections + 2);
        AcknowledgedMark? mark = null;
        try
        {
            await Migrations.ApplyAsync(database, LogTables.Part, LogTables.Steps, cancellation);
            var writer = await RegisterAsync(database, cancellation);
            var reader = new LogReader(database);
            var start = await reader.StateAsync(cancellation);
            if (options.Folder is not { } folder) return new PostgresLog(options, database, reader, writer, start, null);
            mark = AcknowledgedMark.Open(folder);
            var lineage = await reader.LineageAsync(Math.Min(start.LastPosition, mark.Position), cancellation);
            if (AcknowledgedMark.Contradiction(
                database.Name, start.LastPosition, (mark.Position, mark.Lineage), lineage) is { } contradiction && !options.AcceptLoss)
                throw contradiction;
            // Everything in the database was acknowledged by one of those who write it.
            mark.Advance(start.LastPosition, AcknowledgedMark.HashOf(await reader.LineageAsync(start.LastPosition, cancellation)));
            return new PostgresLog(options, database, reader, writer, start, mark);
        }
        catch
        {
            mark?.Dispose();
            await database.DisposeAsync();
            throw;
        }
    }

    public ValueTask<string> LineageAsync(long position, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        return _reader.LineageAsync(position, cancellation);
    }

    public async ValueTask<long> DurablePositionAsync(CancellationToken cancellation) =>
        (await _reader.StateAsync(cancellation)).LastPosition;

    public ValueTask<AppendReceipt> AppendAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation) =>
        _writer.Queue.AppendAsync(records, cancellation);

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

    public IAsyncEnumerable<RecordBatch> FollowAsync(long afterPosition, CancellationToken cancellation)
    {
        var bytes = new RecordBytes(_database.Name);
        return _tail.FollowAsync(afterPosition, (position, token) => ReadOnAsync(position, bytes, token), cancellation);
    }

    public ValueTask<IReadOnlyList<PlacedRecord>> FindAsync(string id, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closed != 0, this);
        return _reader.ByIdAsync(id, cancellation);
    }

    public async ValueTask<LogRecord[]> ReadAtAsync(IReadOnlyList<long> positions, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closed != 0, this);
        cancellation.ThrowIfCancellationRequested();
        _tail.CheckThere(positions);
        return positions.Count == 0 ? [] : await _reader.AtAsync(positions, cancellation);
    }

    /// <summary>The records after a position that name a person: what one person's history is folded from.</summary>
    /// <exception cref="LogUnavailableException">The database cannot be read.</exception>
    public ValueTask<PersonRecords> ReadPersonAsync(string person, long afterPosition, CancellationToken cancellation)
    {
        ObjectDisposedException.ThrowIf(_closed != 0, this);
        return _reader.NamingAsync(person, afterPosition, cancellation);
    }

    public async ValueTask<long> EraseAsync(Erasure erasure, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        _tail.CheckThere(erasure.Positions);
        return await _writer.Queue.EraseAsync(erasure, cancellation);
    }

    public ValueTask<IReadOnlyList<SuppressedPerson>> SuppressedAsync(CancellationToken cancellation) =>
        Suppressions.AllAsync(_database, cancellation);

    public ValueTask<int> LiftAsync(string id, CancellationToken cancellation) => Suppressions.LiftAsync(_database, id, cancellation);

    /// <summary>
    /// Writes what was handed over, answers it, and disconnects. Those who follow get <see cref="ObjectDisposedException"/>.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _closed, 1) != 0) return;
        await Task.Run(_writer.Dispose);
        await _closing.CancelAsync();
        await ((Task)_listening).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _tail.Close();
        _closing.Dispose();
        _mark?.Dispose();
        await _database.DisposeAsync();
    }

    /// <summary>What another node erased is not to be had from this one's memory.</summary>
    private void Erased(LogState state)
    {
        _tail.Drop();
        Renew(state.Identity);
    }

    private void Renew(Guid identity) => Volatile.Write(ref _identity, identity.ToString("N"));

    /// <summary>
    /// What follows; nothing where it is in memory by now, or where the database is away, which has been waited out a little then.
    /// </summary>
    private async ValueTask<IReadOnlyList<RecordBatch>> ReadOnAsync(long position, RecordBytes bytes, CancellationToken cancellation)
    {
        try
        {
            // What this node wrote itself need not be read back.
            var missing = (int)Math.Min(_tail.MissingAfter(position), RecordsAtOnce);
            return missing > 0 && await _reader.AfterAsync(position, missing, bytes, cancellation) is { } batch ? [batch] : [];
        }
        catch (LogUnavailableException)
        {
            await Task.Delay(s_lookAgainAfter, _options.Time, cancellation);
            return [];
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
