using System.Runtime.CompilerServices;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>
/// Problem: what kind of relationship is a dyad?
/// Method: the first that fits, thresholds in <see cref="RelationshipThresholds"/>:
/// family, social: more than half of the contacts lie in that setting; nominal: no contact ever; one-sided: contacts in one
/// direction only; transactional: of what says something (connecting, reactions, comments, endorsements and thanks apart) at
/// least 80 % are transactions, applications, pitches or asks; mentorship: at least 5 pieces of advice in one direction over
/// at least 3 episodes; genuine: contacts in at least 2 episodes; else superficial.
/// Source: the division of roles by Clark &amp; Mills' communal and exchange relationships (1979). The shares are this
/// project's choice.
/// Precondition: at least one event. Cost: O(n), both people see the same kind.
/// </summary>
public static class RelationshipRule
{
    /// <summary>The kind from the events alone, without anything allocated.</summary>
    public static RelationshipKind Of(ReadOnlySpan<DyadEvent> events, MeasureOptions options)
    {
        var counts = Count(events, true, options.WeightTable);
        return Of(in counts, options.Relationships);
    }

    /// <summary>Counts what the kind rests on, seen from one side; <paramref name="balance"/> is that of the contacts' strengths.</summary>
    public static (RelationshipKind Kind, RelationshipEvidence Evidence) WithEvidence(
        ReadOnlySpan<DyadEvent> events, bool selfIsLow, double? balance, MeasureOptions options)
    {
        var counts = Count(events, selfIsLow, options.WeightTable);
        var evidence = new RelationshipEvidence
        {
            Transactional = counts.Transactional,
            Formal = counts.Formal,
            Light = counts.Light,
            Substantial = counts.Substantial,
            Settings = NonZero(counts.Settings),
            Advice = new LedgerLine
            {
                Out = counts.AdviceOut,
                In = counts.AdviceIn,
                Balance = DyadMeasures.Balance(counts.AdviceOut, counts.AdviceIn)
            },
            AdviceEpisodes = new DirectedCount(counts.AdviceEpisodesOut, counts.AdviceEpisodesIn),
            Contacts = new DirectedCount(counts.ContactsOut, counts.ContactsIn),
            Episodes = counts.Episodes.Count,
            Balance = balance,
        };
        return (Of(in counts, options.Relationships), evidence);
    }

    private static RelationshipKind Of(in Counts counts, RelationshipThresholds thresholds)
    {
        var contacts = 0;
        foreach (var count in counts.Settings) contacts += count;
        if (counts.Settings[(int)Setting.Family] > thresholds.SettingAboveShare * contacts) return RelationshipKind.Family;
        if (counts.Settings[(int)Setting.Social] > thresholds.SettingAboveShare * contacts) return RelationshipKind.Social;
        if (contacts == 0) return RelationshipKind.Nominal;
        if (counts.ContactsOut == 0 || counts.ContactsIn == 0) return RelationshipKind.OneSided;
        if (counts.Transactional > 0
            && counts.Transactional >= thresholds.TransactionalFromShare * (counts.Transactional + counts.Substantial))
            return RelationshipKind.Transactional;
        if (IsMentorship(counts.AdviceOut, counts.AdviceEpisodesOut, thresholds)
            || IsMentorship(counts.AdviceIn, counts.AdviceEpisodesIn, thresholds))
            return RelationshipKind.Mentorship;
        return counts.Episodes.Count >= thresholds.GenuineFromEpisodes ? RelationshipKind.Genuine : RelationshipKind.Superficial;
    }

    private static bool IsMentorship(int advice, int episodes, RelationshipThresholds thresholds) =>
        advice >= thresholds.MentorshipFromAdvice && episodes >= thresholds.MentorshipFromEpisodes;

    private static Counts Count(ReadOnlySpan<DyadEvent> events, bool selfIsLow, InteractionWeights weights)
    {
        var counts = default(Counts);
        foreach (ref readonly var happened in events)
        {
            if (IsTransactional(in happened)) counts.Transactional++;
            else if (IsFormal(happened.Kind)) counts.Formal++;
            else if (happened.Kind is InteractionKind.Reaction or InteractionKind.Comment or InteractionKind.Endorsement) counts.Light++;
            else if (happened.Exchange is not Exchange.Thanks) counts.Substantial++;
            if (!weights.IsContact(in happened)) continue;

            counts.Settings[(int)happened.Setting]++;
            counts.Episodes.Add(happened.AtMs);
            var isOut = happened.IsOut(selfIsLow);
            var isIn = happened.IsIn(selfIsLow);
            if (isOut) counts.ContactsOut++;
            if (isIn) counts.ContactsIn++;
            // Who advised whom in a meeting or call is not known.
            if (happened.Exchange is not Exchange.Advice || isOut == isIn) continue;
            if (isOut)
            {
                counts.AdviceOut++;
                if (counts.AdvisedOutIn != counts.Episodes.Count) counts.AdviceEpisodesOut++;
                counts.AdvisedOutIn = counts.Episodes.Count;
            }
            else
            {
                counts.AdviceIn++;
                if (counts.AdvisedInIn != counts.Episodes.Count) counts.AdviceEpisodesIn++;
                counts.AdvisedInIn = counts.Episodes.Count;
            }
        }
        return counts;
    }

    private static bool IsTransactional(in DyadEvent happened) =>
        happened.Kind is InteractionKind.Transaction or InteractionKind.Application
        || happened.Exchange is Exchange.Ask or Exchange.Pitch;

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
        public int AdviceEpisodesOut;
        public int AdviceEpisodesIn;

        /// <summary>The episode that advice was last given in, counted from 1.</summary>
        public int AdvisedOutIn;
        public int AdvisedInIn;
        public int ContactsOut;
        public int ContactsIn;
        public Episodes Episodes;
        public SettingCounts Settings;
    }

    [InlineArray(4)]
    private struct SettingCounts
    {
        private int _first;
    }
}
