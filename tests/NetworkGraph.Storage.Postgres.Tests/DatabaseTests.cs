using Npgsql;

namespace NetworkGraph.Storage.Postgres.Tests;

public sealed class DatabaseTests
{
    [Fact]
    public async Task Statements_are_not_compiled_and_options_of_the_connection_string_hold()
    {
        await using var database = Database.Of(
            $"{await TestPostgres.ConnectionStringAsync()};Options=-c statement_timeout=77s", "public", 1);
        // The second connection is the first again, reset by the pool.
        for (var use = 0; use < 2; use++)
        {
            await using var connection = await database.OpenAsync(TestContext.Current.CancellationToken);
            (await ShownAsync(connection, "jit")).ShouldBe("off");
            (await ShownAsync(connection, "statement_timeout")).ShouldBe("77s");
        }
    }

    private static async Task<object?> ShownAsync(NpgsqlConnection connection, string setting)
    {
        await using var command = new NpgsqlCommand($"SHOW {setting}", connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
