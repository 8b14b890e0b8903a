namespace NetworkGraph.People.Habits;

/// <summary>
/// One behaviour within a tie that deserves a warning. Its file holds all of it: thresholds, score, evidence and counsel.
/// </summary>
public interface ITieWarningRule
{
    WarningKind Kind { get; }

    /// <summary>Its name in answers.</summary>
    string Name { get; }

    /// <summary>What to do next, in one sentence.</summary>
    string Counsel { get; }

    /// <summary>
    /// In [0,1], for the one whose behaviour the facts are; 0.5 where the condition that is met least has reached its threshold.
    /// </summary>
    double Score(in TieFacts tie, HabitSettings settings);

    /// <summary>What it is shown with, by name.</summary>
    Dictionary<string, double> Evidence(in TieFacts tie);
}
