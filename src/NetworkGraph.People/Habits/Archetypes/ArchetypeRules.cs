namespace NetworkGraph.People.Habits;

/// <summary>
/// Problem: which habits does a person carry?
/// Method: each archetype is some conditions on the sums of <see cref="HabitCounts"/> over the window, each a degree in
/// [0,1] that is 0.5 at its threshold; its score is the lowest of them (see <see cref="Degrees"/>). A person carries what
/// scores <see cref="CarriedFromScore"/> or more, and nothing below <see cref="HabitThresholds.MinOutgoing"/> outgoing
/// interactions. Shares, not numbers: the same behaviour among few people scores the same as among many. What speaks
/// against somebody is taken at the lower end of what the counts allow; what speaks for them as it is.
/// Source: the definitions are the contract's; thresholds without a source are this project's choice. Cost: O(1).
/// </summary>
public static class ArchetypeRules
{
    /// <summary>The score from which a person carries an archetype.</summary>
    public const double CarriedFromScore = 0.5;

    // In the order of ArchetypeKind.
    private static readonly IArchetypeRule[] s_rules =
    [
        new CardCollectorRule(), new SelfPromoterRule(), new DemanderRule(), new GossipRule(), new KnowItAllRule(), new WallflowerRule(),
            new GhostRule(),
        new CrisisNetworkerRule(), new ConnectorRule(), new NurturerRule(), new GiverRule(),
    ];

    /// <summary>All rules, by the number of their kind.</summary>
    public static IReadOnlyList<IArchetypeRule> All => s_rules;

    /// <summary>The rule of a kind.</summary>
    public static IArchetypeRule Of(ArchetypeKind kind) => s_rules[(int)kind];

    /// <summary>The rule of that name in answers; null where there is none.</summary>
    public static IArchetypeRule? Named(string name) => Array.Find(s_rules, rule => rule.Name == name);

    /// <summary>All that a person did towards others.</summary>
    public static int Outgoing(in HabitCounts counts, in PersonFacts person) =>
        counts[HabitFact.Outgoing] + counts.Mutual + person.Attendances;

    /// <summary>The score of one archetype, in [0,1]; 0 for a person who did too little to have habits.</summary>
    public static double Score(ArchetypeKind kind, in HabitCounts counts, in PersonFacts person, HabitThresholds habits) =>
        Outgoing(in counts, in person) < habits.MinOutgoing ? 0 : s_rules[(int)kind].Score(in counts, in person, habits);

    /// <summary>What an archetype is shown with, by name.</summary>
    public static Dictionary<string, double> Evidence(ArchetypeKind kind, in HabitCounts counts, in PersonFacts person)
    {
        var evidence = HabitEvidence.Named(s_rules[(int)kind].Facts, in counts);
        s_rules[(int)kind].AddEvidence(evidence, in counts, in person);
        return evidence;
    }

    /// <summary>All asks, those after a long silence among them.</summary>
    public static int AllAsks(in HabitCounts counts) => counts[HabitFact.Asks] + counts[HabitFact.AsksAfterSilence];

    /// <summary>How far a share of what is sent reaches a threshold, with a person's benefit of the doubt.</summary>
    internal static double ShareOfSent(HabitFact fact, in HabitCounts counts, double threshold, HabitThresholds habits) =>
        Degrees.AtLeast(Degrees.ShareAtLeast(counts[fact], counts[HabitFact.Sent], habits.DoubtStandardErrors), threshold,
            habits.Steepness);

    internal static double Lowest(double a, double b, double c) => Math.Min(a, Math.Min(b, c));
}
