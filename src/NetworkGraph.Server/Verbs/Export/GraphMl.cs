using System.Globalization;
using System.Xml;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>
/// Ties as GraphML (graphml.graphdrawing.org): people with their profiles are nodes, dyads with their measures undirected
/// edges, whose source is "person" and whose target is "other". GraphML's own ids may not hold the letters of an e-mail
/// address, so nodes are numbered and carry the id of the person as the attribute <c>person</c>.
/// </summary>
internal static class GraphMl
{
    private const string Namespace = "http://graphml.graphdrawing.org/xmlns";
    private const string WeightKey = "w0";
    private const string StartKey = "w1";
    private const string EndKey = "w2";

    /// <summary>Returns how many edges were written.</summary>
    public static long Write(TieExport export, Stream to)
    {
        using var xml = GraphXml.Open(to);
        xml.WriteStartDocument();
        xml.WriteStartElement("graphml", Namespace);
        WriteKey(xml, "g0", "graph", "asOf", ColumnType.Time);
        for (var i = 0; i < PersonColumns.All.Count; i++)
            WriteKey(xml, NodeKey(i), "node", i == 0 ? "person" : PersonColumns.All[i].Name, PersonColumns.All[i].Type);
        for (var i = 0; i < TieColumns.All.Count; i++) WriteKey(xml, EdgeKey(i), "edge", TieColumns.All[i].Name, TieColumns.All[i].Type);
        WriteKey(xml, WeightKey, "edge", "weight", ColumnType.Number);
        if (export.IsDynamic)
        {
            WriteKey(xml, StartKey, "edge", "start", ColumnType.Time);
            WriteKey(xml, EndKey, "edge", "end", ColumnType.Time);
        }

        xml.WriteStartElement("graph", Namespace);
        xml.WriteAttributeString("id", "network");
        xml.WriteAttributeString("edgedefault", export.IsDirected ? "directed" : "undirected");
        WriteData(xml, "g0", Rfc3339.Format(export.AsOfMs));
        foreach (var (number, profile) in export.PeopleSeen())
        {
            xml.WriteStartElement("node", Namespace);
            xml.WriteAttributeString("id", NodeId(number));
            for (var i = 0; i < PersonColumns.All.Count; i++) WriteData(xml, NodeKey(i), PersonColumns.All[i].TextOf(profile));
            xml.WriteEndElement();
        }
        var written = 0L;
        foreach (var (person, other, tie, weight, first) in export.Edges())
        {
            xml.WriteStartElement("edge", Namespace);
            xml.WriteAttributeString("source", NodeId(person));
            xml.WriteAttributeString("target", NodeId(other));
            WriteData(xml, WeightKey, weight.ToString(CultureInfo.InvariantCulture));
            if (export.IsDynamic)
            {
                WriteData(xml, StartKey, Rfc3339.Format(first.ToUnixTimeMilliseconds()));
                WriteData(xml, EndKey, Rfc3339.Format(tie.LastInteraction.ToUnixTimeMilliseconds()));
            }
            for (var i = 0; i < TieColumns.All.Count; i++) WriteData(xml, EdgeKey(i), TieColumns.All[i].TextOf(tie));
            xml.WriteEndElement();
            written++;
        }
        xml.WriteEndDocument();
        return written;
    }

    private static void WriteKey(XmlWriter xml, string id, string of, string name, ColumnType type)
    {
        xml.WriteStartElement("key", Namespace);
        xml.WriteAttributeString("id", id);
        xml.WriteAttributeString("for", of);
        xml.WriteAttributeString("attr.name", name);
        xml.WriteAttributeString("attr.type", type switch
        {
            ColumnType.Number => "double",
            ColumnType.Count => "int",
            ColumnType.Flag => "boolean",
            _ => "string",
        });
        xml.WriteEndElement();
    }

    private static void WriteData(XmlWriter xml, string key, string? value)
    {
        if (value is null) return;
        xml.WriteStartElement("data", Namespace);
        xml.WriteAttributeString("key", key);
        xml.WriteString(GraphXml.Text(value));
        xml.WriteEndElement();
    }

    private static string NodeKey(int column) => string.Create(CultureInfo.InvariantCulture, $"n{column}");

    private static string EdgeKey(int column) => string.Create(CultureInfo.InvariantCulture, $"e{column}");

    private static string NodeId(int person) => string.Create(CultureInfo.InvariantCulture, $"p{person}");
}
