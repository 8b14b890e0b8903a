namespace NetworkGraph.Analytics.Overview;

/// <summary>How reciprocity is spread over people, and balance over dyads.</summary>
public sealed record ReciprocityDistributionAnswer
{
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>How wide a bin is: the first holds shares from 0 to this, and so on; the last holds 1 too.</summary>
    public required double BinWidth { get; init; }

    /// <summary>Over people who put something in: the share of it that comes back.</summary>
    public required ShareDistribution Returned { get; init; }

    /// <summary>Over people who get something: the share of it that they return.</summary>
    public required ShareDistribution Given { get; init; }

    /// <summary>Over dyads: their balance.</summary>
    public required ShareDistribution Balance { get; init; }
}

/// <summary>How shares in [0,1] are spread. Quartiles are null where there are none.</summary>
public sealed record ShareDistribution
{
    /// <summary>How many people, or dyads, there are.</summary>
    public required long Of { get; init; }

    /// <summary>How many of them have exactly 0.</summary>
    public required long Zeros { get; init; }

    /// <summary>The share that a quarter do not exceed, to within 0.00005.</summary>
    public required double? LowerQuartile { get; init; }

    /// <summary>The share that half of them do not exceed.</summary>
    public required double? Median { get; init; }

    /// <summary>The share that three quarters do not exceed.</summary>
    public required double? UpperQuartile { get; init; }

    /// <summary>How many are in each bin; those with 0 are in the first.</summary>
    public required IReadOnlyList<long> Counts { get; init; }
}

/// <summary>Which dyads went from which status to which between two dates.</summary>
public sealed record NetworkChangesAnswer
{
    /// <summary>The earlier date.</summary>
    public required DateTimeOffset Since { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Dyads whose status is another than it was, new ones among them.</summary>
    public required long Dyads { get; init; }

    /// <summary>What changed into what, the most frequent first.</summary>
    public required IReadOnlyList<StatusChangeAnswer> Changes { get; init; }
}

/// <summary>One change of status, and how many dyads made it.</summary>
public sealed record StatusChangeAnswer
{
    /// <summary>The status at the earlier date; null where the two had no tie yet.</summary>
    public required string? From { get; init; }

    /// <summary>The status at the later date.</summary>
    public required string To { get; init; }

    public required long Dyads { get; init; }

    /// <summary>The strongest of them, at most five.</summary>
    public required IReadOnlyList<ChangedDyad> Strongest { get; init; }
}

/// <summary>Two people whose status changed.</summary>
/// <param name="First">Id of the one.</param>
/// <param name="Second">Id of the other.</param>
/// <param name="FirstName">Their names; null where there is no profile or no name in it.</param>
/// <param name="SecondName">The other's name.</param>
/// <param name="Strength">Mutual strength √(s_uv·s_vu), at that of the two dates at which it was greater.</param>
public sealed record ChangedDyad(string First, string Second, string? FirstName, string? SecondName, double Strength);

/// <summary>Who shows which warning, as last counted.</summary>
public sealed record NetworkWarningsAnswer
{
    /// <summary>The date it was counted for, a second or so ago; null where nothing was counted yet.</summary>
    public required DateTimeOffset? AsOf { get; init; }

    /// <summary>
    /// Every warning that is not for the one concerned alone; the one that most people show first. Empty where nothing was counted yet.
    /// </summary>
    public required IReadOnlyList<WarningShownAnswer> Items { get; init; }
}

/// <summary>One warning, and who shows it.</summary>
public sealed record WarningShownAnswer
{
    public required string Warning { get; init; }

    /// <summary>How many people show it.</summary>
    public required int People { get; init; }

    /// <summary>On how many of their ties; null where it is about the person.</summary>
    public required long? Ties { get; init; }

    /// <summary>Those who show it most, at most eight.</summary>
    public required IReadOnlyList<WarnedPerson> Most { get; init; }
}

/// <summary>Somebody who shows a warning.</summary>
/// <param name="Person">Their id.</param>
/// <param name="Name">Their name; null where there is no profile or no name in it.</param>
/// <param name="Ties">On how many ties; null where the warning is about the person.</param>
/// <param name="Score">How strongly, in [0,1]; null where it is about ties.</param>
/// <param name="Entity">What stands behind the id.</param>
public sealed record WarnedPerson(string Person, string? Name, int? Ties, double? Score, string Entity);
