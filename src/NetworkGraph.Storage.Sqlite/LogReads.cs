using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Storage.Sqlite;

/// <summary>Reads batches from the file beside the writer, each call on a connection of its own. Thread-safe.</summary>
internal sealed class LogReads(string path, string connectionString, BatchCache cache) : IDisposable
{
    private const int RowsAtOnce = 32;

    private readonly ConcurrentBag<Reading> _idle = [];
    private int _generation;
    private volatile bool _closed;

    /// <summary>Some batches that follow a position, dense and in order; none at the end. The first starts right after it.</summary>
    public List<RecordBatch> After(long position, BatchDecoder decoder, CancellationToken cancellation)
    {
        var rows = WithConnection(reading => reading.RowsFrom(position + 1));
        var batches = new List<RecordBatch>(rows.Count);
        var next = position + 1;
        foreach (var row in rows)
        {
            cancellation.ThrowIfCancellationRequested();
            if (row.LastPosition < next && batches.Count == 0) continue;
            var batch = Decoded(row, decoder);
            if (batch.FirstPosition > next) throw new LogCorruptedException($"{path}: position {next} is missing.");
            if (batch.FirstPosition < next)
            {
                if (batches.Count > 0) throw new LogCorruptedException($"{path}: position {batch.FirstPosition} stands there twice.");
                batch = new RecordBatch(next, batch.Records[(int)(next - batch.FirstPosition)..]);
            }
            batches.Add(batch);
            next = batch.LastPosition + 1;
        }
        return batches;
    }

    /// <summary>The batch that holds the position, from the cache or the file.</summary>
    public RecordBatch Holding(long position)
    {
        if (cache.Find(position) is { } cached) return cached;
        var generation = cache.Generation;
        var batch = WithConnection(reading =>
            reading.RowAt(position) is { } row && row.LastPosition >= position ? Decoded(row, reading.Decoder) : null);
        if (batch is null) throw new LogCorruptedException($"{path}: position {position} is missing.");
        cache.Add(batch, generation);
        return batch;
    }

    /// <summary>Closes idle connections, and those in use when they are given back: what they hold of the file in memory goes.</summary>
    public void Drop()
    {
        Interlocked.Increment(ref _generation);
        while (_idle.TryTake(out var reading)) reading.Dispose();
    }

    public void Dispose()
    {
        _closed = true;
        Drop();
    }

    private RecordBatch Decoded(BatchRow row, BatchDecoder decoder)
    {
        var batch = decoder.Decode(row.Payload, $"{path}: the batch at position {row.FirstPosition}");
        if (batch.FirstPosition != row.FirstPosition || batch.Records.Length != row.Count)
            throw new LogCorruptedException($"{path}: the batch at position {row.FirstPosition} belongs to another position.");
        return batch;
    }

    private T WithConnection<T>(Func<Reading, T> read)
    {
        ObjectDisposedException.ThrowIf(_closed, typeof(SqliteLog));
        try
        {
            var generation = Volatile.Read(ref _generation);
            if (!_idle.TryTake(out var reading)) reading = new Reading(path, connectionString);
            try
            {
                return read(reading);
            }
            finally
            {
                if (generation == Volatile.Read(ref _generation) && !_closed) _idle.Add(reading);
                else reading.Dispose();
            }
        }
        catch (SqliteException e)
        {
            throw LogFile.Translated(path, "cannot be read", e);
        }
    }

    private sealed class Reading : IDisposable
    {
        private readonly string _path;
        private readonly SqliteConnection _connection;
        private readonly SqliteCommand _from;
        private readonly SqliteCommand _at;

        public Reading(string path, string connectionString)
        {
            _path = path;
            _connection = new SqliteConnection(connectionString);
            _connection.Open();
            _from = _connection.CreateCommand();
            _from.CommandText = $"""
                SELECT first_position, count, payload FROM batches
                WHERE first_position >= (SELECT coalesce(max(first_position), 1) FROM batches WHERE first_position <= $position)
                ORDER BY first_position LIMIT {RowsAtOnce}
                """;
            _from.Parameters.Add(new SqliteParameter { ParameterName = "$position" });
            _at = _connection.CreateCommand();
            _at.CommandText = "SELECT first_position, count, payload FROM batches WHERE first_position <= $position ORDER BY "
                + "first_position DESC LIMIT 1";
            _at.Parameters.Add(new SqliteParameter { ParameterName = "$position" });
        }

        /// <summary>For single batches; it goes with the connection, and the names it keeps with it.</summary>
        public BatchDecoder Decoder { get; } = new();

        public List<BatchRow> RowsFrom(long position)
        {
            _from.Parameters[0].Value = position;
            var rows = new List<BatchRow>(RowsAtOnce);
            using var reader = _from.ExecuteReader();
            while (reader.Read()) rows.Add(reader.RowOf(_path));
            return rows;
        }

        public BatchRow? RowAt(long position)
        {
            _at.Parameters[0].Value = position;
            using var reader = _at.ExecuteReader();
            return reader.Read() ? reader.RowOf(_path) : null;
        }

        public void Dispose()
        {
            _from.Dispose();
            _at.Dispose();
            _connection.Dispose();
        }
    }
}
