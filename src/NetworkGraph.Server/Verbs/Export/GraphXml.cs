using System.Text;
using System.Xml;

namespace NetworkGraph.Server.Verbs.Export;

/// <summary>What GraphML and GEXF have in common: UTF-8 text with an element a line, and letters that XML 1.0 has.</summary>
internal static class GraphXml
{
    public static XmlWriter Open(Stream to) => XmlWriter.Create(to, new XmlWriterSettings
    {
        Encoding = new UTF8Encoding(false),
        Indent = true,
        IndentChars = " ",
        NewLineChars = "\n",
        CloseOutput = false,
    });

    /// <summary>The text with U+FFFD for the few letters that XML has no way to write (U+FFFE, U+FFFF).</summary>
    public static string Text(string text) =>
        text.AsSpan().IndexOfAnyInRange('\uFFFE', '\uFFFF') < 0 ? text : text.Replace('\uFFFE', '\uFFFD').Replace('\uFFFF', '\uFFFD');
}
