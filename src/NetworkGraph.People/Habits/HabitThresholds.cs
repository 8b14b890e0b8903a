namespace NetworkGraph.People.Habits;

/// <summary>
/// Where a habit begins. A threshold is the value at which a condition is met by half (score 0.5); a count called "Min"
/// is what must be there before anything is said at all. Where no source is named the number is this project's choice,
/// made so that it reads as a rule a person would accept.
/// </summary>
public sealed record HabitThresholds
{
    /// <summary>
    /// How far back habits are looked at, days. Three years: a revival takes a year of silence before it, and a habit is
    /// more than one occasion; what lies longer back is not held against (or for) anybody.
    /// </summary>
    public double WindowDays { get; init; } = 1095;

    /// <summary>Outgoing interactions below which no habit is found (the contract's).</summary>
    public int MinOutgoing { get; init; } = 10;

    /// <summary>
    /// How much doubt is a person's benefit: shares that speak against somebody are taken at the lower bound of Wilson's
    /// interval (1927) with this many standard errors; 1.28 is 90 % on one side.
    /// </summary>
    public double DoubtStandardErrors { get; init; } = 1.28;

    /// <summary>How steeply a score rises around its threshold: x^n/(x^n + threshold^n), Hill's curve (1910).</summary>
    public double Steepness { get; init; } = 3;

    /// <summary>Days after which an answer to an ask is no longer expected; a give within them answers it.</summary>
    public double AskedWithinDays { get; init; } = 30;

    /// <summary>Contacts of two people before which a pitch or ask is premature (the contract's).</summary>
    public int WarmFromContacts { get; init; } = 3;

    /// <summary>Contacts each way from which a tie is established.</summary>
    public int EstablishedFromMutual { get; init; } = 3;

    public ArchetypeThresholds Archetypes { get; init; } = new();

    public WarningThresholds Warnings { get; init; } = new();

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.Above0(WindowDays, nameof(WindowDays));
        if (WindowDays > 36_500) errors.Add($"{nameof(WindowDays)} is {WindowDays}; it must be at most 36500");
        errors.AtLeast(MinOutgoing, 1, nameof(MinOutgoing));
        if (!(DoubtStandardErrors is >= 0 and <= 10))
            errors.Add($"{nameof(DoubtStandardErrors)} is {DoubtStandardErrors}; it must lie between 0 and 10");
        if (!(Steepness is >= 1 and <= 20)) errors.Add($"{nameof(Steepness)} is {Steepness}; it must lie between 1 and 20");
        errors.Above0(AskedWithinDays, nameof(AskedWithinDays));
        errors.AtLeast(WarmFromContacts, 1, nameof(WarmFromContacts));
        errors.AtLeast(EstablishedFromMutual, 1, nameof(EstablishedFromMutual));
        errors.AddPart(Archetypes.Validate(), nameof(Archetypes));
        errors.AddPart(Warnings.Validate(), nameof(Warnings));
        return errors.All;
    }
}

/// <summary>Collects what is wrong with thresholds.</summary>
internal sealed class ThresholdErrors
{
    private readonly List<string> _errors = [];

    public IReadOnlyList<string> All => _errors;

    public void Add(string error) => _errors.Add(error);

    public void AddPart(IReadOnlyList<string> errors, string part)
    {
        foreach (var error in errors) _errors.Add($"{part}:{error}");
    }

    public void Above0(double value, string name)
    {
        if (!(double.IsFinite(value) && value > 0)) _errors.Add($"{name} is {value}; it must be a finite number above 0");
    }

    public void Share(double value, string name)
    {
        if (!(value is > 0 and <= 1)) _errors.Add($"{name} is {value}; it must lie above 0 and be at most 1");
    }

    public void AtLeast(int value, int least, string name)
    {
        if (value < least) _errors.Add($"{name} is {value}; it must be at least {least}");
    }
}
