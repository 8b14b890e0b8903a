using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Sources;
using NetworkGraph.Importers.Times;

namespace NetworkGraph.Importers.Tables;

/// <summary>
/// What the columns of a table without a header mean, by what all of its first rows hold: dates in one column, addresses or links in two,
/// words for kinds in one. Nothing less is taken for a table of interactions.
/// </summary>
internal static class HeaderlessColumns
{
    private const int RowsLookedAt = 20;
    private const int MaxColumns = 40;

    /// <summary>The columns as <c>--columns</c> takes them; null where the file is no such table.</summary>
    public static string? Guess(ImportFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        // Most other files have no address in their first lines, or one brace too many.
        if (!file.Head.Contains((byte)'@') && file.Head.IndexOf("://"u8) < 0
            || file.HeadText.AsSpan().TrimStart() is ['{' or '[' or '<', ..]) return null;
        var rows = Rows(file);
        if (rows.Count == 0 || rows[0].Count is < 3 or > MaxColumns || rows.Exists(row => row.Count != rows[0].Count)) return null;
        var columns = Enumerable.Repeat("-", rows[0].Count).ToArray();
        var people = new List<int>();
        for (var column = 0; column < columns.Length; column++)
        {
            var cells = rows.Select(row => row[column].Trim()).ToList();
            if (cells.TrueForAll(IsPerson)) people.Add(column);
            else if (!columns.Contains("at") && cells.TrueForAll(IsDate)) columns[column] = "at";
            else if (!columns.Contains("kind") && cells.TrueForAll(cell => CsvWords.TryKind(cell, out _))) columns[column] = "kind";
        }
        if (people.Count < 2 || !columns.Contains("at")) return null;
        columns[people[0]] = "from";
        columns[people[1]] = "to";
        return string.Join(',', columns);
    }

    private static List<IReadOnlyList<string>> Rows(ImportFile file)
    {
        using var table = CsvTable.OpenBeginning(file, cells => cells.Count >= 3);
        if (table is null) return [];
        var rows = new List<IReadOnlyList<string>> { table.Headings };
        foreach (var row in table.Rows(CancellationToken.None))
        {
            if (rows.Count == RowsLookedAt) break;
            if (row.Broken is null) rows.Add(row.Cells);
        }
        return rows;
    }

    private static bool IsPerson(string cell) =>
        (cell.Contains('@', StringComparison.Ordinal) || cell.Contains("://", StringComparison.Ordinal)) && cell.Length < 400
            && !cell.Contains('{', StringComparison.Ordinal) && !cell.Contains('\n', StringComparison.Ordinal);

    private static bool IsDate(string cell) =>
        cell.Length >= 6 && (
            LooseDate.TryParts(cell, out _) || cell.Length is >= 9 and <= 17 && !cell.AsSpan().ContainsAnyExceptInRange('0', '9'));
}
