using Microsoft.Data.Sqlite;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Storage.Sqlite;

/// <summary>
/// Reads the cells of the file's rows. In a damaged page a cell may be of another type than was written, or none at all: that is
/// said here, for all who read rows.
/// </summary>
internal static class StoredCells
{
    /// <summary>What helps where the file is damaged.</summary>
    public const string Way = "Restore a backup.";

    public static long NumberAt(this SqliteDataReader reader, int column, string path) => Cell<long>(reader.GetValue(column), path);

    public static string TextAt(this SqliteDataReader reader, int column, string path) => Cell<string>(reader.GetValue(column), path);

    public static byte[] BytesAt(this SqliteDataReader reader, int column, string path) => Cell<byte[]>(reader.GetValue(column), path);

    /// <summary>The row of columns first position, count and payload, in this order.</summary>
    public static BatchRow RowOf(this SqliteDataReader reader, string path)
    {
        var first = reader.NumberAt(0, path);
        var count = reader.NumberAt(1, path);
        if (first < 1 || count is < 1 or > int.MaxValue)
            throw new LogCorruptedException($"{path}: the batch at position {first} has a size that is not what was written. {Way}");
        return new BatchRow(first, (int)count, reader.BytesAt(2, path));
    }

    /// <summary>A value that was read, of the type that was written.</summary>
    /// <exception cref="LogCorruptedException">It is of another type, or missing.</exception>
    public static T Cell<T>(object? value, string path) => value is T cell
        ? cell
        : throw new LogCorruptedException(
            $"{path} is damaged: where a {typeof(T).Name} was written stands {value?.GetType().Name ?? "nothing"}. {Way}");
}
