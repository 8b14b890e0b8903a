using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Tables;

/// <summary>A column of a table, as somebody would say what it holds.</summary>
/// <param name="File">The file within the import.</param>
/// <param name="Heading">As the file has it.</param>
/// <param name="Field">The field that it is read as; null for a column that is left out.</param>
/// <param name="Samples">The first cells below the heading.</param>
public sealed record TableColumn(string File, string Heading, InteractionField? Field, IReadOnlyList<string> Samples);

/// <summary>What the columns of a table of interactions hold, for those who are to confirm it or say otherwise.</summary>
public static class TableColumns
{
    private const int MaxSamples = 5;
    private const int MaxColumns = 60;
    private const int MaxSampleChars = 80;

    /// <summary>The columns of a file; none where it is not a table. Without a row that could be a header, columns are numbered.</summary>
    public static IReadOnlyList<TableColumn> Of(ImportFile file, CsvRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentNullException.ThrowIfNull(request);
        if (file.Head.Contains((byte)0) && TextEncodings.Recognise(file.Head) is null) return [];
        var errors = new List<OptionError>();
        var options = CsvOptions.Read(request, errors);
        if (errors.Count > 0) return [];
        using var table = CsvTable.Open(file, cells => cells.Count(cell => CsvHeadings.TryFind(cell, out _)) >= 2)
            ?? CsvTable.Open(file, cells => cells.Count >= 3);
        if (table is null) return [];
        var rows = table.Rows(cancellation).Where(row => row.Broken is null).Take(MaxSamples).ToList();
        var taken = new HashSet<InteractionField>();
        return
        [
            .. table.Headings.Take(MaxColumns).Select((heading, column) => new TableColumn(
                file.Path, heading, FieldOf(heading, column, options, taken),
                    [.. rows.Where(row => column < row.Cells.Count).Select(row => Short(row.Cells[column]))])),
        ];
    }

    private static InteractionField? FieldOf(string heading, int column, CsvOptions options, HashSet<InteractionField> taken)
    {
        if (options.Columns is { } columns) return column < columns.Count ? columns[column] : null;
        if (!options.FieldByHeading.TryGetValue(heading, out var field))
        {
            if (options.Ignored.Contains(heading)) return null;
            if (!InteractionFields.TryFindLoosely(heading, out field) && !CsvHeadings.TryFind(heading, out field)) return null;
            if (options.FieldByHeading.Values.Contains(field)) return null;
        }
        return taken.Add(field) ? field : null;
    }

    private static string Short(string cell) => cell.Length <= MaxSampleChars ? cell : string.Concat(cell.AsSpan(0, MaxSampleChars), "…");
}
