using NetworkGraph.Importers;
using NetworkGraph.Importers.Imports;

namespace NetworkGraph.Server.Verbs;

/// <summary>What to import, from where, and where to.</summary>
internal sealed record ImportRequest
{
    public const string StandardInput = "-";

    /// <summary>A file, a folder, a zip archive, or <see cref="StandardInput"/>.</summary>
    public required string File { get; init; }

    /// <summary>One of <see cref="ImportPlan.FormatNames"/>.</summary>
    public string Format { get; init; } = ImportPlan.Auto;

    /// <summary>The folder of the log; of no meaning where there is a server.</summary>
    public required string Data { get; init; }

    /// <summary>The server to send to; null for the log in this process.</summary>
    public Uri? Server { get; init; }

    /// <summary>Where to write every row that was not taken; null for nowhere.</summary>
    public string? Errors { get; init; }

    /// <summary>Shows what would be imported, and writes nothing.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>The import's id; null where it is made from the file.</summary>
    public string? Batch { get; init; }

    public ImportOptions Options { get; init; } = ImportOptions.Default;
}
