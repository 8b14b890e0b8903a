namespace NetworkGraph.People.Habits;

/// <summary>
/// One behaviour of a person over all their ties that deserves a warning. Its file holds all of it, as with <see cref="ITieWarningRule"/>.
/// </summary>
public interface IPersonWarningRule
{
    WarningKind Kind { get; }

    /// <summary>Its name in answers.</summary>
    string Name { get; }

    /// <summary>What to do next, in one sentence.</summary>
    string Counsel { get; }

    /// <summary>The sums that its evidence names; it is shown with the latest interactions of the first.</summary>
    IReadOnlyList<HabitFact> Facts { get; }

    /// <summary>In [0,1], 0.5 where the condition that is met least has reached its threshold.</summary>
    double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits);

    /// <summary>Adds counts to its evidence that are no sums over dyads.</summary>
    void AddEvidence(Dictionary<string, double> evidence, in PersonFacts person)
    {
    }
}
