using NetworkGraph.Importers;
using NetworkGraph.Importers.Imports;

namespace NetworkGraph.Server.Api.Imports;

/// <summary>What to import, and how; wherever it comes from and wherever it goes.</summary>
internal sealed record ImportRequest
{
    /// <summary>What the user calls the file, folder or archive, without its folder; null for what has no name.</summary>
    public string? FileName { get; init; }

    /// <summary>One of <see cref="ImportPlan.FormatNames"/>.</summary>
    public string Format { get; init; } = ImportPlan.Auto;

    /// <summary>Shows what would be imported, and writes nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The import's id; null where it is made from the file.</summary>
    public string? Batch { get; init; }

    public ImportOptions Options { get; init; } = ImportOptions.Default;
}
