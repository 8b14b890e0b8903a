using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;
using NetworkGraph.Importers.Times;

namespace NetworkGraph.Importers.Graphs;

/// <summary>
/// Graphs in GraphML, GEXF, GML, Pajek and plain lists of edges. An edge is one interaction of the kind that is given; most graphs say no
/// time, so that one must be given too.
/// </summary>
public sealed class GraphFormat : IImportFormat
{
    private static readonly string[] s_times = ["at", "time", "date", "timestamp", "when", "start", "created", "created_at"];

    public string Name => "graph";

    public IReadOnlyList<ImportFile> Claim(IReadOnlyList<ImportFile> files) => [.. files.Where(file => ReaderOf(file) is not null)];

    public IRowSource Open(IReadOnlyList<ImportFile> files, ImportContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        var items = new ItemBuilder(context, "graph");
        return new ItemRows(files.SelectMany(file => ImportContext.Guard(file.Path, Read(file, items, context))));
    }

    /// <summary>How a file of this format is read; null for another.</summary>
    private static Func<ImportFile, CancellationToken, IEnumerable<GraphPart>>? ReaderOf(ImportFile file)
    {
        if (EdgeTable.Is(file)) return EdgeTable.Read;
        var head = file.HeadText.AsSpan().TrimStart();
        if (head is ['<', ..])
            return head.Contains("<graphml", StringComparison.OrdinalIgnoreCase)
                || head.Contains("<gexf", StringComparison.OrdinalIgnoreCase) ? GraphXmlReader.Read : null;
        if (head.StartsWith("*vertices", StringComparison.OrdinalIgnoreCase)
            || head.StartsWith("*network", StringComparison.OrdinalIgnoreCase)) return GraphTextReader.ReadPajek;
        var isGml = head.Contains("graph", StringComparison.OrdinalIgnoreCase) && head.Contains("node", StringComparison.OrdinalIgnoreCase)
            && (head.Contains("edge", StringComparison.OrdinalIgnoreCase) || file.Head.Length >= ImportFile.HeadBytes);
        return isGml && head.IndexOf('[') is > 0 and var open && !head[..open].Contains('{') && !head[..open].Contains(':')
            ? GraphTextReader.ReadGml
            : GraphTextReader.IsEdgeList(head) ? GraphTextReader.ReadEdgeList
            : null;
    }

    private static IEnumerable<ImportItem> Read(ImportFile file, ItemBuilder items, ImportContext context)
    {
        if (context.Options.Kind is not { } kind)
        {
            yield return ImportItem.Reject(
                file.Path, 1, null, "kind", "is said by no graph; --kind says what an edge is (meeting, message)");
            yield break;
        }
        var read = ReaderOf(file) ?? GraphTextReader.ReadEdgeList;
        var nodes = new GraphPeople();
        // Nodes may stand behind the edges that name them.
        foreach (var part in read(file, context.Cancellation))
        {
            if (part.Target is not null || !nodes.TryAdd(part, out var id)) continue;
            if (items.Profile(id, file.Path, part.Line, NameOf(part, id), Value(part, "organisation", "organization", "company"),
                Value(part, "role", "title")) is { } profile) yield return profile;
        }
        foreach (var part in read(file, context.Cancellation))
        {
            if (part.Target is null) continue;
            if (part.Broken is { } broken)
            {
                yield return ImportItem.Reject(file.Path, part.Line, null, InteractionFields.Line, broken);
                continue;
            }
            var (from, to) = (nodes.IdOf(part.Id), nodes.IdOf(part.Target));
            if (TimeOf(part, context) is not { } at)
            {
                yield return ImportItem.Reject(file.Path, part.Line, null, "at", "is said by no attribute of the edge; --at says when");
                if (context.Options.AtMs is null && !part.Values.Keys.Any(IsTime)) yield break;
                continue;
            }
            var seed = new InteractionSeed { AtMs = at, From = from, To = [to], Kind = kind };
            if (items.Interaction(seed, file.Path, part.Line) is { } item) yield return item;
            if (part.IsDirected || kind.IsMutual() && !context.Options.UndirectedBoth) continue;
            if (items.Interaction(seed with { From = to, To = [from] }, file.Path, part.Line) is { } back) yield return back;
        }
    }

    private static string? NameOf(GraphPart node, string id) =>
        Value(node, "name") ?? (node.Label.Length > 0 && !id.Contains('@', StringComparison.Ordinal) ? node.Label : null);

    private static string? Value(GraphPart part, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
            if (part.Values.TryGetValue(name, out var value) && value.Length > 0) return value;
        return null;
    }

    private static bool IsTime(string name) => s_times.Contains(name, StringComparer.OrdinalIgnoreCase);

    private static long? TimeOf(GraphPart edge, ImportContext context)
    {
        if (Value(edge, s_times) is not { } text) return context.Options.AtMs;
        if (decimal.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var number))
            return number >= 1e11m ? (long)number : number >= 1e8m ? (long)(number * 1000) : context.Options.AtMs;
        return LooseDate.TryParse(text, context.Options.DateOrder, context.ZoneOrUtc, out var at, out _) ? at : context.Options.AtMs;
    }
}
