namespace NetworkGraph.Analytics.Groups;

/// <summary>
/// Groups of people and the ties from each to each. What rests on fewer than five people is not disclosed, nor what it could be
/// worked out from.
/// </summary>
public sealed record GroupsAnswer
{
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>What people are grouped by: <c>organisation</c>, <c>industry</c>, <c>role</c> or <c>tag</c>.</summary>
    public required string By { get; init; }

    /// <summary>Ordered pairs tied, of the whole network.</summary>
    public required long Ties { get; init; }

    /// <summary>Groups of fewer than five people, whose people are among the others.</summary>
    public required int SmallGroups { get; init; }

    /// <summary>The 100 groups of most people, most first; those of fewer than five without figures; last the others.</summary>
    public required IReadOnlyList<GroupAnswer> Items { get; init; }

    /// <summary>The ties from group to group; where two groups have none there is no cell.</summary>
    public required IReadOnlyList<GroupCell> Cells { get; init; }
}

/// <summary>A group of people. Where it is suppressed, and where a figure would give another back, figures are null.</summary>
public sealed record GroupAnswer
{
    /// <summary>Its name; null for the others: people of small groups, of groups beyond the 100, and of none.</summary>
    public required string? Group { get; init; }

    /// <summary>Whether it has fewer than five people.</summary>
    public required bool Suppressed { get; init; }

    public required int? People { get; init; }

    /// <summary>Ordered pairs tied from its people to anyone; null also by tag, where people are in several groups.</summary>
    public required long? TiesOut { get; init; }

    /// <summary>Ordered pairs tied from anyone to its people; null as <see cref="TiesOut"/>.</summary>
    public required long? TiesIn { get; init; }
}

/// <summary>The ties from one group to another. Where it is suppressed, figures are null.</summary>
public sealed record GroupCell
{
    /// <summary>Null for the others.</summary>
    public required string? From { get; init; }

    /// <summary>Null for the others.</summary>
    public required string? To { get; init; }

    /// <summary>Whether it rests on fewer than five people on a side, or another cell that does could be worked out from it.</summary>
    public required bool Suppressed { get; init; }

    /// <summary>Ordered pairs tied.</summary>
    public required long? Ties { get; init; }

    /// <summary>People who are tied towards the other group.</summary>
    public required int? PeopleFrom { get; init; }

    /// <summary>People of the other group who are tied to.</summary>
    public required int? PeopleTo { get; init; }

    /// <summary>Sum of strengths at the date of the answer.</summary>
    public required double? Strength { get; init; }

    /// <summary>Share of the ties whose reverse is tied, in [0,1].</summary>
    public required double? Reciprocated { get; init; }
}
