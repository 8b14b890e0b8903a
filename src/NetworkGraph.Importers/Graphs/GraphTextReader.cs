using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using NetworkGraph.Importers.Sources;

namespace NetworkGraph.Importers.Graphs;

/// <summary>Nodes and edges of GML, of Pajek networks, and of plain lists of edges, one at a time.</summary>
internal static partial class GraphTextReader
{
    private const int MaxTokenChars = 8192;
    private const int LinesLookedAt = 30;

    public static IEnumerable<GraphPart> ReadGml(ImportFile file, CancellationToken cancellation)
    {
        using var reader = TextEncodings.Reader(file);
        var tokens = new GmlTokens(reader);
        var open = new Stack<(string Key, Dictionary<string, string> Values)>();
        var isDirected = false;
        string? key = null;
        while (tokens.Next() is { } token)
        {
            cancellation.ThrowIfCancellationRequested();
            if (token == "[")
            {
                if (open.Count > 100) throw new InvalidDataException("is nested too deeply");
                open.Push((key ?? "", new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)));
                key = null;
            }
            else if (token == "]")
            {
                if (!open.TryPop(out var closed)) continue;
                if (GmlPart(closed.Key, closed.Values, isDirected, tokens.Line) is { } part) yield return part;
            }
            else if (key is null)
            {
                key = token;
            }
            else
            {
                var value = token is ['"', ..] ? WebUtility.HtmlDecode(token.Trim('"')) : token;
                if (open.Count == 1 && key.Equals("directed", StringComparison.OrdinalIgnoreCase)) isDirected = value == "1";
                if (open.Count > 0) open.Peek().Values.TryAdd(key, value);
                key = null;
            }
        }
    }

    private static GraphPart? GmlPart(string kind, Dictionary<string, string> values, bool isDirected, long line)
    {
        if (kind.Equals("node", StringComparison.OrdinalIgnoreCase) && values.TryGetValue("id", out var id))
            return new GraphPart(id, null, values.GetValueOrDefault("label", ""), false, values, line);
        return kind.Equals("edge", StringComparison.OrdinalIgnoreCase)
            && values.TryGetValue("source", out var source) && values.TryGetValue("target", out var target)
            ? new GraphPart(source, target, values.GetValueOrDefault("label", ""), isDirected, values, line)
            : null;
    }

    /// <summary>Whether a beginning is lines of two ids each, with nothing but numbers behind them.</summary>
    public static bool IsEdgeList(ReadOnlySpan<char> head)
    {
        var lines = 0;
        foreach (var line in head.EnumerateLines())
        {
            var text = line.Trim();
            if (text.IsEmpty || text[0] is '#' or '%') continue;
            // The last line of a beginning may be cut off.
            if (lines == LinesLookedAt) break;
            if (!EdgeLine().IsMatch(text)) return lines >= LinesLookedAt;
            lines++;
        }
        return lines >= 2;
    }

    public static IEnumerable<GraphPart> ReadPajek(ImportFile file, CancellationToken cancellation)
    {
        using var reader = TextEncodings.Reader(file);
        var section = "";
        var row = 0;
        var line = 0L;
        while (reader.ReadLine() is { } text)
        {
            cancellation.ThrowIfCancellationRequested();
            line++;
            text = text.Trim();
            if (text.Length == 0 || text[0] == '%' || text.Length > MaxTokenChars) continue;
            if (text[0] == '*')
            {
                section = text[1..].Split(' ', '\t', ':')[0].ToLowerInvariant();
                continue;
            }
            var fields = Fields().Matches(text).Select(match => match.Groups[1].Success ? match.Groups[1].Value : match.Value).ToArray();
            if (section == "vertices") yield return new GraphPart(fields[0], null, fields.Length > 1 ? fields[1] : "", false, Empty, line);
            else if (section is "arcs" or "edges" && fields.Length >= 2)
                yield return new GraphPart(fields[0], fields[1], "", section == "arcs", Empty, line);
            else if (section == "matrix")
            {
                row++;
                for (var column = 0; column < fields.Length; column++)
                    if (fields[column] is not ("0" or "0.0")) yield return new GraphPart($"{row}", $"{column + 1}", "", true, Empty, line);
            }
            else if (section is "arcslist" or "edgeslist")
                foreach (var target in fields.Skip(1))
                    yield return new GraphPart(fields[0], target, "", section == "arcslist", Empty, line);
        }
    }

    /// <summary>Two ids a line, and maybe a weight and a time behind them; # and % begin comments.</summary>
    public static IEnumerable<GraphPart> ReadEdgeList(ImportFile file, CancellationToken cancellation)
    {
        using var reader = TextEncodings.Reader(file);
        var line = 0L;
        while (reader.ReadLine() is { } text)
        {
            cancellation.ThrowIfCancellationRequested();
            line++;
            text = text.Trim();
            if (text.Length is 0 or > MaxTokenChars || text[0] is '#' or '%') continue;
            var fields = text.Split([' ', '\t', ',', ';'], StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length < 2) continue;
            var values = fields.Length > 3 ? new Dictionary<string, string> { ["time"] = fields[3] } : Empty;
            yield return new GraphPart(fields[0], fields[1], "", true, values, line);
        }
    }

    private static readonly Dictionary<string, string> Empty = [];

    [GeneratedRegex(@"^(?:\d+|[^\s,;@]+@[^\s,;@]+)[\s,;]+(?:\d+|[^\s,;@]+@[^\s,;@]+)(?:[\s,;]+-?\d+(?:\.\d+)?){0,2}$",
        RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex EdgeLine();

    [GeneratedRegex("\"([^\"]*)\"|\\S+", RegexOptions.CultureInvariant)]
    private static partial Regex Fields();

    /// <summary>Words, quoted texts (with their opening quote) and brackets of GML.</summary>
    private sealed class GmlTokens(TextReader reader)
    {
        public long Line { get; private set; } = 1;

        public string? Next()
        {
            int c;
            while ((c = reader.Read()) >= 0 && (char.IsWhiteSpace((char)c) || c == '#'))
            {
                if (c == '\n') Line++;
                if (c != '#') continue;
                reader.ReadLine();
                Line++;
            }
            if (c < 0) return null;
            if (c is '[' or ']') return ((char)c).ToString();
            var token = new StringBuilder().Append((char)c);
            var isQuoted = c == '"';
            while (reader.Peek() is >= 0 and var next)
            {
                if (!isQuoted && (char.IsWhiteSpace((char)next) || next is '[' or ']')) break;
                reader.Read();
                if (next == '\n') Line++;
                if (isQuoted && next == '"') break;
                if (token.Length < MaxTokenChars) token.Append((char)next);
            }
            return token.ToString();
        }
    }
}
