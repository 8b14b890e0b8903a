using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People;

/// <summary>One interaction of a person: when, and where in the log.</summary>
[GenerateSerializer, Immutable]
public readonly record struct HistoryEntry(long AtMs, long Position);

/// <summary>Which of a person's interactions are meant, and how many. Dates are Unix ms.</summary>
[GenerateSerializer, Immutable]
public sealed record HistoryFilter
{
    /// <summary>Only with this other person.</summary>
    [Id(0)] public string? With { get; init; }

    /// <summary>Not before.</summary>
    [Id(1)] public long SinceMs { get; init; } = long.MinValue;

    /// <summary>Not after.</summary>
    [Id(2)] public long UntilMs { get; init; } = DyadEvent.NeverMs - 1;

    [Id(3)] public InteractionKind? Kind { get; init; }

    /// <summary>Only those that come after this one in the answer's order.</summary>
    [Id(4)] public HistoryEntry? After { get; init; }

    [Id(5)] public int Limit { get; init; } = 100;
}
