using Microsoft.Data.Sqlite;

namespace NetworkGraph.Storage.Sqlite.Tests;

/// <summary>Changes a log's file behind its back.</summary>
internal static class TestDatabase
{
    public static void Execute(string path, string sql)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
