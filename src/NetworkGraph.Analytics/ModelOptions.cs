namespace NetworkGraph.Analytics;

/// <summary>Whether and how often models are learned.</summary>
public sealed record ModelOptions
{
    /// <summary>Whether models are learned at all; else the priors, or what the log holds already, stay.</summary>
    public bool Learn { get; init; } = true;

    /// <summary>How often it is looked whether there is something to learn.</summary>
    public TimeSpan CheckEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The share of one processor that learning may take over time, above 0, at most 1.</summary>
    public double ProcessorShare { get; init; } = 0.25;

    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (CheckEvery < TimeSpan.FromMilliseconds(10) || CheckEvery > TimeSpan.FromDays(1))
            errors.Add("Network:Models:CheckEvery must be between 10 milliseconds and 1 day");
        if (!(ProcessorShare is > 0 and <= 1)) errors.Add("Network:Models:ProcessorShare must be above 0 and at most 1");
        return errors;
    }
}
