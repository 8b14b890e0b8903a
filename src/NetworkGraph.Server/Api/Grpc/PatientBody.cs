using System.Globalization;
using System.IO.Pipelines;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace NetworkGraph.Server.Api.Grpc;

/// <summary>
/// The body of a gRPC answer, written at the client's pace. A client that leaves unread for too long what it is sent loses
/// the call, whose stream is reset; its connection and the calls beside it go on. (Kestrel's own minimal rate of reading
/// closes connections.) What Kestrel holds of an answer besides, up to 64 KiB, it takes for sent; a client that never makes
/// room for it keeps it, and one of the streams of its connection, until the connection ends.
/// </summary>
internal sealed class PatientBody(HttpContext http, IHttpResponseBodyFeature inner, TimeSpan patience, TimeProvider time)
    : PipeWriter, IHttpResponseBodyFeature
{
    /// <summary>HTTP/2's error code for a stream that is no longer needed.</summary>
    private const int Http2Cancel = 0x8;

    /// <summary>What Kestrel holds for a response before it asks to wait.</summary>
    private const int SentAtOnceMaxBytes = 64 * 1024;

    private readonly PipeWriter _writer = inner.Writer;

    /// <summary>Writes wait without a limit: for what a client may leave unread while it sends. The method sees to the end
    /// of that (<see cref="UntilReadAsync"/>).</summary>
    public bool WaitsForever { get; set; }

    Stream IHttpResponseBodyFeature.Stream => inner.Stream;

    PipeWriter IHttpResponseBodyFeature.Writer => this;

    public override bool CanGetUnflushedBytes => _writer.CanGetUnflushedBytes;

    public override long UnflushedBytes => _writer.UnflushedBytes;

    /// <summary>Waits for a write under way, no longer than there is patience, and not beyond the call's deadline.</summary>
    /// <exception cref="RpcException">The client has left unread for too long what it was sent.</exception>
    public Task UntilReadAsync(Task writing) =>
        UntilReadAsync(writing, http.Features.Get<IServerCallContextFeature>()?.ServerCallContext.CancellationToken ?? http.RequestAborted);

    /// <summary>Sends the rest of an answer where that is more than is sent at once: a long unary answer, whose method is over.</summary>
    public async Task SendRestAsync()
    {
        if (UnflushedBytes > SentAtOnceMaxBytes && !http.RequestAborted.IsCancellationRequested)
            await UntilReadAsync(_writer.FlushAsync(CancellationToken.None).AsTask(), http.RequestAborted);
    }

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        var flush = _writer.FlushAsync(cancellationToken);
        return flush.IsCompleted || WaitsForever ? flush : new ValueTask<FlushResult>(FlushedAsync(flush.AsTask()));
    }

    public override void Advance(int bytes) => _writer.Advance(bytes);

    public override Memory<byte> GetMemory(int sizeHint = 0) => _writer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => _writer.GetSpan(sizeHint);

    public override void CancelPendingFlush() => _writer.CancelPendingFlush();

    public override void Complete(Exception? exception = null) => _writer.Complete(exception);

    void IHttpResponseBodyFeature.DisableBuffering() => inner.DisableBuffering();

    Task IHttpResponseBodyFeature.StartAsync(CancellationToken cancellationToken) => inner.StartAsync(cancellationToken);

    Task IHttpResponseBodyFeature.SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken) =>
        inner.SendFileAsync(path, offset, count, cancellationToken);

    Task IHttpResponseBodyFeature.CompleteAsync() => inner.CompleteAsync();

    private async Task UntilReadAsync(Task writing, CancellationToken cancellation)
    {
        try
        {
            await writing.WaitAsync(patience, time, cancellation);
        }
        catch (Exception given) when (given is TimeoutException or OperationCanceledException && !writing.IsCompleted)
        {
            // No status can reach the client behind what it does not read.
            http.Features.GetRequiredFeature<IHttpResetFeature>().Reset(Http2Cancel);
            await writing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (given is OperationCanceledException) throw;
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, "The client did not read what it was sent in time."));
        }
    }

    private async Task<FlushResult> FlushedAsync(Task<FlushResult> flush)
    {
        await UntilReadAsync(flush);
        return await flush;
    }
}

/// <summary>Gives every gRPC call a <see cref="PatientBody"/>.</summary>
internal static class AnswerPatience
{
    /// <summary>After routing.</summary>
    public static void UseAnswerPatience(this IApplicationBuilder app, TimeSpan patience)
    {
        var time = app.ApplicationServices.GetService<TimeProvider>() ?? TimeProvider.System;
        app.Use((http, next) => http.GetEndpoint()?.Metadata.GetMetadata<GrpcMethodMetadata>() is null
            ? next(http) : CallAsync(http, next));

        async Task CallAsync(HttpContext http, RequestDelegate next)
        {
            var body = new PatientBody(http, http.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), patience, time);
            http.Features.Set<IHttpResponseBodyFeature>(body);
            http.Features.Set(body);
            await next(http);
            try
            {
                await body.SendRestAsync();
            }
            catch (RpcException unread)
            {
                // The stream has been reset: only the metrics still want to know.
                http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers.GrpcStatus =
                    ((int)unread.StatusCode).ToString(CultureInfo.InvariantCulture);
            }
            catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
            {
            }
        }
    }
}
