using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Tables;

/// <summary>A table of people as the export writes it: id, name, organisation and the other fields of a profile.</summary>
public sealed class PeopleCsvFormat : IImportFormat
{
    private static readonly string[] s_fields = [
        "name", "organisation", "role", "industry", "offers", "audience", "tags", "openToIntroductions"];

    public string Name => "people-csv";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) => [.. files.Where(file => CsvTable.Is(file, IsHeader))];

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ItemRows(files.SelectMany(file => ImportContext.Guard(file.Path, Read(file, context))));
    }

    private static IEnumerable<ImportItem> Read(ImportFile file, ImportContext context)
    {
        using var table = CsvTable.Open(file, IsHeader) ?? throw new InvalidDataException("has no header with a column 'id'");
        foreach (var row in table.Rows(context.Cancellation))
        {
            if (row.Broken is { } broken)
            {
                yield return ImportItem.Reject(file.Path, row.Line, null, InteractionFields.Line, broken);
                continue;
            }
            if (!PersonId.TryCanonical(row["id"], out var id, out var reason))
            {
                yield return ImportItem.Reject(file.Path, row.Line, row["id"], "id", reason);
                continue;
            }
            var profile = new Profile
            {
                Id = id,
                Name = Text(row["name"]),
                Organisation = Text(row["organisation", "organization"]),
                Role = Text(row["role"]),
                Industry = Text(row["industry"]),
                Offers = List(row["offers"]),
                Audience = List(row["audience"]),
                Tags = List(row["tags"]),
                OpenToIntroductions = !row["openToIntroductions"].Equals("false", StringComparison.OrdinalIgnoreCase),
            };
            // The export also lists people of whom nothing but the id is known.
            if (profile is
                {
                    Name: null, Organisation: null, Role: null, Industry: null, Offers: [], Audience: [], Tags: [],
                    OpenToIntroductions: true
                })
            {
                context.Report.LeaveOut("person without a profile", file.Path, row.Line);
                continue;
            }
            yield return ProfileRules.FirstBroken(profile) is { } rejection
                ? ImportItem.Reject(file.Path, row.Line, id, rejection.Field, rejection.Reason)
                : ImportItem.Of(new ProfileChanged { AtMs = context.NowMs, Profile = profile }, file.Path, row.Line);
        }
    }

    private static bool IsHeader(IReadOnlyList<string> cells)
    {
        var headings = cells.Select(CsvHeadings.Fold).ToHashSet(StringComparer.Ordinal);
        return headings.Contains("id") && s_fields.Count(field => headings.Contains(CsvHeadings.Fold(field))) >= 2
            && !headings.Contains("from") && !headings.Contains("at");
    }

    private static string? Text(string cell) => cell.Length == 0 ? null : cell.StartsWith('\'') && cell.Length > 1
        && cell[1] is '=' or '+' or '-' or '@' ? cell[1..] : cell;

    /// <summary>Entries are separated by ';', one of their own has a backslash before it.</summary>
    private static string[] List(string cell)
    {
        if (cell.Length == 0) return [];
        var entries = new List<string>();
        var entry = new System.Text.StringBuilder();
        for (var i = 0; i < cell.Length; i++)
        {
            if (cell[i] == ';')
            {
                entries.Add(entry.ToString());
                entry.Clear();
                continue;
            }
            if (cell[i] == '\\' && i + 1 < cell.Length && cell[i + 1] is ';' or '\\') i++;
            entry.Append(cell[i]);
        }
        entries.Add(entry.ToString());
        return [.. entries.Select(text => text.Trim()).Where(text => text.Length > 0)];
    }
}
