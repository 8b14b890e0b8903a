using System.Globalization;
using System.Xml;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>
/// Ties as GEXF 1.2 (gexf.net), the format of Gephi: people with their profiles are nodes, dyads with their measures
/// undirected edges, whose source is "person", whose target is "other" and whose weight is the sum of both strengths; or each direction
/// is an edge, with its own strength as weight. Dynamic, an edge lives from the first to the last interaction. A person's id is the
/// attribute "person" of their node.
/// </summary>
internal static class Gexf
{
    private const string Namespace = "http://www.gexf.net/1.2draft";

    /// <summary>Returns how many edges were written.</summary>
    public static long Write(TieExport export, Stream to)
    {
        using var xml = GraphXml.Open(to);
        xml.WriteStartDocument();
        xml.WriteStartElement("gexf", Namespace);
        xml.WriteAttributeString("version", "1.2");
        xml.WriteStartElement("meta", Namespace);
        xml.WriteElementString("creator", Namespace, "NetworkGraph");
        xml.WriteElementString("description", Namespace, $"Ties as of {Rfc3339.Format(export.AsOfMs)}");
        xml.WriteEndElement();
        xml.WriteStartElement("graph", Namespace);
        xml.WriteAttributeString("mode", export.IsDynamic ? "dynamic" : "static");
        xml.WriteAttributeString("defaultedgetype", export.IsDirected ? "directed" : "undirected");
        if (export.IsDynamic) xml.WriteAttributeString("timeformat", "dateTime");
        WriteAttributes(xml, "node", PersonColumns.All.Select((column, i) => (i == 0 ? "person" : column.Name, column.Type)));
        WriteAttributes(xml, "edge", TieColumns.All.Select(column => (column.Name, column.Type)));
        WriteNodes(export, xml);
        var written = WriteEdges(export, xml);
        xml.WriteEndDocument();
        return written;
    }

    private static void WriteNodes(TieExport export, XmlWriter xml)
    {
        xml.WriteStartElement("nodes", Namespace);
        foreach (var (number, profile) in export.PeopleSeen())
        {
            xml.WriteStartElement("node", Namespace);
            xml.WriteAttributeString("id", Node(number));
            xml.WriteAttributeString("label", GraphXml.Text(profile.Name ?? profile.Id));
            WriteValues(xml, PersonColumns.All.Select(column => column.TextOf(profile)));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static long WriteEdges(TieExport export, XmlWriter xml)
    {
        var written = 0L;
        xml.WriteStartElement("edges", Namespace);
        foreach (var (person, other, tie, weight, first) in export.Edges())
        {
            xml.WriteStartElement("edge", Namespace);
            xml.WriteAttributeString("id", written.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("source", Node(person));
            xml.WriteAttributeString("target", Node(other));
            xml.WriteAttributeString("weight", weight.ToString(CultureInfo.InvariantCulture));
            if (export.IsDynamic)
            {
                xml.WriteAttributeString("start", Rfc3339.Format(first.ToUnixTimeMilliseconds()));
                xml.WriteAttributeString("end", Rfc3339.Format(tie.LastInteraction.ToUnixTimeMilliseconds()));
            }
            WriteValues(xml, TieColumns.All.Select(column => column.TextOf(tie)));
            xml.WriteEndElement();
            written++;
        }
        xml.WriteEndElement();
        return written;
    }

    /// <summary>Nodes are numbered: two ids may differ in nothing that XML can hold.</summary>
    private static string Node(int person) => string.Create(CultureInfo.InvariantCulture, $"n{person}");

    private static void WriteAttributes(XmlWriter xml, string of, IEnumerable<(string Name, ColumnType Type)> columns)
    {
        xml.WriteStartElement("attributes", Namespace);
        xml.WriteAttributeString("class", of);
        var number = 0;
        foreach (var (name, type) in columns)
        {
            xml.WriteStartElement("attribute", Namespace);
            xml.WriteAttributeString("id", number++.ToString(CultureInfo.InvariantCulture));
            xml.WriteAttributeString("title", name);
            xml.WriteAttributeString("type", type switch
            {
                ColumnType.Number => "double",
                ColumnType.Count => "integer",
                ColumnType.Flag => "boolean",
                _ => "string",
            });
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }

    private static void WriteValues(XmlWriter xml, IEnumerable<string?> values)
    {
        xml.WriteStartElement("attvalues", Namespace);
        var number = 0;
        foreach (var value in values)
        {
            var id = number++.ToString(CultureInfo.InvariantCulture);
            if (value is null) continue;
            xml.WriteStartElement("attvalue", Namespace);
            xml.WriteAttributeString("for", id);
            xml.WriteAttributeString("value", GraphXml.Text(value));
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
    }
}
