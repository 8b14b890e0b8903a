namespace NetworkGraph.People.Habits;

/// <summary>Where the archetype wallflower begins; shares in (0,1].</summary>
public sealed record WallflowerThresholds
{
    /// <summary>Different venues attended, at the least, before somebody is called a wallflower.</summary>
    public int MinVenues { get; init; } = 3;

    /// <summary>New people met per venue below which they are few (the contract's).</summary>
    public double NewPeoplePerVenue { get; init; } = 2;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(MinVenues, 1, nameof(MinVenues));
        errors.Above0(NewPeoplePerVenue, nameof(NewPeoplePerVenue));
        return errors.All;
    }
}

/// <summary>Goes to several venues and meets few new people there.</summary>
internal sealed class WallflowerRule : IArchetypeRule
{
    public ArchetypeKind Kind => ArchetypeKind.Wallflower;

    public string Name => "wallflower";

    public string Counsel => "At the next event set out to meet two people, and bring a question for them.";

    public string? Needs => "kind";

    public IReadOnlyList<HabitFact> Facts { get; } = [HabitFact.MetAtVenues];

    public double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits)
    {
        var t = habits.Archetypes.Wallflower;
        if (person.Venues < t.MinVenues) return 0;
        return Degrees.AtMost(
            Degrees.RateAtMost(counts[HabitFact.MetAtVenues], person.Venues, habits.DoubtStandardErrors), t.NewPeoplePerVenue,
            habits.Steepness);
    }

    public void AddEvidence(Dictionary<string, double> evidence, in HabitCounts counts, in PersonFacts person)
    {
        evidence["attendances"] = person.Attendances;
        evidence["venues"] = person.Venues;
    }
}
