using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Server.Ingest;

/// <summary>How much is taken at once over HTTP.</summary>
public sealed record IngestOptions
{
    public static readonly IngestOptions Default = new();

    public RowLimits Limits { get; init; } = new() { MaxBytes = 16L << 30 };

    public GzipLimits Gzip { get; init; } = new();

    public RowPumpOptions Pump { get; init; } = new() { Pace = new RowPace(TimeSpan.FromSeconds(30), RowsPerSecond: 1) };

    /// <summary>A JSON document has its rows only when it is whole.</summary>
    public RowPace DocumentPace { get; init; } = new(TimeSpan.FromMinutes(5), RowsPerSecond: 1);
}
