using System.Text.Json.Serialization;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Referrals;

/// <summary>The referral loops a person has a part in, and what became of the introductions they made.</summary>
[GenerateSerializer, Immutable]
public sealed record ReferralList
{
    [Id(0)] public required string Person { get; init; }

    /// <summary>Loops the person made; of them, how many were acted on and closed.</summary>
    [Id(1)] public required ReferralCounts Made { get; init; }

    /// <summary>Loops the person received.</summary>
    [Id(2)] public required ReferralCounts Received { get; init; }

    /// <summary>Loops in which the person is the one referred.</summary>
    [Id(3)] public required ReferralCounts About { get; init; }

    [Id(4)] public required IntroductionCredit Introductions { get; init; }

    /// <summary>All of them, the latest first.</summary>
    [Id(5)] public required IReadOnlyList<Referral> Items { get; init; }

    [Id(6)] public required DateTimeOffset AsOf { get; init; }
}

/// <summary>Loops in numbers. A referral to several receivers is a loop with each.</summary>
[GenerateSerializer, Immutable]
public sealed record ReferralCounts
{
    [Id(0)] public required int Made { get; init; }

    /// <summary>Receiver and referred person were in touch in time.</summary>
    [Id(1)] public required int Acted { get; init; }

    /// <summary>The referrer heard of it: closed.</summary>
    [Id(2)] public required int Reported { get; init; }

    /// <summary>Neither closed nor too old to be waited for.</summary>
    [Id(3)] public required int Open { get; init; }

    /// <summary>Acted on, of those acted on or past their time for it.</summary>
    [Id(4)] public required Proportion ShareActed { get; init; }

    /// <summary>Closed, of those made.</summary>
    [Id(5)] public required Proportion ShareClosed { get; init; }
}

/// <summary>One loop, seen from one of the three.</summary>
[GenerateSerializer, Immutable]
public sealed record Referral
{
    /// <summary>The part of the person asked for: <c>referrer</c>, <c>receiver</c> or <c>referred</c>.</summary>
    [Id(0)] public required string Role { get; init; }

    /// <summary>Ids.</summary>
    [Id(1)] public required string Referrer { get; init; }

    [Id(2)] public required string Receiver { get; init; }

    [Id(3)] public required string Referred { get; init; }

    [Id(4)] public required DateTimeOffset Made { get; init; }

    /// <summary>How far it has come: <c>made</c>, <c>acted</c>, <c>reported</c>.</summary>
    [Id(5)] public required string State { get; init; }

    /// <summary>Receiver and referred person were in touch in time.</summary>
    [Id(6)] public required bool Acted { get; init; }

    /// <summary>The referrer heard of it from the receiver.</summary>
    [Id(7)] public required bool Reported { get; init; }

    [Id(8)] public required bool Open { get; init; }

    [Id(9)] public required double AgeDays { get; init; }

    /// <summary>When they were in touch: shown to the two of them only.</summary>
    [Id(10)] public required DateTimeOffset? ActedAt { get; init; }

    /// <summary>When it was reported: shown to referrer and receiver only.</summary>
    [Id(11)] public required DateTimeOffset? ReportedAt { get; init; }

    [Id(12)] public required ReferralEvidence Evidence { get; init; }
}

/// <summary>The interactions a <see cref="Referral"/> rests on, as far as the person asked for took part in them or is named.</summary>
[GenerateSerializer, Immutable]
public sealed record ReferralEvidence
{
    /// <summary>Ids of the referral, of the contact and of the report, as far as they are still held.</summary>
    [Id(0)] public IReadOnlyList<string> Interactions { get; init; } = [];

    /// <summary>Their positions in the log, in the same order.</summary>
    [JsonIgnore]
    [Id(1)] public IReadOnlyList<long> Positions { get; init; } = [];
}

/// <summary>What came of the introductions a person made.</summary>
[GenerateSerializer, Immutable]
public sealed record IntroductionCredit
{
    [Id(0)] public required int Made { get; init; }

    /// <summary>The two, who had not interacted before, were in touch in time.</summary>
    [Id(1)] public required int LedToContact { get; init; }

    /// <summary>Not in touch yet, with time left.</summary>
    [Id(2)] public required int Pending { get; init; }

    /// <summary>The two had interacted before: they count neither way.</summary>
    [Id(3)] public required int KnewEachOther { get; init; }

    /// <summary>Led to contact, of those that did or are past their time for it.</summary>
    [Id(4)] public required Proportion ShareLed { get; init; }

    /// <summary>The latest of them, 100 at most.</summary>
    [Id(5)] public required IReadOnlyList<IntroductionMade> Items { get; init; }
}

/// <summary>One introduction by the person asked for. Whether it led to contact is shown; when and how is the others' own.</summary>
[GenerateSerializer, Immutable]
public sealed record IntroductionMade
{
    [Id(0)] public required string First { get; init; }

    [Id(1)] public required string Second { get; init; }

    [Id(2)] public required DateTimeOffset Made { get; init; }

    [Id(3)] public required bool LedToContact { get; init; }

    [Id(4)] public required bool Pending { get; init; }

    [Id(5)] public required bool KnewEachOther { get; init; }

    /// <summary>Id of the introduction; null where it is no longer held.</summary>
    [Id(6)] public string? Interaction { get; init; }

    [JsonIgnore]
    [Id(7)] public long Position { get; init; }
}
