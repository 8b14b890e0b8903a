namespace NetworkGraph.Log;

/// <summary>
/// What the log holds: an <see cref="Interactions.Interaction"/>, a <see cref="ProfileChanged"/>,
/// a <see cref="PersonErased"/> or a <see cref="Tombstone"/>. Immutable.
/// </summary>
public abstract class LogRecord;

/// <summary>A person's profile as it is from here on. The last one wins.</summary>
public sealed class ProfileChanged : LogRecord
{
    public required long AtMs { get; init; }

    public required People.Profile Profile { get; init; }
}

/// <summary>Somebody was erased. Recorded without the identity: how many records became tombstones, and when.</summary>
public sealed class PersonErased : LogRecord
{
    public required long AtMs { get; init; }

    public required long Tombstones { get; init; }

    /// <summary>
    /// Which positions became tombstones, ascending, where the log knows: of a log that several write, so that everyone who
    /// has read those records before forgets them. Not part of the record's bytes.
    /// </summary>
    public IReadOnlyList<long> Positions { get; init; } = [];
}

/// <summary>What is left of an erased record: its place, a hash of its id, and how many recipients it had.</summary>
public sealed class Tombstone : LogRecord
{
    public required ulong IdHash { get; init; }

    public required int Recipients { get; init; }
}
