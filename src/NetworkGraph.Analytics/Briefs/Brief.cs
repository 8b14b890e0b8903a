using System.Text.Json.Serialization;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Nudges;

namespace NetworkGraph.Analytics.Briefs;

/// <summary>What to know before meeting somebody, on one screen; for people who have met and for those who have not.</summary>
[GenerateSerializer, Immutable]
public sealed record Brief
{
    /// <summary>Whom the brief is for.</summary>
    [Id(0)] public required string Person { get; init; }

    /// <summary>Whom they are to meet.</summary>
    [Id(1)] public required BriefPerson Other { get; init; }

    [Id(2)] public required DateTimeOffset AsOf { get; init; }

    /// <summary>The brief in a sentence or two.</summary>
    [Id(3)] public required string Summary { get; init; }

    /// <summary>What the two have had with each other; null where that is nothing.</summary>
    [Id(4)] public required BriefTie? Tie { get; init; }

    /// <summary>What waits for either of them, what waits for the person first.</summary>
    [Id(5)] public required IReadOnlyList<BriefLoop> OpenLoops { get; init; }

    /// <summary>The last of each kind of thing, latest first.</summary>
    [Id(6)] public required IReadOnlyList<BriefTopic> Topics { get; init; }

    /// <summary>What they share: audiences, tags, organisation, industry.</summary>
    [Id(7)] public required BriefCommon InCommon { get; init; }

    /// <summary>Contacts of both, by how likely an introduction would pass over them; at most five.</summary>
    [Id(8)] public required IReadOnlyList<MutualContact> MutualContacts { get; init; }

    /// <summary>How many contacts they have in common.</summary>
    [Id(9)] public required int MutualContactCount { get; init; }

    /// <summary>The best way to be introduced; null where they have a mutual tie, or there is none.</summary>
    [Id(10)] public required IntroductionPathAnswer? Introduction { get; init; }

    /// <summary>Warnings on this tie that are the viewer's to see.</summary>
    [Id(11)] public required IReadOnlyList<BriefWarning> Warnings { get; init; }

    /// <summary>What the person is nudged to do about the other, worth most first.</summary>
    [Id(12)] public required IReadOnlyList<Nudge> Nudges { get; init; }

    /// <summary>What to do, in sentences.</summary>
    [Id(13)] public required IReadOnlyList<string> Counsel { get; init; }
}

/// <summary>The other, from their profile.</summary>
[GenerateSerializer, Immutable]
public sealed record BriefPerson
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required string? Name { get; init; }

    [Id(2)] public required string? Organisation { get; init; }

    [Id(3)] public required string? Role { get; init; }

    [Id(4)] public required string? Industry { get; init; }

    [Id(5)] public required IReadOnlyList<string> Offers { get; init; }

    [Id(6)] public required IReadOnlyList<string> Audience { get; init; }

    [Id(7)] public required IReadOnlyList<string> Tags { get; init; }
}

/// <summary>What two people have had with each other, in short.</summary>
[GenerateSerializer, Immutable]
public sealed record BriefTie
{
    [Id(0)] public required string Status { get; init; }

    [Id(1)] public required string Relationship { get; init; }

    [Id(2)] public required double StrengthOut { get; init; }

    [Id(3)] public required double StrengthIn { get; init; }

    [Id(4)] public required double? Balance { get; init; }

    [Id(5)] public required double? PersistProbability { get; init; }

    [Id(6)] public required int InteractionsOut { get; init; }

    [Id(7)] public required int InteractionsIn { get; init; }

    /// <summary>Given by the person, and by the other.</summary>
    [Id(8)] public required DirectedCount Gives { get; init; }

    /// <summary>Asked by the person, and by the other.</summary>
    [Id(9)] public required DirectedCount Asks { get; init; }

    [Id(10)] public required DateTimeOffset? FirstContact { get; init; }

    [Id(11)] public required DateTimeOffset? LastContact { get; init; }

    [Id(12)] public required double? SilenceDays { get; init; }

    /// <summary>Median hours in which the person answers; null for none.</summary>
    [Id(13)] public required double? ReplyHoursOut { get; init; }

    /// <summary>Median hours in which the other answers; null for none.</summary>
    [Id(14)] public required double? ReplyHoursIn { get; init; }
}

/// <summary>Something that waits for one of the two.</summary>
[GenerateSerializer, Immutable]
public sealed record BriefLoop
{
    /// <summary><c>reply</c>, <c>thanks</c>, <c>follow-up</c>, <c>referral</c>.</summary>
    [Id(0)] public required string Loop { get; init; }

    /// <summary>For whom it waits: <c>me</c>, <c>other</c>, <c>both</c>.</summary>
    [Id(1)] public required string WaitsFor { get; init; }

    [Id(2)] public required DateTimeOffset Since { get; init; }

    /// <summary>What it is, in a sentence.</summary>
    [Id(3)] public required string Reason { get; init; }

    /// <summary>The third person of a referral; null elsewhere.</summary>
    [Id(4)] public string? About { get; init; }

    /// <summary>Ids of the interactions it rests on, as far as they are still held.</summary>
    [Id(5)] public IReadOnlyList<string> Interactions { get; init; } = [];

    /// <summary>Their positions in the log.</summary>
    [JsonIgnore]
    [Id(6)] public IReadOnlyList<long> Positions { get; init; } = [];
}

/// <summary>The last of one kind of thing.</summary>
[GenerateSerializer, Immutable]
public sealed record BriefTopic
{
    [Id(0)] public required string Kind { get; init; }

    /// <summary>How many of that kind.</summary>
    [Id(1)] public required int Count { get; init; }

    /// <summary>The last of them.</summary>
    [Id(2)] public required DateTimeOffset LastAt { get; init; }

    /// <summary>Whose it was: <c>me</c>, <c>other</c>, or <c>both</c> of a mutual kind.</summary>
    [Id(3)] public required string By { get; init; }

    /// <summary>What moved in it.</summary>
    [Id(4)] public required string Exchange { get; init; }

    /// <summary>Id of the last of them; null where it is no longer held.</summary>
    [Id(5)] public string? Interaction { get; init; }

    [JsonIgnore]
    [Id(6)] public long Position { get; init; }
}

/// <summary>What two profiles have in common.</summary>
[GenerateSerializer, Immutable]
public sealed record BriefCommon
{
    [Id(0)] public required string? Organisation { get; init; }

    [Id(1)] public required string? Industry { get; init; }

    [Id(2)] public required IReadOnlyList<string> Audience { get; init; }

    [Id(3)] public required IReadOnlyList<string> Tags { get; init; }
}

/// <summary>A contact of both.</summary>
/// <param name="Person">Id.</param>
/// <param name="Name">From the profile.</param>
/// <param name="Strength">Mutual strength of the person's tie to them.</param>
/// <param name="Likelihood">How likely an introduction over them would be to work, in [0,1].</param>
[GenerateSerializer, Immutable]
/// <param name="Entity">What stands behind the id: person or role.</param>
public sealed record MutualContact(string Person, string? Name, double Strength, double Likelihood, [property: Id(60)] string Entity);

/// <summary>A warning on the tie.</summary>
[GenerateSerializer, Immutable]
public sealed record BriefWarning(string Warning, double Score, string Counsel);
