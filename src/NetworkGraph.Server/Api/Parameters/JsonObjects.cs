using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NetworkGraph.Server.Api.Parameters;

/// <summary>Reads small JSON objects that operations take.</summary>
internal static class JsonObjects
{
    /// <summary>The object; null, with the reason, where the text is not one of this shape.</summary>
    public static (T? Value, string Reason) Read<T>(ReadOnlyMemory<byte> utf8, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(utf8.Span, type) is { } value ? (value, "") : (null, "The body must be a JSON object.");
        }
        catch (JsonException wrong)
        {
            return (null, $"The body cannot be read: {wrong.Path ?? "it"} is not what it should be.");
        }
    }
}
