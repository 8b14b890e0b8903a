using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using Npgsql;
using NpgsqlTypes;

namespace NetworkGraph.Storage.Postgres;

/// <summary>What the log's rows say. Each call uses a connection of its own for as long as it takes. Thread-safe.</summary>
internal sealed class LogReader(Database database)
{
    private readonly string _after =
        $"SELECT position, payload FROM {database.Schema}.records WHERE position > $1 ORDER BY position LIMIT $2";
    private readonly string _at = $"SELECT position, payload FROM {database.Schema}.records WHERE position = ANY($1)";
    private readonly string _byId =
        $"SELECT position, payload FROM {database.Schema}.records WHERE id_hash = $1 AND id_hash <> 0 ORDER BY position";
    private readonly string _state = $"SELECT last_position, erased_position, identity FROM {database.Schema}.log";
    private readonly string _opening =
        $"SELECT opening FROM {database.Schema}.openings WHERE first_position <= $1 ORDER BY first_position DESC LIMIT 1";
    private readonly string _erased = $"SELECT tombstone FROM {database.Schema}.erasures WHERE erasure = $1 ORDER BY tombstone";

    // The inner query by itself, so that each record is looked up by its position whatever the planner knows of the tables.
    private readonly string _naming =
        $"""
        SELECT l.last_position, l.erased_position, r.position, r.payload
        FROM {database.Schema}.log l LEFT JOIN LATERAL (
            SELECT m.position, p.payload FROM {database.Schema}.mentions m
            CROSS JOIN LATERAL (SELECT payload FROM {database.Schema}.records WHERE position = m.position OFFSET 0) p
            WHERE m.person = $1 AND m.position > $2 OFFSET 0) r ON true
        ORDER BY r.position
        """;

    /// <summary>The last opening at or before the position; empty for none.</summary>
    public ValueTask<string> LineageAsync(long position, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            await using var command = new NpgsqlCommand(_opening, connection) { Parameters = { new() { Value = position } } };
            return await command.ExecuteScalarAsync(cancellation) is Guid opening ? opening.ToString("N") : "";
        },
        cancellation);

    public ValueTask<LogState> StateAsync(CancellationToken cancellation) =>
        database.ReadAsync(connection => StateAsync(connection, cancellation), cancellation);

    public async Task<LogState> StateAsync(NpgsqlConnection connection, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(_state, connection);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        if (!await reader.ReadAsync(cancellation))
            throw new LogCorruptedException($"{database.Name}: the table 'log' in schema {database.Schema} is empty.");
        return new LogState(reader.GetInt64(0), reader.GetInt64(1), reader.GetGuid(2));
    }

    /// <summary>The records that follow a position, at most <paramref name="most"/>; null at the end.</summary>
    public ValueTask<RecordBatch?> AfterAsync(long position, int most, RecordBytes bytes, CancellationToken cancellation) =>
        database.ReadAsync<RecordBatch?>(
            async connection =>
            {
                var records = new List<LogRecord>();
                await using (var command = new NpgsqlCommand(_after, connection)
                { Parameters = { new() { Value = position }, new() { Value = most } } })
                {
                    await using var reader = await command.ExecuteReaderAsync(cancellation);
                    while (await reader.ReadAsync(cancellation))
                    {
                        var next = position + records.Count + 1;
                        if (reader.GetInt64(0) != next) throw new LogCorruptedException($"{database.Name}: position {next} is missing.");
                        records.Add(bytes.Decode(next, reader.GetFieldValue<byte[]>(1)));
                    }
                }
                for (var i = 0; i < records.Count; i++)
                    if (records[i] is PersonErased { Tombstones: > 0 } erased)
                        records[i] = await WithPositionsAsync(connection, erased, position + i + 1, cancellation);
                return records.Count == 0 ? null : new RecordBatch(position + 1, [.. records]);
            },
            cancellation);

    public ValueTask<LogRecord[]> AtAsync(IReadOnlyList<long> positions, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            var found = new Dictionary<long, LogRecord>(positions.Count);
            var bytes = new RecordBytes(database.Name);
            await using var command = new NpgsqlCommand(_at, connection)
            { Parameters = { new() { Value = positions.Distinct().ToArray() } } };
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                found[reader.GetInt64(0)] = bytes.Decode(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1));
            return positions
                .Select(position => found.TryGetValue(position, out var record)
                    ? record : throw new LogCorruptedException($"{database.Name}: position {position} is missing."))
                .ToArray();
        },
        cancellation);

    /// <summary>The records with an interaction's id, ascending.</summary>
    public ValueTask<IReadOnlyList<PlacedRecord>> ByIdAsync(string id, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<PlacedRecord>>(
        async connection =>
        {
            var (positions, records) = (new List<long>(), new List<LogRecord>());
            var bytes = new RecordBytes(database.Name);
            await using var command = new NpgsqlCommand(_byId, connection)
            { Parameters = { new() { Value = (long)InteractionFingerprint.HashOf(id) } } };
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                positions.Add(reader.GetInt64(0));
                records.Add(bytes.Decode(reader.GetInt64(0), reader.GetFieldValue<byte[]>(1)));
            }
            return PlacedRecord.Of(id, positions, records);
        },
        cancellation);

    /// <summary>The records after a position that name a person, ascending, and how far the log was when they were read.</summary>
    public ValueTask<PersonRecords> NamingAsync(string person, long afterPosition, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            var records = new List<(long, LogRecord)>();
            var bytes = new RecordBytes(database.Name);
            long last = 0, erased = 0;
            await using var command = new NpgsqlCommand(_naming, connection)
            {
                Parameters = { new() { Value = PersonKeys.Compute(person) },
                    new() { Value = afterPosition, NpgsqlDbType = NpgsqlDbType.Bigint } },
            };
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                (last, erased) = (reader.GetInt64(0), reader.GetInt64(1));
                if (await reader.IsDBNullAsync(2, cancellation)) continue;
                var position = reader.GetInt64(2);
                var record = bytes.Decode(position, reader.GetFieldValue<byte[]>(3));
                if (record.Names(person)) records.Add((position, record));
            }
            return new PersonRecords(records, last, erased);
        },
        cancellation);

    private async Task<PersonErased> WithPositionsAsync(
        NpgsqlConnection connection, PersonErased erased, long position, CancellationToken cancellation)
    {
        var tombstones = new List<long>();
        await using var command = new NpgsqlCommand(_erased, connection) { Parameters = { new() { Value = position } } };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) tombstones.Add(reader.GetInt64(0));
        return new PersonErased { AtMs = erased.AtMs, Tombstones = erased.Tombstones, Positions = tombstones };
    }
}

/// <summary>How far the log is, where it recorded the last erasure (0: never), and its identity.</summary>
internal readonly record struct LogState(long LastPosition, long ErasedPosition, Guid Identity);

/// <summary>
/// The records that name one person, with their positions, ascending; all there were when the log was at
/// <see cref="LastPosition"/>. <see cref="ErasedPosition"/> is that of the last erasure in the log, 0 for none: what was
/// read before it may hold somebody who has been erased.
/// </summary>
public sealed record PersonRecords(IReadOnlyList<(long Position, LogRecord Record)> Records, long LastPosition, long ErasedPosition);
