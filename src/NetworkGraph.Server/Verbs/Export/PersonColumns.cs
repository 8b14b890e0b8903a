using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Csv;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>The fields of a person, who has a profile or only an id.</summary>
internal static class PersonColumns
{
    public static readonly IReadOnlyList<Column<Profile>> All =
    [
        new("id", ColumnType.Text, "the person", p => p.Id),
        new("name", ColumnType.Text, "", p => p.Name),
        new("organisation", ColumnType.Text, "", p => p.Organisation),
        new("role", ColumnType.Text, "", p => p.Role),
        new("industry", ColumnType.Text, "", p => p.Industry),
        new("offers", ColumnType.Text, "services, separated by ';' (NDJSON: an array)", p => List(p.Offers)),
        new("audience", ColumnType.Text, "whom they serve, likewise", p => List(p.Audience)),
        new("tags", ColumnType.Text, "likewise", p => List(p.Tags)),
        new("entity", ColumnType.Text, "what stands behind the id, where the profile says so", p => p.EntityName),
        new("openToIntroductions", ColumnType.Flag, "whether introductions may run through them", p => p.OpenToIntroductions),
    ];

    private static string? List(string[] entries) => entries.Length == 0 ? null : InteractionCsv.Joined(entries);
}
