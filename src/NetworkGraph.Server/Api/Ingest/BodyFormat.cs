using Microsoft.Net.Http.Headers;
using NetworkGraph.Server.Api.Bodies;
using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>In which form a body of interactions can come.</summary>
internal enum BodyFormat
{
    /// <summary>One object or an array.</summary>
    Json,
    Ndjson,
    Csv,
}

/// <summary>What the headers say of a body.</summary>
internal static class BodyFormats
{
    public const string Json = "application/json";
    public const string Ndjson = "application/x-ndjson";
    public const string Csv = "text/csv";

    private static readonly string s_accepted =
        $"{Json} (an object or an array), {Ndjson} (also application/ndjson, application/jsonl) or {Csv}, in UTF-8";

    /// <summary>The format, or why it is not supported.</summary>
    public static (BodyFormat Format, Problem? Problem) Of(HttpRequest request)
    {
        if (string.IsNullOrEmpty(request.ContentType)) return Refuse($"The request has no Content-Type; it must be {s_accepted}.");
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type))
            return Refuse($"The Content-Type could not be parsed; it must be {s_accepted}.");
        var charset = HeaderUtilities.RemoveQuotes(type.Charset);
        if (charset.HasValue && !IsUtf8(charset.Value))
            return Refuse($"The charset '{charset.Value}' is not supported: the body must be in UTF-8.");
        return type.MediaType.Value?.ToLowerInvariant() switch
        {
            Json => (BodyFormat.Json, null),
            Ndjson or "application/ndjson" or "application/jsonl" or "application/x-jsonlines" => (BodyFormat.Ndjson, null),
            Csv => (BodyFormat.Csv, null),
            _ => Refuse($"The Content-Type '{type.MediaType}' is not supported; it must be {s_accepted}."),
        };
    }

    /// <summary>Whether the body is one JSON object a line.</summary>
    public static bool IsNdjson(HttpRequest request) => Of(request) is (BodyFormat.Ndjson, null);

    /// <summary>The body as it was before compression; null where it is compressed in a way that is not read here.</summary>
    public static Stream? Decompressed(HttpRequest request, GzipLimits limits, TimeProvider time)
    {
        var encoding = request.Headers.ContentEncoding.ToString();
        if (encoding.Length == 0 || encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)) return request.Body;
        return encoding.Equals("gzip", StringComparison.OrdinalIgnoreCase) || encoding.Equals("x-gzip", StringComparison.OrdinalIgnoreCase)
            ? new BoundedGzipStream(request.Body, limits, time)
            : null;
    }

    // ASCII is UTF-8 too.
    private static bool IsUtf8(string charset) => charset.ToUpperInvariant() is "UTF-8" or "UTF8" or "US-ASCII";

    private static (BodyFormat, Problem?) Refuse(string detail) =>
        (default, Problem.From(Outcome.UnsupportedMediaType, detail, HeaderNames.ContentType));
}
