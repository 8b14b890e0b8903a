using System.Buffers.Binary;
using NetworkGraph.Events.Log;
using Npgsql;
using NpgsqlTypes;

namespace NetworkGraph.Storage.Postgres;

/// <summary>
/// The statements of a transaction that changes the log, on one connection, in as few round trips as can be. Used by one
/// thread; made anew where the connection broke.
/// </summary>
internal sealed class WriterSession : IDisposable
{
    /// <summary>From so many rows on copying them is cheaper than inserting.</summary>
    private const int CopyFrom = 64;

    private readonly NpgsqlConnection _connection;
    private readonly string _schema;
    private byte[] _secret = [];
    private Guid _opening;

    public WriterSession(Database database)
    {
        _schema = database.Schema;
        _connection = database.Open();
        try
        {
            // Acknowledged means flushed, whatever the server's default. A process that stalls holds the others up for no
            // longer than this. Ids are looked up in their index, also while the planner believes the tables to be small.
            using var set = new NpgsqlCommand(
                "SET synchronous_commit = on; SET idle_in_transaction_session_timeout = '20s'; SET enable_seqscan = off; SET "
                    + "enable_bitmapscan = off", _connection);
            set.ExecuteNonQuery();
            using var opening = new NpgsqlCommand(
                $"""
                INSERT INTO {_schema}.openings
                SELECT last_position + 1, gen_random_uuid() FROM (SELECT last_position FROM {_schema}.log FOR UPDATE) AS now
                ON CONFLICT (first_position) DO UPDATE SET opening = excluded.opening
                """,
                _connection);
            opening.ExecuteNonQuery();
        }
        catch
        {
            _connection.Dispose();
            throw;
        }
    }

    /// <summary>Who stays out, as of the transaction that was begun last.</summary>
    public SuppressionCheck Suppressed { get; } = new();

    /// <summary>The server's process at the other end.</summary>
    public int Backend => _connection.ProcessID;

    /// <summary>The log's lineage at what the transaction begun last commits, as the mark keeps it.</summary>
    public ulong Lineage { get; private set; }

    /// <summary>
    /// Begins a transaction and waits for its turn among all nodes. Returns how far the log is, this writer's last commit
    /// that is known to the database, and what is stored under these ids' hashes.
    /// </summary>
    public (LogState State, long LastCommit, List<StoredKey> Known) Begin(Guid writer, long[] idHashes)
    {
        using var batch = new NpgsqlBatch(_connection);
        Add(batch, "BEGIN");
        Add(batch, $"SELECT last_position, erased_position, identity FROM {_schema}.log FOR UPDATE");
        Add(batch, $"SELECT last_commit FROM {_schema}.writers WHERE writer = $1", writer);
        Add(batch, $"SELECT opening FROM {_schema}.openings ORDER BY first_position DESC LIMIT 1");
        Add(batch, $"SELECT secret, version FROM {_schema}.suppression");
        if (idHashes.Length > 0)
            Add(batch, $"SELECT id_hash, content_hash, position FROM {_schema}.records WHERE id_hash = ANY($1) AND id_hash <> 0 ORDER BY "
                + $"position", idHashes);
        using var reader = batch.ExecuteReader();
        reader.Read();
        var state = new LogState(reader.GetInt64(0), reader.GetInt64(1), reader.GetGuid(2));
        reader.NextResult();
        var lastCommit = reader.Read() ? reader.GetInt64(0) : 0;
        reader.NextResult();
        if (reader.Read()) SetLineage(reader.GetGuid(0));
        reader.NextResult();
        reader.Read();
        var version = reader.GetInt64(1);
        _secret = reader.GetFieldValue<byte[]>(0);
        var known = new List<StoredKey>();
        if (reader.NextResult())
            while (reader.Read()) known.Add(new StoredKey((ulong)reader.GetInt64(0), (uint)reader.GetInt32(1), reader.GetInt64(2)));
        reader.Close();
        if (Suppressed.Version != version) Suppressed.Replace(version, _secret, Hashes());
        return (state, lastCommit, known);
    }

