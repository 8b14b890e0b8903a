namespace NetworkGraph.Events.Records;

/// <summary>
/// From here on requests need a key, or need none any more. The last one wins. So that a key file that is lost locks the server
/// instead of opening it.
/// </summary>
public sealed class KeysRequirement : LogRecord
{
    /// <summary>The id that the log finds these records by; no interaction can have it, since it holds a control character.</summary>
    public const string Id = "\u0001keys";

    /// <summary>When, Unix ms.</summary>
    public required long AtMs { get; init; }

    public required bool Stands { get; init; }
}
