using System.Text.Json.Serialization;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Referrals;

/// <summary>The referral loops a person has a part in, and what became of the introductions they made.</summary>
public sealed record ReferralList
{
    public required string Person { get; init; }

    /// <summary>Loops the person made; of them, how many were acted on and closed.</summary>
    public required ReferralCounts Made { get; init; }

    /// <summary>Loops the person received.</summary>
    public required ReferralCounts Received { get; init; }

    /// <summary>Loops in which the person is the one referred.</summary>
    public required ReferralCounts About { get; init; }

    public required IntroductionCredit Introductions { get; init; }

    /// <summary>All of them, the latest first.</summary>
    public required IReadOnlyList<Referral> Items { get; init; }

    public required DateTimeOffset AsOf { get; init; }
}

/// <summary>Loops in numbers. A referral to several receivers is a loop with each.</summary>
public sealed record ReferralCounts
{
    public required int Made { get; init; }

    /// <summary>Receiver and referred person were in touch in time.</summary>
    public required int Acted { get; init; }

    /// <summary>The referrer heard of it: closed.</summary>
    public required int Reported { get; init; }

    /// <summary>Neither closed nor too old to be waited for.</summary>
    public required int Open { get; init; }

    /// <summary>Acted on, of those acted on or past their time for it.</summary>
    public required Proportion ShareActed { get; init; }

    /// <summary>Closed, of those made.</summary>
    public required Proportion ShareClosed { get; init; }
}

/// <summary>One loop, seen from one of the three.</summary>
public sealed record Referral
{
    /// <summary>The part of the person asked for: <c>referrer</c>, <c>receiver</c> or <c>referred</c>.</summary>
    public required string Role { get; init; }

    /// <summary>Ids.</summary>
    public required string Referrer { get; init; }

    public required string Receiver { get; init; }

    public required string Referred { get; init; }

    public required DateTimeOffset Made { get; init; }

    /// <summary>How far it has come: <c>made</c>, <c>acted</c>, <c>reported</c>.</summary>
    public required string State { get; init; }

    /// <summary>Receiver and referred person were in touch in time.</summary>
    public required bool Acted { get; init; }

    /// <summary>The referrer heard of it from the receiver.</summary>
    public required bool Reported { get; init; }

    public required bool Open { get; init; }

    public required double AgeDays { get; init; }

    /// <summary>When they were in touch: told to the two of them only.</summary>
    public required DateTimeOffset? ActedAt { get; init; }

    /// <summary>When it was reported: told to referrer and receiver only.</summary>
    public required DateTimeOffset? ReportedAt { get; init; }

    public required ReferralEvidence Evidence { get; init; }
}

/// <summary>The interactions a <see cref="Referral"/> rests on, as far as the person asked for took part in them or is named.</summary>
public sealed record ReferralEvidence
{
    /// <summary>Ids of the referral, of the contact and of the report, as far as they are still held.</summary>
    public IReadOnlyList<string> Interactions { get; init; } = [];

    /// <summary>Their positions in the log, in the same order.</summary>
    [JsonIgnore]
    public IReadOnlyList<long> Positions { get; init; } = [];
}

/// <summary>What came of the introductions a person made.</summary>
public sealed record IntroductionCredit
{
    public required int Made { get; init; }

    /// <summary>The two, who had not interacted before, were in touch in time.</summary>
    public required int LedToContact { get; init; }

    /// <summary>Not in touch yet, with time left.</summary>
    public required int Pending { get; init; }

    /// <summary>The two had interacted before: they count neither way.</summary>
    public required int KnewEachOther { get; init; }

    /// <summary>Led to contact, of those that did or are past their time for it.</summary>
    public required Proportion ShareLed { get; init; }

    /// <summary>The latest of them, 100 at most.</summary>
    public required IReadOnlyList<IntroductionMade> Items { get; init; }
}

/// <summary>One introduction by the person asked for. Whether it led to contact is told, when and how is the others' own.</summary>
public sealed record IntroductionMade
{
    public required string First { get; init; }

    public required string Second { get; init; }

    public required DateTimeOffset Made { get; init; }

    public required bool LedToContact { get; init; }

    public required bool Pending { get; init; }

    public required bool KnewEachOther { get; init; }

    /// <summary>Id of the introduction; null where it is no longer held.</summary>
    public string? Interaction { get; init; }

    [JsonIgnore]
    public long Position { get; init; }
}
