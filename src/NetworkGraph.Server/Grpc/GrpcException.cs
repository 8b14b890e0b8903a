namespace NetworkGraph.Server.Grpc;

/// <summary>
/// Ends a call with a status from where none can be returned: reading a request stream whose bytes are broken, for one.
/// Outcomes that are to be expected are returned instead (<see cref="GrpcOutcome{T}"/>, <see cref="GrpcStatus"/>).
/// </summary>
public sealed class GrpcException(GrpcStatus status, Exception? innerException = null)
    : Exception(status.ToString(), innerException)
{
    public GrpcException(GrpcStatusCode code, string message, Exception? innerException = null)
        : this(new GrpcStatus(code, message), innerException)
    {
    }

    public GrpcStatus Status { get; } = status;
}
