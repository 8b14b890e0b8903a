using NetworkGraph.People.Habits;

namespace NetworkGraph.Analytics;

/// <summary>The network in numbers.</summary>
public sealed record NetworkAnswer
{
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>People with an interaction by then.</summary>
    public required int People { get; init; }

    /// <summary>Interactions with a date not after <see cref="AsOf"/>.</summary>
    public required long Interactions { get; init; }

    /// <summary>Ordered pairs tied.</summary>
    public required long Ties { get; init; }

    /// <summary>Unordered pairs tied in either direction.</summary>
    public required long Dyads { get; init; }

    /// <summary>
    /// Connections and people one could call, over dyads. Of a large network as it is now it may be some seconds behind the
    /// rest, and is null for the first moments after a start.
    /// </summary>
    public required VanityGap? VanityGap { get; init; }

    /// <summary>Dyads by status.</summary>
    public required IReadOnlyDictionary<string, long> Statuses { get; init; }

    /// <summary>Position of the last record of the log that is in this answer.</summary>
    public required long Position { get; init; }

    /// <summary>How long ago the snapshot was published, milliseconds.</summary>
    public required long SnapshotAgeMs { get; init; }
}

/// <summary>How mutual the network is. What has no value is null.</summary>
public sealed record NetworkReciprocityAnswer
{
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>People with an interaction of weight above 0.</summary>
    public required int People { get; init; }

    /// <summary>Ordered pairs tied.</summary>
    public required long Ties { get; init; }

    /// <summary>Share of ordered tied pairs whose reverse is tied.</summary>
    public required double? R { get; init; }

    /// <summary>r corrected for what chance would give (Garlaschelli and Loffredo 2004).</summary>
    public required double? Rho { get; init; }

    /// <summary>Share of tie strength that is returned (Squartini et al. 2013).</summary>
    public required double? Weighted { get; init; }

    public required NetworkReciprocityEvidence Evidence { get; init; }
}

/// <summary>What network reciprocity rests on.</summary>
public sealed record NetworkReciprocityEvidence
{
    /// <summary>Ordered tied pairs whose reverse is tied.</summary>
    public required long ReciprocatedTies { get; init; }

    /// <summary>Share of all ordered pairs that are tied; what r would be by chance.</summary>
    public required double? Density { get; init; }
}

/// <summary>Whom an introduction is asked to.</summary>
[GenerateSerializer, Immutable]
public sealed record IntroductionTarget
{
    [Id(0)] public string? Organisation { get; init; }

    [Id(1)] public string? Role { get; init; }

    [Id(2)] public string? Tag { get; init; }

    /// <summary>How many people that is, without the one who asks.</summary>
    [Id(3)] public required int People { get; init; }
}

/// <summary>Who can introduce one person to another, or to anyone of a set.</summary>
[GenerateSerializer, Immutable]
public sealed record IntroductionsAnswer
{
    [Id(0)] public required string From { get; init; }

    /// <summary>The person asked for; null where a set was.</summary>
    [Id(1)] public string? To { get; init; }

    /// <summary>The set asked for; null where a person was.</summary>
    [Id(2)] public IntroductionTarget? Target { get; init; }

    [Id(3)] public required DateTimeOffset AsOf { get; init; }

    /// <summary>How the probabilities of hops come about.</summary>
    [Id(6)] public required IntroductionModel Model { get; init; }

    /// <summary>The mutual tie that stands already; null where there is none. For a set: the strongest such tie.</summary>
    [Id(4)] public required IntroductionHopAnswer? AlreadyConnected { get; init; }

    /// <summary>
    /// How likely the two, who have had nothing to do with each other yet, are to have contacts both ways within 90 days, whatever
    /// way they come about: by common contacts and how active both are, learned from the past or by the documented prior. Null where there
    /// is a tie in either direction, or a set was asked for.
    /// </summary>
    [Id(7)] public required double? LikelyToConnect { get; init; }

    /// <summary>How many of the best paths asked for score too little to be shown.</summary>
    [Id(8)] public required int LeftOut { get; init; }

    /// <summary>Best first, with different first brokers (and, for a set, different targets).</summary>
    [Id(5)] public required IReadOnlyList<IntroductionPathAnswer> Paths { get; init; }
}

/// <summary>
/// The model of a hop: p = σ(alpha + beta·ln(1 + m)), m = √(c_xy·c_yx) at a half-life of halfLifeDays; a tie carries an
/// introduction where m at the ties' own half-life is at least minStrength.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record IntroductionModel
{
    [Id(0)] public required double Alpha { get; init; }

    [Id(1)] public required double Beta { get; init; }

    [Id(2)] public required double HalfLifeDays { get; init; }

    [Id(3)] public required double MinStrength { get; init; }

    /// <summary>Whether it was learned from this network's past; else it is the documented prior, or was configured.</summary>
    [Id(4)] public required bool Learned { get; init; }

    /// <summary>The date it was learned up to; null where it was not.</summary>
    [Id(5)] public required DateTimeOffset? GridDate { get; init; }
}

/// <summary>What a path's score is the product of.</summary>
/// <param name="Hops">The probability of each hop.</param>
/// <param name="Delta">What is left of the score for each broker.</param>
/// <param name="Brokers">How many brokers there are.</param>
[GenerateSerializer, Immutable]
public sealed record IntroductionFactors(IReadOnlyList<double> Hops, double Delta, int Brokers);

/// <summary>One introduction path.</summary>
[GenerateSerializer, Immutable]
public sealed record IntroductionPathAnswer
{
    /// <summary>How likely it is to work: the product of its hops' probabilities, less a tenth for each broker.</summary>
    [Id(0)] public required double Score { get; init; }

    [Id(4)] public required IntroductionFactors Factors { get; init; }

    /// <summary>Ids of the people in between, the first to ask first.</summary>
    [Id(1)] public required IReadOnlyList<string> Brokers { get; init; }

    [Id(2)] public required IReadOnlyList<IntroductionHopAnswer> Hops { get; init; }

    /// <summary>The path in a sentence that names everyone on it: whom to ask first, what each step rests on, the whole chance.</summary>
    [Id(3)] public required string Reason { get; init; }
}

/// <summary>One hop of a path: what the tie between two people carries.</summary>
[GenerateSerializer, Immutable]
public sealed record IntroductionHopAnswer
{
    [Id(0)] public required string From { get; init; }

    [Id(1)] public required string To { get; init; }

    /// <summary>What the first is called; null where that is not known.</summary>
    [Id(60)] public string? FromName { get; init; }

    /// <summary>What the second is called; null where that is not known.</summary>
    [Id(61)] public string? ToName { get; init; }

    /// <summary>Probability that the introduction passes over this tie.</summary>
    [Id(2)] public required double Probability { get; init; }

    /// <summary>Mutual strength √(s_xy·s_yx) at the date of the answer.</summary>
    [Id(3)] public required double Strength { get; init; }

    [Id(4)] public required DateTimeOffset LastContact { get; init; }
}
