namespace NetworkGraph.People;

/// <summary>One interaction of a person: when, and where in the log.</summary>
public readonly record struct HistoryEntry(long AtMs, long Position);

/// <summary>Which of a person's interactions are meant, and how many. Dates are Unix ms.</summary>
public sealed record HistoryFilter
{
    /// <summary>Only with this other person.</summary>
    public string? With { get; init; }

    /// <summary>Not before.</summary>
    public long SinceMs { get; init; } = long.MinValue;

    /// <summary>Not after.</summary>
    public long UntilMs { get; init; } = Histories.DyadEvent.NeverMs - 1;

    public Interactions.InteractionKind? Kind { get; init; }

    /// <summary>Only those that come after this one in the answer's order.</summary>
    public HistoryEntry? After { get; init; }

    public int Limit { get; init; } = 100;
}
