using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Net.Http.Headers;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Http;

/// <summary>
/// An answer as of an explicit date is the same until the log says something new of that time, so it carries an <c>ETag</c>, and
/// a caller who has it already is answered 304. The tag is of the answer's content: the same from every node and after every restart.
/// Weak, since the bytes on the way may be compressed.
/// </summary>
internal static class DatedAnswer
{
    private const int TagBytes = 16;

    /// <summary>Kept by the one who asked alone, and asked for again before it is used.</summary>
    private const string Kept = "private, no-cache";

    public static bool IsAskedFor(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Query.ContainsKey(QueryParameters.AsOf.Name);

    public static async Task SendAsync(HttpContext http, object answer, JsonTypeInfo type)
    {
        var body = JsonSerializer.SerializeToUtf8Bytes(answer, type);
        var tag = new EntityTagHeaderValue($"\"{Convert.ToHexStringLower(SHA256.HashData(body).AsSpan(0, TagBytes))}\"", isWeak: true);
        var response = http.Response;
        response.Headers.ETag = tag.ToString();
        response.Headers.CacheControl = Kept;
        response.Headers.Append(HeaderNames.Vary, $"{HeaderNames.Authorization}, X-Api-Key");
        if (IsKnown(http.Request, tag))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }
        response.ContentType = "application/json; charset=utf-8";
        await response.Body.WriteAsync(body, http.RequestAborted);
    }

    private static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag)
    {
        foreach (var known in request.GetTypedHeaders().IfNoneMatch)
            if (known.Equals(EntityTagHeaderValue.Any) || known.Compare(tag, useStrongComparison: false)) return true;
        return false;
    }
}
