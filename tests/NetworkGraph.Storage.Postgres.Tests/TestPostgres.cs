using NetworkGraph.LoadTests.Postgres;
using NetworkGraph.Storage.Postgres.Tests;
using Npgsql;

[assembly: AssemblyFixture(typeof(TestPostgres))]

namespace NetworkGraph.Storage.Postgres.Tests;

/// <summary>
/// The database of these tests: the one NETWORKGRAPH_POSTGRES names (a connection string), else a server of their own
/// where PostgreSQL is installed, else none, and the tests are skipped. Each test takes a schema of its own.
/// </summary>
public sealed class TestPostgres : IAsyncDisposable
{
    private static readonly SemaphoreSlim s_starting = new(1);
    private static PostgresServer? s_server;
    private static int s_schemas;

    public static async Task<string> ConnectionStringAsync()
    {
        if (Environment.GetEnvironmentVariable("NETWORKGRAPH_POSTGRES") is { Length: > 0 } given) return given;
        if (PostgresServer.Missing is { } missing) Assert.Skip($"{missing}, and NETWORKGRAPH_POSTGRES names no database.");
        await s_starting.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            s_server ??= await PostgresServer.StartNewAsync(durable: false, TestContext.Current.CancellationToken);
            return s_server.ConnectionString;
        }
        finally
        {
            s_starting.Release();
        }
    }

    /// <summary>A schema of no other test's.</summary>
    public static string NewSchema() => $"test_{Environment.ProcessId}_{Interlocked.Increment(ref s_schemas)}";

    public static async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(await ConnectionStringAsync());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    public static Task DropAsync(string schema) =>
        ExecuteAsync($"SET client_min_messages = warning; DROP SCHEMA IF EXISTS {schema} CASCADE");

    public async ValueTask DisposeAsync()
    {
        if (s_server is not null) await s_server.DisposeAsync();
    }
}
