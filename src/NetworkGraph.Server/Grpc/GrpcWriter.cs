using Google.Protobuf;

namespace NetworkGraph.Server.Grpc;

/// <summary>The messages a server sends back, one at a time.</summary>
public sealed class GrpcWriter<T>
    where T : class, IMessage<T>
{
    private readonly GrpcCall _call;

    internal GrpcWriter(GrpcCall call) => _call = call;

    /// <summary>
    /// Sends a message, and completes when there is room for the next: a client that reads slowly slows the caller down,
    /// and what waits for it stays bounded. One write at a time.
    /// </summary>
    /// <exception cref="GrpcException">The message is too long, the client has gone, or has left what was sent before
    /// unread for <see cref="GrpcOptions.AnswerPatience"/>.</exception>
    /// <exception cref="OperationCanceledException">The call has been cancelled.</exception>
    public ValueTask WriteAsync(T message) => _call.Response.WriteAsync(message, _call.Time, _call.Cancellation);

    /// <summary>
    /// As <see cref="WriteAsync"/>, with all the patience there is: for what a client may leave unread while it sends.
    /// Afterwards it is waited for with <see cref="UntilReadAsync"/>.
    /// </summary>
    /// <exception cref="GrpcException">The message is too long, or the client has gone.</exception>
    /// <exception cref="OperationCanceledException">The call has been cancelled.</exception>
    public ValueTask WriteWhenReadAsync(T message) => _call.Response.WriteWhenReadAsync(message, _call.Cancellation);

    /// <summary>Waits for writes under way, no longer than <see cref="GrpcOptions.AnswerPatience"/>; throws as they do.</summary>
    /// <exception cref="GrpcException">The client has left unread for too long what it was sent.</exception>
    public Task UntilReadAsync(Task writing) => _call.Response.UntilReadAsync(writing, _call.Time, _call.Cancellation);
}
