using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace NetworkGraph.Server.Api.Outcomes;

/// <summary>
/// Answers gRPC calls that end before any method sees them (no key, no room, no such method) with a status alone: the gRPC
/// library answers only what it has begun.
/// </summary>
internal static class RefusedCall
{
    private const string ContentType = "application/grpc";

    /// <summary>application/grpc, alone, with +proto, or with parameters. Other suffixes are other codecs, or gRPC-Web.</summary>
    public static bool IsGrpc(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method) || request.ContentType is not { } contentType) return false;
        if (!contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)) return false;
        var rest = contentType.AsSpan(ContentType.Length);
        if (rest.StartsWith("+proto", StringComparison.OrdinalIgnoreCase)) rest = rest["+proto".Length..];
        rest = rest.Trim();
        return rest.IsEmpty || rest[0] == ';';
    }

    /// <summary>
    /// Answers UNIMPLEMENTED to gRPC requests that no endpoint takes. After routing. (The library would map an endpoint for
    /// every path; then routing could no longer tell a wrong method or content type of other paths from an unknown path.)
    /// </summary>
    public static void UseUnknownGrpcMethods(this IApplicationBuilder app) => app.Use((http, next) =>
        http.GetEndpoint() is null && IsGrpc(http.Request)
            ? AnswerAsync(http, RichStatus.Of(StatusCode.Unimplemented, $"There is no method {http.Request.Path.Value}."))
            : next(http));

    /// <summary>Ends the call, trailers only. Over HTTP/1.1, which cannot carry gRPC, asks for HTTP/2.</summary>
    public static Task AnswerAsync(HttpContext http, RpcStatus status)
    {
        var response = http.Response;
        if (!HttpProtocol.IsHttp2(http.Request.Protocol))
        {
            response.StatusCode = StatusCodes.Status426UpgradeRequired;
            response.Headers.Upgrade = "HTTP/2.0";
            return response.WriteAsync("gRPC is served over HTTP/2.", http.RequestAborted);
        }
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = ContentType;
        response.Headers.GrpcStatus = status.Code.ToString(CultureInfo.InvariantCulture);
        response.Headers.GrpcMessage = PercentEncoding.Encode(status.Message);
        if (status.Details.Count > 0) response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(status.ToByteArray());
        return response.CompleteAsync();
    }
}
