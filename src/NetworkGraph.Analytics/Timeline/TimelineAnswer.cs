namespace NetworkGraph.Analytics.Timeline;

/// <summary>The network over time: what it was at each of several dates, as is known now.</summary>
public sealed record TimelineAnswer
{
    public required DateTimeOffset From { get; init; }

    public required DateTimeOffset To { get; init; }

    /// <summary>At equal distances, the first at <see cref="From"/> and the last at <see cref="To"/>.</summary>
    public required IReadOnlyList<TimelinePoint> Points { get; init; }

    /// <summary>
    /// What lies so far before the rest that the timeline does not begin with it; null where there is none, or where a
    /// beginning was given.
    /// </summary>
    public TimelineOutliers? Outliers { get; init; }
}

/// <summary>Interactions far before all others: most likely of a broken clock or a wrong unit of time.</summary>
public sealed record TimelineOutliers
{
    public required long Interactions { get; init; }

    /// <summary>The date of the first of them.</summary>
    public required DateTimeOffset First { get; init; }
}

/// <summary>The network at one date. What has no value is null.</summary>
public sealed record TimelinePoint
{
    public required DateTimeOffset At { get; init; }

    /// <summary>People with an interaction by then.</summary>
    public required int People { get; init; }

    /// <summary>Interactions by then.</summary>
    public required long Interactions { get; init; }

    /// <summary>Ordered pairs tied.</summary>
    public required long Ties { get; init; }

    /// <summary>Unordered pairs tied in either direction.</summary>
    public required long Dyads { get; init; }

    /// <summary>Dyads by status.</summary>
    public required IReadOnlyDictionary<string, long> Statuses { get; init; }

    /// <summary>Share of ordered tied pairs whose reverse is tied.</summary>
    public required double? R { get; init; }

    /// <summary>r corrected for what chance would give.</summary>
    public required double? Rho { get; init; }

    /// <summary>Share of tie strength that is returned.</summary>
    public required double? Weighted { get; init; }
}
