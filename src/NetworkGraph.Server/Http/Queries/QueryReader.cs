using System.Globalization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Queries;

/// <summary>
/// Reads an operation's parameters as values, over HTTP and gRPC alike. The first thing that is wrong becomes <see cref="Problem"/>, which names the
/// parameter; what is read after it is of no use, so an operation reads all it needs and then looks at the problem once.
/// </summary>
public sealed class QueryReader(IParameters parameters)
{
    public QueryReader(HttpContext http) : this(new RequestParameters(http))
    {
    }

    /// <summary>Makes operations that take a reader be given one; called by the framework.</summary>
    public static ValueTask<QueryReader?> BindAsync(HttpContext http) => ValueTask.FromResult<QueryReader?>(new QueryReader(http));

    /// <summary>Who asks.</summary>
    public Viewer Viewer => parameters.Viewer;

    /// <summary>What is wrong with the request; null for nothing.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>The id of what the operation is about: in the path over HTTP, a required field over gRPC.</summary>
    public string PersonInPath(string name = "id")
    {
        if (parameters.TryReadId(name, out var id, out var reason)) return id;
        Fail(name, reason);
        return "";
    }

    /// <summary>Text as given; null where it is not given.</summary>
    public string? Text(QueryParameter parameter) => parameters.Text(parameter.Name);

    /// <summary>A person's id as a query parameter; null where it is not given.</summary>
    public string? Person(QueryParameter parameter)
    {
        if (Text(parameter) is not { } id) return null;
        if (InteractionRules.BrokenId(id, parameter.Name) is { } broken) Fail(parameter.Name, broken.Reason);
        return id;
    }

    /// <summary>People's ids as a query parameter that may be given several times; null where it is not given.</summary>
    public IReadOnlyList<string>? People(QueryParameter parameter)
    {
        var ids = parameters.Texts(parameter.Name);
        if (ids.Count > parameter.MostTimes) Fail(parameter.Name, $"is given {ids.Count} times, and at most {parameter.MostTimes} are taken at once");
        foreach (var id in ids)
            if (InteractionRules.BrokenId(id, parameter.Name) is { } broken) Fail(parameter.Name, broken.Reason);
        return ids.Count == 0 ? null : ids;
    }

    /// <summary>A whole number in the parameter's range.</summary>
    public int Number(QueryParameter parameter)
    {
        var (least, greatest, otherwise) = parameter.Range ?? throw new ArgumentException($"'{parameter.Name}' is not a number.", nameof(parameter));
        if (Text(parameter) is not { } text) return otherwise;
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number >= least && number <= greatest)
            return number;
        Fail(parameter.Name, $"must be a whole number from {least} to {greatest}");
        return otherwise;
    }

    /// <summary>A number in [0,1]; null where it is not given.</summary>
    public double? Share(QueryParameter parameter)
    {
        if (Text(parameter) is not { } text) return null;
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1) return share;
        Fail(parameter.Name, "must be a number from 0 to 1");
        return null;
    }

    /// <summary>A time, Unix ms; null where it is not given.</summary>
    public long? Time(QueryParameter parameter)
    {
        if (Text(parameter) is not { } text) return null;
        if (Rfc3339.TryParse(text, out var unixMs)) return unixMs;
        Fail(parameter.Name, text.Contains(' ', StringComparison.Ordinal)
            ? "must be a time like 2026-01-31T12:00:00Z; the '+' of an offset is written %2B in a query"
            : "must be a time with an offset, RFC 3339, like 2026-01-31T12:00:00Z");
        return null;
    }

    /// <summary>The date to see the network at, Unix ms; null for now. Not in the future.</summary>
    public long? AsOf(TimeProvider clock)
    {
        var asOf = Time(QueryParameters.AsOf);
        if (asOf > clock.GetUtcNow().ToUnixTimeMilliseconds()) Fail(QueryParameters.AsOf.Name, "lies in the future");
        return asOf;
    }

    /// <summary>A kind of interaction; null where it is not given.</summary>
    public InteractionKind? Kind(QueryParameter parameter)
    {
        if (Text(parameter) is not { } text) return null;
        if (WireNames.TryParse(text, out InteractionKind kind)) return kind;
        Fail(parameter.Name, $"is none of {string.Join(", ", WireNames.Kinds)}");
        return null;
    }

    /// <summary>One of the parameter's words; the first of them where it is not given.</summary>
    public string Word(QueryParameter parameter)
    {
        var words = parameter.Words ?? throw new ArgumentException($"'{parameter.Name}' is not a word.", nameof(parameter));
        if (Text(parameter) is not { } text) return words[0];
        if (words.Contains(text)) return text;
        Fail(parameter.Name, $"is none of {string.Join(", ", words)}");
        return words[0];
    }

    /// <summary>One of the parameter's words; null where it is not given.</summary>
    public string? WordIfGiven(QueryParameter parameter) => Text(parameter) is null ? null : Word(parameter);

    /// <summary>The page to answer with. Its cursor is good for the same operation and parameters only.</summary>
    public Page Page()
    {
        var scope = parameters.Scope;
        var limit = Number(QueryParameters.Limit);
        if (Text(QueryParameters.Cursor) is not { } text) return new Page(limit, null, scope);
        if (Cursor.TryRead(text, scope, out var cursor)) return new Page(limit, cursor, scope);
        Fail(QueryParameters.Cursor.Name, "is not the nextCursor of an answer to this query");
        return new Page(limit, null, scope);
    }

    /// <summary>Says what else is wrong, such as two parameters that exclude each other.</summary>
    public void Fail(string parameter, string reason) => Problem ??= Problem.From(Outcome.InvalidArgument, $"{parameter} {reason}", parameter);
}

/// <summary>How many items, and after what.</summary>
public sealed record Page(int Limit, Cursor? Cursor, string Scope)
{
    /// <summary>The cursor of the page that begins after <paramref name="after"/>.</summary>
    public string Next(long asOfMs, string after) => new Cursor(asOfMs, after).Write(Scope);
}
