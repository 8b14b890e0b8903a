using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace NetworkGraph.Server.Grpc;

/// <summary>
/// The response of one call: headers, messages, then a status in trailers, or the status alone ("trailers-only"). The
/// method writes it, and the deadline may end it at any moment, so what changes it holds a lock; nothing awaits under it.
/// </summary>
internal sealed class GrpcResponse(HttpContext http, GrpcOptions options)
{
    /// <summary>HTTP/2's error code for a stream that is no longer needed.</summary>
    private const int Http2Cancel = 0x8;

    /// <summary>What Kestrel holds for a response before it asks to wait.</summary>
    private const int SentAtOnceMaxBytes = 64 * 1024;

    private readonly Lock _gate = new();
    private readonly bool _clientAcceptsGzip = AcceptsGzip(http.Request);
    private int? _compressFromBytes = options.CompressFromBytes ?? (SendsGzip(http.Request) ? options.CompressInKindFromBytes : null);
    private bool _headersAreWritten;
    private bool _gzipIsAnnounced;
    private bool _hasMessages;
    private bool _isFinished;
    private Task? _flush;

    public GrpcMetadata Headers { get; } = new();

    public GrpcMetadata Trailers { get; } = new();

    public int? CompressFromBytes
    {
        get => _compressFromBytes;
        set
        {
            lock (_gate)
            {
                if (value is not null && _headersAreWritten && _clientAcceptsGzip && !_gzipIsAnnounced)
                    throw new InvalidOperationException("The headers have been sent without announcing a compression.");
                _compressFromBytes = value;
            }
        }
    }

    public async Task SendHeadersAsync(CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Task flush;
        lock (_gate)
        {
            ThrowIfFinished();
            ThrowIfWriting();
            WriteHeaders();

            // Starting a response does not send anything yet.
            _flush = flush = FlushedAsync(http.Response.BodyWriter.FlushAsync(CancellationToken.None));
        }

        await flush.WaitAsync(cancellation);
    }

    /// <summary>Sends a message and waits for room for the next, for as long as that takes.</summary>
    public async ValueTask WriteWhenReadAsync(IMessage message, CancellationToken cancellation)
    {
        Task flush;
        lock (_gate)
        {
            cancellation.ThrowIfCancellationRequested();
            ThrowIfFinished();
            ThrowIfWriting();
            WriteMessage(message);
            var flushing = http.Response.BodyWriter.FlushAsync(CancellationToken.None);
            if (flushing.IsCompletedSuccessfully)
            {
                ThrowIfGone(flushing.Result.IsCompleted);
                return;
            }

            _flush = flush = FlushedAsync(flushing);
        }

        // Not cancelled itself: a flush cut off leaves a stream that nothing but a reset can end.
        await flush.WaitAsync(cancellation);
    }

    /// <summary>Sends a message and waits for room for the next, no longer than <see cref="GrpcOptions.AnswerPatience"/>.</summary>
    public ValueTask WriteAsync(IMessage message, TimeProvider time, CancellationToken cancellation)
    {
        var write = WriteWhenReadAsync(message, cancellation);
        return write.IsCompletedSuccessfully ? write : new ValueTask(UntilReadAsync(write.AsTask(), time, cancellation));
    }

