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
    /// <exception cref="GrpcException">The message is too long, or the client has gone.</exception>
    /// <exception cref="OperationCanceledException">The call has been cancelled.</exception>
    public ValueTask WriteAsync(T message) => _call.Response.WriteAsync(message, _call.Cancellation);
}
