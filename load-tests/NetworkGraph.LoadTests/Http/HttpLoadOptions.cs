namespace NetworkGraph.LoadTests.Http;

/// <summary>What to send to a running server, and for how long.</summary>
internal sealed record HttpLoadOptions
{
    public required Uri Server { get; init; }

    public int People { get; init; } = 10_000;

    /// <summary>Of the interactions and of whom queries ask about. Interactions of a seed that was sent before are duplicates.</summary>
    public ulong Seed { get; init; } = 1;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Interactions in a request.</summary>
    public int Batch { get; init; } = 1000;

    /// <summary>Interactions per second; 0 sends none, <see cref="double.PositiveInfinity"/> as many as are taken.</summary>
    public double IngestRate { get; init; } = double.PositiveInfinity;

    /// <summary>Queries per second; 0 sends none.</summary>
    public double QueryRate { get; init; }

    /// <summary>Connections that send interactions without a pause, where the rate is unlimited.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Ids of people to ask about; those of the made-up interactions where empty.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Added to every query, e.g. <c>asOf=...</c>.</summary>
    public string QueryParameters { get; init; } = "";
}
