using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.People.Measures;

/// <summary>A tie to another person, seen from one side: "out" is by this person, "in" is by the other.</summary>
[GenerateSerializer, Immutable]
public record Tie
{
    /// <summary>Id of the other.</summary>
    [Id(0)] public required string Person { get; init; }

    /// <summary>What stands behind the other's id: person or role, in one tie asked for also list, room, bot or organisation.</summary>
    [Id(61)] public string Entity { get; init; } = EntityKinds.Names[0];

    /// <summary>What the other is called; null where that is not known.</summary>
    [Id(60)] public string? Name { get; init; }

    /// <summary>Wire name of the status; <c>blocked</c> in the view of the person who blocked the other.</summary>
    [Id(1)] public required string Status { get; init; }

    /// <summary>Contacts went in one direction only.</summary>
    [Id(2)] public required bool OneWay { get; init; }

    /// <summary>Wire name of the kind of relationship.</summary>
    [Id(3)] public required string Relationship { get; init; }

    /// <summary>How it began; null without contacts.</summary>
    [Id(26)] public TieBeginning? Began { get; init; }

    [Id(4)] public required double StrengthOut { get; init; }

    [Id(5)] public required double StrengthIn { get; init; }

    /// <summary>2·min/(sum) of the strengths of the contacts each way, in [0,1]; null without contacts.</summary>
    [Id(6)] public required double? Balance { get; init; }

    /// <summary>
    /// Probability in [0,1] of another contact within <see cref="TieEvidence.PersistWithinDays"/>; null without contacts.
    /// </summary>
    [Id(7)] public required double? PersistProbability { get; init; }

    [Id(8)] public required int InteractionsOut { get; init; }

    [Id(9)] public required int InteractionsIn { get; init; }

    /// <summary>Contacts by this person: message-like interactions that weigh enough between the two.</summary>
    [Id(10)] public required int ContactsOut { get; init; }

    /// <summary>Contacts by the other.</summary>
    [Id(11)] public required int ContactsIn { get; init; }

    [Id(12)] public required DirectedCount Gives { get; init; }

    [Id(13)] public required DirectedCount Asks { get; init; }

    /// <summary>Null without contacts.</summary>
    [Id(14)] public required DateTimeOffset? FirstContact { get; init; }

    /// <summary>Null without contacts.</summary>
    [Id(15)] public required DateTimeOffset? LastContact { get; init; }

    /// <summary>The last interaction of any kind.</summary>
    [Id(16)] public required DateTimeOffset LastInteraction { get; init; }

    /// <summary>Days since the last contact; null without contacts.</summary>
    [Id(17)] public required double? SilenceDays { get; init; }

    /// <summary>Median days between the starts of successive episodes of contacts; null where there is no rhythm yet.</summary>
    [Id(18)] public required double? RhythmDays { get; init; }

    /// <summary>Episodes of contacts: each ends with a pause of three days, or seven days after its start.</summary>
    [Id(19)] public required int Episodes { get; init; }

    /// <summary>Alternations/(n-1) over the directed contacts, in [0,1]; null with fewer than 2 of them.</summary>
    [Id(20)] public required double? TurnTaking { get; init; }

    /// <summary>Median hours in which this person answers the other; null where there is none or it is 0.</summary>
    [Id(21)] public required double? ReplyHoursOut { get; init; }

    /// <summary>Median hours in which the other answers this person; null where there is none or it is 0.</summary>
    [Id(22)] public required double? ReplyHoursIn { get; init; }

    [Id(23)] public required TieEvidence Evidence { get; init; }

    /// <summary>The person's own words for the other; empty to everyone else.</summary>
    [Id(24)] public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>How often the person wants to be in touch, days; null where nothing is wished, and to everyone else.</summary>
    [Id(25)] public double? CadenceDays { get; init; }
}

/// <summary>What the numbers of a <see cref="Tie"/> rest on.</summary>
[GenerateSerializer, Immutable]
public sealed record TieEvidence
{
    /// <summary>Interactions of the dyad; a mutual one counts once.</summary>
    [Id(0)] public required int Interactions { get; init; }

    /// <summary>By kind (wire name), in each direction; a mutual one counts in both.</summary>
    [Id(1)] public required IReadOnlyDictionary<string, DirectedCount> Kinds { get; init; }

