namespace NetworkGraph.Analytics.Proof;

/// <summary>How the fold is proved while it is served.</summary>
public sealed record FoldProofOptions
{
    /// <summary>The share of one core that it may take, in percent; 0: it does not run.</summary>
    public double CorePercent { get; init; } = 1;

    /// <summary>People whose histories are folded again in one pass over the log.</summary>
    public int PeoplePerPass { get; init; } = 2000;

    /// <summary>
    /// How long after the server is ready the first pass begins, and how long after a pass the next one begins at the earliest.
    /// </summary>
    public TimeSpan Every { get; init; } = TimeSpan.FromMinutes(1);

    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (CorePercent is not (>= 0 and <= 100)) errors.Add("Proof:CorePercent must be between 0 and 100");
        if (PeoplePerPass is < 1 or > 1_000_000) errors.Add("Proof:PeoplePerPass must be between 1 and 1000000");
        if (Every < TimeSpan.FromSeconds(1) || Every > TimeSpan.FromDays(1)) errors.Add("Proof:Every must be between 1 second and 1 day");
        return errors;
    }
}
