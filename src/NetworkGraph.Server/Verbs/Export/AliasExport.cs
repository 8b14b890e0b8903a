using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.People;
using NetworkGraph.People.Identity;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>
/// Which ids are one person's. As NDJSON and CSV the standing merges, from which the same people come about; as a mailmap
/// (gitmailmap) a line for each further address of a person.
/// </summary>
internal static class AliasExport
{
    /// <summary>Returns how many lines were written, a header aside.</summary>
    public static long Write(EmbeddedPeople people, ExportFormat format, Stream to)
    {
        if (format is ExportFormat.Mailmap) return WriteMailmap(people, to);
        var edges = people.Aliases.Edges.OrderBy(static edge => edge.Position).ToList();
        using var lines = new JsonLines(to);
        using var csv = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true);
        if (format is ExportFormat.Csv) csv.Write("one,other,canonical,since\n");
        foreach (var edge in edges)
        {
            var since = Rfc3339.Format(edge.SinceMs);
            if (format is ExportFormat.Csv) WriteRow(csv, edge, since);
            else lines.Write(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("one", edge.One);
                writer.WriteString("other", edge.Other);
                writer.WriteString("canonical", edge.Canonical);
                writer.WriteString("since", since);
                writer.WriteEndObject();
            });
        }
        lines.Flush();
        return edges.Count;
    }

    private static void WriteRow(StreamWriter csv, AliasEdge edge, string since)
    {
        InteractionCsv.WriteCell(csv, edge.One);
        csv.Write(',');
        InteractionCsv.WriteCell(csv, edge.Other);
        csv.Write(',');
        InteractionCsv.WriteCell(csv, edge.Canonical);
        csv.Write($",{since}\n");
    }

    private static long WriteMailmap(EmbeddedPeople people, Stream to)
    {
        using var lines = new StreamWriter(to, new UTF8Encoding(false), leaveOpen: true);
        var written = 0L;
        foreach (var group in people.Aliases.Groups.OrderBy(static group => group.Canonical, StringComparer.Ordinal))
        {
            if (!IsAddress(group.Canonical)) continue;
            var name = people.Histories.People.TryGetNumber(group.Canonical, out var number) ? people.Profiles.Of(number)?.Name : null;
            foreach (var id in group.Ids.Where(id => id != group.Canonical && IsAddress(id)))
            {
                lines.Write($"{(name is null ? "" : $"{name.Replace('<', ' ').Replace('>', ' ')} ")}<{group.Canonical}> <{id}>\n");
                written++;
            }
        }
        return written;
    }

    private static bool IsAddress(string id) => id.Contains('@') && !id.AsSpan().ContainsAny("/<> ");
}
