namespace NetworkGraph.People.Habits;

/// <summary>Where the archetype demander begins; shares in (0,1].</summary>
public sealed record DemanderThresholds
{
    /// <summary>Share of asks in what is sent.</summary>
    public double AskShare { get; init; } = 0.25;

    /// <summary>Share of asks that come before any give to the same person: more often than not.</summary>
    public double AskBeforeGiveShare { get; init; } = 0.5;

    /// <summary>Share of asks on ties that are new or unanswered.</summary>
    public double AskNewOrUnansweredShare { get; init; } = 0.2;

    /// <summary>A tie counts as new for this long after the first contact, days (as the status "new").</summary>
    public double NewTieDays { get; init; } = 30;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.Share(AskShare, nameof(AskShare));
        errors.Share(AskBeforeGiveShare, nameof(AskBeforeGiveShare));
        errors.Share(AskNewOrUnansweredShare, nameof(AskNewOrUnansweredShare));
        errors.Above0(NewTieDays, nameof(NewTieDays));
        return errors.All;
    }
}

/// <summary>Asks much, mostly before giving anything, and on ties that are new or unanswered.</summary>
internal sealed class DemanderRule : IArchetypeRule
{
    public ArchetypeKind Kind => ArchetypeKind.Demander;

    public string Name => "demander";

    public string Counsel => "Give something to each person before you ask them again, and let a tie be answered before you ask on it.";

    public string? Needs => "exchange";

    public IReadOnlyList<HabitFact> Facts { get; } = [
        HabitFact.Asks, HabitFact.AsksBeforeGive, HabitFact.AsksNewOrUnanswered, HabitFact.Gives, HabitFact.TiesAskedFirst,
        HabitFact.TiesGaveFirst, HabitFact.Sent];

    public double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits)
    {
        var t = habits.Archetypes.Demander;
        var asks = counts[HabitFact.Asks];
        return ArchetypeRules.Lowest(
            ArchetypeRules.ShareOfSent(HabitFact.Asks, in counts, t.AskShare, habits),
            Degrees.AtLeast(Degrees.Share(counts[HabitFact.AsksBeforeGive], asks), t.AskBeforeGiveShare, habits.Steepness),
            Degrees.AtLeast(Degrees.Share(counts[HabitFact.AsksNewOrUnanswered], asks), t.AskNewOrUnansweredShare, habits.Steepness));
    }
}
