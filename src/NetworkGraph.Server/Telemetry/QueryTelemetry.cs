using System.Diagnostics;
using System.Diagnostics.Metrics;
using Google.Protobuf.Reflection;
using NetworkGraph.Events.Log;
using NetworkGraph.Server.Grpc;

namespace NetworkGraph.Server.Telemetry;

/// <summary>
/// How long each request to /v1 took, by route template (never the path, which holds ids), how long each gRPC call took, by
/// method, and an activity for each.
/// </summary>
internal sealed class QueryTelemetry : IDisposable
{
    private static readonly double[] s_boundsSeconds =
    [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10,
    ];

    private readonly Meter _meter = new(Observability.Name);
    private readonly Histogram<double> _duration;
    private readonly Histogram<double> _callDuration;

    public QueryTelemetry()
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = s_boundsSeconds };
        _duration = _meter.CreateHistogram("networkgraph.request.duration", "s", "Time to answer a request, by route template and status.", null, advice);
        _callDuration = _meter.CreateHistogram("networkgraph.grpc.duration", "s", "Time to answer a gRPC call, of a stream until its end, by method and status.", null, advice);
    }

    public void Dispose() => _meter.Dispose();

    public async Task MeasureAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint()?.Metadata.GetMetadata<MethodDescriptor>() is { } called)
        {
            await MeasureCallAsync(http, next, $"{called.Service.FullName}/{called.Name}");
            return;
        }
        if (http.GetEndpoint() is not RouteEndpoint { RoutePattern.RawText: { } pattern } || !pattern.StartsWith("/v1/", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }
        // A group's own route ends in '/', its path does not.
        var route = pattern.TrimEnd('/');
        using var activity = Start($"{http.Request.Method} {route}");
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            _duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds,
                new("route", route), new("method", http.Request.Method), new("status", http.Response.StatusCode));
            activity?.SetTag("http.response.status_code", http.Response.StatusCode);
            if (http.Response.StatusCode >= 500) activity?.SetStatus(ActivityStatusCode.Error);
        }
    }

    private async Task MeasureCallAsync(HttpContext http, RequestDelegate next, string method)
    {
        using var activity = Start(method);
        var started = Stopwatch.GetTimestamp();
        try
        {
            await next(http);
        }
        finally
        {
            // What is no call of gRPC at all (HTTP/1.1, another content type) ends without a status.
            var status = http.Features.Get<GrpcStatus>()?.Code.ToString() ?? "none";
            _callDuration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new("method", method), new("status", status));
            activity?.SetTag("rpc.grpc.status_code", status);
            if (http.Features.Get<GrpcStatus>()?.Code is GrpcStatusCode.Unknown or GrpcStatusCode.Internal) activity?.SetStatus(ActivityStatusCode.Error);
        }
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
        if (framework is { HasRemoteParent: true, ParentId: { } parent }) ActivityContext.TryParse(parent, framework.TraceStateString, isRemote: true, out caller);
        Activity.Current = null;
        return Tracing.Source.StartActivity(name, ActivityKind.Server, caller);
    }
}
