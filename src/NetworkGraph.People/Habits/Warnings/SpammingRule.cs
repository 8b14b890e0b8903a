namespace NetworkGraph.People.Habits;

/// <summary>Where the warning spamming begins.</summary>
public sealed record SpammingThresholds
{
    /// <summary>
    /// People with no contact before, written to within <see cref="WithinDays"/>, from which that is spam (the contract's).
    /// </summary>
    public int FromPeople { get; init; } = 20;

    /// <summary>Days within which those people are written to (the contract's).</summary>
    public double WithinDays { get; init; } = 7;

    /// <summary>Share of them who answer in time, below which it is spam (the contract's).</summary>
    public double AnsweredShare { get; init; } = 0.05;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(FromPeople, 1, nameof(FromPeople));
        errors.Above0(WithinDays, nameof(WithinDays));
        errors.Share(AnsweredShare, nameof(AnsweredShare));
        return errors.All;
    }
}

/// <summary>
/// In a week many people written to with no contact before, not personally, of whom hardly anybody answers (<see cref="ColdApproaches"/>).
/// </summary>
internal sealed class SpammingRule : IPersonWarningRule
{
    public WarningKind Kind => WarningKind.Spamming;

    public string Name => "spamming";

    public string Counsel => "You write to many who do not know you, and they do not answer: write to few, and to each of them.";

    public IReadOnlyList<HabitFact> Facts { get; } = [HabitFact.ColdTies];

    public double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits) =>
        Degrees.AtLeast(person.ColdUnanswered, habits.Warnings.Spamming.FromPeople, habits.Steepness);

    public void AddEvidence(Dictionary<string, double> evidence, in PersonFacts person) => evidence["withinAWeek"] = person.ColdUnanswered;
}
