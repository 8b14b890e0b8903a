namespace NetworkGraph.Events.Interactions;

/// <summary>What a time that is written as a number counts.</summary>
public enum TimeUnit : byte
{
    /// <summary>Not stated: milliseconds, and a number that can only be seconds is refused.</summary>
    Assumed = 0,

    Milliseconds = 1,

    Seconds = 2,
}
