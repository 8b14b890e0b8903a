using NetworkGraph.Events.Log;
using Npgsql;

namespace NetworkGraph.Storage.Postgres;

/// <summary>
/// Brings a part of the schema to the version this program knows, from nothing or from an older one: step by step, in one
/// transaction, one process at a time. Steps are only ever added.
/// </summary>
public static class Migrations
{
    /// <param name="part">Which tables: each part counts its own versions.</param>
    /// <param name="steps">SQL of each version, from 1 on. The schema is on the search path.</param>
    /// <exception cref="LogUnavailableException">The database cannot be reached or changed, or a newer program has been here.</exception>
    public static async Task ApplyAsync(Database database, string part, IReadOnlyList<string> steps, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(database);
        ArgumentNullException.ThrowIfNull(steps);
        try
        {
            await using var connection = await database.OpenAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            await ExecuteAsync(
                connection,
                $"""
                SELECT pg_advisory_xact_lock(hashtext('networkgraph schema {database.Schema}'));
                SET LOCAL client_min_messages = warning;
                CREATE SCHEMA IF NOT EXISTS {database.Schema};
                SET LOCAL search_path = {database.Schema};
                CREATE TABLE IF NOT EXISTS parts (name text PRIMARY KEY, version int NOT NULL);
                """,
                cancellation);
            var version = await VersionAsync(connection, part, cancellation);
            if (version > steps.Count)
                throw new LogUnavailableException(
                    $"{database.Name}: '{part}' in schema {database.Schema} is of version {version}; this program knows up to "
                    + $"{steps.Count}. Use the newer program that made it.");
            for (var next = version; next < steps.Count; next++) await ExecuteAsync(connection, steps[next], cancellation);
            if (version < steps.Count)
                await ExecuteAsync(connection,
                    $"INSERT INTO parts VALUES ('{part}', {steps.Count}) ON CONFLICT (name) DO UPDATE SET version = {steps.Count}",
                    cancellation);
            await transaction.CommitAsync(cancellation);
        }
        catch (NpgsqlException failure)
        {
            throw database.Translated("cannot be opened", failure);
        }
    }

    private static async Task<int> VersionAsync(NpgsqlConnection connection, string part, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand($"SELECT version FROM parts WHERE name = '{part}'", connection);
        return await command.ExecuteScalarAsync(cancellation) is int version ? version : 0;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
