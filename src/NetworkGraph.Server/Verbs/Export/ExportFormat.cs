namespace NetworkGraph.Server.Verbs.Export;

/// <summary>What can be exported.</summary>
internal enum ExportContent
{
    Interactions,
    People,
    Measures,
    Ties,
    Aliases,
    FollowUps,
    Log,
}

/// <summary>How it is written.</summary>
internal enum ExportFormat
{
    Ndjson,
    Csv,
    Parquet,
    GraphMl,
    Gexf,
    VCard,
    Ics,
    Mailmap,
    Archive,
}

/// <summary>What goes with what.</summary>
internal static class ExportFormats
{
    private static readonly Dictionary<ExportContent, ExportFormat[]> s_formats = new()
    {
        [ExportContent.Interactions] = [ExportFormat.Ndjson, ExportFormat.Csv, ExportFormat.Parquet],
        [ExportContent.People] = [ExportFormat.Ndjson, ExportFormat.Csv, ExportFormat.Parquet, ExportFormat.VCard],
        [ExportContent.Measures] = [ExportFormat.Ndjson, ExportFormat.Csv, ExportFormat.Parquet],
        [ExportContent.Ties] = [ExportFormat.Ndjson, ExportFormat.Csv, ExportFormat.Parquet, ExportFormat.GraphMl, ExportFormat.Gexf],
        [ExportContent.Aliases] = [ExportFormat.Ndjson, ExportFormat.Csv, ExportFormat.Mailmap],
        [ExportContent.FollowUps] = [ExportFormat.Ics],
        [ExportContent.Log] = [ExportFormat.Archive],
    };

    /// <summary>The words, as options and parameters have them.</summary>
    public static IReadOnlyList<string> ContentNames { get; } = [.. Enum.GetValues<ExportContent>().Select(NameOf)];

    public static IReadOnlyList<string> FormatNames { get; } = [.. Enum.GetValues<ExportFormat>().Select(NameOf)];

    public static string NameOf(ExportContent content) => content is ExportContent.FollowUps ? "follow-ups"
        : content.ToString().ToLowerInvariant();

    public static string NameOf(ExportFormat format) => format.ToString().ToLowerInvariant();

    public static ExportContent? ContentOf(string name) => IndexOf(ContentNames, name) is >= 0 and var number ? (ExportContent)number
        : null;

    public static ExportFormat? FormatOf(string name) => name.ToLowerInvariant() switch
    {
        "vcf" => ExportFormat.VCard,
        "zip" => ExportFormat.Archive,
        var known => IndexOf(FormatNames, known) is >= 0 and var number ? (ExportFormat)number : null,
    };

    /// <summary>What is meant where only the format was said.</summary>
    public static ExportContent ContentFor(ExportFormat format) => format switch
    {
        ExportFormat.GraphMl or ExportFormat.Gexf => ExportContent.Ties,
        ExportFormat.VCard => ExportContent.People,
        ExportFormat.Ics => ExportContent.FollowUps,
        ExportFormat.Mailmap => ExportContent.Aliases,
        ExportFormat.Archive => ExportContent.Log,
        _ => ExportContent.Interactions,
    };

    /// <summary>The format where only the content was said.</summary>
    public static ExportFormat FormatFor(ExportContent content) => s_formats[content][0];

    /// <summary>Why the two do not go together; null where they do.</summary>
    public static string? Fault(ExportContent content, ExportFormat format) => s_formats[content].Contains(format)
        ? null
        : $"{NameOf(format)} is not for {NameOf(content)}, which go as {string.Join(", ", s_formats[content].Select(NameOf))}";

    public static string MediaTypeOf(ExportFormat format) => format switch
    {
        ExportFormat.Ndjson => "application/x-ndjson",
        ExportFormat.Csv => "text/csv; charset=utf-8",
        ExportFormat.Parquet => "application/vnd.apache.parquet",
        ExportFormat.GraphMl => "application/graphml+xml",
        ExportFormat.Gexf => "application/gexf+xml",
        ExportFormat.VCard => "text/vcard; charset=utf-8",
        ExportFormat.Ics => "text/calendar; charset=utf-8",
        ExportFormat.Archive => "application/zip",
        _ => "text/plain; charset=utf-8",
    };

    public static string EndingOf(ExportFormat format) => format switch
    {
        ExportFormat.VCard => "vcf",
        ExportFormat.Mailmap => "mailmap",
        ExportFormat.Archive => "zip",
        _ => NameOf(format),
    };

    private static int IndexOf(IReadOnlyList<string> names, string name)
    {
        for (var i = 0; i < names.Count; i++)
            if (names[i].Equals(name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }
}

/// <summary>What is to be exported, and how.</summary>
internal sealed record ExportRequest(ExportContent Content, ExportFormat Format)
{
    /// <summary>The date that ties and measures are seen at, Unix ms; null for now.</summary>
    public long? AsOfMs { get; init; }

    /// <summary>Whose follow-ups.</summary>
    public string? Person { get; init; }

    /// <summary>Graphs: an edge for each direction, with its own strength as weight, instead of one for the two.</summary>
    public bool IsDirected { get; init; }

    /// <summary>Graphs: each edge says from when until when there was contact.</summary>
    public bool IsDynamic { get; init; }
}
