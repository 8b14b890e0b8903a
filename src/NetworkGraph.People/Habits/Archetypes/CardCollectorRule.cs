namespace NetworkGraph.People.Habits;

/// <summary>Where the archetype card-collector begins; shares in (0,1].</summary>
public sealed record CardCollectorThresholds
{
    /// <summary>First contacts that are many: about one a month of the window.</summary>
    public int ManyFirstContacts { get; init; } = 30;

    /// <summary>Share of first contacts followed up below which they are few: one in four.</summary>
    public double FewFollowedUpShare { get; init; } = 0.25;

    /// <summary>Share of a person's ties from which many are nominal.</summary>
    public double ManyNominalShare { get; init; } = 0.3;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(ManyFirstContacts, 1, nameof(ManyFirstContacts));
        errors.Share(FewFollowedUpShare, nameof(FewFollowedUpShare));
        errors.Share(ManyNominalShare, nameof(ManyNominalShare));
        return errors.All;
    }
}

/// <summary>Meets many, follows up few of them, and many of their ties are nominal.</summary>
internal sealed class CardCollectorRule : IArchetypeRule
{
    public ArchetypeKind Kind => ArchetypeKind.CardCollector;

    public string Name => "card-collector";

    public string Counsel =>
        "Follow up the people you have met before you meet more: a message within two days, to the few you would like to know.";

    public string? Needs => "kind";

    public IReadOnlyList<HabitFact> Facts { get; } = [
        HabitFact.FirstContacts, HabitFact.FirstContactsFollowedUp, HabitFact.NominalTies, HabitFact.Connections];

    public double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits)
    {
        var t = habits.Archetypes.CardCollector;
        var followedUp = Degrees.ShareAtMost(
            counts[HabitFact.FirstContactsFollowedUp], counts[HabitFact.FirstContacts], habits.DoubtStandardErrors);
        return ArchetypeRules.Lowest(
            Degrees.AtLeast(counts[HabitFact.FirstContacts], t.ManyFirstContacts, habits.Steepness),
            Degrees.AtMost(followedUp, t.FewFollowedUpShare, habits.Steepness),
            Degrees.AtLeast(Degrees.Share(counts[HabitFact.NominalTies], counts[HabitFact.Connections]), t.ManyNominalShare,
                habits.Steepness));
    }
}
