namespace NetworkGraph.People.Habits;

/// <summary>Where the warning unwanted-persistence begins.</summary>
public sealed record UnwantedPersistenceThresholds
{
    /// <summary>Attempts after a decline that are unwanted (the contract's).</summary>
    public int AttemptsAfterDecline { get; init; } = 3;

    /// <summary>Unanswered attempts within <see cref="WithinDays"/> that are unwanted (the contract's).</summary>
    public int UnansweredAttempts { get; init; } = 8;

    /// <summary>Days for which the other has not written before those attempts (the contract's).</summary>
    public double SilentDays { get; init; } = 180;

    /// <summary>Days within which those attempts lie (the contract's).</summary>
    public double WithinDays { get; init; } = 30;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.AtLeast(AttemptsAfterDecline, 1, nameof(AttemptsAfterDecline));
        errors.AtLeast(UnansweredAttempts, 2, nameof(UnansweredAttempts));
        errors.Above0(SilentDays, nameof(SilentDays));
        errors.Above0(WithinDays, nameof(WithinDays));
        return errors.All;
    }
}

/// <summary>
/// Attempts after a decline, or many one-to-one contacts within days, none at a venue, to somebody who had not written for long
/// before. Given to the one who is persisted upon. Comments on what somebody published are no attempts to reach them.
/// </summary>
internal sealed class UnwantedPersistenceRule : ITieWarningRule
{
    public WarningKind Kind => WarningKind.UnwantedPersistence;

    public string Name => "unwanted-persistence";

    public string Counsel =>
        "This person keeps trying though you declined or did not answer: you owe no answer, and can block or report them.";

    /// <summary>For the safety role, about the one who persists.</summary>
    public const string CounselOfPersisting =
        "Keeps trying to reach a person who declined or does not answer: look at what was reported, and at what else they do.";

    public double Score(in TieFacts tie, HabitSettings settings)
    {
        var t = settings.Habits.Warnings.UnwantedPersistence;
        var n = settings.Habits.Steepness;
        return Math.Max(Degrees.AtLeast(tie.AttemptsAfterDecline, t.AttemptsAfterDecline, n),
            Degrees.AtLeast(tie.UnansweredAttempts, t.UnansweredAttempts, n));
    }

    public Dictionary<string, double> Evidence(in TieFacts tie) =>
        new() { ["attemptsAfterDecline"] = tie.AttemptsAfterDecline, ["unansweredAttempts"] = tie.UnansweredAttempts };
}
