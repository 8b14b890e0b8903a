using System.Text.Json;

namespace NetworkGraph.Importers.Json;

/// <summary>Plain values of JSON objects that other programs wrote; what is missing, or no text at all, is empty.</summary>
internal static class JsonValues
{
    /// <summary>The text or number under the first of these names that the object has.</summary>
    public static string Text(JsonElement element, params ReadOnlySpan<string> names)
    {
        if (element.ValueKind is not JsonValueKind.Object) return "";
        foreach (var name in names)
            if (element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number)
                return Text(value);
        return "";
    }

    public static string Text(JsonElement value)
    {
        if (value.ValueKind is not (JsonValueKind.String or JsonValueKind.Number)) return "";
        try
        {
            return value.ValueKind is JsonValueKind.String ? value.GetString() ?? "" : value.GetRawText();
        }
        catch (InvalidOperationException)
        {
            // Bytes that are not UTF-8, or half of a surrogate pair: no text.
            return "";
        }
    }

    public static JsonElement? Object(JsonElement element, string name) =>
        element.ValueKind is JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.Object
            ? value : null;
}
