using NetworkGraph.Histories;
using NetworkGraph.Interactions;
using NetworkGraph.People.Answers;

namespace NetworkGraph.Measures;

/// <summary>
/// Problem: what kind of relationship is a dyad?
/// Method: the first that fits, thresholds in <see cref="RelationshipThresholds"/>:
/// family, social: the greater part of the interactions lies in that setting (family counts as social too);
/// nominal: nothing but connects, accepts, declines, attendances; superficial: besides those only reactions, comments,
/// endorsements; transactional: of the rest, thanks apart, at least 80 % are transactions, applications, asks, pitches or
/// promotions; mentorship: at least 3 pieces of advice, nearly all one
/// way and 40 % of what the adviser says, between people who both speak; one-sided:
/// message-like in one direction only, or a balance of strengths below 0.4; genuine: at least 2 message-like
/// interactions each way; else superficial.
/// Source: the division of roles by Clark &amp; Mills' communal and exchange relationships (1979), and the balance of the
/// vanity gap ("people one could call"). The shares are this project's choice.
/// Precondition: at least one event. Cost: O(n), both people see the same kind.
/// </summary>
public static class RelationshipRule
{
    /// <param name="evidence">Of the dyad, from either side.</param>
    /// <param name="hasStrength">Whether any interaction weighed above 0, that is whether the balance says anything.</param>
    /// <param name="thresholds">Where one kind ends and the next begins.</param>
    public static RelationshipKind Of(RelationshipEvidence evidence, bool hasStrength, RelationshipThresholds thresholds)
    {
        var interactions = evidence.Settings.Values.Sum();
        var family = evidence.Settings.GetValueOrDefault(WireNames.Of(Setting.Family));
        var social = evidence.Settings.GetValueOrDefault(WireNames.Of(Setting.Social)) + family;
        if (family > thresholds.SettingAboveShare * interactions) return RelationshipKind.Family;
        if (social > thresholds.SettingAboveShare * interactions) return RelationshipKind.Social;
        if (evidence.Formal == interactions) return RelationshipKind.Nominal;
        if (evidence.Formal + evidence.Light == interactions) return RelationshipKind.Superficial;
        if (evidence.Transactional > 0
            && evidence.Transactional >= thresholds.TransactionalFromShare * (evidence.Transactional + evidence.Substantial))
        {
            return RelationshipKind.Transactional;
        }

        var fewerMessages = Math.Min(evidence.MessageLike.Out, evidence.MessageLike.In);
        if (IsMentorship(evidence, fewerMessages, thresholds)) return RelationshipKind.Mentorship;
        if (fewerMessages == 0 || (hasStrength && evidence.Balance < thresholds.MutualFromBalance)) return RelationshipKind.OneSided;
        return hasStrength && fewerMessages >= thresholds.GenuineFromMessagesEachWay
            ? RelationshipKind.Genuine
            : RelationshipKind.Superficial;
    }

    /// <summary>Counts what the kind rests on, seen from one side; <paramref name="balance"/> is that of the strengths.</summary>
    public static RelationshipEvidence Evidence(ReadOnlySpan<DyadEvent> events, bool selfIsLow, double balance)
    {
        int transactional = 0, formal = 0, light = 0, substantial = 0;
        int adviceOut = 0, adviceIn = 0, messageLikeOut = 0, messageLikeIn = 0;
        Span<int> settings = stackalloc int[WireNames.Settings.Count];
        foreach (ref readonly var happened in events)
        {
            settings[(int)happened.Setting]++;
            if (IsTransactional(in happened)) transactional++;
            else if (IsFormal(happened.Kind)) formal++;
            else if (happened.Kind is InteractionKind.Reaction or InteractionKind.Comment or InteractionKind.Endorsement) light++;
            else if (happened.Exchange is not Exchange.Thanks) substantial++;

            var isOut = happened.IsOut(selfIsLow);
            var isIn = happened.IsIn(selfIsLow);
            // Who advised whom in a meeting or call is not known.
            if (happened.Exchange is Exchange.Advice && happened.Direction != DyadDirection.Both)
            {
                if (isOut) adviceOut++;
                if (isIn) adviceIn++;
            }
            if (!happened.Kind.IsMessageLike()) continue;
            if (isOut) messageLikeOut++;
            if (isIn) messageLikeIn++;
        }
        return new RelationshipEvidence
        {
            Transactional = transactional,
            Formal = formal,
            Light = light,
            Substantial = substantial,
            Settings = NonZero(settings),
            Advice = new LedgerLine { Out = adviceOut, In = adviceIn, Balance = DyadMeasures.Balance(adviceOut, adviceIn) },
            MessageLike = new DirectedCount(messageLikeOut, messageLikeIn),
            Balance = balance,
        };
    }

    private static bool IsMentorship(RelationshipEvidence evidence, int fewerMessages, RelationshipThresholds thresholds) =>
        fewerMessages > 0
        && Math.Max(evidence.Advice.Out, evidence.Advice.In) >= thresholds.MentorshipFromAdvice
        && Math.Max(evidence.Advice.Out, evidence.Advice.In) >= thresholds.MentorshipFromAdviceShare * AdvisersMessages(evidence)
        && evidence.Advice.Balance <= thresholds.MentorshipAdviceBalanceUpTo
        && DyadMeasures.Balance(evidence.MessageLike.Out, evidence.MessageLike.In) >= thresholds.MutualFromBalance;

    private static int AdvisersMessages(RelationshipEvidence evidence) =>
        evidence.Advice.Out > evidence.Advice.In ? evidence.MessageLike.Out : evidence.MessageLike.In;

    private static bool IsTransactional(in DyadEvent happened) =>
        happened.Kind is InteractionKind.Transaction or InteractionKind.Application
        || happened.Exchange is Exchange.Ask or Exchange.Pitch or Exchange.Promotion;

    private static bool IsFormal(InteractionKind kind) =>
        kind is InteractionKind.Connect or InteractionKind.Accept or InteractionKind.Decline or InteractionKind.Attendance;

    private static Dictionary<string, int> NonZero(ReadOnlySpan<int> settings)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var setting = 0; setting < settings.Length; setting++)
            if (settings[setting] > 0) counts[WireNames.Of((Setting)setting)] = settings[setting];
        return counts;
    }
}
