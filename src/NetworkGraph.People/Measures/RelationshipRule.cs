using System.Runtime.CompilerServices;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>
/// Problem: what kind of relationship is a dyad?
/// Method: the first that fits, thresholds in <see cref="RelationshipThresholds"/>:
/// family, social: the greater part of the interactions lies in that setting (family counts as social too);
/// nominal: nothing but connects, accepts, declines, attendances; superficial: besides those only reactions, comments,
/// endorsements; transactional: of the rest, thanks apart, at least 80 % are transactions, applications, asks, pitches or
/// promotions; mentorship: at least 3 pieces of advice, nearly all one way and 40 % of what the adviser says, between
/// people who both speak; one-sided: message-like in one direction only, or a balance of strengths below 0.4; genuine: at
/// least 2 message-like interactions each way; else superficial.
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
        var counts = new Counts
        {
            Transactional = evidence.Transactional,
            Formal = evidence.Formal,
            Light = evidence.Light,
            Substantial = evidence.Substantial,
            AdviceOut = evidence.Advice.Out,
            AdviceIn = evidence.Advice.In,
            MessageLikeOut = evidence.MessageLike.Out,
            MessageLikeIn = evidence.MessageLike.In,
        };
        for (var setting = 0; setting < WireNames.Settings.Count; setting++)
            counts.Settings[setting] = evidence.Settings.GetValueOrDefault(WireNames.Of((Setting)setting));
        return Of(in counts, evidence.Balance, hasStrength, thresholds);
    }

    /// <summary>The kind straight from the events, without anything allocated; <paramref name="balance"/> is that of the strengths.</summary>
    public static RelationshipKind Of(ReadOnlySpan<DyadEvent> events, double balance, bool hasStrength, RelationshipThresholds thresholds)
    {
        var counts = Count(events, true);
        return Of(in counts, balance, hasStrength, thresholds);
    }

    /// <summary>Counts what the kind rests on, seen from one side; <paramref name="balance"/> is that of the strengths.</summary>
    public static RelationshipEvidence Evidence(ReadOnlySpan<DyadEvent> events, bool selfIsLow, double balance)
    {
        var counts = Count(events, selfIsLow);
        return new RelationshipEvidence
        {
            Transactional = counts.Transactional,
            Formal = counts.Formal,
            Light = counts.Light,
            Substantial = counts.Substantial,
            Settings = NonZero(counts.Settings),
            Advice = new LedgerLine { Out = counts.AdviceOut, In = counts.AdviceIn, Balance = DyadMeasures.Balance(counts.AdviceOut, counts.AdviceIn) },
            MessageLike = new DirectedCount(counts.MessageLikeOut, counts.MessageLikeIn),
            Balance = balance,
        };
    }

    private static RelationshipKind Of(in Counts counts, double balance, bool hasStrength, RelationshipThresholds thresholds)
    {
        var interactions = 0;
        foreach (var count in counts.Settings) interactions += count;
        var family = counts.Settings[(int)Setting.Family];
        var social = counts.Settings[(int)Setting.Social] + family;
        if (family > thresholds.SettingAboveShare * interactions) return RelationshipKind.Family;
        if (social > thresholds.SettingAboveShare * interactions) return RelationshipKind.Social;
        if (counts.Formal == interactions) return RelationshipKind.Nominal;
        if (counts.Formal + counts.Light == interactions) return RelationshipKind.Superficial;
        if (counts.Transactional > 0 && counts.Transactional >= thresholds.TransactionalFromShare * (counts.Transactional + counts.Substantial))
            return RelationshipKind.Transactional;

        var fewerMessages = Math.Min(counts.MessageLikeOut, counts.MessageLikeIn);
        if (fewerMessages > 0 && IsMentorship(in counts, thresholds)) return RelationshipKind.Mentorship;
        if (fewerMessages == 0 || (hasStrength && balance < thresholds.MutualFromBalance)) return RelationshipKind.OneSided;
        return hasStrength && fewerMessages >= thresholds.GenuineFromMessagesEachWay
            ? RelationshipKind.Genuine
            : RelationshipKind.Superficial;
    }

    private static Counts Count(ReadOnlySpan<DyadEvent> events, bool selfIsLow)
    {
        var counts = default(Counts);
        foreach (ref readonly var happened in events)
        {
            counts.Settings[(int)happened.Setting]++;
            if (IsTransactional(in happened)) counts.Transactional++;
            else if (IsFormal(happened.Kind)) counts.Formal++;
            else if (happened.Kind is InteractionKind.Reaction or InteractionKind.Comment or InteractionKind.Endorsement) counts.Light++;
            else if (happened.Exchange is not Exchange.Thanks) counts.Substantial++;

            var isOut = happened.IsOut(selfIsLow);
            var isIn = happened.IsIn(selfIsLow);
            // Who advised whom in a meeting or call is not known.
            if (happened.Exchange is Exchange.Advice && isOut != isIn)
            {
                if (isOut) counts.AdviceOut++;
                else counts.AdviceIn++;
            }
            if (!happened.Kind.IsMessageLike()) continue;
            if (isOut) counts.MessageLikeOut++;
            if (isIn) counts.MessageLikeIn++;
        }
        return counts;
    }

    private static bool IsMentorship(in Counts counts, RelationshipThresholds thresholds)
    {
        var (advice, said) = counts.AdviceOut > counts.AdviceIn ? (counts.AdviceOut, counts.MessageLikeOut) : (counts.AdviceIn, counts.MessageLikeIn);
        return advice >= thresholds.MentorshipFromAdvice
            && advice >= thresholds.MentorshipFromAdviceShare * said
            && DyadMeasures.Balance(counts.AdviceOut, counts.AdviceIn) <= thresholds.MentorshipAdviceBalanceUpTo
            && DyadMeasures.Balance(counts.MessageLikeOut, counts.MessageLikeIn) >= thresholds.MutualFromBalance;
    }

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

    private struct Counts
    {
        public int Transactional;
        public int Formal;
        public int Light;
        public int Substantial;
        public int AdviceOut;
        public int AdviceIn;
        public int MessageLikeOut;
        public int MessageLikeIn;
        public SettingCounts Settings;
    }

    [InlineArray(4)]
    private struct SettingCounts
    {
        private int _first;
    }
}
