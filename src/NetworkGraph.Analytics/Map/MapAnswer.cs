namespace NetworkGraph.Analytics.Map;

/// <summary>The network as a map: people with positions, and the ties worth drawing. Columns of equal length, to be small.</summary>
public sealed record MapAnswer
{
    /// <summary>The date of the network that was drawn.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The date of the network that communities were found in.</summary>
    public required DateTimeOffset CommunitiesAsOf { get; init; }

    /// <summary>People with ties, of whom the map shows those of the highest PageRank.</summary>
    public required int People { get; init; }

    public required MapNodes Nodes { get; init; }

    public required MapEdges Edges { get; init; }

    /// <summary>The circles of the communities that have people on the map, most people first.</summary>
    public required IReadOnlyList<MapCommunity> Communities { get; init; }

    /// <summary>The names that <see cref="MapEdges.Status"/> counts.</summary>
    public required IReadOnlyList<string> Statuses { get; init; }
}

/// <summary>The people shown, highest PageRank first. Positions lie in the unit circle.</summary>
public sealed record MapNodes
{
    public required IReadOnlyList<string> Id { get; init; }

    public required IReadOnlyList<string?> Name { get; init; }

    public required IReadOnlyList<int> Community { get; init; }

    public required IReadOnlyList<int> Degree { get; init; }

    public required IReadOnlyList<double> PageRank { get; init; }

    public required IReadOnlyList<double> X { get; init; }

    public required IReadOnlyList<double> Y { get; init; }
}

/// <summary>
/// Everyone's three strongest ties to people shown and, on maps of up to 5,000 people, the backbone that connects them; where
/// fewer were asked for, the backbone first and then the strongest.
/// </summary>
public sealed record MapEdges
{
    /// <summary>Place of the one in <see cref="MapNodes"/>.</summary>
    public required IReadOnlyList<int> Source { get; init; }

    /// <summary>Place of the other.</summary>
    public required IReadOnlyList<int> Target { get; init; }

    /// <summary>Both directions together, at the date of the map.</summary>
    public required IReadOnlyList<double> Strength { get; init; }

    /// <summary>Whether it goes both ways: 2·min/sum, in [0,1].</summary>
    public required IReadOnlyList<double> Balance { get; init; }

    /// <summary>Place of the tie's status in <see cref="MapAnswer.Statuses"/>.</summary>
    public required IReadOnlyList<int> Status { get; init; }
}

/// <summary>A community on the map.</summary>
/// <param name="Community">Its number.</param>
/// <param name="Label">What its people have in common; null where it has fewer than five.</param>
/// <param name="People">How many of its people the map shows.</param>
/// <param name="X">Centre of its circle.</param>
/// <param name="Y">Centre of its circle.</param>
/// <param name="Radius">Of its circle.</param>
public sealed record MapCommunity(int Community, string? Label, int People, double X, double Y, double Radius);
