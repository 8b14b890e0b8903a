namespace NetworkGraph.People.FollowUps;

/// <summary>Until when a first contact can be followed up. The first two deadlines, 24 h and 48 h, are in the states' names.</summary>
public sealed record FollowUpThresholds
{
    public static FollowUpThresholds Default { get; } = new();

    /// <summary>What comes later than this many days after a first contact is a new start, not a follow-up.</summary>
    public double LateWithinDays { get; init; } = 14;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate() =>
        LateWithinDays is > 2 and <= 3650
            ? []
            : [$"{nameof(LateWithinDays)} is {LateWithinDays}; it must lie above 2 (the 48 hours before it is late) and be at most 3650"];
}
