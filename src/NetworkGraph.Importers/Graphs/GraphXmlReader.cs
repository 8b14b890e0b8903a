using System.Xml;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Graphs;

/// <summary>
/// Nodes and edges of GraphML and GEXF, one at a time. Definitions of document types are refused, since they can grow without bound.
/// </summary>
internal static class GraphXmlReader
{
    private static readonly XmlReaderSettings s_settings = new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreWhitespace = true,
        MaxCharactersFromEntities = 1 << 16
    };

    public static IEnumerable<GraphPart> Read(ImportFile file, CancellationToken cancellation)
    {
        using var stream = file.Open();
        using var xml = XmlReader.Create(stream, s_settings);
        // Names of attributes by the key that edges and nodes call them by: GraphML's key, GEXF's attribute.
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        var isDirected = true;
        var isGexf = false;
        var openClass = "";
        GraphPart? part = null;
        Dictionary<string, string>? values = null;
        var depth = 0;
        while (xml.Read())
        {
            cancellation.ThrowIfCancellationRequested();
            if (xml.NodeType is XmlNodeType.EndElement && part is not null && xml.Depth == depth)
            {
                yield return part;
                part = null;
            }
            if (xml.NodeType is not XmlNodeType.Element) continue;
            switch (xml.LocalName)
            {
                case "gexf":
                    isGexf = true;
                    break;
                case "graph":
                    // GEXF takes edges for undirected where nothing is said; GraphML has to say it.
                    isDirected = (xml.GetAttribute("edgedefault") ?? xml.GetAttribute("defaultedgetype")
                        ?? (isGexf ? "undirected" : "directed")) is not ("undirected" or "mutual");
                    break;
                case "key" when xml.GetAttribute("id") is { } key:
                    names[key] = xml.GetAttribute("attr.name") ?? key;
                    break;
                case "attributes":
                    openClass = xml.GetAttribute("class") ?? "";
                    break;
                case "attribute" when xml.GetAttribute("id") is { } key:
                    names[$"{openClass}:{key}"] = xml.GetAttribute("title") ?? key;
                    break;
                case "data" when values is not null && part is not null && xml.GetAttribute("key") is { } key:
                    values.TryAdd(names.GetValueOrDefault(key, key), xml.IsEmptyElement ? "" : ReadText(xml));
                    break;
                case "attvalue" when values is not null && part is not null
                    && (xml.GetAttribute("for") ?? xml.GetAttribute("id")) is { } key:
                    values.TryAdd(names.GetValueOrDefault($"{(part.Target is null ? "node" : "edge")}:{key}", key),
                        xml.GetAttribute("value") ?? "");
                    break;
                case "spell" when values is not null && part is not null
                    && (xml.GetAttribute("start") ?? xml.GetAttribute("timestamp")) is { } start:
                    values.TryAdd("start", start);
                    break;
                case "node" or "edge":
                    if (part is not null) yield return part;
                    values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
                    part = Begin(xml, values, isDirected);
                    depth = xml.Depth;
                    if (part is not null && xml.IsEmptyElement)
                    {
                        yield return part;
                        part = null;
                    }
                    break;
            }
        }
        if (part is not null) yield return part;
    }

    private static GraphPart? Begin(XmlReader xml, Dictionary<string, string> values, bool isDirected)
    {
        var line = ((IXmlLineInfo)xml).LineNumber;
        foreach (var name in (string[])["start", "timestamp", "weight", "end"])
            if (xml.GetAttribute(name) is { } value) values[name] = value;
        if (xml.LocalName == "node")
            return xml.GetAttribute("id") is { } id ? new GraphPart(id, null, xml.GetAttribute("label") ?? "", false, values, line) : null;
        if (xml.GetAttribute("source") is not { } source || xml.GetAttribute("target") is not { } target) return null;
        var directed = (xml.GetAttribute("directed") ?? xml.GetAttribute("type")) switch
        {
            "true" or "directed" =>
            true,
            "false" or "undirected" or "mutual" => false,
            _ => isDirected
        };
        return new GraphPart(source, target, xml.GetAttribute("label") ?? "", directed, values, line);
    }

    /// <summary>The text of the element, leaving the reader at its end.</summary>
    private static string ReadText(XmlReader xml)
    {
        var text = "";
        var depth = xml.Depth;
        while (xml.Read() && !(xml.NodeType is XmlNodeType.EndElement && xml.Depth == depth))
            if (xml.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && text.Length < 4096) text += xml.Value;
        return text;
    }
}