    /// <summary>The hash under which an id stays out.</summary>
    public byte[] SuppressionOf(string id) => Suppressions.Bytes(SuppressionCheck.HashOf(_secret, id));

    private List<UInt128> Hashes()
    {
        using var command = new NpgsqlCommand($"SELECT hash FROM {_schema}.suppressed", _connection);
        using var reader = command.ExecuteReader();
        var hashes = new List<UInt128>();
        while (reader.Read()) hashes.Add(BinaryPrimitives.ReadUInt128BigEndian(reader.GetFieldValue<byte[]>(0)));
        return hashes;
    }

    private void SetLineage(Guid opening)
    {
        if (opening == _opening) return;
        _opening = opening;
        Lineage = AcknowledgedMark.HashOf(opening.ToString("N"));
    }

    public Dictionary<long, byte[]> Payloads(long[] positions)
    {
        using var command = new NpgsqlCommand($"SELECT position, payload FROM {_schema}.records WHERE position = ANY($1)", _connection)
        { Parameters = { new() { Value = positions } } };
        using var reader = command.ExecuteReader();
        var payloads = new Dictionary<long, byte[]>(positions.Length);
        while (reader.Read()) payloads[reader.GetInt64(0)] = reader.GetFieldValue<byte[]>(1);
        return payloads;
    }

    /// <summary>Where records stand that name a person, by key: another person's may be among them.</summary>
    public List<long> PositionsOf(long person)
    {
        using var command = new NpgsqlCommand($"SELECT position FROM {_schema}.mentions WHERE person = $1", _connection)
        { Parameters = { new() { Value = person } } };
        using var reader = command.ExecuteReader();
        var positions = new List<long>();
        while (reader.Read()) positions.Add(reader.GetInt64(0));
        return positions;
    }

    public Guid NewIdentity()
    {
        using var command = new NpgsqlCommand("SELECT gen_random_uuid()", _connection);
        return (Guid)command.ExecuteScalar()!;
    }

    /// <summary>Writes the rows and commits: in one round trip where they are few.</summary>
    public void Commit(NewRows rows, Guid writer, long commit, long lastPosition) => Commit(rows, [], writer, commit, lastPosition);

    /// <summary>Writes tombstones over records, the erasure's own record, a new identity, and commits.</summary>
    public void CommitErasure(
        NewRows rows, Tombstones erased, NewSuppression? suppression, Guid identity, Guid writer, long commit, long lastPosition) => Commit(
        rows,
        [
            .. suppression is { } kept
                ?
                [
                    Command(
                        $"INSERT INTO {_schema}.suppressed SELECT *, $2, $3 FROM unnest($1::bytea[]) ON CONFLICT DO NOTHING",
                        Payload(kept.Hashes), kept.Erasure, kept.AtMs),
                    Command($"UPDATE {_schema}.suppression SET version = version + 1"),
                ]
                : Array.Empty<NpgsqlBatchCommand>(),
            Command(
                $"UPDATE {_schema}.records r SET payload = t.payload, id_hash = 0, content_hash = 0 FROM unnest($1::bigint[], "
                    + $"$2::bytea[]) AS t (position, payload) WHERE r.position = t.position",
                erased.Positions, Payload(erased.Payloads)),
            Command(
                $"DELETE FROM {_schema}.mentions m USING unnest($1::bigint[], $2::bigint[]) AS t (person, position) WHERE m.person = "
                    + $"t.person AND m.position = t.position",
                erased.MentionPeople, erased.MentionPositions),
            Command($"INSERT INTO {_schema}.erasures SELECT $1, * FROM unnest($2::bigint[])", lastPosition, erased.Positions),
            Command($"UPDATE {_schema}.log SET erased_position = $1, identity = $2", lastPosition, identity),
        ],
        writer, commit, lastPosition);

