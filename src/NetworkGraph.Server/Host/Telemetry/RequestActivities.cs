using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Server.Host.Telemetry;

/// <summary>
/// An activity for each request to /v1 and each gRPC call, named by its route (never the path, which holds ids). How long they
/// took is <c>http.server.request.duration</c> of the framework, by <c>http.route</c>; a gRPC call's status, which HTTP does not
/// show, is added to it.
/// </summary>
internal static class RequestActivities
{
    private const string StatusTag = "rpc.response.status_code";

    public static async Task TraceAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: { } pattern })
            await next(http);
        else if (http.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) == true
            && !pattern.StartsWith("/v1/", StringComparison.Ordinal))
            await TraceCallAsync(http, next, pattern.TrimStart('/'));
        else if (pattern.StartsWith("/v1/", StringComparison.Ordinal))
            await TraceRequestAsync(http, next, pattern.TrimEnd('/'));
        else
            await next(http);
    }

    private static async Task TraceRequestAsync(HttpContext http, RequestDelegate next, string route)
    {
        using var activity = Start($"{http.Request.Method} {route}");
        try
        {
            await next(http);
        }
        finally
        {
            activity?.SetTag("http.response.status_code", http.Response.StatusCode);
            if (http.Response.StatusCode >= 500) activity?.SetStatus(ActivityStatusCode.Error);
        }
    }

    private static async Task TraceCallAsync(HttpContext http, RequestDelegate next, string method)
    {
        using var activity = Start(method);
        try
        {
            await next(http);
        }
        finally
        {
            var status = StatusOf(http);
            http.Features.Get<IHttpMetricsTagsFeature>()?.Tags.Add(new(StatusTag, status));
            activity?.SetTag(StatusTag, status);
            if (status is "UNKNOWN" or "INTERNAL") activity?.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>The status of a call by its name, from its trailers, or its headers where it was refused before it began.</summary>
    private static string StatusOf(HttpContext http)
    {
        string? number = http.Features.Get<IHttpResponseTrailersFeature>()?.Trailers.GrpcStatus;
        number ??= http.Response.Headers.GrpcStatus;
        return number switch
        {
            "0" => "OK",
            "1" => "CANCELLED",
            "2" => "UNKNOWN",
            "3" => "INVALID_ARGUMENT",
            "4" => "DEADLINE_EXCEEDED",
            "5" => "NOT_FOUND",
            "6" => "ALREADY_EXISTS",
            "7" => "PERMISSION_DENIED",
            "8" => "RESOURCE_EXHAUSTED",
            "9" => "FAILED_PRECONDITION",
            "10" => "ABORTED",
            "11" => "OUT_OF_RANGE",
            "12" => "UNIMPLEMENTED",
            "13" => "INTERNAL",
            "14" => "UNAVAILABLE",
            "15" => "DATA_LOSS",
            "16" => "UNAUTHENTICATED",
            // A call whose connection went away ends without a status.
            _ => "CANCELLED",
        };
    }

    /// <summary>
    /// An activity of our own: a child of the caller's (traceparent), not of the web framework's, which is not recorded and
    /// would keep its children from being.
    /// </summary>
    private static Activity? Start(string name)
    {
        if (!Tracing.Source.HasListeners()) return null;
        var framework = Activity.Current;
        ActivityContext caller = default;
        if (framework is { HasRemoteParent: true, ParentId: { } parent })
            ActivityContext.TryParse(parent, framework.TraceStateString, isRemote: true, out caller);
        Activity.Current = null;
        return Tracing.Source.StartActivity(name, ActivityKind.Server, caller);
    }
}
