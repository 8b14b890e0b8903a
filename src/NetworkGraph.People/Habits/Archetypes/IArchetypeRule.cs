namespace NetworkGraph.People.Habits;

/// <summary>One habit that a person can carry. Its file holds all of it: thresholds, score, evidence and counsel.</summary>
public interface IArchetypeRule
{
    ArchetypeKind Kind { get; }

    /// <summary>Its name in answers.</summary>
    string Name { get; }

    /// <summary>What to do next, in one sentence.</summary>
    string Counsel { get; }

    /// <summary>
    /// What interactions must say for it to be found at all: <c>exchange</c> (what moved) or <c>kind</c> (something besides
    /// messages and replies); null for nothing.
    /// </summary>
    string? Needs { get; }

    /// <summary>The sums that its evidence names.</summary>
    IReadOnlyList<HabitFact> Facts { get; }

    /// <summary>The fact whose latest interactions it is shown with.</summary>
    HabitFact ShownBy => Facts[0];

    /// <summary>In [0,1], 0.5 where the condition that is met least has reached its threshold.</summary>
    double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits);

    /// <summary>Adds counts to its evidence that are no sums over dyads.</summary>
    void AddEvidence(Dictionary<string, double> evidence, in HabitCounts counts, in PersonFacts person)
    {
    }
}
