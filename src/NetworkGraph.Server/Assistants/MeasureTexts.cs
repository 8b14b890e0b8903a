using System.Text.Json.Nodes;

namespace NetworkGraph.Server.Assistants;

/// <summary>What the measures mean, out of docs/measures.md, which lies in this assembly.</summary>
internal sealed class MeasureTexts
{
    private const string Resource = "measures.md";
    private readonly List<(string Name, string Text)> _sections = [];

    public MeasureTexts()
    {
        using var stream = typeof(MeasureTexts).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException("docs/measures.md is not in the assembly.");
        using var reader = new StreamReader(stream);
        string? name = null;
        var lines = new List<string>();
        while (reader.ReadLine() is { } line)
        {
            if (!line.StartsWith('#'))
            {
                lines.Add(line);
                continue;
            }
            Finish();
            name = line.StartsWith("### ", StringComparison.Ordinal) ? line[4..].Trim() : null;
        }
        Finish();

        void Finish()
        {
            if (name is not null) _sections.Add((name, string.Join('\n', lines).Trim()));
            lines.Clear();
        }
    }

    /// <summary>The text about a measure; where none is called so, or no name is given, the names there are.</summary>
    public JsonObject Explain(string? name)
    {
        var wanted = Plain(name ?? "");
        var found = _sections.Where(section => Plain(section.Name) == wanted).ToList();
        if (found.Count == 0 && wanted.Length > 2) found = [.. _sections.Where(section => Plain(section.Name).Contains(wanted,
            StringComparison.Ordinal)).Take(1)];
        if (found is [var (measure, text), ..])
        {
            // Paragraphs, since a text of the answer is one line.
            var paragraphs = text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            return new JsonObject
            {
                ["measure"] = measure,
                ["text"] = new JsonArray([.. paragraphs.SelectMany(Lines).Select(line =>
                (JsonNode)line)])
            };
        }
        return new JsonObject { ["measures"] = new JsonArray([.. _sections.Select(section => (JsonNode)section.Name)]) };
    }

    /// <summary>A paragraph in lines that are not cut.</summary>
    private static IEnumerable<string> Lines(string paragraph)
    {
        var line = "";
        foreach (var word in paragraph.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length + word.Length >= 200)
            {
                yield return line;
                line = "";
            }
            line = line.Length == 0 ? word : $"{line} {word}";
        }
        if (line.Length > 0) yield return line;
    }

    private static string Plain(string name) => new([.. name.Where(char.IsLetterOrDigit).Select(char.ToLowerInvariant)]);
}
