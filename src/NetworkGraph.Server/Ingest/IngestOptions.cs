using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Server.Ingest;

/// <summary>How much is taken at once over HTTP.</summary>
public sealed record IngestOptions
{
    public static readonly IngestOptions Default = new();

    public RowLimits Limits { get; init; } = new() { MaxBytes = 16L << 30 };

    public GzipLimits Gzip { get; init; } = new();

    public RowPumpOptions Pump { get; init; } = new();
}
