using System.Text.Json.Serialization;

namespace NetworkGraph.People.FollowUps;

/// <summary>A person's first contacts and what became of them, the latest first.</summary>
[GenerateSerializer, Immutable]
public sealed record FollowUpList
{
    [Id(0)] public required string Person { get; init; }

    /// <summary>Only first contacts at this venue; null for all.</summary>
    [Id(1)] public required string? Venue { get; init; }

    /// <summary>
    /// Share followed up within 24 h, in [0,1] (Kaplan-Meier: the pending count for as long as they were watched); null where there are
    /// none.
    /// </summary>
    [Id(2)] public required double? RateWithin24h { get; init; }

    /// <summary>The same with 48 h.</summary>
    [Id(3)] public required double? RateWithin48h { get; init; }

    /// <summary>The same with 14 days.</summary>
    [Id(4)] public required double? RateFollowedUp { get; init; }

    /// <summary>95 % bounds of the three rates.</summary>
    [Id(5)] public required FollowUpBounds Bounds { get; init; }

    /// <summary>First contacts by state (wire name).</summary>
    [Id(6)] public required IReadOnlyDictionary<string, int> States { get; init; }

    [Id(7)] public required FollowUpListEvidence Evidence { get; init; }

    [Id(8)] public required IReadOnlyList<FollowUp> Items { get; init; }

    [Id(9)] public required DateTimeOffset AsOf { get; init; }
}

/// <summary>The counts that the rates of <see cref="FollowUpList"/> are made of.</summary>
[GenerateSerializer, Immutable]
public sealed record FollowUpListEvidence
{
    [Id(0)] public required int FirstContacts { get; init; }

    /// <summary>Followed up within 14 days.</summary>
    [Id(1)] public required int FollowedUp { get; init; }

    /// <summary>Can still be followed up: due or overdue.</summary>
    [Id(2)] public required int Open { get; init; }

    [Id(3)] public required int Within24h { get; init; }

    [Id(4)] public required int Within48h { get; init; }
}

/// <summary>Bounds of the rates of a <see cref="FollowUpList"/>; each null where its rate is.</summary>
[GenerateSerializer, Immutable]
public sealed record FollowUpBounds
{
    [Id(0)] public required ShareBounds? Within24h { get; init; }

    [Id(1)] public required ShareBounds? Within48h { get; init; }

    [Id(2)] public required ShareBounds? FollowedUp { get; init; }
}

/// <summary>Between what a share lies, with a confidence of 95 %.</summary>
[GenerateSerializer, Immutable]
public sealed record ShareBounds(double Low, double High)
{
    /// <summary>Those of a share; null where it has no value.</summary>
    public static ShareBounds? Of(Measures.Proportion share) =>
        share is { Low: { } low, High: { } high } ? new ShareBounds(low, high) : null;
}

/// <summary>One first contact.</summary>
[GenerateSerializer, Immutable]
public sealed record FollowUp
{
    /// <summary>Id of the other.</summary>
    [Id(0)] public required string Person { get; init; }

    /// <summary>What the other is called; null where that is not known.</summary>
    [Id(8)] public string? Name { get; init; }

    /// <summary>What stands behind the id: person, role, list, room, bot or organisation.</summary>
    [Id(60)] public string Entity { get; init; } = "person";

    /// <summary>Where they met; null where that is not known.</summary>
    [Id(1)] public required string? Venue { get; init; }

    [Id(2)] public required DateTimeOffset Met { get; init; }

    /// <summary>Wire name of the state.</summary>
    [Id(3)] public required string State { get; init; }

    /// <summary>When it was followed up; null where it was not.</summary>
    [Id(4)] public required DateTimeOffset? FollowedUp { get; init; }

    /// <summary>Hours until then; null where it was not, or in the same instant.</summary>
    [Id(5)] public required double? Hours { get; init; }

    /// <summary>Until when a follow-up reaches the next better state; null where it is followed up, or too late.</summary>
    [Id(6)] public required DateTimeOffset? Deadline { get; init; }

    [Id(7)] public required FollowUpEvidence Evidence { get; init; }
}

/// <summary>What a <see cref="FollowUp"/> rests on.</summary>
[GenerateSerializer, Immutable]
public sealed record FollowUpEvidence
{
    /// <summary>Kind of the first contact: <c>meeting</c>, <c>call</c> or <c>accept</c>.</summary>
    [Id(0)] public required string MetBy { get; init; }

    /// <summary>Who followed up: <c>self</c>, <c>other</c>, or <c>both</c> for a mutual kind; null where no one did.</summary>
    [Id(1)] public required string? FollowedUpBy { get; init; }

    /// <summary>The next thing said where it came too late to be a follow-up; null elsewhere.</summary>
    [Id(2)] public required DateTimeOffset? SpokeAgain { get; init; }

    /// <summary>Ids of the first contact and of its follow-up (or what was said too late), as far as they are still held.</summary>
    [Id(3)] public IReadOnlyList<string> Interactions { get; init; } = [];

    /// <summary>Their positions in the log, in the same order.</summary>
    [JsonIgnore]
    [Id(4)] public IReadOnlyList<long> Positions { get; init; } = [];
}
