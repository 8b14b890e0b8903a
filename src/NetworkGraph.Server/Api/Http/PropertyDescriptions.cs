using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.OpenApi;

namespace NetworkGraph.Server.Api.Http;

/// <summary>
/// Describes the properties of answers in the OpenAPI document: as the proto file describes the field of the message that has most of a
/// schema's properties, so that both protocols say the same; else by what the word means everywhere (property-descriptions.txt).
/// </summary>
internal static partial class PropertyDescriptions
{
    private const double MinLikeness = 0.6;
    private static readonly Lazy<Dictionary<string, string>> s_words = new(ReadWords);
    private static readonly Lazy<List<Dictionary<string, string>>> s_messages = new(ReadMessages);

    /// <summary>Describes what has no description yet.</summary>
    public static void Apply(OpenApiDocument document)
    {
        foreach (var component in document.Components?.Schemas?.Values ?? [])
        {
            if (component is not OpenApiSchema { Properties: { Count: > 0 } properties }) continue;
            var message = MessageOf(properties.Keys);
            foreach (var (name, property) in properties)
            {
                if (property.Description is { Length: > 0 }) continue;
                var description = message?.GetValueOrDefault(name) is { Length: > 0 } told ? told : s_words.Value.GetValueOrDefault(name);
                if (description is null) continue;
                if (property is OpenApiSchema inline) inline.Description = description;
                else if (property is OpenApiSchemaReference reference) reference.Description = description;
            }
        }
    }

    /// <summary>The message with nearly the same fields; null where there is none.</summary>
    private static Dictionary<string, string>? MessageOf(ICollection<string> properties)
    {
        Dictionary<string, string>? best = null;
        var likeness = MinLikeness;
        foreach (var message in s_messages.Value)
        {
            var common = properties.Count(message.ContainsKey);
            var like = common / (double)(properties.Count + message.Count - common);
            if (like > likeness || (best is null && like >= likeness)) (best, likeness) = (message, like);
        }
        return best;
    }

    private static Dictionary<string, string> ReadWords()
    {
        using var stream = typeof(PropertyDescriptions).Assembly.GetManifestResourceStream("property-descriptions.txt")!;
        using var reader = new StreamReader(stream);
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        while (reader.ReadLine() is { } line)
            if (line.Split('\t') is [var word, var meaning]) words[word] = meaning;
        return words;
    }

    private static List<Dictionary<string, string>> ReadMessages()
    {
        var messages = new List<Dictionary<string, string>>();
        var folder = Path.Combine(AppContext.BaseDirectory, "protos", "networkgraph", "v1");
        string[] paths = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.proto") : [];
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            Dictionary<string, string>? message = null;
            var comment = new List<string>();
            foreach (var line in File.ReadLines(path).Select(line => line.Trim()))
            {
                if (line.StartsWith("//", StringComparison.Ordinal))
                {
                    comment.Add(line[2..].Trim());
                    continue;
                }
                if (line.StartsWith("message ", StringComparison.Ordinal)) messages.Add(message = new Dictionary<string,
                    string>(StringComparer.Ordinal));
                else if (Field().Match(line) is { Success: true } field && message is not null)
                    message[JsonNamingPolicy.CamelCase.ConvertName(Word().Replace(field.Groups[1].Value, word =>
                        word.Groups[1].Value.ToUpperInvariant()))] = string.Join(' ', comment).Replace("Not set", "Null",
                        StringComparison.Ordinal).Replace("not set", "null", StringComparison.Ordinal);
                comment.Clear();
            }
        }
        return messages;
    }

    [GeneratedRegex(@"^(?:optional |repeated )?(?:map<[^>]+>|[\w.]+) (\w+) = \d+")]
    private static partial Regex Field();

    [GeneratedRegex("_([a-z0-9])")]
    private static partial Regex Word();
}
