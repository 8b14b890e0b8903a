namespace NetworkGraph.Analytics.Revival;

/// <summary>What reviving a tie would change in whom introductions reach.</summary>
[GenerateSerializer, Immutable]
public sealed record RevivalAnswer
{
    [Id(0)] public required string Person { get; init; }

    /// <summary>With whom the tie would be revived.</summary>
    [Id(1)] public required string Other { get; init; }

    [Id(2)] public required DateTimeOffset AsOf { get; init; }

    /// <summary>Status of the tie as it is.</summary>
    [Id(3)] public required string Status { get; init; }

    /// <summary>How many people introductions reach as things are, and how many they would.</summary>
    [Id(4)] public required ReachChange Reach { get; init; }

    /// <summary>People reached only then, the most likely first; at most the limit.</summary>
    [Id(5)] public required IReadOnlyList<NewlyReached> Gained { get; init; }

    /// <summary>People reached now whose best way would be at least a tenth better, the greatest gain first; at most the limit.</summary>
    [Id(6)] public required IReadOnlyList<NewlyReached> Improved { get; init; }

    /// <summary>
    /// Organisations where no one is reached now, nor is a contact, and somebody would be; by how many people, then by name.
    /// </summary>
    [Id(7)] public required IReadOnlyList<NewOrganisation> Organisations { get; init; }

    [Id(8)] public required string Reason { get; init; }

    [Id(9)] public required RevivalEvidence Evidence { get; init; }
}

/// <summary>How many people are reached now, then, and only then.</summary>
[GenerateSerializer, Immutable]
public sealed record ReachChange(int Now, int Then, int Gained, int Improved);

/// <summary>Somebody whom the revived tie brings nearer.</summary>
[GenerateSerializer, Immutable]
public sealed record NewlyReached
{
    [Id(0)] public required string Person { get; init; }

    [Id(1)] public required string? Name { get; init; }

    [Id(2)] public required string? Organisation { get; init; }

    /// <summary>How likely an introduction would be to work, in [0,1].</summary>
    [Id(3)] public required double Score { get; init; }

    /// <summary>How likely it is now; null where it is below the threshold.</summary>
    [Id(4)] public required double? ScoreNow { get; init; }

    /// <summary>Whom to ask first.</summary>
    [Id(5)] public required string FirstBroker { get; init; }
}

/// <summary>An organisation that would come within reach, and how many of its people.</summary>
[GenerateSerializer, Immutable]
public sealed record NewOrganisation(string Organisation, int People);

/// <summary>What is assumed of the revived tie.</summary>
[GenerateSerializer, Immutable]
public sealed record RevivalEvidence
{
    /// <summary>Mutual strength as it is.</summary>
    [Id(0)] public required double Strength { get; init; }

    /// <summary>Mutual strength assumed: as high as it ever was, in both directions.</summary>
    [Id(1)] public required double AssumedStrength { get; init; }

    /// <summary>When it was that high; null where it never was above 0 in both directions.</summary>
    [Id(2)] public required DateTimeOffset? PeakAt { get; init; }

    /// <summary>The least score that counts as reached.</summary>
    [Id(3)] public required double Threshold { get; init; }

    [Id(4)] public required int MaxHops { get; init; }
}
