namespace NetworkGraph.People.Habits;

/// <summary>Where the warning premature-pitch begins.</summary>
public sealed record PrematurePitchThresholds
{
    /// <summary>
    /// Pitches and asks before there were enough contacts, from which they are too early: once is a slip (the contract's).
    /// </summary>
    public int From { get; init; } = 2;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(From, 1, nameof(From));
        return errors.All;
    }
}

/// <summary>A pitch or ask before there were enough contacts (<see cref="HabitThresholds.WarmFromContacts"/>), more than once.</summary>
internal sealed class PrematurePitchRule : ITieWarningRule
{
    public WarningKind Kind => WarningKind.PrematurePitch;

    public string Name => "premature-pitch";

    public string Counsel => "You asked or pitched before you knew each other: exchange a few messages first.";

    public double Score(in TieFacts tie, HabitSettings settings) =>
        Degrees.AtLeast(tie.Premature, settings.Habits.Warnings.PrematurePitch.From, settings.Habits.Steepness);

    public Dictionary<string, double> Evidence(in TieFacts tie) => new() { ["prematurePitchesAndAsks"] = tie.Premature };
}
