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

    /// <summary>Holds a read transaction open until disposed.</summary>
    public static IDisposable ReadFor(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False;Mode=ReadOnly");
        connection.Open();
        connection.BeginTransaction(deferred: true);
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM batches";
        command.ExecuteScalar();
        return connection;
    }

    /// <summary>Whether the bytes stand anywhere in the log's files.</summary>
    public static bool Holds(string folder, ReadOnlySpan<byte> bytes)
    {
        foreach (var path in Directory.GetFiles(folder, "log.db*"))
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var content = new byte[file.Length];
            file.ReadExactly(content);
            if (content.AsSpan().IndexOf(bytes) >= 0) return true;
        }
        return false;
    }
}
