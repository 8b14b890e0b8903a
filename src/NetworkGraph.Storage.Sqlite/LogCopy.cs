using Microsoft.Data.Sqlite;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Storage.Sqlite;

/// <summary>Copies and checks logs in files, also beside the process that writes them.</summary>
public static class LogCopy
{
    private const int RowsBetweenReports = 256;

    /// <summary>
    /// Copies the log of a folder into a new file as it is at one moment, with everything acknowledged before the call. The
    /// folder may be in use: its writer is not held up. Blocks.
    /// </summary>
    /// <exception cref="LogUnavailableException">There is no log, or it cannot be read or written.</exception>
    /// <exception cref="LogCorruptedException">The log is damaged.</exception>
    public static void Write(string folder, string to)
    {
        var from = Path.Combine(folder, LogFile.Name);
        if (!File.Exists(from)) throw new LogUnavailableException($"There is no log in '{folder}'.");
        try
        {
            using var source = new SqliteConnection(LogFile.ConnectionString(from, SqliteOpenMode.ReadOnly));
            source.Open();
            using var target = new SqliteConnection(LogFile.ConnectionString(to, SqliteOpenMode.ReadWriteCreate));
            target.Open();
            source.BackupDatabase(target);
            // One file, whole by itself: the copy's own write-ahead log is not to be carried along.
            using var command = target.CreateCommand();
            command.CommandText = "PRAGMA journal_mode = DELETE";
            command.ExecuteScalar();
        }
        catch (SqliteException e)
        {
            throw LogFile.Translated(from, "cannot be copied", e);
        }
    }

    /// <summary>
    /// Reads every record of a folder's log, and checks places, keys and checksums, and that all is there that was acknowledged.
    /// Returns the number of records. Blocks; the folder may be in use.
    /// </summary>
    /// <param name="folder">Holds the log.</param>
    /// <param name="report">Called now and then with the records read and an estimate of how many there are.</param>
    /// <param name="cancellation">Stops reading.</param>
    /// <exception cref="LogUnavailableException">There is no log, or it cannot be read.</exception>
    /// <exception cref="LogCorruptedException">It is not what was written, or shorter than it was.</exception>
    public static long Check(string folder, Action<long, long> report, CancellationToken cancellation)
    {
        var path = Path.Combine(folder, LogFile.Name);
        if (!File.Exists(path)) throw new LogUnavailableException($"There is no log in '{folder}'.");
        var acknowledged = AcknowledgedMark.ReadIn(folder);
        try
        {
            using var connection = new SqliteConnection(LogFile.ConnectionString(path, SqliteOpenMode.ReadOnly));
            connection.Open();
            var last = CheckRows(path, connection, report, cancellation);
            var contradiction = AcknowledgedMark.Contradiction(
                path, last, acknowledged, OpeningAt(connection, Math.Min(last, acknowledged.Position)));
            return contradiction is null ? last : throw contradiction;
        }
        catch (SqliteException e)
        {
            throw LogFile.Translated(path, "cannot be read", e);
        }
    }

    private static string OpeningAt(SqliteConnection connection, long position)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT opening FROM openings WHERE first_position <= $position ORDER BY first_position DESC LIMIT 1";
        command.Parameters.Add(new SqliteParameter("$position", position));
        return command.ExecuteScalar() is { } opening ? StoredCells.Cell<string>(opening, connection.DataSource) : "";
    }

    private static long CheckRows(string path, SqliteConnection connection, Action<long, long> report, CancellationToken cancellation)
    {
        using var command = connection.CreateCommand();
        command.CommandText =
            "SELECT first_position, count, payload, keys, (SELECT max(first_position) FROM batches) FROM batches ORDER BY first_position";
        using var reader = command.ExecuteReader();
        var decoder = new BatchDecoder();
        var next = 1L;
        for (var rows = 1; reader.Read(); rows++)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = reader.RowOf(path);
            if (row.FirstPosition != next)
                throw new LogCorruptedException($"{path}: position {next} is missing; the next batch starts at {row.FirstPosition}.");
            if (!BatchRow.AreIntact(row.FirstPosition, row.Count, reader.BytesAt(3, path)))
                throw new LogCorruptedException(
                    $"{path}: the batch at position {row.FirstPosition} has keys that are not what was written.");
            var batch = decoder.Decode(row.Payload, $"{path}: the batch at position {row.FirstPosition}");
            if (batch.FirstPosition != row.FirstPosition || batch.Records.Length != row.Count)
                throw new LogCorruptedException($"{path}: the batch at position {row.FirstPosition} belongs to another position.");
            next = row.LastPosition + 1;
            if (rows % RowsBetweenReports == 0) report(next - 1, Math.Max(next - 1, reader.NumberAt(4, path)));
        }
        return next - 1;
    }
}
