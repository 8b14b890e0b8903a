using NetworkGraph.Importers.Rows;
using NetworkGraph.Server.Api.Bodies;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>How much is read at once over HTTP.</summary>
public sealed record IngestOptions
{
    public static readonly IngestOptions Default = new();

    public RowLimits Limits { get; init; } = new() { MaxBytes = 16L << 30 };

    public GzipLimits Gzip { get; init; } = new();

    public IngestPipelineOptions Pipeline { get; init; } = new() { Pace = new RowPace(TimeSpan.FromSeconds(30), RowsPerSecond: 1) };

    /// <summary>A JSON document has its rows only when it is whole.</summary>
    public RowPace DocumentPace { get; init; } = new(TimeSpan.FromMinutes(5), RowsPerSecond: 1);
}