    private void Commit(NewRows rows, NpgsqlBatchCommand[] first, Guid writer, long commit, long lastPosition)
    {
        using var batch = new NpgsqlBatch(_connection);
        foreach (var command in first) batch.BatchCommands.Add(command);
        if (rows.Positions.Length < CopyFrom) Insert(batch, rows);
        else Copy(rows);
        Add(batch, $"UPDATE {_schema}.log SET last_position = $1", lastPosition);
        Add(batch, $"INSERT INTO {_schema}.writers VALUES ($1, $2) ON CONFLICT (writer) DO UPDATE SET last_commit = $2, seen = now()",
            writer, commit);
        Add(batch, $"SELECT pg_notify('{_schema}', $1)", first.Length > 0 ? "" : $"{lastPosition}");
        Add(batch, "COMMIT");
        batch.ExecuteNonQuery();
    }

    /// <summary>Few rows: they go along with the rest, in the same round trip.</summary>
    private void Insert(NpgsqlBatch batch, NewRows rows)
    {
        Add(batch, $"INSERT INTO {_schema}.records SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::int[], $4::bytea[])",
            rows.Positions, rows.IdHashes, rows.ContentHashes, Payload(rows.Payloads));
        if (rows.MentionPeople.Length > 0)
            Add(batch, $"INSERT INTO {_schema}.mentions SELECT * FROM unnest($1::bigint[], $2::bigint[])", rows.MentionPeople,
                rows.MentionPositions);
    }

    /// <summary>Many rows: two round trips more, and less work for the server with each row.</summary>
    private void Copy(NewRows rows)
    {
        using (var records = _connection.BeginBinaryImport(
            $"COPY {_schema}.records (position, id_hash, content_hash, payload) FROM STDIN BINARY"))
        {
            for (var i = 0; i < rows.Positions.Length; i++)
            {
                records.StartRow();
                records.Write(rows.Positions[i], NpgsqlDbType.Bigint);
                records.Write(rows.IdHashes[i], NpgsqlDbType.Bigint);
                records.Write(rows.ContentHashes[i], NpgsqlDbType.Integer);
                records.Write(rows.Payloads[i], NpgsqlDbType.Bytea);
            }
            records.Complete();
        }
        if (rows.MentionPeople.Length == 0) return;
        // In the order of their index: neighbours go to the same page.
        Array.Sort(rows.MentionPeople, rows.MentionPositions);
        using var mentions = _connection.BeginBinaryImport($"COPY {_schema}.mentions (person, position) FROM STDIN BINARY");
        for (var i = 0; i < rows.MentionPeople.Length; i++)
        {
            mentions.StartRow();
            mentions.Write(rows.MentionPeople[i], NpgsqlDbType.Bigint);
            mentions.Write(rows.MentionPositions[i], NpgsqlDbType.Bigint);
        }
        mentions.Complete();
    }

    public void RollBack()
    {
        using var command = new NpgsqlCommand("ROLLBACK", _connection);
        command.ExecuteNonQuery();
    }

    public void Dispose() => _connection.Dispose();

    private static NpgsqlParameter Payload(byte[][] payloads) =>
        new() { Value = payloads, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };

    private static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<object> values) =>
        batch.BatchCommands.Add(Command(sql, values));

    private static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        return command;
    }
}

/// <summary>What is stored under the hash of an id.</summary>
internal readonly record struct StoredKey(ulong IdHash, uint ContentHash, long Position);

/// <summary>Rows to insert, as columns.</summary>
internal readonly record struct NewRows(
    long[] Positions, long[] IdHashes, int[] ContentHashes, byte[][] Payloads, long[] MentionPeople, long[] MentionPositions);

/// <summary>Ids that stay out from an erasure on, by their hashes.</summary>
internal readonly record struct NewSuppression(Guid Erasure, long AtMs, byte[][] Hashes);

/// <summary>Records that become tombstones, and the mentions that go with them, as columns.</summary>
internal readonly record struct Tombstones(long[] Positions, byte[][] Payloads, long[] MentionPeople, long[] MentionPositions);
