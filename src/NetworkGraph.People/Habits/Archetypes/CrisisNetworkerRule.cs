namespace NetworkGraph.People.Habits;

/// <summary>Where the archetype crisis-networker begins; shares in (0,1].</summary>
public sealed record CrisisNetworkerThresholds
{
    /// <summary>Silence of two people before an ask, days, that makes it one after a long silence: five months.</summary>
    public double LongSilenceDays { get; init; } = 150;

    /// <summary>How close together such asks are a burst, days.</summary>
    public double BurstDays { get; init; } = 14;

    /// <summary>Asks of different people, each after a long silence, that make a burst.</summary>
    public int BurstFromAsks { get; init; } = 3;

    /// <summary>Share of all asks that come in such bursts.</summary>
    public double BurstShare { get; init; } = 0.5;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.Above0(LongSilenceDays, nameof(LongSilenceDays));
        errors.Above0(BurstDays, nameof(BurstDays));
        errors.AtLeast(BurstFromAsks, 2, nameof(BurstFromAsks));
        errors.Share(BurstShare, nameof(BurstShare));
        return errors.All;
    }
}

/// <summary>Is silent for months, then asks many at once (<see cref="AskBursts"/>).</summary>
internal sealed class CrisisNetworkerRule : IArchetypeRule
{
    public ArchetypeKind Kind => ArchetypeKind.CrisisNetworker;

    public string Name => "crisis-networker";

    public string Counsel => "Stay in touch while you need nothing, so that the next ask does not come out of silence.";

    public string? Needs => "exchange";

    public IReadOnlyList<HabitFact> Facts { get; } = [HabitFact.AsksAfterSilence];

    public double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits) =>
        Degrees.AtLeast(Degrees.Share(person.AsksInBursts, ArchetypeRules.AllAsks(in counts)),
            habits.Archetypes.CrisisNetworker.BurstShare, habits.Steepness);

    public void AddEvidence(Dictionary<string, double> evidence, in HabitCounts counts, in PersonFacts person)
    {
        evidence["asksInBursts"] = person.AsksInBursts;
        evidence["asks"] = ArchetypeRules.AllAsks(in counts);
    }
}
