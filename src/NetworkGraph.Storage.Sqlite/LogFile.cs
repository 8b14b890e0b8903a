using Microsoft.Data.Sqlite;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Storage.Sqlite;

/// <summary>
/// The file <c>log.db</c> and the one connection that writes it. Used by one thread at a time.
/// Errors of SQLite leave here as <see cref="LogCorruptedException"/> or <see cref="LogUnavailableException"/>.
/// </summary>
internal sealed class LogFile : IDisposable
{
    public const string Name = "log.db";

    /// <summary>"NGLG": what marks the file as ours.</summary>
    private const int ApplicationId = 0x4E474C47;

    private const int FormatVersion = 2;

    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _replace;
    private readonly SqliteCommand _overwrite;
    private readonly SqliteCommand _row;
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private readonly SqliteCommand _lastOpening;
    private readonly List<(long FirstPosition, string Opening)> _openings = [];

    private LogFile(string path, SqliteConnection connection)
    {
        Path = path;
        _connection = connection;
        _insert = Command("INSERT INTO batches (first_position, count, keys, payload) VALUES ($first, $count, $keys, $payload)", "$first",
            "$count", "$keys", "$payload");
        _replace = Command("UPDATE batches SET count = $count, keys = $keys, payload = $payload WHERE first_position = $first", "$first",
            "$count", "$keys", "$payload");
        _overwrite = Command(
            "UPDATE batches SET keys = $keys, payload = $payload WHERE first_position = $first", "$first", "$keys", "$payload");
        _row = Command("SELECT first_position, count, payload, keys FROM batches WHERE first_position <= $position ORDER BY "
            + "first_position DESC LIMIT 1", "$position");
        _begin = Command("BEGIN IMMEDIATE");
        _commit = Command("COMMIT");
        _lastOpening = Command("SELECT opening FROM openings ORDER BY first_position DESC LIMIT 1");
    }

    public string Path { get; }

    /// <summary>Tells this log from any other, and from itself before an erasure.</summary>
    public string Identity => StoredCells.Cell<string>(Scalar("SELECT value FROM identity"), Path);

    public string ReadConnectionString => ConnectionString(Path, SqliteOpenMode.ReadOnly);

