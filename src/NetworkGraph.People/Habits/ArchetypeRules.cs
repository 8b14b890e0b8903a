namespace NetworkGraph.People.Habits;

/// <summary>
/// Problem: which habits does a person carry?
/// Method: each archetype is some conditions on the sums of <see cref="HabitCounts"/> over the window, each a degree in
/// [0,1] that is 0.5 at its threshold; its score is the least of them (see <see cref="Degrees"/>). A person carries what
/// scores <see cref="CarriedFromScore"/> or more, and nothing below <see cref="HabitThresholds.LeastOutgoing"/> outgoing
/// interactions. Shares, not numbers: whoever does the same among few people scores the same as among many. What speaks
/// against somebody is taken at the lower end of what the counts allow; what speaks for them as it is.
/// Source: the definitions are the contract's; the thresholds are <see cref="ArchetypeThresholds"/>. Cost: O(1).
/// </summary>
public static class ArchetypeRules
{
    /// <summary>The score from which a person carries an archetype.</summary>
    public const double CarriedFromScore = 0.5;

    /// <summary>All that a person did towards others.</summary>
    public static int Outgoing(in HabitCounts counts, in PersonFacts person) => counts[HabitFact.Outgoing] + counts.Mutual + person.Attendances;

    /// <summary>The score of one archetype, in [0,1].</summary>
    public static double Score(ArchetypeKind kind, in HabitCounts counts, in PersonFacts person, HabitThresholds habits)
    {
        if (Outgoing(in counts, in person) < habits.LeastOutgoing) return 0;
        var t = habits.Archetypes;
        var n = habits.Steepness;
        return kind switch
        {
            ArchetypeKind.CardCollector => CardCollector(in counts, t, habits),
            ArchetypeKind.SelfPromoter => Against(HabitFact.Promotions, in counts, t.PromotionShare, habits),
            ArchetypeKind.Demander => Demander(in counts, habits),
            ArchetypeKind.Gossip => Against(HabitFact.Gossips, in counts, t.GossipShare, habits),
            ArchetypeKind.KnowItAll => Against(HabitFact.UnsolicitedAdvice, in counts, t.UnsolicitedAdviceShare, habits),
            ArchetypeKind.Wallflower => person.Venues < t.LeastVenues ? 0 : Degrees.AtMost(Degrees.RateAtMost(counts[HabitFact.MetAtVenues], person.Venues, habits.DoubtStandardErrors), t.NewPeoplePerVenue, n),
            ArchetypeKind.Ghost => Ghost(in counts, habits),
            ArchetypeKind.CrisisNetworker => CrisisNetworker(in counts, in person, t, n),
            ArchetypeKind.Connector => person.IntroductionsLed < t.LeastIntroductions ? 0 : Degrees.AtLeast(Degrees.Share(person.IntroductionsLed, person.Introductions), t.IntroductionsLedShare, n),
            ArchetypeKind.Nurturer => Nurturer(in counts, t, n),
            ArchetypeKind.Giver => Giver(in counts, t, n),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No rule for it."),
        };
    }

    /// <summary>All asks, those after a long silence among them.</summary>
    public static int AllAsks(in HabitCounts counts) => counts[HabitFact.Asks] + counts[HabitFact.AsksAfterSilence];

    private static double Against(HabitFact fact, in HabitCounts counts, double threshold, HabitThresholds habits) =>
        Degrees.AtLeast(Degrees.ShareAtLeast(counts[fact], counts[HabitFact.Sent], habits.DoubtStandardErrors), threshold, habits.Steepness);

    private static double CardCollector(in HabitCounts counts, ArchetypeThresholds t, HabitThresholds habits) => Least(
        Degrees.AtLeast(counts[HabitFact.FirstContacts], t.ManyFirstContacts, habits.Steepness),
        Degrees.AtMost(Degrees.ShareAtMost(counts[HabitFact.FirstContactsFollowedUp], counts[HabitFact.FirstContacts], habits.DoubtStandardErrors), t.FewFollowedUpShare, habits.Steepness),
        Degrees.AtLeast(Degrees.Share(counts[HabitFact.NominalTies], counts[HabitFact.Connections]), t.ManyNominalShare, habits.Steepness));

    private static double Demander(in HabitCounts counts, HabitThresholds habits)
    {
        var t = habits.Archetypes;
        var asks = counts[HabitFact.Asks];
        return Least(
            Against(HabitFact.Asks, in counts, t.AskShare, habits),
            Degrees.AtLeast(Degrees.Share(counts[HabitFact.AsksBeforeGive], asks), t.AskBeforeGiveShare, habits.Steepness),
            Degrees.AtLeast(Degrees.Share(counts[HabitFact.AsksNewOrUnanswered], asks), t.AskNewOrUnansweredShare, habits.Steepness));
    }

    private static double Ghost(in HabitCounts counts, HabitThresholds habits) =>
        Math.Min(counts[HabitFact.TiesAccepted], counts[HabitFact.ReceivedAfterAccept]) < habits.Archetypes.LeastAccepted
            ? 0
            : Degrees.AtMost(
                Degrees.ShareAtMost(counts[HabitFact.AnsweredAfterAccept], counts[HabitFact.ReceivedAfterAccept], habits.DoubtStandardErrors), habits.Archetypes.AnsweredShare, habits.Steepness);

    private static double CrisisNetworker(in HabitCounts counts, in PersonFacts person, ArchetypeThresholds t, double n) =>
        Degrees.AtLeast(Degrees.Share(person.AsksInBursts, AllAsks(in counts)), t.BurstShare, n);

    // Who has revived ties need not have kept most of the others; who never let one go dormant has none to revive.
    private static double Nurturer(in HabitCounts counts, ArchetypeThresholds t, double n)
    {
        if (counts[HabitFact.TiesNurtured] < t.LeastNurtured) return 0;
        var share = Degrees.Share(counts[HabitFact.TiesNurtured], counts[HabitFact.TiesEstablished]);
        if (counts[HabitFact.TiesRevived] >= t.LeastRevived) return Degrees.AtLeast(share, t.NurturedShare, n);
        return counts[HabitFact.TiesGoneDormant] == 0 ? Degrees.AtLeast(share, t.NurturedShareUnrevived, n) : 0;
    }

    private static double Giver(in HabitCounts counts, ArchetypeThresholds t, double n)
    {
        var gives = counts[HabitFact.Gives];
        return gives < t.LeastGives ? 0 : Least(
            Degrees.AtLeast(Degrees.Share(gives, Math.Max(gives, counts[HabitFact.Sent])), t.GiveShare, n),
            Degrees.AtLeast(Degrees.Share(gives, gives + AllAsks(in counts)), t.GiveOverAskShare, n),
            Degrees.AtLeast(Degrees.Share(counts[HabitFact.UnaskedGives], gives), t.UnaskedShare, n));
    }

    private static double Least(double a, double b, double c) => Math.Min(a, Math.Min(b, c));
}
