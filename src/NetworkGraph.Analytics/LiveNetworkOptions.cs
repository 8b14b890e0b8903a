namespace NetworkGraph.Analytics;

/// <summary>How live the network is, and what it may cost.</summary>
public sealed record LiveNetworkOptions
{
    /// <summary>The least time between two publications. A publication that costs more is followed by a longer wait.</summary>
    public TimeSpan PublishEvery { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>The most time between two publications while interactions arrive: what a query may lag behind.</summary>
    public TimeSpan PublishAtLeastEvery { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>How often the network's date moves on when nothing arrives.</summary>
    public TimeSpan AgeEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long everybody's habits, and what is reported of their changes, may lag behind.</summary>
    public TimeSpan CountHabitsEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What snapshots as of a date may hold in memory together, bytes.</summary>
    public long AsOfCacheBytes { get; init; } = 1L << 30;

    /// <summary>Communities and what rests on them.</summary>
    public StructureOptions Structure { get; init; } = new();

    /// <summary>Learning from the network's own past.</summary>
    public ModelOptions Models { get; init; } = new();

    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (PublishEvery <= TimeSpan.Zero || PublishEvery > TimeSpan.FromMinutes(1))
            errors.Add("Network:PublishEvery must be above 0 and at most 1 minute");
        if (PublishAtLeastEvery < PublishEvery) errors.Add("Network:PublishAtLeastEvery must not be below Network:PublishEvery");
        if (AgeEvery < TimeSpan.FromSeconds(1) || AgeEvery > TimeSpan.FromHours(1))
            errors.Add("Network:AgeEvery must be between 1 second and 1 hour");
        if (CountHabitsEvery < TimeSpan.FromMilliseconds(10) || CountHabitsEvery > TimeSpan.FromHours(1))
            errors.Add("Network:CountHabitsEvery must be between 10 milliseconds and 1 hour");
        if (AsOfCacheBytes < 1 << 20) errors.Add("Network:AsOfCacheBytes must be at least 1048576");
        errors.AddRange(Structure.Validate().Select(error => $"Network:{nameof(Structure)}:{error}"));
        errors.AddRange(Models.Validate());
        return errors;
    }
}
