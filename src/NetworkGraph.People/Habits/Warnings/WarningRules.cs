namespace NetworkGraph.People.Habits;

/// <summary>
/// Problem: which behaviour deserves a warning? Each warning is a score in [0,1]; it is given from
/// <see cref="WarnedFromScore"/> on, where every condition has reached its threshold (see <see cref="Degrees"/>). All rest on
/// the window, but for the two that say what a tie has nothing but. Source: the contract's definitions; thresholds without a
/// source are this project's choice. Cost: O(1).
/// </summary>
public static class WarningRules
{
    /// <summary>The score from which a warning is given.</summary>
    public const double WarnedFromScore = 0.5;

    // Both in the order of WarningKind.
    private static readonly ITieWarningRule[] s_ofTies =
    [
        new ExploitationRule(), new TransactionalRule(), new SuperficialRule(), new PrematurePitchRule(), new OneWayMentorshipRule(),
            new UnwantedPersistenceRule(),
    ];

    private static readonly IPersonWarningRule[] s_ofPeople = [
        new SpammingRule(), new BurningBridgesRule(), new NoFollowUpRule(), new MonologueRule()];

    /// <summary>Warnings about one tie, by the number of their kind.</summary>
    public static ReadOnlySpan<ITieWarningRule> OfTies => s_ofTies;

    /// <summary>Warnings about a person; their kinds follow those about ties.</summary>
    public static ReadOnlySpan<IPersonWarningRule> OfPeople => s_ofPeople;

    /// <summary>The names of all, by the number of their kind.</summary>
    internal static string[] Names() => [.. s_ofTies.Select(static rule => rule.Name), .. s_ofPeople.Select(static rule => rule.Name)];

    /// <summary>The rule of a kind that is about a tie.</summary>
    public static ITieWarningRule OfTie(WarningKind kind) => s_ofTies[(int)kind];

    /// <summary>The rule of a kind that is about a person.</summary>
    public static IPersonWarningRule OfPerson(WarningKind kind) => s_ofPeople[(int)kind - s_ofTies.Length];

    /// <summary>What a warning about a person is shown with, by name.</summary>
    internal static Dictionary<string, double> Evidence(IPersonWarningRule rule, in HabitCounts counts, in PersonFacts person)
    {
        var evidence = HabitEvidence.Named(rule.Facts, in counts);
        rule.AddEvidence(evidence, in person);
        return evidence;
    }
}
