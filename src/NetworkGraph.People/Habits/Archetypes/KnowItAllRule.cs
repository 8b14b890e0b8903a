namespace NetworkGraph.People.Habits;

/// <summary>Where the archetype know-it-all begins; shares in (0,1].</summary>
public sealed record KnowItAllThresholds
{
    /// <summary>Share of unsolicited advice in what is sent.</summary>
    public double UnsolicitedAdviceShare { get; init; } = 0.15;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.Share(UnsolicitedAdviceShare, nameof(UnsolicitedAdviceShare));
        return errors.All;
    }
}

/// <summary>Much of what they send is advice that was not asked for.</summary>
internal sealed class KnowItAllRule : IArchetypeRule
{
    public ArchetypeKind Kind => ArchetypeKind.KnowItAll;

    public string Name => "know-it-all";

    public string Counsel => "Ask whether advice is wanted before you give it.";

    public string? Needs => "exchange";

    public IReadOnlyList<HabitFact> Facts { get; } = [HabitFact.UnsolicitedAdvice, HabitFact.Sent];

    public double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits) =>
        ArchetypeRules.ShareOfSent(HabitFact.UnsolicitedAdvice, in counts, habits.Archetypes.KnowItAll.UnsolicitedAdviceShare, habits);
}
