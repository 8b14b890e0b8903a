namespace NetworkGraph.Analytics.Structure;

/// <summary>A person's place in the network. What has no value is null.</summary>
[GenerateSerializer, Immutable]
public sealed record PersonStructureAnswer
{
    [Id(0)] public required string Person { get; init; }

    /// <summary>People tied in either direction.</summary>
    [Id(1)] public required int Degree { get; init; }

    /// <summary>
    /// Burt's constraint: how much everything hangs on few people who know each other. Low: a broker. Null without ties, and where
    /// <see cref="EgoOnly"/>, as all that follows.
    /// </summary>
    [Id(2)] public required double? Constraint { get; init; }

    /// <summary>Burt's effective size: neighbours less their redundancy. Null without ties.</summary>
    [Id(3)] public required double? EffectiveSize { get; init; }

    /// <summary>Ties without a common neighbour.</summary>
    [Id(4)] public required int? LocalBridges { get; init; }

    /// <summary>Mutual ties in a clique of three mutual ties.</summary>
    [Id(5)] public required int? SimmelianTies { get; init; }

    /// <summary>
    /// Share of the pairs of other people on whose shortest ways (by hops over ties in either direction) the person stands, in
    /// [0,1]; null without ties, and where the network is too large for it to be exact.
    /// </summary>
    [Id(6)] public required double? Betweenness { get; init; }

    /// <summary>
    /// Number of the community, 0 the largest; null without ties, and where communities were found before the person had any.
    /// </summary>
    [Id(7)] public required int? Community { get; init; }

    /// <summary>All people's add up to 1; null as <see cref="Community"/>.</summary>
    [Id(8)] public required double? PageRank { get; init; }

    /// <summary>
    /// Whether the log is one person's own archive, which does not know what others have with each other: then only the
    /// degree is given, since all else would say how the archive was made.
    /// </summary>
    [Id(9)] public required bool EgoOnly { get; init; }

    [Id(10)] public required DateTimeOffset AsOf { get; init; }

    [Id(11)] public required PersonStructureEvidence Evidence { get; init; }
}

/// <summary>What a person's place rests on.</summary>
[GenerateSerializer, Immutable]
public sealed record PersonStructureEvidence
{
    /// <summary>Whether ties counted by <c>strength</c>, or all alike (<c>none</c>).</summary>
    [Id(0)] public required string Weights { get; init; }

    /// <summary>The date of the network that community and PageRank were computed on; at most somewhat before asOf.</summary>
    [Id(1)] public required DateTimeOffset CommunitiesAsOf { get; init; }

    /// <summary>How many people the community has; null where it is not known, or has fewer than five.</summary>
    [Id(2)] public required int? CommunityPeople { get; init; }

    /// <summary>Share of people with a lower PageRank, in [0,1]; null as the PageRank.</summary>
    [Id(3)] public required double? PageRankAbove { get; init; }

    /// <summary>The betweenness in pairs of people, a pair with several shortest ways in parts; null as the betweenness.</summary>
    [Id(4)] public required double? BetweennessPairs { get; init; }
}

/// <summary>The communities of the network.</summary>
public sealed record CommunitiesAnswer
{
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The date of the network they were found in; at most somewhat before <see cref="AsOf"/>.</summary>
    public required DateTimeOffset ComputedAsOf { get; init; }

    /// <summary>How many communities of five people and more there are.</summary>
    public required int Communities { get; init; }

    /// <summary>Of the whole partition, at most 1: how much more of the strength lies within communities than by chance.</summary>
    public required double Modularity { get; init; }

    /// <summary>Communities too small to be spoken of, people without ties not counted.</summary>
    public required SmallCommunities Small { get; init; }

    /// <summary>Largest first.</summary>
    public required IReadOnlyList<CommunityAnswer> Items { get; init; }

    public string? NextCursor { get; init; }
}

/// <summary>Communities of fewer than five people: counted together, and not listed one by one.</summary>
public sealed record SmallCommunities(int Communities, int People)
{
    public bool Suppressed { get; } = true;
}

/// <summary>One community.</summary>
public sealed record CommunityAnswer
{
    public required int Community { get; init; }

    /// <summary>What its people have in common, from their profiles; else whom it is around.</summary>
    public required string Label { get; init; }

