namespace NetworkGraph.Analytics.Graphs;

/// <summary>A person with the name in their profile.</summary>
/// <param name="Person">Id.</param>
/// <param name="Name">Null where there is no profile or no name in it.</param>
/// <param name="Person">Id.</param>
/// <param name="Name">Null where it is not known.</param>
/// <param name="Entity">What stands behind the id: person or role.</param>
public sealed record NamedPerson(string Person, string? Name, string Entity);

/// <summary>The network's strongly connected cores: groups in which everyone reaches everyone else along ties in their direction.</summary>
public sealed record CoresAnswer
{
    /// <summary>The date of the network they were found in.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>How many cores of five people and more there are.</summary>
    public required int Cores { get; init; }

    /// <summary>People in a core of five people and more.</summary>
    public required int People { get; init; }

    /// <summary>
    /// People with ties who are in no core of at least two: what goes out from them, or what reaches them, never comes back.
    /// </summary>
    public required int PeopleInNone { get; init; }

    /// <summary>Cores of two to four people: counted together, and not described.</summary>
    public required SmallCores Small { get; init; }

    /// <summary>Largest first.</summary>
    public required IReadOnlyList<CoreAnswer> Items { get; init; }

    public string? NextCursor { get; init; }
}

/// <summary>Cores of fewer than five people.</summary>
public sealed record SmallCores(int Cores, int People)
{
    public bool Suppressed { get; } = true;
}

/// <summary>One core.</summary>
public sealed record CoreAnswer
{
    /// <summary>Its number, 0 the largest.</summary>
    public required int Core { get; init; }

    public required int People { get; init; }

    /// <summary>Ordered pairs of its people that are tied.</summary>
    public required int Ties { get; init; }

    /// <summary>The members with the most ties, at most five, most first.</summary>
    public required IReadOnlyList<NamedPerson> TopMembers { get; init; }

    /// <summary>
    /// Cores of five people and more that ties lead to straight from here. No way leads back: the condensation has no circle.
    /// </summary>
    public required IReadOnlyList<CoreLink> LeadsTo { get; init; }
}

/// <summary>That ties lead from one core to another.</summary>
/// <param name="Core">The other's number.</param>
/// <param name="Ties">How many.</param>
public sealed record CoreLink(int Core, int Ties);

/// <summary>The network's backbone: the strongest mutual ties that connect everyone whom mutual ties connect.</summary>
public sealed record BackboneAnswer
{
    /// <summary>The date of the network it was found in.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>People with a mutual tie.</summary>
    public required int People { get; init; }

    /// <summary>Its ties: as many as people less trees.</summary>
    public required int Ties { get; init; }

    /// <summary>Parts of the network that no mutual tie connects, people without mutual ties not counted.</summary>
    public required int Trees { get; init; }

    /// <summary>Its ties, strongest first.</summary>
    public required IReadOnlyList<BackboneTie> Items { get; init; }

    public string? NextCursor { get; init; }
}

/// <summary>One tie of the backbone.</summary>
/// <param name="From">Id of one.</param>
/// <param name="FromName">Name; null where there is none.</param>
/// <param name="To">Id of the other.</param>
/// <param name="ToName">Name; null where there is none.</param>
/// <param name="Strength">Mutual strength √(out·in) at the date of the answer.</param>
public sealed record BackboneTie(string From, string? FromName, string To, string? ToName, double Strength);

/// <summary>The most chains of introductions to somebody that share no broker.</summary>
public sealed record ChainsAnswer
{
    public required string From { get; init; }

    public required string To { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    /// <summary>How many chains there are at most. With that many brokers unwilling, at the least, none would be left.</summary>
    public required int Independent { get; init; }

    /// <summary>
    /// Brokers are people on a way of at most so many hops: as asked for, or fewer where they would be too many to look at.
    /// </summary>
    public required int WithinHops { get; init; }

    /// <summary>Such chains, shortest first.</summary>
    public required IReadOnlyList<IntroductionChain> Chains { get; init; }
}

/// <summary>A chain of introductions.</summary>
/// <param name="People">From the one who asks to the one asked for; those between are on no other chain.</param>
public sealed record IntroductionChain(IReadOnlyList<NamedPerson> People);

/// <summary>Who should meet whom at a venue.</summary>
public sealed record PairingsAnswer
{
    public required string Venue { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Whether fewer than five people were there, of whom nothing is disclosed.</summary>
    public required bool Suppressed { get; init; }

    /// <summary>
    /// The people looked at: those who were there and are open to introductions, at most 400, who came last first; null where suppressed.
    /// </summary>
    public required int? People { get; init; }

    /// <summary>Pairs who have a reason to meet, no tie yet, and could have been put together; null where suppressed.</summary>
    public required int? Candidates { get; init; }

    /// <summary>As many pairs as there can be with no one in two, by id of the one who knew few.</summary>
    public required IReadOnlyList<PairingAnswer> Items { get; init; }
}

/// <summary>Two people who should meet.</summary>
public sealed record PairingAnswer
{
    /// <summary>Id of the one who knew few of the people there.</summary>
    public required string Person { get; init; }

    public required string? Name { get; init; }

    /// <summary>Id of the one who knew more.</summary>
    public required string Meet { get; init; }

    public required string? MeetName { get; init; }

    /// <summary>Why, in a sentence.</summary>
    public required string Reason { get; init; }

    public required PairingEvidence Evidence { get; init; }
}

/// <summary>What a pairing rests on.</summary>
public sealed record PairingEvidence
{
    /// <summary>People with whom both have a mutual tie.</summary>
    public required int CommonContacts { get; init; }

    /// <summary>The strongest of them, at most three.</summary>
    public required IReadOnlyList<NamedPerson> Through { get; init; }

    /// <summary>Whom both serve.</summary>
    public required IReadOnlyList<string> SharedAudience { get; init; }
}
