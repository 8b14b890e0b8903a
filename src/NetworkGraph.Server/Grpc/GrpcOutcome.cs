namespace NetworkGraph.Server.Grpc;

/// <summary>What a method with one answer returns: the answer, or the status that says why there is none.</summary>
public readonly struct GrpcOutcome<T>
    where T : class
{
    private readonly GrpcStatus? _status;

    private GrpcOutcome(T? answer, GrpcStatus? status)
    {
        Answer = answer;
        _status = status;
    }

    /// <summary>Null exactly where <see cref="Status"/> is not OK.</summary>
    public T? Answer { get; }

    public GrpcStatus Status => _status ?? GrpcStatus.Ok;

    public static implicit operator GrpcOutcome<T>(T answer)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return new GrpcOutcome<T>(answer, null);
    }

    public static implicit operator GrpcOutcome<T>(GrpcStatus status)
    {
        ArgumentNullException.ThrowIfNull(status);
        return status.IsOk
            ? throw new ArgumentException("An OK outcome needs an answer.", nameof(status))
            : new GrpcOutcome<T>(null, status);
    }
}
