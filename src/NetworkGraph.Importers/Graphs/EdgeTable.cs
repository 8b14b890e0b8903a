using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Graphs;

/// <summary>
/// A table of edges with the headings Source and Target, as Gephi and others write it; Type says whether an edge is directed.
/// </summary>
internal static class EdgeTable
{
    private static readonly Dictionary<string, string> s_none = [];

    public static bool Is(ImportFile file) => CsvTable.Is(file, IsHeader);

    public static IEnumerable<GraphPart> Read(ImportFile file, CancellationToken cancellation)
    {
        using var table = CsvTable.Open(file, IsHeader) ?? throw new InvalidDataException("has no header with Source and Target");
        foreach (var row in table.Rows(cancellation))
        {
            if (row.Broken is { } broken)
            {
                yield return new GraphPart("", "", "", false, s_none, row.Line) { Broken = broken };
                continue;
            }
            if (row["Source"].Length == 0 || row["Target"].Length == 0) continue;
            var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            for (var column = 0; column < Math.Min(row.Cells.Count, table.Headings.Count); column++)
                values.TryAdd(table.Headings[column], row.Cells[column].Trim());
            yield return new GraphPart(
                row["Source"], row["Target"], "", !row["Type"].StartsWith("undirected", StringComparison.OrdinalIgnoreCase), values,
                row.Line);
        }
    }

    /// <summary>What also says who did what is a table of interactions.</summary>
    private static bool IsHeader(IReadOnlyList<string> cells)
    {
        var headings = cells.Select(CsvHeadings.Fold).ToHashSet(StringComparer.Ordinal);
        return headings.Contains("source") && headings.Contains("target") && !headings.Contains("kind")
            && (headings.Contains("weight") || headings.Contains("type") || headings.Count <= 4);
    }
}
