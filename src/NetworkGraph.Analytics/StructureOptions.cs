namespace NetworkGraph.Analytics;

/// <summary>How communities are found, and how fresh the structure of the network is kept.</summary>
public sealed record StructureOptions
{
    /// <summary>γ of modularity: above 1 finds more and smaller communities.</summary>
    public double Resolution { get; init; } = 1;

    /// <summary>The same seed and network give the same communities, huddles and map.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// Up to this many ties (counted from both sides) the structure is always that of the network as it is now: it takes
    /// a fraction of a second. Larger networks are answered with the structure known last while it is renewed.
    /// </summary>
    public long AlwaysFreshUpToTies { get; init; } = 200_000;

    /// <summary>The share of new records in the log after which a large network's structure is renewed.</summary>
    public double RenewAfterShare { get; init; } = 0.01;

    /// <summary>The age after which it is renewed, however little is new.</summary>
    public TimeSpan RenewAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (!(double.IsFinite(Resolution) && Resolution > 0))
            errors.Add($"{nameof(Resolution)} is {Resolution}; it must be a finite number above 0");
        if (Seed < 0) errors.Add($"{nameof(Seed)} is {Seed}; it must be 0 or more");
        if (AlwaysFreshUpToTies < 0) errors.Add($"{nameof(AlwaysFreshUpToTies)} is {AlwaysFreshUpToTies}; it must be 0 or more");
        if (!(RenewAfterShare is >= 0 and <= 1)) errors.Add($"{nameof(RenewAfterShare)} is {RenewAfterShare}; it must lie between 0 and 1");
        if (RenewAfter <= TimeSpan.Zero) errors.Add($"{nameof(RenewAfter)} is {RenewAfter}; it must be above 0");
        return errors;
    }
}
