using System.Globalization;
using NetworkGraph.Storage.Postgres;
using Npgsql;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;

namespace NetworkGraph.Server.Host.Cluster;

/// <summary>
/// Which silos there are, in the database of the log. Each change of a row takes the table's next version with it, in one
/// transaction, and is refused where somebody else was first.
/// </summary>
internal sealed class PostgresMembership(Database database, string clusterId) : IMembershipTable
{
    private const string Columns = "silo, etag, status, name, host, proxy_port, started, alive, suspected";
    private readonly string _schema = database.Schema;

    public async Task InitializeMembershipTable(bool tryInitTableVersion)
    {
        await Migrations.ApplyAsync(database, MembershipTables.Part, MembershipTables.Steps, CancellationToken.None);
        await ExecuteAsync($"INSERT INTO {_schema}.clusters VALUES ($1, 0) ON CONFLICT DO NOTHING", clusterId);
    }

    public async Task DeleteMembershipTableEntries(string clusterId)
    {
        await ExecuteAsync($"DELETE FROM {_schema}.silos WHERE cluster = $1", clusterId);
        await ExecuteAsync($"DELETE FROM {_schema}.clusters WHERE cluster = $1", clusterId);
    }

    public Task CleanupDefunctSiloEntries(DateTimeOffset beforeDate) => ExecuteAsync(
        $"DELETE FROM {_schema}.silos WHERE cluster = $1 AND status = $2 AND greatest(started, alive) < $3", clusterId,
        (int)SiloStatus.Dead, beforeDate.ToUniversalTime());

    public Task<MembershipTableData> ReadRow(SiloAddress key) => ReadAsync("AND silo = $2", key.ToParsableString());

    public Task<MembershipTableData> ReadAll() => ReadAsync("AND $2 = ''", "");

    public Task<bool> InsertRow(MembershipEntry entry, TableVersion tableVersion) => ChangeAsync(
        tableVersion,
        $"""
        INSERT INTO {_schema}.silos (cluster, silo, etag, status, name, host, proxy_port, started, alive, suspected)
        VALUES ($1, $2, 0, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT DO NOTHING
        """,
        [clusterId, entry.SiloAddress.ToParsableString(), (int)entry.Status, entry.SiloName ?? "", entry.HostName ?? "", entry.ProxyPort,
            Utc(entry.StartTime), Utc(entry.IAmAliveTime), Suspicions.Write(entry)]);

    public Task<bool> UpdateRow(MembershipEntry entry, string etag, TableVersion tableVersion) => ChangeAsync(
        tableVersion,
        $"UPDATE {_schema}.silos SET etag = etag + 1, status = $4, suspected = $5, alive = greatest(alive, $6) WHERE cluster = $1 AND "
        + $"silo = $2 AND etag = $3",
        [clusterId, entry.SiloAddress.ToParsableString(), long.Parse(etag, CultureInfo.InvariantCulture), (int)entry.Status,
            Suspicions.Write(entry), Utc(entry.IAmAliveTime)]);

    public Task UpdateIAmAlive(MembershipEntry entry) => ExecuteAsync(
        $"UPDATE {_schema}.silos SET alive = $3 WHERE cluster = $1 AND silo = $2", clusterId, entry.SiloAddress.ToParsableString(),
        Utc(entry.IAmAliveTime));

    /// <summary>Takes the version on and changes a row, both or neither.</summary>
    private async Task<bool> ChangeAsync(TableVersion version, string sql, object[] values)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        await using var take = new NpgsqlCommand(
            $"UPDATE {_schema}.clusters SET version = $2 WHERE cluster = $1 AND version = $3", connection)
        {
            Parameters = { new() { Value = clusterId }, new() { Value = version.Version },
                new() { Value = int.Parse(version.VersionEtag, CultureInfo.InvariantCulture) } },
        };
        if (await take.ExecuteNonQueryAsync() != 1) return false;
        await using var change = new NpgsqlCommand(sql, connection);
        foreach (var value in values) change.Parameters.Add(new NpgsqlParameter { Value = value });
        if (await change.ExecuteNonQueryAsync() != 1) return false;
        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Rows and version as of one moment.</summary>
    private async Task<MembershipTableData> ReadAsync(string which, string silo)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(
            $"SELECT c.version, {Columns} FROM {_schema}.clusters c LEFT JOIN {_schema}.silos s ON s.cluster = c.cluster {which} "
            + $"WHERE c.cluster = $1", connection)
        {
            Parameters = { new() { Value = clusterId }, new() { Value = silo } },
        };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<Tuple<MembershipEntry, string>>();
        var version = 0;
        while (await reader.ReadAsync())
        {
            version = reader.GetInt32(0);
            if (!await reader.IsDBNullAsync(1))
                rows.Add(Tuple.Create(Entry(reader), reader.GetInt64(2).ToString(CultureInfo.InvariantCulture)));
        }
        return new MembershipTableData(rows, new TableVersion(version, version.ToString(CultureInfo.InvariantCulture)));
    }

    private static MembershipEntry Entry(NpgsqlDataReader reader) => new()
    {
        SiloAddress = SiloAddress.FromParsableString(reader.GetString(1)),
        Status = (SiloStatus)reader.GetInt32(3),
        SiloName = reader.GetString(4),
        HostName = reader.GetString(5),
        ProxyPort = reader.GetInt32(6),
        StartTime = reader.GetDateTime(7),
        IAmAliveTime = reader.GetDateTime(8),
        SuspectTimes = Suspicions.Read(reader.GetString(9)),
    };

    private async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.Add(new NpgsqlParameter { Value = value });
        await command.ExecuteNonQueryAsync();
    }

    private static DateTime Utc(DateTime time) => DateTime.SpecifyKind(time, DateTimeKind.Utc);
}

/// <summary>Who suspects a silo, and since when, as one text: address and ticks, separated by '|' and ';'.</summary>
internal static class Suspicions
{
    public static string Write(MembershipEntry entry) => string.Join(
        ';', (entry.SuspectTimes ?? [])
            .Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Item1.ToParsableString()}|{one.Item2.Ticks}")));

    public static List<Tuple<SiloAddress, DateTime>> Read(string text) =>
    [
        .. text.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(static one => one.Split('|')).Select(static parts => Tuple.Create(
            SiloAddress.FromParsableString(parts[0]), new DateTime(long.Parse(parts[1], CultureInfo.InvariantCulture), DateTimeKind.Utc))),
    ];
}
