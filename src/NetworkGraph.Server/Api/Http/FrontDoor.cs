using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Api.Http;

/// <summary>
/// What every request passes first: bounds on its headers, the hosts it may name, the path as it was sent, and the headers of every
/// answer.
/// </summary>
internal static class FrontDoor
{
    private const string Root = "/v1";

    /// <summary>Of names and values, with 32 bytes more for each header (RFC 9113, 10.5.1).</summary>
    private const int MaxHeaderBytes = 32 * 1024;

    private const int MaxHeaders = 100;
    private const int HeaderOverheadBytes = 32;

    /// <summary>What is read of HTTP/2's headers before the connection ends; twice what Kestrel announces to clients.</summary>
    private const int ReadMaxBytes = 1024 * 1024;

    private const int ReadMaxHeaders = 10_000;

    private static readonly MinDataRate s_minDataRate = new(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

    /// <summary>
    /// A request with headers (over gRPC: metadata) beyond the bounds is refused alone: Kestrel would end the whole HTTP/2 connection,
    /// with every other call on it, so it reads further than what is accepted.
    /// </summary>
    public static void Configure(KestrelServerLimits limits)
    {
        limits.MaxRequestHeadersTotalSize = ReadMaxBytes / 2;
        limits.MaxRequestHeaderCount = ReadMaxHeaders;
        limits.Http2.MaxRequestHeaderFieldSize = ReadMaxBytes;
    }

    /// <summary>
    /// An answer's type is never guessed, and it is not kept, unless what answers says otherwise (an answer as of a date, the
    /// dashboard's files).
    /// </summary>
    public static void UseAnswerHeaders(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        if (http.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) != true)
        {
            http.Response.Headers.XContentTypeOptions = "nosniff";
            http.Response.Headers.CacheControl = "no-store";
        }
        return next(http);
    });

    /// <summary>Refuses what is out of bounds, and routes on the path as it was sent.</summary>
    /// <param name="app">The server.</param>
    /// <param name="isLoopback">Whether it listens on loopback addresses alone.</param>
    public static void UseFrontDoor(this IApplicationBuilder app, bool isLoopback)
    {
        var keys = isLoopback ? app.ApplicationServices.GetRequiredService<KeyRing>() : null;
        app.Use((http, next) =>
        {
            if (HeaderProblem(http.Request.Headers) is { } tooLarge) return new ProblemResult(tooLarge).ExecuteAsync(http);
            // Over HTTP/1.1, where a connection is one answer, it has to be read at some rate, or the connection is closed.
            if (!HttpProtocol.IsHttp2(http.Request.Protocol) && http.Features.Get<IHttpMinResponseDataRateFeature>() is { } rate)
                rate.MinDataRate = s_minDataRate;
            if (keys is { IsOn: false } && !IsThisMachine(http.Request.Host.Host)) return new ProblemResult(OtherHost()).ExecuteAsync(http);
            return TakeRawPath(http) ? next(http) : new ProblemResult(EncodedRoot()).ExecuteAsync(http);
        });
    }

    /// <summary>
    /// HEAD is answered wherever GET is: with the same status and headers, and no body, which the server leaves out by itself.
    /// </summary>
    public static void AnswerHead(EndpointBuilder endpoint)
    {
        for (var i = 0; i < endpoint.Metadata.Count; i++)
        {
            if (endpoint.Metadata[i] is HttpMethodMetadata { HttpMethods: [var only] } && HttpMethods.IsGet(only))
                endpoint.Metadata[i] = new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]);
        }
    }

    private static Problem? HeaderProblem(IHeaderDictionary headers)
    {
        var (count, bytes) = (0, 0);
        foreach (var (name, values) in headers)
        {
            foreach (var value in values)
            {
                count++;
                bytes += name.Length + (value?.Length ?? 0) + HeaderOverheadBytes;
            }
        }
        if (count <= MaxHeaders && bytes <= MaxHeaderBytes) return null;
        var detail = $"The request has {count} headers (over gRPC: metadata) of {bytes} bytes; at most {MaxHeaders} and {MaxHeaderBytes} "
            + $"bytes are accepted.";
        return Problem.From(Outcome.TooLarge, detail) with { Status = StatusCodes.Status431RequestHeaderFieldsTooLarge };
    }

    /// <summary>
    /// A page on the web can make its own name resolve to 127.0.0.1 and so have a browser read what is here (DNS rebinding); the Host
    /// header tells. Where keys are asked for, they guard the door: such a page has none.
    /// </summary>
    private static bool IsThisMachine(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static Problem OtherHost() =>
        Problem.From(Outcome.InvalidArgument, "The Host header names another machine; this server answers to localhost and 127.0.0.1.",
            "Host");

    /// <summary>
    /// Kestrel decodes everything but %2F and then removes dot segments, after which an id that holds '%2F', '/' or '..' cannot be told
    /// apart from others; so what lies under /v1 is taken from the raw request target, and each segment is decoded exactly once. False
    /// for a path that leads under /v1 only by way of decoding.
    /// </summary>
    private static bool TakeRawPath(HttpContext http)
    {
        var path = PathOf(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (!IsUnderRoot(path)) return !IsUnderRoot(http.Request.Path.Value ?? "");
        http.Request.Path = new PathString(path);
        return true;
    }

    private static Problem EncodedRoot() =>
        Problem.From(Outcome.NotFound, "Write /v1 as it is: not percent-encoded, and not by way of dot segments.");

    private static bool IsUnderRoot(string path) =>
        path.StartsWith(Root, StringComparison.OrdinalIgnoreCase) && (path.Length == Root.Length || path[Root.Length] == '/');

    /// <summary>The path in a request target of origin form (/path?query) or absolute form (http://host/path?query).</summary>
    private static string PathOf(string target)
    {
        var start = 0;
        if (!target.StartsWith('/'))
        {
            var authority = target.IndexOf("://", StringComparison.Ordinal);
            start = authority < 0 ? -1 : target.IndexOf('/', authority + 3);
            if (start < 0) return "";
        }
        var query = target.IndexOf('?', start);
        return query < 0 ? target[start..] : target[start..query];
    }
}