    public static LogFile Open(SqliteLogOptions options)
    {
        var path = System.IO.Path.Combine(options.Folder, Name);
        var connection = new SqliteConnection(ConnectionString(path, SqliteOpenMode.ReadWriteCreate));
        try
        {
            connection.Open();
            Prepare(path, connection, options);
            var file = new LogFile(path, connection);
            file.ReadOpenings();
            return file;
        }
        catch (SqliteException e)
        {
            connection.Dispose();
            throw Translated(path, "cannot be opened", e);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Every row's place and keys in order, checked: positions dense, sizes right, keys intact. Returns the last position.
    /// </summary>
    public long Scan(Action<long, ReadOnlyMemory<byte>> keysOfRow, CancellationToken cancellation)
    {
        var next = 1L;
        try
        {
            using var command = Command("SELECT first_position, count, length(payload), keys FROM batches ORDER BY first_position");
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                cancellation.ThrowIfCancellationRequested();
                var first = reader.NumberAt(0, Path);
                var count = reader.NumberAt(1, Path);
                if (first != next)
                    throw new LogCorruptedException(
                        $"{Path}: position {next} is missing; the next batch starts at {first}. {StoredCells.Way}");
                var keys = reader.BytesAt(3, Path);
                if (count is < 1 or > int.MaxValue || reader.NumberAt(2, Path) <= count || !BatchRow.AreIntact(first, (int)count, keys))
                    throw new LogCorruptedException(
                        $"{Path}: the batch at position {first} has keys or sizes that are not what was written. {StoredCells.Way}");
                keysOfRow(first, keys.AsMemory(0, (int)count * BatchRow.KeyBytes));
                next = first + count;
            }
            return next - 1;
        }
        catch (SqliteException e)
        {
            throw Translated(Path, $"cannot be read at position {next}", e);
        }
    }

    /// <summary>About how many records there are, without reading them all.</summary>
    /// <exception cref="LogCorruptedException">More than the file has room for.</exception>
    public long LastFirstPosition()
    {
        var last = StoredCells.Cell<long>(Scalar("SELECT coalesce(max(first_position), 0) FROM batches"), Path);
        var bytes = StoredCells.Cell<long>(Scalar("PRAGMA page_count"), Path) * StoredCells.Cell<long>(Scalar("PRAGMA page_size"), Path);
        return last >= 0 && last <= bytes / BatchRow.KeyBytes + 1
            ? last
            : throw new LogCorruptedException(
                $"{Path}: a batch says it is at position {last}, which the file has no room for. {StoredCells.Way}");
    }

    /// <summary>Gives the log a new identity, within the transaction that overwrites records.</summary>
    public void RenewIdentity() => Execute(_connection, "UPDATE identity SET value = lower(hex(randomblob(16)))");

    /// <summary>
    /// Records that the log is open for writing from here on, which ends the turn of the process that had it open before.
    /// </summary>
    public void TakeOver(long lastPosition)
    {
        try
        {
            using var insert = Command(
                "INSERT OR REPLACE INTO openings (first_position, opening) VALUES ($first, lower(hex(randomblob(16))))", "$first");
            insert.Parameters[0].Value = lastPosition + 1;
            insert.ExecuteNonQuery();
            ReadOpenings();
        }
        catch (SqliteException e)
        {
            throw Translated(Path, "cannot be opened for writing", e);
        }
    }

    /// <summary>The opening during which the record at the position was written.</summary>
    public string OpeningAt(long position)
    {
        for (var i = _openings.Count - 1; i >= 0; i--)
            if (_openings[i].FirstPosition <= position) return _openings[i].Opening;
        return "";
    }

    /// <summary>Begins a transaction that writes.</summary>
    /// <exception cref="LogUnavailableException">Another process has opened the log since; what this one knows of it is
    /// outdated.</exception>
    public void Begin()
    {
        _begin.ExecuteNonQuery();
        if (StoredCells.Cell<string>(_lastOpening.ExecuteScalar(), Path) != _openings[^1].Opening)
            throw new LogUnavailableException($"{Path} was opened by another process meanwhile; this one may not write to it any more.");
    }

    public void Commit() => _commit.ExecuteNonQuery();

    /// <summary>Writes a page without changing anything: whether the disk takes what is written.</summary>
    public void Touch() => Execute(_connection, "UPDATE identity SET value = value");

    /// <summary>Ends a transaction that failed; SQLite has often ended it already.</summary>
    public void RollBack()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0) Execute(_connection, "ROLLBACK");
    }

    public void Insert(long firstPosition, int count, byte[] keys, byte[] payload, int payloadBytes) =>
        Write(_insert, firstPosition, count, keys, payload, payloadBytes);

    public void Replace(long firstPosition, int count, byte[] keys, byte[] payload, int payloadBytes) =>
        Write(_replace, firstPosition, count, keys, payload, payloadBytes);

    public void Overwrite(long firstPosition, byte[] keys, byte[] payload, int payloadBytes)
    {
        _overwrite.Parameters[0].Value = firstPosition;
        _overwrite.Parameters[1].Value = keys;
        _overwrite.Parameters[2].Value = payload;
        _overwrite.Parameters[2].Size = payloadBytes;
        _overwrite.ExecuteNonQuery();
    }

    /// <summary>The row that holds the position, and its keys.</summary>
    public (BatchRow Row, byte[] Keys) RowAt(long position)
    {
        _row.Parameters[0].Value = position;
        using var reader = _row.ExecuteReader();
        if (!reader.Read()) throw new LogCorruptedException($"{Path}: position {position} is missing.");
        var row = reader.RowOf(Path);
        if (row.LastPosition < position) throw new LogCorruptedException($"{Path}: position {position} is missing.");
        return (row, reader.BytesAt(3, Path));
    }

    /// <summary>
    /// Moves the write-ahead log into the file and cuts it to nothing. False where a reader is in the way: it is not waited
    /// for, since appends would wait with it.
    /// </summary>
    public bool TryTruncateWriteAheadLog()
    {
        using var command = Command("PRAGMA wal_checkpoint(TRUNCATE)");
        using var reader = command.ExecuteReader();
        return reader.Read() && reader.GetInt64(0) == 0;
    }

    /// <summary>Writes the whole file anew, without what moved rows have left in unused parts of pages.</summary>
    public void Vacuum() => Execute(_connection, "VACUUM");

    public void Dispose()
    {
        foreach (var command in (SqliteCommand[])[_insert, _replace, _overwrite, _row, _begin, _commit, _lastOpening]) command.Dispose();
        _connection.Dispose();
    }

    public static Exception Translated(string path, string what, SqliteException e) => e.SqliteErrorCode switch
    {
        SQLitePCL.raw.SQLITE_CORRUPT or SQLitePCL.raw.SQLITE_NOTADB =>
            new LogCorruptedException($"{path} {what}: {e.Message} {StoredCells.Way}", e),
        SQLitePCL.raw.SQLITE_FULL =>
            new LogUnavailableException($"{path} {what}: the disk is full.", e),
        SQLitePCL.raw.SQLITE_READONLY or SQLitePCL.raw.SQLITE_CANTOPEN or SQLitePCL.raw.SQLITE_PERM =>
            new LogUnavailableException($"{path} {what}: the file or its folder is not writable.", e),
        _ => new LogUnavailableException($"{path} {what}: {e.Message}", e),
    };

    public static string ConnectionString(string path, SqliteOpenMode mode) =>
        new SqliteConnectionStringBuilder { DataSource = path, Mode = mode, Pooling = false, DefaultTimeout = 60 }.ToString();

    private static void Prepare(string path, SqliteConnection connection, SqliteLogOptions options)
    {
        Execute(connection, "PRAGMA page_size = 16384");
        var version = Convert.ToInt64(Scalar(connection, "PRAGMA user_version"));
        var application = Convert.ToInt64(Scalar(connection, "PRAGMA application_id"));
        var isNew = Convert.ToInt64(Scalar(connection, "SELECT count(*) FROM sqlite_master")) == 0;
        if (!isNew && application != ApplicationId)
            throw new LogUnavailableException($"{path} is a database of another program.");
        if (!isNew && version != FormatVersion)
        {
            var way = version > FormatVersion
                ? "Use the newer program that wrote it." : "It was written before the first release; import its source again.";
            throw new LogUnavailableException($"{path} is of format version {version}; this program reads version {FormatVersion}. {way}");
        }
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Execute(connection, "PRAGMA journal_mode = WAL");
        Execute(connection, "PRAGMA synchronous = FULL");
        Execute(connection, "PRAGMA secure_delete = ON");
        // Measured: pages of 16 KiB waste least of a row, and 16 MiB of write-ahead log let checkpoints be few and short.
        Execute(connection, "PRAGMA wal_autocheckpoint = 1024");
        Execute(connection, "PRAGMA cache_size = -8192");
        // A checkpoint that finds a reader in its way is tried again later instead of waiting here.
        Execute(connection, "PRAGMA busy_timeout = 0");
        if (isNew)
        {
            Execute(connection, $"""
                BEGIN IMMEDIATE;
                CREATE TABLE batches (
                    first_position INTEGER PRIMARY KEY, count INTEGER NOT NULL, keys BLOB NOT NULL, payload BLOB NOT NULL) STRICT;
                CREATE TABLE identity (value TEXT NOT NULL) STRICT;
                CREATE TABLE openings (first_position INTEGER PRIMARY KEY, opening TEXT NOT NULL) STRICT;
                INSERT INTO identity VALUES (lower(hex(randomblob(16))));
                PRAGMA application_id = {ApplicationId};
                PRAGMA user_version = {FormatVersion};
                COMMIT;
                """);
        }
        if (options.MaxPages > 0) Execute(connection, $"PRAGMA max_page_count = {options.MaxPages}");
    }

    private void ReadOpenings()
    {
        _openings.Clear();
        using var select = Command("SELECT first_position, opening FROM openings ORDER BY first_position");
        using var reader = select.ExecuteReader();
        while (reader.Read()) _openings.Add((reader.NumberAt(0, Path), reader.TextAt(1, Path)));
    }

    private static void Write(SqliteCommand command, long firstPosition, int count, byte[] keys, byte[] payload, int payloadBytes)
    {
        command.Parameters[0].Value = firstPosition;
        command.Parameters[1].Value = count;
        command.Parameters[2].Value = keys;
        command.Parameters[2].Size = BatchRow.KeysLength(count);
        command.Parameters[3].Value = payload;
        command.Parameters[3].Size = payloadBytes;
        command.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, params ReadOnlySpan<string> parameters)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        foreach (var parameter in parameters) command.Parameters.Add(new SqliteParameter { ParameterName = parameter });
        return command;
    }

    private object? Scalar(string sql) => Scalar(_connection, sql);

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
