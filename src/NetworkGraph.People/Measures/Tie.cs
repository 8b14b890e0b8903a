using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace NetworkGraph.People.Measures;

/// <summary>A tie to another person, seen from one side: "out" is by this person, "in" is by the other.</summary>
public record Tie
{
    /// <summary>Id of the other.</summary>
    public required string Person { get; init; }

    /// <summary>Wire name of the status; <c>blocked</c> in the view of the person who blocked the other.</summary>
    public required string Status { get; init; }

    /// <summary>Contacts went in one direction only.</summary>
    public required bool OneWay { get; init; }

    /// <summary>Wire name of the kind of relationship.</summary>
    public required string Relationship { get; init; }

    /// <summary>How it began; null without contacts.</summary>
    public TieBeginning? Began { get; init; }

    public required double StrengthOut { get; init; }

    public required double StrengthIn { get; init; }

    /// <summary>2·min/(sum) of the strengths of the contacts each way, in [0,1]; null without contacts.</summary>
    public required double? Balance { get; init; }

    /// <summary>Probability in [0,1] of another contact within <see cref="TieEvidence.PersistWithinDays"/>; null without contacts.</summary>
    public required double? PersistProbability { get; init; }

    public required int InteractionsOut { get; init; }

    public required int InteractionsIn { get; init; }

    /// <summary>Contacts by this person: message-like interactions that weigh enough between the two.</summary>
    public required int ContactsOut { get; init; }

    /// <summary>Contacts by the other.</summary>
    public required int ContactsIn { get; init; }

    public required DirectedCount Gives { get; init; }

    public required DirectedCount Asks { get; init; }

    /// <summary>Null without contacts.</summary>
    public required DateTimeOffset? FirstContact { get; init; }

    /// <summary>Null without contacts.</summary>
    public required DateTimeOffset? LastContact { get; init; }

    /// <summary>The last interaction of any kind.</summary>
    public required DateTimeOffset LastInteraction { get; init; }

    /// <summary>Days since the last contact; null without contacts.</summary>
    public required double? SilenceDays { get; init; }

    /// <summary>Median days between the starts of successive episodes of contacts; null where there is no rhythm yet.</summary>
    public required double? RhythmDays { get; init; }

    /// <summary>Episodes of contacts: each ends with a pause of three days, or seven days after its start.</summary>
    public required int Episodes { get; init; }

    /// <summary>Alternations/(n-1) over the directed contacts, in [0,1]; null with fewer than 2 of them.</summary>
    public required double? TurnTaking { get; init; }

    /// <summary>Median hours in which this person answers the other; null where there is none or it is 0.</summary>
    public required double? ReplyHoursOut { get; init; }

    /// <summary>Median hours in which the other answers this person; null where there is none or it is 0.</summary>
    public required double? ReplyHoursIn { get; init; }

    public required TieEvidence Evidence { get; init; }

    /// <summary>The person's own words for the other; empty to everyone else.</summary>
    public IReadOnlyList<string> Tags { get; init; } = [];

    /// <summary>How often the person wants to be in touch, days; null where nothing is wished, and to everyone else.</summary>
    public double? CadenceDays { get; init; }
}

/// <summary>What the numbers of a <see cref="Tie"/> rest on.</summary>
public sealed record TieEvidence
{
    /// <summary>Interactions of the dyad; a mutual one counts once.</summary>
    public required int Interactions { get; init; }

    /// <summary>By kind (wire name), in each direction; a mutual one counts in both.</summary>
    public required IReadOnlyDictionary<string, DirectedCount> Kinds { get; init; }

    /// <summary>How many latencies the median reply hours rest on.</summary>
    public required DirectedCount Replies { get; init; }

    public required DateTimeOffset? LastOut { get; init; }

    public required DateTimeOffset? LastIn { get; init; }

    /// <summary>One of the two declined after a strength of at least 1, and no contact came for 30 days since.</summary>
    public required bool Burnt { get; init; }

    /// <summary>Silence in days after which the tie is cooling, and after which it has gone quiet.</summary>
    public required double CoolingAfterDays { get; init; }

    public required double QuietAfterDays { get; init; }

    /// <summary>The span of time that P(persist) is about, days.</summary>
    public required double PersistWithinDays { get; init; }
}

/// <summary>One dyad in full.</summary>
public sealed record TieDetail : Tie
{
    /// <summary>For whoever sets every property: a serializer.</summary>
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

    public required ExchangeLedger Ledger { get; init; }

    /// <summary>ln(replyHoursOut / replyHoursIn): above 0 where this person is the slower; null where either is.</summary>
    public double? ResponseAsymmetry { get; init; }

    /// <summary>The highest √(out·in) of the contacts' strengths at any of the contacts.</summary>
    public double PeakStrength { get; init; }

    /// <summary>When that was; null where the strengths were never above 0 in both directions.</summary>
    public DateTimeOffset? PeakAt { get; init; }

    public required RelationshipEvidence RelationshipEvidence { get; init; }

    public required TieHistory History { get; init; }

    public DateTimeOffset AsOf { get; init; }
}

/// <summary>What the kind of relationship rests on. The first four counts are of interactions, each in one of them.</summary>
public sealed record RelationshipEvidence
{
    /// <summary>Transactions, applications, and anything whose exchange is ask or pitch.</summary>
    public required int Transactional { get; init; }

    /// <summary>Connects, accepts, declines, attendances.</summary>
    public required int Formal { get; init; }

    /// <summary>Reactions, comments, endorsements.</summary>
    public required int Light { get; init; }

    /// <summary>Everything else but thanks.</summary>
    public required int Substantial { get; init; }

    /// <summary>Contacts by setting (wire name).</summary>
    public required IReadOnlyDictionary<string, int> Settings { get; init; }

    public required LedgerLine Advice { get; init; }

    /// <summary>Episodes in which advice was given.</summary>
    public required DirectedCount AdviceEpisodes { get; init; }

    public required DirectedCount Contacts { get; init; }

    public required int Episodes { get; init; }

    /// <summary>Null without contacts.</summary>
    public required double? Balance { get; init; }
}

/// <summary>A dyad's history in short.</summary>
public sealed record TieHistory
{
    /// <summary>Days (UTC) on which they interacted.</summary>
    public required int ActiveDays { get; init; }

    /// <summary>The longest gap between two interactions in a row, days; null with one interaction.</summary>
    public required double? LongestGapDays { get; init; }

    /// <summary>Wire name of the kind of the last interaction.</summary>
    public required string LastKind { get; init; }

    /// <summary>Wire name of the exchange of the last interaction.</summary>
    public required string LastExchange { get; init; }

    /// <summary>By calendar year (UTC), in order; years without an interaction are left out.</summary>
    public required IReadOnlyList<TieYear> Years { get; init; }
}

public readonly record struct TieYear(int Year, int Out, int In);