    public required int People { get; init; }

    /// <summary>Dyads within.</summary>
    public required int Ties { get; init; }

    /// <summary>Dyads of a member with somebody else.</summary>
    public required int TiesOut { get; init; }

    /// <summary>Share of the members' dyads that stay within, in [0,1].</summary>
    public required double ShareWithin { get; init; }

    /// <summary>Strength within, both directions of each dyad, at the date of the answer; with weights=none the number of ties.</summary>
    public required double Strength { get; init; }

    /// <summary>Its part of the modularity.</summary>
    public required double Modularity { get; init; }

    /// <summary>Members of the highest PageRank, highest first.</summary>
    public required IReadOnlyList<CommunityMember> TopMembers { get; init; }

    /// <summary>The other communities of five people and more it is tied to most strongly, strongest first.</summary>
    public required IReadOnlyList<CommunityBridgeAnswer> Bridges { get; init; }
}

/// <summary>A member of a community.</summary>
/// <param name="Person">Id.</param>
/// <param name="Name">Null where it is not known.</param>
/// <param name="PageRank">In (0,1).</param>
/// <param name="Entity">What stands behind the id: person or role.</param>
public sealed record CommunityMember(string Person, string? Name, double PageRank, string Entity);

/// <summary>What ties a community to another.</summary>
/// <param name="Community">The other.</param>
/// <param name="Ties">Dyads between the two.</param>
/// <param name="Strength">Their strength at the date of the answer.</param>
/// <param name="From">The member of this community on the strongest of them.</param>
/// <param name="To">The person of the other community on it.</param>
public sealed record CommunityBridgeAnswer(int Community, int Ties, double Strength, string From, string To);

/// <summary>Somebody between people who do not know each other.</summary>
public sealed record BrokerAnswer
{
    public required string Person { get; init; }

    public required string? Name { get; init; }

    /// <summary>What stands behind the id: person or role.</summary>
    public required string Entity { get; init; }

    public required int Degree { get; init; }

    public required double Constraint { get; init; }

    public required double EffectiveSize { get; init; }

    /// <summary>Communities that the person's ties lead into.</summary>
    public required int Communities { get; init; }

    public required int? Community { get; init; }
}

/// <summary>A person's network close up: neighbours, and the ties among them.</summary>
[GenerateSerializer, Immutable]
public sealed record EgoAnswer
{
    [Id(0)] public required string Person { get; init; }

    [Id(1)] public required DateTimeOffset AsOf { get; init; }

    /// <summary>People tied in either direction; the answer may show fewer.</summary>
    [Id(2)] public required int Degree { get; init; }

    /// <summary>Strongest first (both directions together), then by id.</summary>
    [Id(3)] public required IReadOnlyList<EgoNeighbour> Neighbours { get; init; }

    /// <summary>Ties among the neighbours shown; each dyad once, by its place in <see cref="Neighbours"/>.</summary>
    [Id(4)] public required IReadOnlyList<EgoTie> Ties { get; init; }
}

/// <summary>One neighbour, and the tie to them.</summary>
[GenerateSerializer, Immutable]
public sealed record EgoNeighbour
{
    [Id(0)] public required string Person { get; init; }

    [Id(1)] public required string? Name { get; init; }

    /// <summary>What stands behind the id: person or role.</summary>
    [Id(60)] public required string Entity { get; init; }

    [Id(2)] public required string? Organisation { get; init; }

    [Id(3)] public required string Status { get; init; }

    [Id(4)] public required double StrengthOut { get; init; }

    [Id(5)] public required double StrengthIn { get; init; }

    /// <summary>Null without contacts.</summary>
    [Id(6)] public required double? Balance { get; init; }

    /// <summary>Null without contacts.</summary>
    [Id(7)] public required DateTimeOffset? LastContact { get; init; }
}

/// <summary>A tie between two neighbours.</summary>
/// <param name="From">Place of the one in the list of neighbours, from 0.</param>
/// <param name="To">Place of the other.</param>
/// <param name="StrengthOut">From the one to the other.</param>
/// <param name="StrengthIn">Back.</param>
/// <param name="Status">As of the dyad.</param>
[GenerateSerializer, Immutable]
public sealed record EgoTie(int From, int To, double StrengthOut, double StrengthIn, string Status);