    /// <summary>How many latencies the median reply hours rest on.</summary>
    [Id(2)] public required DirectedCount Replies { get; init; }

    [Id(3)] public required DateTimeOffset? LastOut { get; init; }

    [Id(4)] public required DateTimeOffset? LastIn { get; init; }

    /// <summary>One of the two declined after a strength of at least 1, and no contact came for 30 days since.</summary>
    [Id(5)] public required bool Burnt { get; init; }

    /// <summary>Silence in days after which the tie is cooling, and after which it has gone quiet.</summary>
    [Id(6)] public required double CoolingAfterDays { get; init; }

    [Id(7)] public required double QuietAfterDays { get; init; }

    /// <summary>The span of time that P(persist) is about, days.</summary>
    [Id(8)] public required double PersistWithinDays { get; init; }
}

/// <summary>One dyad in full.</summary>
[GenerateSerializer, Immutable]
public sealed record TieDetail : Tie
{
    /// <summary>For a serializer, which sets every property.</summary>
    [JsonConstructor]
    public TieDetail()
    {
    }

    [SetsRequiredMembers]
    public TieDetail(Tie tie, ExchangeLedger ledger, RelationshipEvidence relationshipEvidence, TieHistory history) : base(tie)
    {
        Ledger = ledger;
        RelationshipEvidence = relationshipEvidence;
        History = history;
    }

    [Id(0)] public required ExchangeLedger Ledger { get; init; }

    /// <summary>ln(replyHoursOut / replyHoursIn): above 0 where this person is the slower; null where either is.</summary>
    [Id(1)] public double? ResponseAsymmetry { get; init; }

    /// <summary>The highest √(out·in) of the contacts' strengths at any of the contacts.</summary>
    [Id(2)] public double PeakStrength { get; init; }

    /// <summary>When that was; null where the strengths were never above 0 in both directions.</summary>
    [Id(3)] public DateTimeOffset? PeakAt { get; init; }

    [Id(4)] public required RelationshipEvidence RelationshipEvidence { get; init; }

    [Id(5)] public required TieHistory History { get; init; }

    [Id(6)] public DateTimeOffset AsOf { get; init; }
}

/// <summary>What the kind of relationship rests on. The first four counts are of interactions, each in one of them.</summary>
[GenerateSerializer, Immutable]
public sealed record RelationshipEvidence
{
    /// <summary>Transactions, applications, and anything whose exchange is ask or pitch.</summary>
    [Id(0)] public required int Transactional { get; init; }

    /// <summary>Connects, accepts, declines, attendances.</summary>
    [Id(1)] public required int Formal { get; init; }

    /// <summary>Reactions, comments, endorsements.</summary>
    [Id(2)] public required int Light { get; init; }

    /// <summary>Everything else but thanks.</summary>
    [Id(3)] public required int Substantial { get; init; }

    /// <summary>Contacts by setting (wire name).</summary>
    [Id(4)] public required IReadOnlyDictionary<string, int> Settings { get; init; }

    [Id(5)] public required LedgerLine Advice { get; init; }

    /// <summary>Episodes in which advice was given.</summary>
    [Id(6)] public required DirectedCount AdviceEpisodes { get; init; }

    [Id(7)] public required DirectedCount Contacts { get; init; }

    [Id(8)] public required int Episodes { get; init; }

    /// <summary>Null without contacts.</summary>
    [Id(9)] public required double? Balance { get; init; }
}

/// <summary>A dyad's history in short.</summary>
[GenerateSerializer, Immutable]
public sealed record TieHistory
{
    /// <summary>Days (UTC) on which they interacted.</summary>
    [Id(0)] public required int ActiveDays { get; init; }

    /// <summary>The longest gap between two interactions in a row, days; null with one interaction.</summary>
    [Id(1)] public required double? LongestGapDays { get; init; }

    /// <summary>Wire name of the kind of the last interaction.</summary>
    [Id(2)] public required string LastKind { get; init; }

    /// <summary>Wire name of the exchange of the last interaction.</summary>
    [Id(3)] public required string LastExchange { get; init; }

    /// <summary>By calendar year (UTC), in order; years without an interaction are left out.</summary>
    [Id(4)] public required IReadOnlyList<TieYear> Years { get; init; }
}

[GenerateSerializer, Immutable]
public readonly record struct TieYear(int Year, int Out, int In);
