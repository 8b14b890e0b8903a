namespace NetworkGraph.People.Habits;

/// <summary>Where the warning superficial begins.</summary>
public sealed record SuperficialThresholds
{
    /// <summary>Reactions from which a tie without a contact is superficial (the contract's).</summary>
    public int FromReactions { get; init; } = 5;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(FromReactions, 1, nameof(FromReactions));
        return errors.All;
    }
}

/// <summary>Several reactions, and no contact ever. Given to each who reacted.</summary>
internal sealed class SuperficialRule : ITieWarningRule
{
    public WarningKind Kind => WarningKind.Superficial;

    public string Name => "superficial";

    public string Counsel => "Nothing but reactions has passed between you: write a line about what they published.";

    public double Score(in TieFacts tie, HabitSettings settings) => tie.ReactionsOut == 0 || tie.SaidOut + tie.SaidIn > 0
        ? 0
        : Degrees.AtLeast(tie.Reactions, settings.Habits.Warnings.Superficial.FromReactions, settings.Habits.Steepness);

    public Dictionary<string, double> Evidence(in TieFacts tie) =>
        new() { ["reactions"] = tie.Reactions, ["byThisPerson"] = tie.ReactionsOut, ["contacts"] = tie.SaidOut + tie.SaidIn };
}
