namespace NetworkGraph.Server.Verbs.Export;

/// <summary>What can be exported.</summary>
internal enum ExportContent
{
    Interactions,
    People,
    Ties,
    Aliases,
}

/// <summary>How it is written: graphs are for ties, a mailmap is for aliases.</summary>
internal enum ExportFormat
{
    Ndjson,
    Csv,
    GraphMl,
    Gexf,
    Mailmap,
}
