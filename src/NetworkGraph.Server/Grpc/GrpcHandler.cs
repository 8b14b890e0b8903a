using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;
using Microsoft.Extensions.Hosting;

namespace NetworkGraph.Server.Grpc;

/// <summary>The life of the calls of one method: what is wrong before it begins, its run, and its end.</summary>
internal sealed partial class GrpcHandler(
    string path,
    bool clientStreams,
    Func<GrpcCall, Task<GrpcStatus>> run,
    GrpcOptions options,
    IServiceProvider services)
{
    private readonly TimeProvider _time = services.GetService<TimeProvider>() ?? TimeProvider.System;
    private readonly CancellationToken _stopping = services.GetService<IHostApplicationLifetime>()?.ApplicationStopping ?? default;
    private readonly ILogger _log = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(GrpcHandler).Namespace!);

    public async Task InvokeAsync(HttpContext http)
    {
        if (!await IsGrpcAsync(http))
            return;

        LiftBodyLimits(http);
        var response = new GrpcResponse(http, options);
        TimeSpan? timeout = null;
        if (http.Request.Headers["grpc-timeout"] is { Count: > 0 } header)
        {
            if (!GrpcTimeout.TryParse(header.ToString(), out var parsed))
            {
                await response.FinishAsync(new GrpcStatus(GrpcStatusCode.Internal, "The grpc-timeout header is malformed."));
                return;
            }

            // Not even begun: what a method does before its timer fires might be to record something.
            if (parsed == TimeSpan.Zero)
            {
                await response.FinishAsync(GrpcDeadline.Exceeded);
                return;
            }

            timeout = parsed;
        }

        if (!GrpcMetadata.TryRead(http.Request.Headers, out var metadata, out var malformed))
        {
            await response.FinishAsync(new GrpcStatus(GrpcStatusCode.Internal, $"The value of the header {malformed} is not base64."));
            return;
        }

        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        await using var deadline = new GrpcDeadline(_time, timeout, response, cancellation);
        var ends = timeout is { } wait ? GrpcTimeout.DeadlineFrom(_time.GetUtcNow(), wait) : null;
        var call = new GrpcCall(http, metadata, response, ends, _stopping, cancellation.Token);
        await response.FinishAsync(await RunAsync(call, deadline));
    }

    /// <summary>What answers a path that no method has.</summary>
    public static Task AnswerUnimplementedAsync(HttpContext http) =>
        AnswerAsync(http, new GrpcStatus(GrpcStatusCode.Unimplemented, $"There is no method {http.Request.Path.Value}."));

    /// <summary>Answers a call with a status and nothing else, without reading it.</summary>
    public static async Task AnswerAsync(HttpContext http, GrpcStatus status)
    {
        if (await IsGrpcAsync(http))
            await new GrpcResponse(http, new GrpcOptions()).FinishAsync(status);
    }

    /// <summary>
    /// Whether the request speaks gRPC; otherwise answers it as HTTP, so that no other client takes the 200 of a gRPC
    /// error for a success.
    /// </summary>
    private static async Task<bool> IsGrpcAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method))
        {
            http.Response.StatusCode = StatusCodes.Status405MethodNotAllowed;
            http.Response.Headers.Allow = HttpMethods.Post;
            return false;
        }

        if (!GrpcEndpoints.IsGrpcContentType(http.Request.ContentType))
        {
            http.Response.StatusCode = StatusCodes.Status415UnsupportedMediaType;
            http.Response.Headers.Accept = GrpcEndpoints.ContentType;
            await http.Response.WriteAsync("This is a gRPC method: its content type is application/grpc.");
            return false;
        }

        // HTTP/1.1 cannot carry both directions and trailers as gRPC needs them.
        if (http.Features.Get<IHttpResetFeature>() is null || !http.Response.SupportsTrailers())
        {
            http.Response.StatusCode = StatusCodes.Status426UpgradeRequired;
            http.Response.Headers.Upgrade = "HTTP/2.0";
            await http.Response.WriteAsync("This is a gRPC method: it is called over HTTP/2.");
            return false;
        }

        return true;
    }

    private async Task<GrpcStatus> RunAsync(GrpcCall call, GrpcDeadline deadline)
    {
        try
        {
            // Routes match in any case, with or without a slash at the end; the paths of gRPC are exact.
            if (!string.Equals(call.Http.Request.Path.Value, path, StringComparison.Ordinal))
                return new GrpcStatus(GrpcStatusCode.Unimplemented, $"There is no method {call.Http.Request.Path.Value}.");

            using var stopped = clientStreams
                ? _stopping.Register(static body => ((System.IO.Pipelines.PipeReader)body!).CancelPendingRead(), call.Http.Request.BodyReader)
                : default;
            return await run(call);
        }
        catch (GrpcException e)
        {
            LogEnded(e, path, e.Status.Code);
            return e.Status;
        }
        catch (Exception e) when (call.Cancellation.IsCancellationRequested)
        {
            LogCancelled(e, path);
            return deadline.HasPassed ? GrpcDeadline.Exceeded : new GrpcStatus(GrpcStatusCode.Cancelled, "The call was cancelled.");
        }
        catch (Exception e)
        {
            // What an unexpected exception says is for the log; it may hold what clients must not see.
            LogFailed(e, path);
            return new GrpcStatus(GrpcStatusCode.Unknown, "The server failed to handle the call.");
        }
    }

    [LoggerMessage(1301, LogLevel.Debug, "{Path} ended with {Status}.")]
    private partial void LogEnded(Exception reason, string path, GrpcStatusCode status);

    [LoggerMessage(1302, LogLevel.Debug, "{Path} was cancelled.")]
    private partial void LogCancelled(Exception reason, string path);

    [LoggerMessage(1303, LogLevel.Error, "{Path} failed.")]
    private partial void LogFailed(Exception failure, string path);

    /// <summary>
    /// Messages are limited one by one, so the body as a whole is not; and a client may pause between the messages of a
    /// stream for as long as it likes.
    /// </summary>
    private void LiftBodyLimits(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = null;
        if (clientStreams && http.Features.Get<IHttpMinRequestBodyDataRateFeature>() is { } rate)
            rate.MinDataRate = null;
    }
}
