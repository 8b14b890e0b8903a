using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>The query parameters of a body of interactions that are the same for every format.</summary>
internal readonly record struct IngestQuery(TimeUnit TimeUnit, bool IsLenient, string? Batch)
{
    private static readonly QueryParameter s_timeUnit = new("timeUnit",
        "What times that are numbers count: s or ms. Where it is left out they count milliseconds (seconds for text/csv with an epoch), "
        + "and numbers that can only be seconds are refused.")
    { Words = ["ms", "s"] };

    private static readonly QueryParameter s_batch = new("batch",
        "The import that the body belongs to: a source that can be listed and undone as a whole (/v1/imports), and may be sent in parts. "
        + "Left out, the interactions are sent directly.")
    { Example = "crm-2026-11-20" };

    public static QueryParameter[] Parameters { get; } = [s_batch, s_timeUnit, QueryParameters.Lenient];

    /// <summary>The one person in whose name the viewer may send; null where they may send in anybody's.</summary>
    public static string? OnlyFrom(Viewer viewer) => (viewer.Scopes & (Scopes.Ingest | Scopes.Admin)) == 0 ? viewer.Person : null;

    public static bool IsKnown(string name) => Parameters.Any(parameter => parameter.Name == name);

    /// <summary>Reads the parameters; returns the problem where one has a value that it cannot have.</summary>
    public static Problem? TryRead(IQueryCollection query, out IngestQuery read)
    {
        read = default;
        TimeUnit? unit =
            query[s_timeUnit.Name] switch { [] => TimeUnit.Assumed, ["s"] => TimeUnit.Seconds, ["ms"] => TimeUnit.Milliseconds, _ => null };
        if (unit is not { } known) return Problem.From(Outcome.InvalidArgument, "timeUnit must be s or ms", s_timeUnit.Name);
        bool? lenient = query[QueryParameters.Lenient.Name] switch { [] or ["false"] => false, ["true"] => true, _ => null };
        if (lenient is not { } isLenient)
            return Problem.From(Outcome.InvalidArgument, "lenient must be true or false", QueryParameters.Lenient.Name);
        string? batch = query[s_batch.Name] is [{ } given, ..] ? given : null;
        if (batch is not null && InteractionRules.BrokenText(batch, s_batch.Name, InteractionRules.MaxBatchChars) is { } broken)
            return Problem.From(Outcome.InvalidArgument, $"{broken.Field} {broken.Reason}", s_batch.Name);
        read = new IngestQuery(known, isLenient, batch);
        return null;
    }

    /// <summary>A draft that reads as the parameters say.</summary>
    public InteractionDraft Draft(DerivedIds? derivedIds, Viewer viewer) => new(derivedIds)
    {
        TimeUnit = TimeUnit,
        DropsRepeats = IsLenient,
        DefaultBatch = Batch,
        Key = viewer.KeyId,
        OnlyFrom = OnlyFrom(viewer),
    };
}

/// <summary>The query parameters that say how a CSV body is to be read.</summary>
internal static class CsvQuery
{
    private static readonly QueryParameter s_delimiter = new(
        "delimiter", "For text/csv: what parts the columns; one character, or comma (default), semicolon, tab, pipe, space.")
    {
        Example =
        "semicolon"
    };

    private static readonly QueryParameter s_columns = new("columns", "For text/csv without a header: the fields of the columns, "
        + "separated by commas; - for a column to leave out.")
    { Example = "from,to,at" };

    private static readonly QueryParameter s_map = new(
        "map", "For text/csv: field=column, where a column is not called as its field is. May be given several times.")
    {
        Example =
        "at=Date",
        IsRepeatable = true
    };

    private static readonly QueryParameter s_ignore = new(
        "ignore", "For text/csv: columns to leave out, separated by commas. May be given several times.")
    {
        Example = "Notes",
        IsRepeatable = true
    };

    private static readonly QueryParameter s_epoch = new(
        "epoch", "For text/csv: what a time of 0 means, where times are numbers; RFC 3339, default 1970-01-01T00:00:00Z.")
    {
        IsTime = true,
        Example = "2003-10-01T00:00:00Z"
    };

    private static readonly QueryParameter[] s_constants =
        [.. CsvOptions.ConstantFields.Select(f => new QueryParameter(f.Name(), $"For text/csv: the '{f.Name()}' of every row, where there "
            + $"is no such column."))];

    public static QueryParameter[] Parameters { get; } = [s_delimiter, s_columns, s_map, s_ignore, s_epoch, .. s_constants];

    public static CsvRequest Read(IQueryCollection query)
    {
        var constants = new Dictionary<InteractionField, string>();
        foreach (var field in CsvOptions.ConstantFields)
            if (query[field.Name()] is [{ } text, ..]) constants[field] = text;
        return new CsvRequest
        {
            Delimiter = One(query, s_delimiter),
            Columns = One(query, s_columns),
            Map = [.. query[s_map.Name].OfType<string>()],
            Ignore = [.. query[s_ignore.Name].OfType<string>()],
            Epoch = One(query, s_epoch),
            TimeUnit = query["timeUnit"] is [{ } unit, ..] ? unit : null,
            Constants = constants,
        };
    }

    private static string? One(IQueryCollection query, QueryParameter parameter) => query[parameter.Name] is [{ } text, ..] ? text : null;
}
