namespace NetworkGraph.People.Habits;

/// <summary>Where the archetype connector begins; shares in (0,1].</summary>
public sealed record ConnectorThresholds
{
    /// <summary>Introductions that led to contact, at the least, before somebody is called a connector.</summary>
    public int MinIntroductions { get; init; } = 3;

    /// <summary>Share of introductions that led to contact.</summary>
    public double IntroductionsLedShare { get; init; } = 0.4;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(MinIntroductions, 1, nameof(MinIntroductions));
        errors.Share(IntroductionsLedShare, nameof(IntroductionsLedShare));
        return errors.All;
    }
}

/// <summary>Introduces people to each other who then get in touch.</summary>
internal sealed class ConnectorRule : IArchetypeRule
{
    public ArchetypeKind Kind => ArchetypeKind.Connector;

    public string Name => "connector";

    public string Counsel => "Keep introducing: ask both before you do, and hear afterwards what came of it.";

    public string? Needs => "kind";

    public IReadOnlyList<HabitFact> Facts { get; } = [];

    public HabitFact ShownBy => HabitFact.IntroductionsMade;

    public double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits)
    {
        var t = habits.Archetypes.Connector;
        if (person.IntroductionsLed < t.MinIntroductions) return 0;
        return Degrees.AtLeast(Degrees.Share(person.IntroductionsLed, person.Introductions), t.IntroductionsLedShare, habits.Steepness);
    }

    public void AddEvidence(Dictionary<string, double> evidence, in HabitCounts counts, in PersonFacts person)
    {
        evidence["introductions"] = person.Introductions;
        evidence["ledToContact"] = person.IntroductionsLed;
    }
}
