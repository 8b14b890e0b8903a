using System.Diagnostics.CodeAnalysis;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Venues;

/// <summary>
/// A venue in key figures. Of fewer than 5 people nothing is disclosed: all figures are null and <see cref="Suppressed"/> is true.
/// </summary>
public record VenueSummary
{
    public required string Venue { get; init; }

    public required bool Suppressed { get; init; }

    /// <summary>People who attended, or took part in something there.</summary>
    public int? People { get; init; }

    /// <summary>Attendances recorded; several events in a row at one venue give one person several.</summary>
    public int? Attendances { get; init; }

    /// <summary>Days (UTC) on which something happened there.</summary>
    public int? Days { get; init; }

    public DateTimeOffset? FirstSeen { get; init; }

    public DateTimeOffset? LastSeen { get; init; }

    /// <summary>Pairs that met for the first time there.</summary>
    public int? FirstContacts { get; init; }

    /// <summary>How many people an attendee met for the first time, on average.</summary>
    public double? NewPeoplePerAttendee { get; init; }

    /// <summary>Share followed up within 24 h, in [0,1] (Kaplan-Meier).</summary>
    public double? RateWithin24h { get; init; }

    public double? RateWithin48h { get; init; }

    /// <summary>The rate within 24 h with its counts and bounds.</summary>
    public Proportion? Within24h { get; init; }

    public Proportion? Within48h { get; init; }

    /// <summary>Followed up within 14 days (Kaplan-Meier).</summary>
    public Proportion? FollowedUp { get; init; }

    /// <summary>The same, counting only what was not said at this venue again.</summary>
    public Proportion? FollowedUpElsewhere { get; init; }

    /// <summary>
    /// Contacts both ways within 90 days after they met, also in the latter half of them; of first contacts at least that old.
    /// </summary>
    public Proportion? StillReciprocated { get; init; }

    /// <summary>Median over the first contacts of their tie's strength now (the mean of both ways).</summary>
    public double? MedianTieStrength { get; init; }

    /// <summary>Interactions there that gave something, advised, or did a favour.</summary>
    public int? HelpGiven { get; init; }

    /// <summary><c>fruitful</c>, <c>ordinary</c>, <c>graveyard</c> (many attend, nothing lasts) or <c>unclear</c>.</summary>
    public string? Verdict { get; init; }

    public bool? Graveyard { get; init; }
}

/// <summary>A venue in full.</summary>
public sealed record VenueAnswer : VenueSummary
{
    [SetsRequiredMembers]
    public VenueAnswer(VenueSummary summary, DateTimeOffset asOf) : base(summary) => AsOf = asOf;

    /// <summary>First contacts by state of their follow-up (wire name).</summary>
    public IReadOnlyDictionary<string, int>? States { get; init; }

    public FollowUpCurve? FollowUpCurve { get; init; }

    /// <summary>Was it worth it?</summary>
    public VenueWorth? Worth { get; init; }

    /// <summary>
    /// Compared with the venue asked for, or with all other venues taken together; null where there is none to compare with.
    /// </summary>
    public VenueComparison? Comparison { get; init; }

    public DateTimeOffset AsOf { get; init; }
}

/// <summary>
/// Kaplan-Meier curve of the time from a first contact to its follow-up: the share not followed up yet. Contacts still
/// pending count for as long as they have been watched.
/// </summary>
public sealed record FollowUpCurve
{
    /// <summary>First contacts.</summary>
    public required int Contacts { get; init; }

    /// <summary>Not followed up, with time left.</summary>
    public required int Pending { get; init; }

    /// <summary>Until when half are followed up; null where fewer ever are.</summary>
    public required double? MedianHours { get; init; }

    /// <summary>The curve where it falls, the last fall of each hour; before the first the share is 1.</summary>
    public required IReadOnlyList<FollowUpStep> Steps { get; init; }
}

/// <summary>A point of the curve.</summary>
/// <param name="Hours">Since the first contact.</param>
/// <param name="AtRisk">Contacts watched for that long and not followed up before.</param>
/// <param name="Open">Share not followed up by then, in [0,1].</param>
/// <param name="Low">Lower 95 % bound; null where none is open any more.</param>
/// <param name="High">Upper 95 % bound.</param>
public sealed record FollowUpStep(double Hours, int AtRisk, double Open, double? Low, double? High);

/// <summary>The verdict with what it is made of.</summary>
public sealed record VenueWorth
{
    public required string Verdict { get; init; }

    /// <summary>One sentence.</summary>
    public required string Reason { get; init; }

    public required IReadOnlyList<VenuePart> Parts { get; init; }
}

/// <summary>One part of a verdict: a share with its bounds, and where the verdicts begin and end.</summary>
public sealed record VenuePart
{
    /// <summary><c>followedUpElsewhere</c> or <c>stillReciprocated</c>.</summary>
    public required string Part { get; init; }

    public required Proportion Share { get; init; }

    /// <summary>Clearly below this it speaks for a graveyard.</summary>
    public required double GraveyardBelow { get; init; }

    /// <summary>Clearly at least this speaks for a fruitful venue.</summary>
    public required double FruitfulFrom { get; init; }

    /// <summary><c>graveyard</c>, <c>fruitful</c>, or <c>neither</c> where the bounds leave it open.</summary>
    public required string SpeaksFor { get; init; }
}

/// <summary>How a venue's shares differ from another's.</summary>
public sealed record VenueComparison
{
    /// <summary>Name of the other venue; null for all others taken together.</summary>
    public required string? With { get; init; }

    /// <summary>How many venues that is.</summary>
    public required int Venues { get; init; }

    public required IReadOnlyList<VenueDifference> Items { get; init; }
}

/// <summary>One share compared.</summary>
public sealed record VenueDifference
{
    /// <summary><c>within24h</c>, <c>within48h</c>, <c>followedUp</c>, <c>followedUpElsewhere</c> or <c>stillReciprocated</c>.</summary>
    public required string Measure { get; init; }

    public required Proportion Own { get; init; }

    public required Proportion Other { get; init; }

    /// <summary>Own less other, in [-1,1]; null where either is of none.</summary>
    public required double? Difference { get; init; }

    /// <summary>Lower 95 % bound of the difference (Newcombe).</summary>
    public required double? Low { get; init; }

    public required double? High { get; init; }

    /// <summary><c>clearly-higher</c>, <c>clearly-lower</c>, or <c>not-clear</c> where the bounds hold 0.</summary>
    public required string Standing { get; init; }
}
