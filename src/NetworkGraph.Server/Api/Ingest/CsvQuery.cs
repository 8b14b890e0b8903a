using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>The query parameters that say how a CSV body is to be read.</summary>
internal static class CsvQuery
{
    private static readonly QueryParameter s_delimiter = new(
        "delimiter", "For text/csv: what parts the columns; one character, or comma (default), semicolon, tab, pipe, space.") { Example =
        "semicolon" };

    private static readonly QueryParameter s_columns = new("columns", "For text/csv without a header: the fields of the columns, "
        + "separated by commas; - for a column to leave out.") { Example = "from,to,at" };

    private static readonly QueryParameter s_map = new(
        "map", "For text/csv: field=column, where a column is not called as its field is. May be given several times.") { Example =
        "at=Date", IsRepeatable = true };

    private static readonly QueryParameter s_ignore = new(
        "ignore", "For text/csv: columns to leave out, separated by commas. May be given several times.") { Example = "Notes",
        IsRepeatable = true };

    private static readonly QueryParameter s_epoch = new(
        "epoch", "For text/csv: what a time of 0 means, where times are numbers; RFC 3339, default 1970-01-01T00:00:00Z.") { IsTime = true,
        Example = "2003-10-01T00:00:00Z" };

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
