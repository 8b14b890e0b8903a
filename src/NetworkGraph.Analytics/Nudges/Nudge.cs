using System.Text.Json.Serialization;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>A next best action of a person.</summary>
[GenerateSerializer, Immutable]
public sealed record Nudge
{
    /// <summary>
    /// Names it among the person's nudges: made of the rule, the people and what it rests on, so it stays the same from
    /// answer to answer, and is another one once its reason is.
    /// </summary>
    public string Id => NudgeIds.Of(this);

    /// <summary>open, done, snoozed or dismissed.</summary>
    [Id(8)] public string State { get; init; } = NudgeIds.NameOf(NudgeState.Open);

    /// <summary>Until when it is snoozed; null in any other state.</summary>
    [Id(9)] public DateTimeOffset? Until { get; init; }

    /// <summary>What to call whom it is about.</summary>
    [Id(10)] public string? Name { get; init; }

    /// <summary>What to do: <c>follow-up</c>, <c>reply</c>, <c>thank</c>, <c>contact</c>, <c>report-back</c>, <c>ask</c>,
    /// <c>reconnect</c>, <c>keep-in-touch</c>, <c>introduce</c>, <c>give-first</c>, <c>pause</c>.</summary>
    [Id(0)] public required string Action { get; init; }

    /// <summary>Id of whom it is about.</summary>
    [Id(1)] public required string Person { get; init; }

    /// <summary>What stands behind the id: person, role, list, room, bot or organisation.</summary>
    [Id(62)] public string Entity { get; init; } = "person";

    /// <summary>The third person: to whom to introduce, who was referred, who referred; null elsewhere.</summary>
    [Id(2)] public string? With { get; init; }

    /// <summary>What the third person is called; null where that is not known, or there is none.</summary>
    [Id(60)] public string? WithName { get; init; }

    /// <summary>What doing it is expected to be worth, in [0,1]: the product of the parts in its evidence.</summary>
    [Id(3)] public required double Worth { get; init; }

    /// <summary>The rule it comes from (<see cref="NudgeRules"/>).</summary>
    [Id(4)] public required string Rule { get; init; }

    /// <summary>Why, in a sentence.</summary>
    [Id(5)] public required string Reason { get; init; }

    /// <summary>Until when it is worth the most; null where no date is set.</summary>
    [Id(6)] public DateTimeOffset? Due { get; init; }

    [Id(7)] public required NudgeEvidence Evidence { get; init; }
}

/// <summary>What a nudge rests on.</summary>
[GenerateSerializer, Immutable]
public sealed record NudgeEvidence
{
    /// <summary>The factors of its worth, each in [0,1], by name.</summary>
    [Id(0)] public required IReadOnlyDictionary<string, double> Parts { get; init; }

    /// <summary>What was counted, by name.</summary>
    [Id(1)] public IReadOnlyDictionary<string, double> Counts { get; init; } = new Dictionary<string, double>();

    /// <summary>Since when; null where it is not about one moment.</summary>
    [Id(2)] public DateTimeOffset? Since { get; init; }

    /// <summary>Ids of the interactions it rests on, as far as they are still held.</summary>
    [Id(3)] public IReadOnlyList<string> Interactions { get; init; } = [];

    /// <summary>Their positions in the log, in the same order.</summary>
    [JsonIgnore]
    [Id(4)] public IReadOnlyList<long> Positions { get; init; } = [];
}

/// <summary>A person's next best actions.</summary>
[GenerateSerializer, Immutable]
public sealed record NudgeList
{
    [Id(0)] public required string Person { get; init; }

    [Id(1)] public required DateTimeOffset AsOf { get; init; }

    /// <summary>Nudges by rule.</summary>
    [Id(2)] public required IReadOnlyDictionary<string, int> Rules { get; init; }

    /// <summary>Worth most first, then by rule, person and third person.</summary>
    [Id(3)] public required IReadOnlyList<Nudge> Items { get; init; }
}

/// <summary>The names of the rules.</summary>
public static class NudgeRules
{
    public const string FollowUpDue = "follow-up-due";
    public const string ReplyOwed = "reply-owed";
    public const string ThankForHelp = "thank-for-help";
    public const string ReferralToAct = "referral-to-act";
    public const string ReferralToReport = "referral-to-report";
    public const string ReferralToAsk = "referral-to-ask";
    public const string DormantTie = "dormant-tie";
    public const string TieCooling = "tie-cooling";
    public const string AskTooEarly = "ask-too-early";
    public const string IntroductionToMake = "introduction-to-make";
    public const string StopPushing = "stop-pushing";
    public const string LosingTouch = "losing-touch";

    public static IReadOnlyList<string> All { get; } =
    [
        FollowUpDue, ReplyOwed, ThankForHelp, ReferralToAct, ReferralToReport, ReferralToAsk, DormantTie, TieCooling, AskTooEarly,
            IntroductionToMake, StopPushing,
        LosingTouch,
    ];
}