    /// <summary>Waits for what the client has yet to read, no longer than <see cref="GrpcOptions.AnswerPatience"/>.</summary>
    public async Task UntilReadAsync(Task writing, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            await writing.WaitAsync(options.AnswerPatience, time, cancellation);
        }
        catch (TimeoutException e)
        {
            throw new GrpcException(GrpcStatusCode.DeadlineExceeded, "The client did not read what it was sent in time.", e);
        }
    }

    /// <summary>
    /// Puts the only message of a response in place. A small one leaves together with the status; a long one waits for the
    /// client to read, while the deadline still counts.
    /// </summary>
    public async ValueTask WriteOnlyAsync(IMessage message, TimeProvider time, CancellationToken cancellation)
    {
        if (message.CalculateSize() > SentAtOnceMaxBytes)
        {
            await WriteAsync(message, time, cancellation);
            return;
        }

        lock (_gate)
        {
            cancellation.ThrowIfCancellationRequested();
            ThrowIfFinished();
            ThrowIfWriting();
            WriteMessage(message);
        }
    }

    /// <summary>
    /// Ends the response with a status, once, and leaves the status among the request's features: later calls change nothing. Where a message is still waiting for the client
    /// to read, the status cannot reach it, and the stream is reset.
    /// </summary>
    /// <param name="status">What ends it.</param>
    /// <param name="withMetadata">False while the method may still be at work, and change its headers and trailers.</param>
    public async Task FinishAsync(GrpcStatus status, bool withMetadata = true)
    {
        bool reset;
        lock (_gate)
        {
            if (_isFinished)
                return;
            _isFinished = true;
            http.Features.Set(status);
            reset = _flush is { IsCompleted: false };
            if (withMetadata && (status.IsOk || Headers.Count > 0))
                WriteHeaders();
        }

        if (reset)
            Reset();
        else if (!http.RequestAborted.IsCancellationRequested)
            await CompleteAsync(status, withMetadata);

        // Its outcome has been seen by the write that started it; here it only has to be over.
        if (_flush is { } flush)
            await flush.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task FlushedAsync(ValueTask<System.IO.Pipelines.FlushResult> flushing) =>
        ThrowIfGone((await flushing).IsCompleted);

    private static void ThrowIfGone(bool readerIsGone)
    {
        if (readerIsGone)
            throw new GrpcException(GrpcStatusCode.Cancelled, "The client has gone.");
    }

    private static bool SendsGzip(HttpRequest request) => request.Headers["grpc-encoding"].ToString() == GzipMessages.Name;

    private static bool AcceptsGzip(HttpRequest request)
    {
        foreach (var value in request.Headers["grpc-accept-encoding"])
        {
            foreach (var range in value.AsSpan().Split(','))
            {
                if (value.AsSpan()[range].Trim().SequenceEqual(GzipMessages.Name))
                    return true;
            }
        }

        return false;
    }

    private void WriteMessage(IMessage message)
    {
        var lengthBytes = message.CalculateSize();
        if (lengthBytes > options.SendMaxBytes)
        {
            throw new GrpcException(
                GrpcStatusCode.ResourceExhausted,
                $"A response message would have {lengthBytes} bytes; the limit is {options.SendMaxBytes}.");
        }

        WriteHeaders();
        _hasMessages = true;
        var output = http.Response.BodyWriter;
        if (_gzipIsAnnounced && lengthBytes >= _compressFromBytes)
        {
            GzipMessages.WriteFrame(message, output);
            return;
        }

        MessageFrame.WritePrefix(output, isCompressed: false, lengthBytes);
        message.WriteTo(output);
    }

    private void WriteHeaders()
    {
        if (_headersAreWritten)
            return;
        _headersAreWritten = true;
        WriteProtocolHeaders();
        _gzipIsAnnounced = _clientAcceptsGzip && _compressFromBytes is not null;
        if (_gzipIsAnnounced)
            http.Response.Headers["grpc-encoding"] = GzipMessages.Name;
        Headers.WriteTo(http.Response.Headers);
    }

    private void WriteProtocolHeaders()
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = GrpcEndpoints.ContentType;
        http.Response.Headers["grpc-accept-encoding"] = "identity,gzip";
    }

    private async Task CompleteAsync(GrpcStatus status, bool withMetadata)
    {
        // Without messages the headers are sent by themselves: together with the end they would claim a length of 0.
        if (!_headersAreWritten)
            WriteProtocolHeaders();
        else if (!_hasMessages)
            await http.Response.StartAsync();

        var trailers = _headersAreWritten
            ? http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers
            : http.Response.Headers;
        status.WriteTo(trailers);
        if (withMetadata)
            Trailers.WriteTo(trailers);
        await http.Response.CompleteAsync();
    }

    private void Reset() => http.Features.GetRequiredFeature<IHttpResetFeature>().Reset(Http2Cancel);

    private void ThrowIfWriting()
    {
        if (_flush is { IsCompleted: false })
            throw new InvalidOperationException("A write is under way; await it before the next.");
    }

    private void ThrowIfFinished()
    {
        if (_isFinished)
            throw new OperationCanceledException("The call is over: its status has been sent.");
    }
}
