namespace NetworkGraph.Server.Export;

/// <summary>What can be exported.</summary>
internal enum ExportContent
{
    Interactions,
    People,
    Ties,
}

/// <summary>How it is written. The last two are for ties.</summary>
internal enum ExportFormat
{
    Ndjson,
    Csv,
    GraphMl,
    Gexf,
}
