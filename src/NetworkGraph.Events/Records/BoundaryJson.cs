using System.Text;
using System.Text.Json;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Events.Records;

/// <summary>What a report says, as it is sent.</summary>
public readonly record struct ReportDraft(string Reporter, string About, ReportReason Reason, string[] Evidence);

/// <summary>
/// Reports from JSON (UTF-8): strict types, unknown and repeated fields are rejected, null means absent. The first thing
/// wrong is named by its field.
/// </summary>
public static class BoundaryJson
{
    public const int MaxEvidence = 20;

    /// <summary>Reads <c>{reporter, about, reason, evidence}</c>; a rejection where it is not that.</summary>
    public static (ReportDraft Draft, Rejection? Rejection) ParseReport(ReadOnlySpan<byte> json)
    {
        string[] names = ["reporter", "about", "reason"];
        var texts = new string?[names.Length];
        var evidence = new List<string>();
        var rejection = Read(json, names, texts, "evidence", evidence) ?? FirstMissing(names, texts)
            ?? MakeCanonical(ref texts[0], names[0]) ?? MakeCanonical(ref texts[1], names[1]);
        var reason = ReportReason.Other;
        if (rejection is null && texts[0] == texts[1])
            rejection = new Rejection("about", "names the reporter; a person does not report themselves");
        if (rejection is null && !BoundaryNames.TryParse(texts[2]!, out reason))
            rejection = new Rejection("reason", $"is none of {string.Join(", ", BoundaryNames.Reasons)}");
        if (rejection is null && evidence.Count > MaxEvidence)
            rejection = new Rejection("evidence", $"names {evidence.Count} interactions, at most {MaxEvidence} are allowed");
        foreach (var id in evidence) rejection ??= InteractionRules.BrokenId(id, "evidence");
        return rejection is null ? (new ReportDraft(texts[0]!, texts[1]!, reason, [.. evidence]), null) : (default, rejection);
    }

    /// <summary>Reads <c>{state}</c>: where the safety role moves a report. Not back to open, as it has been looked at.</summary>
    public static (ReportState State, Rejection? Rejection) ParseMove(ReadOnlySpan<byte> json)
    {
        string[] names = ["state"];
        var texts = new string?[1];
        var state = ReportState.Open;
        var rejection = Read(json, names, texts, null, []) ?? FirstMissing(names, texts);
        if (rejection is null && (!BoundaryNames.TryParse(texts[0]!, out state) || state is ReportState.Open))
            rejection = new Rejection("state", $"is none of {string.Join(", ", BoundaryNames.States.Skip(1))}");
        return (state, rejection);
    }

    private static Rejection? MakeCanonical(ref string? person, string field)
    {
        if (!PersonId.TryCanonical(person!, out var canonical, out var reason)) return new Rejection(field, reason);
        person = canonical;
        return null;
    }

    private static Rejection? FirstMissing(string[] names, string?[] texts)
    {
        var missing = Array.IndexOf(texts, null);
        return missing < 0 ? null : new Rejection(names[missing], "is required");
    }

    private static Rejection? Read(ReadOnlySpan<byte> json, string[] names, string?[] texts, string? listName, List<string> list)
    {
        var reader = new Utf8JsonReader(json);
        var name = InteractionFields.Line;
        try
        {
            if (!reader.Read() || reader.TokenType is not JsonTokenType.StartObject)
                return new Rejection(name, $"must be a JSON object, not {JsonText.Named(reader.TokenType)}");
            var seen = new HashSet<string>(StringComparer.Ordinal);
            while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
            {
                name = JsonText.Shorten(JsonText.Read(ref reader, null, out _) ?? Encoding.UTF8.GetString(reader.ValueSpan));
                if (Array.IndexOf(names, name) < 0 && name != listName)
                    return new Rejection(
                        name, $"is not a field here; there are {string.Join(", ", listName is null ? names : [.. names, listName])}");
                if (!seen.Add(name)) return new Rejection(name, "stands twice in the object");
                reader.Read();
                if (reader.TokenType is JsonTokenType.Null) continue;
                if ((name == listName
                    ? ReadList(ref reader, name, list)
                    : ReadText(ref reader, name, out texts[Array.IndexOf(names, name)])) is { } rejection) return rejection;
            }
            reader.Read();
            return null;
        }
        catch (JsonException malformed)
        {
            return new Rejection(name, JsonText.Describe(malformed));
        }
    }

    private static Rejection? ReadText(ref Utf8JsonReader reader, string name, out string? text)
    {
        text = null;
        if (reader.TokenType is not JsonTokenType.String)
            return new Rejection(name, $"must be a string, not {JsonText.Named(reader.TokenType)}");
        text = JsonText.Read(ref reader, null, out var reason);
        return text is null ? new Rejection(name, reason) : null;
    }

    private static Rejection? ReadList(ref Utf8JsonReader reader, string name, List<string> list)
    {
        if (reader.TokenType is not JsonTokenType.StartArray)
            return new Rejection(name, $"must be an array of strings, not {JsonText.Named(reader.TokenType)}");
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (ReadText(ref reader, name, out var text) is { } rejection) return rejection;
            list.Add(text!);
        }
        return null;
    }
}
