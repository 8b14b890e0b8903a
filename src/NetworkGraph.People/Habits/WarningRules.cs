using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Habits;

/// <summary>
/// Problem: which behaviour deserves a warning? Each warning is a score in [0,1]; it is given from
/// <see cref="WarnedFromScore"/> on, where every condition has reached its threshold (see <see cref="WarningThresholds"/>
/// and <see cref="Degrees"/>). All rest on the window, but for the two that say what a tie has nothing but.
/// <list type="bullet">
/// <item>exploitation: many asks of one person, far more than gives, and little else said;</item>
/// <item>transactional: nothing but transactions and asks, connecting and thanks apart; told to each who takes part in it;</item>
/// <item>superficial: five reactions or more, and no contact ever; told to each who reacted;</item>
/// <item>premature-pitch: a pitch or ask before three contacts, twice or more;</item>
/// <item>one-way-mentorship: advice is a good part of what one of them says, and nearly all one way, between people who both
/// speak; told to both;</item>
/// <item>unwanted-persistence: attempts after a decline, or many one-to-one contacts within days, none at a venue, to somebody
/// who had not written for half a year before;</item>
/// <item>spamming: in a week many people written to with no contact before, not personally, of whom hardly anybody answers;</item>
/// <item>monologue: on at least two ties, and on a good part of those on which the person has said something, the last five
/// contacts or more, over two weeks or more, are unanswered;</item>
/// <item>burning-bridges: good ties ended by a decline or complaint, one after another;</item>
/// <item>no-follow-up: first contacts of which hardly any is followed up by either.</item>
/// </list>
/// Comments on what somebody published are no attempts to reach them. Cost: O(1).
/// </summary>
public static class WarningRules
{
    /// <summary>The score from which a warning is given.</summary>
    public const double WarnedFromScore = 0.5;

    /// <summary>The score of a warning about one tie, for the one whose behaviour the facts are.</summary>
    public static double OfTie(WarningKind kind, in TieFacts tie, HabitSettings settings)
    {
        var t = settings.Habits.Warnings;
        var n = settings.Habits.Steepness;
        return kind switch
        {
            WarningKind.Exploitation => Math.Min(
                Degrees.AtLeast(tie.Asks, t.ExploitationFromAsks, n),
                Math.Min(
                    tie.Gives == 0 ? 1 : Degrees.AtLeast(tie.Asks, t.ExploitationAsksPerGive * tie.Gives, n),
                    Degrees.AtLeast(Degrees.Share(tie.Asks, tie.Sent), t.ExploitationAskShare, n))),
            WarningKind.Transactional => tie.TransactionalOut == 0 || tie.Reactions + tie.Other > 0 ? 0 : Degrees.AtLeast(tie.Transactional, t.TransactionalFrom, n),
            WarningKind.Superficial => tie.ReactionsOut == 0 || tie.SaidOut + tie.SaidIn > 0 ? 0 : Degrees.AtLeast(tie.Reactions, t.SuperficialFromReactions, n),
            WarningKind.PrematurePitch => Degrees.AtLeast(tie.Premature, t.PrematureFrom, n),
            WarningKind.OneWayMentorship => Mentorship(in tie, settings.Measures.Relationships, t, n),
            WarningKind.UnwantedPersistence => Math.Max(
                Degrees.AtLeast(tie.AttemptsAfterDecline, t.AttemptsAfterDecline, n),
                Degrees.AtLeast(tie.UnansweredAttempts, t.UnansweredAttempts, n)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It is not about a tie."),
        };
    }

    /// <summary>The score of a warning about a person.</summary>
    public static double OfPerson(WarningKind kind, in HabitCounts counts, in PersonFacts person, HabitThresholds habits)
    {
        var t = habits.Warnings;
        var n = habits.Steepness;
        return kind switch
        {
            WarningKind.Spamming => Degrees.AtLeast(person.ColdUnanswered, t.SpamFromPeople, n),
            WarningKind.Monologue => counts[HabitFact.TiesUnanswered] < t.MonologueFromTies ? 0 : Math.Min(
                Degrees.AtLeast(counts[HabitFact.TiesUnanswered], t.MonologueFromTies, n),
                Degrees.AtLeast(Degrees.Share(counts[HabitFact.TiesUnanswered], counts[HabitFact.TiesWritten]), t.MonologueFromShare, n)),
            WarningKind.BurningBridges => Degrees.AtLeast(counts[HabitFact.TiesBurnt], t.BurningFromTies, n),
            WarningKind.NoFollowUp => counts[HabitFact.FirstContacts] == 0 ? 0 : Math.Min(
                Degrees.AtLeast(counts[HabitFact.FirstContacts], t.NoFollowUpFromContacts, n),
                Degrees.AtMost(
                    Degrees.ShareAtMost(counts[HabitFact.FirstContactsFollowedUp], counts[HabitFact.FirstContacts], habits.DoubtStandardErrors), t.NoFollowUpShare, n)),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "It is not about a person."),
        };
    }

    private static double Mentorship(in TieFacts tie, RelationshipThresholds r, WarningThresholds t, double n)
    {
        var (advice, said) = tie.AdviceOut > tie.AdviceIn ? (tie.AdviceOut, tie.SaidOut) : (tie.AdviceIn, tie.SaidIn);
        if (DyadMeasures.Balance(tie.AdviceOut, tie.AdviceIn) > t.AdviceBalanceUpTo) return 0;
        if (!(DyadMeasures.Balance(tie.SaidOut, tie.SaidIn) >= r.MutualFromBalance) || tie.AdviceEpisodes < r.MentorshipFromEpisodes) return 0;
        return Math.Min(Degrees.AtLeast(advice, r.MentorshipFromAdvice, n), Degrees.AtLeast(Degrees.Share(advice, said), t.AdviceFromShare, n));
    }
}
