namespace NetworkGraph.People.Habits;

/// <summary>Where the warning burning-bridges begins.</summary>
public sealed record BurningBridgesThresholds
{
    /// <summary>Ties burnt from which bridges are: once is a quarrel, three times are three.</summary>
    public int FromTies { get; init; } = 3;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(FromTies, 1, nameof(FromTies));
        return errors.All;
    }
}

/// <summary>Good ties ended by a decline or complaint, one after another.</summary>
internal sealed class BurningBridgesRule : IPersonWarningRule
{
    public WarningKind Kind => WarningKind.BurningBridges;

    public string Name => "burning-bridges";

    public string Counsel => "You have ended several good ties in anger: talk to one of these people before you close with the next.";

    public IReadOnlyList<HabitFact> Facts { get; } = [HabitFact.TiesBurnt];

    public double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits) =>
        Degrees.AtLeast(counts[HabitFact.TiesBurnt], habits.Warnings.BurningBridges.FromTies, habits.Steepness);
}
