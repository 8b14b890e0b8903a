namespace NetworkGraph.Analytics.Huddles;

/// <summary>Which huddles are asked for.</summary>
public sealed record HuddlesRequest
{
    /// <summary>Whom all in the group serve; null for any.</summary>
    public string? Audience { get; init; }

    /// <summary>Who must be in every group; null for no one.</summary>
    public string? Person { get; init; }

    /// <summary>People in a group, 5 to 10.</summary>
    public int Size { get; init; } = 6;

    /// <summary>How many groups at most, 1 to 10.</summary>
    public int Huddles { get; init; } = 3;

    /// <summary>Unix ms; null for now.</summary>
    public long? AsOfMs { get; init; }
}

/// <summary>Proposed groups, the most promising first. No one is in two of them but the person asked for.</summary>
public sealed record HuddlesAnswer
{
    public required DateTimeOffset AsOf { get; init; }

    public required int Size { get; init; }

    /// <summary>The audiences that groups were looked for in, and how many people serve each.</summary>
    public required IReadOnlyList<HuddleAudience> Audiences { get; init; }

    public required IReadOnlyList<HuddleAnswer> Items { get; init; }
}

/// <summary>An audience, and how many people who could be in a group serve it.</summary>
public sealed record HuddleAudience(string Audience, int Candidates);

/// <summary>One proposed group.</summary>
public sealed record HuddleAnswer
{
    /// <summary>Whom all of them serve.</summary>
    public required string Audience { get; init; }

    /// <summary>By id.</summary>
    public required IReadOnlyList<HuddleMember> People { get; init; }

    /// <summary>Mean over its pairs of the probability that a favour passes between the two, in [0,1].</summary>
    public required double ExpectedStrength { get; init; }

    /// <summary>No group of this size and audience, out of those not in a better one, has more.</summary>
    public required double UpperBound { get; init; }

    /// <summary>Whether it is proved that there is no better group.</summary>
    public required bool Optimal { get; init; }

    public required string Reason { get; init; }

    public required HuddleEvidence Evidence { get; init; }
}

/// <summary>A person of a group, and what they bring.</summary>
public sealed record HuddleMember(string Person, string? Name, string? Organisation, IReadOnlyList<string> Offers, string Entity);

/// <summary>What a proposed group rests on.</summary>
public sealed record HuddleEvidence
{
    /// <summary>Pairs with a mutual tie.</summary>
    public required int KnownPairs { get; init; }

    /// <summary>All pairs, the least likely first.</summary>
    public required IReadOnlyList<HuddlePair> Pairs { get; init; }
}

/// <summary>Two of a group.</summary>
/// <param name="From">Id of the one.</param>
/// <param name="To">Id of the other.</param>
/// <param name="Likelihood">Probability that a favour passes between the two, in [0,1).</param>
/// <param name="Known">Whether they have a mutual tie already.</param>
public sealed record HuddlePair(string From, string To, double Likelihood, bool Known);
