using System.Buffers;
using System.IO.Pipelines;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace NetworkGraph.Server.Grpc;

/// <summary>
/// The messages a client sends, one at a time, as they arrive. What has not been asked for stays with the client: HTTP/2's
/// flow control holds it back.
/// </summary>
public sealed class GrpcReader<T>
    where T : class, IMessage<T>, new()
{
    private static readonly MessageParser<T> s_parser = new(() => new T());

    private readonly GrpcCall _call;
    private readonly PipeReader _body;
    private readonly int _maxBytes;

    internal GrpcReader(GrpcCall call, int maxBytes)
    {
        _call = call;
        _body = call.Http.Request.BodyReader;
        _maxBytes = maxBytes;
    }

    /// <summary>The next message; null after the last.</summary>
    /// <exception cref="GrpcException">The stream is broken, a message is too long or unreadable, the client has gone, or the
    /// server is stopping. Let it pass: it carries the status the call has to end with.</exception>
    /// <exception cref="OperationCanceledException">The call has been cancelled.</exception>
    public ValueTask<T?> ReadAsync() => ReadAsync<T>(s_parser.ParseFrom);

    /// <summary>
    /// The next message as <paramref name="read"/> makes it of its bytes, which are good until it returns; null after the
    /// last. For those who decode by themselves. Throws as <see cref="ReadAsync()"/> does.
    /// </summary>
    public async ValueTask<TResult?> ReadAsync<TResult>(Func<ReadOnlySequence<byte>, TResult> read)
        where TResult : class
    {
        while (true)
        {
            var result = await ReadBodyAsync();
            var consumed = result.Buffer.Start;
            var examined = result.Buffer.End;
            try
            {
                if (result.IsCanceled)
                    throw new GrpcException(GrpcStatus.Stopping);
                if (MessageFrame.TryRead(result.Buffer, _maxBytes, out var frame))
                {
                    consumed = examined = frame.Payload.End;
                    return Parse(frame, read);
                }

                if (!result.IsCompleted)
                    continue;
                if (result.Buffer.IsEmpty)
                    return null;
                throw new GrpcException(GrpcStatusCode.Internal, "The request ended within a message.");
            }
            finally
            {
                _body.AdvanceTo(consumed, examined);
            }
        }
    }

    /// <summary>Ends a read under way, as if the server were stopping: nobody waits for it any more.</summary>
    public void Abandon() => _body.CancelPendingRead();

    /// <summary>The messages to the end of the stream; throws as <see cref="ReadAsync"/> does.</summary>
    public async IAsyncEnumerable<T> ReadAllAsync()
    {
        while (await ReadAsync() is { } message)
            yield return message;
    }

    /// <summary>The one message of a method that takes one.</summary>
    internal ValueTask<T> ReadOnlyMessageAsync() => ReadOnlyAsync<T>(s_parser.ParseFrom);

    /// <summary>The one message of a method that takes one, as <paramref name="read"/> makes it of its bytes.</summary>
    public async ValueTask<TResult> ReadOnlyAsync<TResult>(Func<ReadOnlySequence<byte>, TResult> read)
        where TResult : class
    {
        var message = await ReadAsync(read)
            ?? throw new GrpcException(GrpcStatusCode.Unimplemented, "This method takes one request message; there was none.");
        return await ReadAsync(read) is null
            ? message
            : throw new GrpcException(GrpcStatusCode.Unimplemented, "This method takes one request message; there were more.");
    }

    private async ValueTask<ReadResult> ReadBodyAsync()
    {
        try
        {
            return await _body.ReadAsync(_call.Cancellation);
        }
        catch (BadHttpRequestException e)
        {
            throw new GrpcException(GrpcStatusCode.Internal, "The request body could not be read to its end.", e);
        }
        catch (IOException e)
        {
            throw new GrpcException(GrpcStatusCode.Cancelled, "The client broke the request off.", e);
        }
    }

    private TResult Parse<TResult>(MessageFrame frame, Func<ReadOnlySequence<byte>, TResult> read)
    {
        _call.RequestWasCompressed = frame.IsCompressed;
        try
        {
            if (!frame.IsCompressed)
                return read(frame.Payload);
            switch (_call.RequestEncoding)
            {
                case GzipMessages.Name:
                    return GzipMessages.Read(frame.Payload, _maxBytes, read);
                case "" or "identity":
                    throw new GrpcException(GrpcStatusCode.Internal, "A message is marked as compressed, and grpc-encoding names no compression.");
                default:
                    throw new GrpcException(GrpcStatusCode.Unimplemented, "The compression that grpc-encoding names is not supported; see grpc-accept-encoding.");
            }
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new GrpcException(GrpcStatusCode.Internal, $"A request message is not a valid {new T().Descriptor.FullName}.", e);
        }
    }
}
