namespace NetworkGraph.People.Habits;

/// <summary>Where the warning monologue begins.</summary>
public sealed record MonologueThresholds
{
    /// <summary>Unanswered contacts in a row that make a tie a monologue (the contract's).</summary>
    public int FromRun { get; init; } = 5;

    /// <summary>Days that such a row spans at the least (the contract's).</summary>
    public double OverDays { get; init; } = 14;

    /// <summary>How old the last of it is at most, days (the contract's).</summary>
    public double WithinDays { get; init; } = 90;

    /// <summary>Ties that are monologues from which the person is warned (the contract's).</summary>
    public int FromTies { get; init; } = 2;

    /// <summary>Share of such ties, of those with at least <see cref="FromContacts"/> contacts from the person (the contract's).</summary>
    public double FromShare { get; init; } = 0.3;

    /// <summary>See <see cref="FromShare"/>.</summary>
    public int FromContacts { get; init; } = 3;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(FromRun, 2, nameof(FromRun));
        errors.Above0(OverDays, nameof(OverDays));
        errors.Above0(WithinDays, nameof(WithinDays));
        errors.AtLeast(FromTies, 1, nameof(FromTies));
        errors.Share(FromShare, nameof(FromShare));
        errors.AtLeast(FromContacts, 1, nameof(FromContacts));
        return errors.All;
    }
}

/// <summary>
/// On several ties, and on a good part of those on which the person has said something, the last contacts in a row, over two weeks
/// or more, are unanswered.
/// </summary>
internal sealed class MonologueRule : IPersonWarningRule
{
    public WarningKind Kind => WarningKind.Monologue;

    public string Name => "monologue";

    public string Counsel =>
        "On several ties your last contacts in a row have no answer: leave the next word to them, or try once more by another way.";

    public IReadOnlyList<HabitFact> Facts { get; } = [HabitFact.TiesUnanswered, HabitFact.TiesWritten];

    public double Score(in HabitCounts counts, in PersonFacts person, HabitThresholds habits)
    {
        var t = habits.Warnings.Monologue;
        if (counts[HabitFact.TiesUnanswered] < t.FromTies) return 0;
        return Math.Min(
            Degrees.AtLeast(counts[HabitFact.TiesUnanswered], t.FromTies, habits.Steepness),
            Degrees.AtLeast(Degrees.Share(counts[HabitFact.TiesUnanswered], counts[HabitFact.TiesWritten]), t.FromShare, habits.Steepness));
    }
}
