using Google.Protobuf;
using Grpc.Core;

namespace NetworkGraph.Server.Api.Grpc;

/// <summary>The messages of a streamed answer, compressed in kind (<see cref="AnswerCompression"/>).</summary>
internal sealed class AnswerStream<T>(IServerStreamWriter<T> inner, ServerCallContext context)
    where T : class, IMessage<T>
{
    private readonly bool _compresses = AnswerCompression.IsWanted(context);
    private bool _areHeadersSent;

    /// <summary>Sends the response headers now, where they matter before the first message does.</summary>
    public Task SendHeadersAsync()
    {
        _areHeadersSent = true;
        return _compresses ? AnswerCompression.AnnounceAsync(context) : context.WriteResponseHeadersAsync(Metadata.Empty);
    }

    /// <summary>
    /// Sends a message, and completes when there is room for the next: a client that reads slowly slows the caller down.
    /// One write at a time.
    /// </summary>
    /// <exception cref="RpcException">The client has left unread for too long what it was sent before.</exception>
    /// <exception cref="OperationCanceledException">The call has been cancelled.</exception>
    public Task WriteAsync(T message)
    {
        context.CancellationToken.ThrowIfCancellationRequested();
        return _compresses ? WriteCompressedAsync(message) : inner.WriteAsync(message);
    }

    private async Task WriteCompressedAsync(T message)
    {
        if (!_areHeadersSent) await SendHeadersAsync();
        inner.WriteOptions = AnswerCompression.OptionsOf(message);
        await inner.WriteAsync(message);
    }
}
