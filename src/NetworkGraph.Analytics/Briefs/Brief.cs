using System.Text.Json.Serialization;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Nudges;

namespace NetworkGraph.Analytics.Briefs;

/// <summary>What to know before meeting somebody, on one screen; for people who have met and for those who have not.</summary>
public sealed record Brief
{
    /// <summary>Whom the brief is for.</summary>
    public required string Person { get; init; }

    /// <summary>Whom they are to meet.</summary>
    public required BriefPerson Other { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The brief in a sentence or two.</summary>
    public required string Summary { get; init; }

    /// <summary>What the two have had with each other; null where that is nothing.</summary>
    public required BriefTie? Tie { get; init; }

    /// <summary>What waits for either of them, what waits for the person first.</summary>
    public required IReadOnlyList<BriefLoop> OpenLoops { get; init; }

    /// <summary>The last of each kind of thing, latest first.</summary>
    public required IReadOnlyList<BriefTopic> Topics { get; init; }

    /// <summary>What they share: audiences, tags, organisation, industry.</summary>
    public required BriefCommon InCommon { get; init; }

    /// <summary>Contacts of both, by how likely an introduction would pass over them; at most five.</summary>
    public required IReadOnlyList<MutualContact> MutualContacts { get; init; }

    /// <summary>How many contacts they have in common.</summary>
    public required int MutualContactCount { get; init; }

    /// <summary>The best way to be introduced; null where they have a mutual tie, or there is none.</summary>
    public required IntroductionPathAnswer? Introduction { get; init; }

    /// <summary>Warnings on this tie that are the viewer's to see.</summary>
    public required IReadOnlyList<BriefWarning> Warnings { get; init; }

    /// <summary>What the person is nudged to do about the other, worth most first.</summary>
    public required IReadOnlyList<Nudge> Nudges { get; init; }

    /// <summary>What to do, in sentences.</summary>
    public required IReadOnlyList<string> Counsel { get; init; }
}

/// <summary>The other, from their profile.</summary>
public sealed record BriefPerson
{
    public required string Id { get; init; }

    public required string? Name { get; init; }

    public required string? Organisation { get; init; }

    public required string? Role { get; init; }

    public required string? Industry { get; init; }

    public required IReadOnlyList<string> Offers { get; init; }

    public required IReadOnlyList<string> Audience { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }
}

/// <summary>What two people have had with each other, in short.</summary>
public sealed record BriefTie
{
    public required string Status { get; init; }

    public required string Relationship { get; init; }

    public required double StrengthOut { get; init; }

    public required double StrengthIn { get; init; }

    public required double? Balance { get; init; }

    public required double? PersistProbability { get; init; }

    public required int InteractionsOut { get; init; }

    public required int InteractionsIn { get; init; }

    /// <summary>Given by the person, and by the other.</summary>
    public required DirectedCount Gives { get; init; }

    /// <summary>Asked by the person, and by the other.</summary>
    public required DirectedCount Asks { get; init; }

    public required DateTimeOffset? FirstContact { get; init; }

    public required DateTimeOffset? LastContact { get; init; }

    public required double? SilenceDays { get; init; }

    /// <summary>Median hours in which the person answers; null for none.</summary>
    public required double? ReplyHoursOut { get; init; }

    /// <summary>Median hours in which the other answers; null for none.</summary>
    public required double? ReplyHoursIn { get; init; }
}

/// <summary>Something that waits for one of the two.</summary>
public sealed record BriefLoop
{
    /// <summary><c>reply</c>, <c>thanks</c>, <c>follow-up</c>, <c>referral</c>.</summary>
    public required string Loop { get; init; }

    /// <summary>For whom it waits: <c>me</c>, <c>other</c>, <c>both</c>.</summary>
    public required string WaitsFor { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>What it is, in a sentence.</summary>
    public required string Reason { get; init; }

    /// <summary>The third person of a referral; null elsewhere.</summary>
    public string? About { get; init; }

    /// <summary>Ids of the interactions it rests on, as far as they are still held.</summary>
    public IReadOnlyList<string> Interactions { get; init; } = [];

    /// <summary>Their positions in the log.</summary>
    [JsonIgnore]
    public IReadOnlyList<long> Positions { get; init; } = [];
}

/// <summary>The last of one kind of thing.</summary>
public sealed record BriefTopic
{
    public required string Kind { get; init; }

    /// <summary>How many of that kind.</summary>
    public required int Count { get; init; }

    /// <summary>The last of them.</summary>
    public required DateTimeOffset LastAt { get; init; }

    /// <summary>Whose it was: <c>me</c>, <c>other</c>, or <c>both</c> of a mutual kind.</summary>
    public required string By { get; init; }

    /// <summary>What moved in it.</summary>
    public required string Exchange { get; init; }

    /// <summary>Id of the last of them; null where it is no longer held.</summary>
    public string? Interaction { get; init; }

    [JsonIgnore]
    public long Position { get; init; }
}

/// <summary>What two profiles have in common.</summary>
public sealed record BriefCommon
{
    public required string? Organisation { get; init; }

    public required string? Industry { get; init; }

    public required IReadOnlyList<string> Audience { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }
}

/// <summary>A contact of both.</summary>
/// <param name="Person">Id.</param>
/// <param name="Name">From the profile.</param>
/// <param name="Strength">Mutual strength of the person's tie to them.</param>
/// <param name="Likelihood">How likely an introduction over them would be to work, in [0,1].</param>
public sealed record MutualContact(string Person, string? Name, double Strength, double Likelihood);

/// <summary>A warning on the tie.</summary>
public sealed record BriefWarning(string Warning, double Score, string Counsel);
