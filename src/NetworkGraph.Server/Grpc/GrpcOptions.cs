namespace NetworkGraph.Server.Grpc;

/// <summary>Limits and compression of a mapped service.</summary>
public sealed record GrpcOptions
{
    /// <summary>A longer request message (after decompression too) ends the call with RESOURCE_EXHAUSTED.</summary>
    public int ReceiveMaxBytes { get; init; } = 4 * 1024 * 1024;

    /// <summary>A longer response message ends the call with RESOURCE_EXHAUSTED instead of being sent.</summary>
    public int SendMaxBytes { get; init; } = int.MaxValue;

    /// <summary>
    /// Response messages of at least so many bytes are sent as gzip to clients that accept it; null: none. A call can
    /// decide otherwise: <see cref="GrpcCall.CompressFromBytes"/>.
    /// </summary>
    public int? CompressFromBytes { get; init; }

    /// <summary>
    /// The same for clients that send their request as gzip, whose link is then likely the narrow part. Where
    /// <see cref="CompressFromBytes"/> is set, that holds.
    /// </summary>
    public int? CompressInKindFromBytes { get; init; }

    /// <summary>
    /// How long a client may leave unread what waits for it (an answer, or a message of a stream, that does not fit into what
    /// is sent at once), before the call is ended.
    /// </summary>
    public TimeSpan AnswerPatience { get; init; } = TimeSpan.FromSeconds(60);
}
