using System.Text.Json.Serialization;

namespace NetworkGraph.People.FollowUps;

/// <summary>A person's first contacts and what became of them, the latest first.</summary>
public sealed record FollowUpList
{
    public required string Person { get; init; }

    /// <summary>Only first contacts at this venue; null for all.</summary>
    public required string? Venue { get; init; }

    /// <summary>Share followed up within 24 h, in [0,1] (Kaplan-Meier: the pending count for as long as they were watched); null where there are none.</summary>
    public required double? RateWithin24h { get; init; }

    /// <summary>The same with 48 h.</summary>
    public required double? RateWithin48h { get; init; }

    /// <summary>The same with 14 days.</summary>
    public required double? RateFollowedUp { get; init; }

    /// <summary>95 % bounds of the three rates.</summary>
    public required FollowUpBounds Bounds { get; init; }

    /// <summary>First contacts by state (wire name).</summary>
    public required IReadOnlyDictionary<string, int> States { get; init; }

    public required FollowUpListEvidence Evidence { get; init; }

    public required IReadOnlyList<FollowUp> Items { get; init; }

    public required DateTimeOffset AsOf { get; init; }
}

/// <summary>The counts that the rates of <see cref="FollowUpList"/> are made of.</summary>
public sealed record FollowUpListEvidence
{
    public required int FirstContacts { get; init; }

    /// <summary>Followed up within 14 days.</summary>
    public required int FollowedUp { get; init; }

    /// <summary>Can still be followed up: due or overdue.</summary>
    public required int Open { get; init; }

    public required int Within24h { get; init; }

    public required int Within48h { get; init; }
}

/// <summary>Bounds of the rates of a <see cref="FollowUpList"/>; each null where its rate is.</summary>
public sealed record FollowUpBounds
{
    public required ShareBounds? Within24h { get; init; }

    public required ShareBounds? Within48h { get; init; }

    public required ShareBounds? FollowedUp { get; init; }
}

/// <summary>Between what a share lies, with a confidence of 95 %.</summary>
public sealed record ShareBounds(double Low, double High)
{
    /// <summary>Those of a share; null where it has no value.</summary>
    public static ShareBounds? Of(Measures.Proportion share) => share is { Low: { } low, High: { } high } ? new ShareBounds(low, high) : null;
}

/// <summary>One first contact.</summary>
public sealed record FollowUp
{
    /// <summary>Id of the other.</summary>
    public required string Person { get; init; }

    /// <summary>Where they met; null where that is not known.</summary>
    public required string? Venue { get; init; }

    public required DateTimeOffset Met { get; init; }

    /// <summary>Wire name of the state.</summary>
    public required string State { get; init; }

    /// <summary>When it was followed up; null where it was not.</summary>
    public required DateTimeOffset? FollowedUp { get; init; }

    /// <summary>Hours until then; null where it was not, or in the same instant.</summary>
    public required double? Hours { get; init; }

    /// <summary>Until when a follow-up reaches the next better state; null where it is followed up, or too late.</summary>
    public required DateTimeOffset? Deadline { get; init; }

    public required FollowUpEvidence Evidence { get; init; }
}

/// <summary>What a <see cref="FollowUp"/> rests on.</summary>
public sealed record FollowUpEvidence
{
    /// <summary>Kind of the first contact: <c>meeting</c>, <c>call</c> or <c>accept</c>.</summary>
    public required string MetBy { get; init; }

    /// <summary>Who followed up: <c>self</c>, <c>other</c>, or <c>both</c> for a mutual kind; null where nobody did.</summary>
    public required string? FollowedUpBy { get; init; }

    /// <summary>The next thing said where it came too late to be a follow-up; null elsewhere.</summary>
    public required DateTimeOffset? SpokeAgain { get; init; }

    /// <summary>Ids of the first contact and of its follow-up (or what was said too late), as far as they are still held.</summary>
    public IReadOnlyList<string> Interactions { get; init; } = [];

    /// <summary>Their positions in the log, in the same order.</summary>
    [JsonIgnore]
    public IReadOnlyList<long> Positions { get; init; } = [];
}
