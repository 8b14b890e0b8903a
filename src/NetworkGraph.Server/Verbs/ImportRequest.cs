using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Ndjson;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.Server.Verbs;

/// <summary>A format of files that can be imported.</summary>
/// <param name="Name">What <c>--format</c> calls it.</param>
/// <param name="Endings">How the names of such files end, without .gz.</param>
/// <param name="HoldsPeople">Whether it can hold profiles as well as interactions.</param>
/// <param name="Open">Reads such a file.</param>
internal sealed record ImportFormat(string Name, string[] Endings, bool HoldsPeople, Func<Stream, ImportRequest, IRowSource> Open)
{
    public static readonly ImportFormat Csv = new("csv", [".csv", ".tsv"], HoldsPeople: false,
        (file, request) => new CsvRows(file, request.Csv, request.Draft(), RowLimits.Default));

    public static readonly ImportFormat Ndjson = new("ndjson", [".ndjson", ".jsonl"], HoldsPeople: true,
        (file, request) => request.IsPeople
            ? NdjsonRows.OfProfiles(file, RowLimits.Default)
            : NdjsonRows.OfInteractions(file, request.Draft(), RowLimits.Default));

    public static readonly IReadOnlyList<ImportFormat> All = [Csv, Ndjson];

    /// <summary>The format a file's name tells; null for none.</summary>
    public static ImportFormat? ByName(string path)
    {
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        return All.FirstOrDefault(f => f.Endings.Any(e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)));
    }
}

/// <summary>What to import, from where, and where to.</summary>
internal sealed record ImportRequest
{
    public const string StandardInput = "-";

    /// <summary>A path, or <see cref="StandardInput"/>.</summary>
    public required string File { get; init; }

    public required ImportFormat Format { get; init; }

    public bool IsPeople { get; init; }

    /// <summary>The folder of the log; of no meaning where there is a server.</summary>
    public required string Data { get; init; }

    /// <summary>The server to send to; null for the log in this process.</summary>
    public Uri? Server { get; init; }

    /// <summary>Where to write every row that was not taken; null for nowhere.</summary>
    public string? Errors { get; init; }

    public required CsvOptions Csv { get; init; }

    /// <summary>What times that are numbers count, in a format other than CSV.</summary>
    public TimeUnit TimeUnit { get; init; }

    /// <summary>The import's id; null where it is made from the file.</summary>
    public string? Batch { get; init; }

    /// <summary>Reads rows leniently: a file is what it is, and nobody can send it again without its repeated recipients.</summary>
    public InteractionDraft Draft() => new(new DerivedIds()) { TimeUnit = TimeUnit, DropsRepeats = true, DefaultBatch = Batch };
}
