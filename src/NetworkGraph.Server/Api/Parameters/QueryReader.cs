using System.Globalization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Server.Api.Parameters;

/// <summary>
/// Reads an operation's parameters as values, over HTTP and gRPC alike. The first thing that is wrong becomes
/// <see cref="Problem"/>, which names the
/// parameter; what is read after it is of no use, so an operation reads all it needs and then looks at the problem once.
/// </summary>
public sealed class QueryReader(IParameters parameters, TimeProvider clock)
{
    /// <summary>Now, Unix ms.</summary>
    public long NowMs => clock.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Who asks.</summary>
    public Viewer Viewer => parameters.Viewer;

    /// <summary>What is wrong with the request; null for nothing.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>The id of the person the operation is about, canonical: in the path over HTTP, a required field over gRPC.</summary>
    public string PersonInPath(string name = "id")
    {
        var id = IdInPath(name);
        return id.Length == 0 ? id : PersonOf(id);
    }

    /// <summary>As <see cref="PersonInPath"/>, but the id itself, whichever person it belongs to: for what is said of ids.</summary>
    public string IdInPath(string name = "id")
    {
        if (parameters.TryReadId(name, out var id, out var reason) && PersonId.TryCanonical(id, out var canonical, out reason))
            return canonical;
        Fail(name, reason);
        return "";
    }

    /// <summary>The canonical id of the person with an id; the id itself where it is not known to be an alias.</summary>
    public string PersonOf(string id) => parameters.PersonOf(id);

    /// <summary>
    /// What the operation is about where that is not a person (a venue, a report): as in <see cref="PersonInPath"/>, as it was
    /// written.
    /// </summary>
    public string TextInPath(string name = "id")
    {
        if (!parameters.TryReadId(name, out var text, out var reason)) Fail(name, reason);
        else if (InteractionRules.BrokenId(text, name) is { } broken) Fail(name, broken.Reason);
        else return text;
        return "";
    }

    /// <summary>Text as given; null where it is not given.</summary>
    public string? Text(QueryParameter parameter) => parameters.Text(parameter.Name);

    /// <summary>Texts as given, of a parameter that may be given several times.</summary>
    public IReadOnlyList<string> Texts(QueryParameter parameter)
    {
        var texts = parameters.Texts(parameter.Name);
        if (texts.Count > parameter.MaxTimes)
            Fail(parameter.Name, $"is given {texts.Count} times, and at most {parameter.MaxTimes} are taken at once");
        return texts;
    }

    /// <summary>A person's id as a query parameter, canonical; null where it is not given.</summary>
    public string? Person(QueryParameter parameter) => Text(parameter) is { } id ? Canonical(parameter, id) : null;

    /// <summary>An id as a query parameter, whichever person it belongs to; null where it is not given.</summary>
    public string? Id(QueryParameter parameter)
    {
        if (Text(parameter) is not { } id) return null;
        if (PersonId.TryCanonical(id, out var canonical, out var reason)) return canonical;
        Fail(parameter.Name, reason);
        return id;
    }

    /// <summary>People's ids, canonical, as a query parameter that may be given several times; null where it is not given.</summary>
    public IReadOnlyList<string>? People(QueryParameter parameter)
    {
        var ids = parameters.Texts(parameter.Name);
        if (ids.Count > parameter.MaxTimes)
            Fail(parameter.Name, $"is given {ids.Count} times, and at most {parameter.MaxTimes} are taken at once");
        return ids.Count == 0 ? null : [.. ids.Select(id => Canonical(parameter, id))];
    }

    private string Canonical(QueryParameter parameter, string id)
    {
        if (PersonId.TryCanonical(id, out var canonical, out var reason)) return PersonOf(canonical);
        Fail(parameter.Name, reason);
        return id;
    }

    /// <summary>A whole number in the parameter's range.</summary>
    public int Number(QueryParameter parameter)
    {
        var (min, max, otherwise) = parameter.Range
            ?? throw new ArgumentException($"'{parameter.Name}' is not a number.", nameof(parameter));
        if (parameters.TryReadNumber(parameter.Name, out var number))
        {
            if (number is not { } given) return otherwise;
            if (given >= min && given <= max) return (int)given;
        }
        Fail(parameter.Name, $"must be a whole number from {min} to {max}");
        return otherwise;
    }

    /// <summary>A number in [0,1].</summary>
    public double Share(QueryParameter parameter)
    {
        var otherwise = parameter.ShareDefault ?? throw new ArgumentException($"'{parameter.Name}' is not a share.", nameof(parameter));
        if (Text(parameter) is not { } text) return otherwise;
        const NumberStyles plain = NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        if (double.TryParse(text, plain, CultureInfo.InvariantCulture, out var share) && share is >= 0 and <= 1) return share;
        Fail(parameter.Name, "must be a number from 0 to 1");
        return otherwise;
    }

    /// <summary>A time, Unix ms; null where it is not given.</summary>
    public long? Time(QueryParameter parameter)
    {
        if (!parameters.TryReadTime(parameter.Name, out var unixMs, out var reason)) Fail(parameter.Name, reason);
        return unixMs;
    }

    /// <summary>The date to see the network at, Unix ms; null for now. Not in the future.</summary>
    public long? AsOf()
    {
        var asOf = Time(QueryParameters.AsOf);
        if (asOf > NowMs) Fail(QueryParameters.AsOf.Name, "lies in the future");
        return asOf;
    }

    /// <summary>A kind of interaction; null where it is not given.</summary>
    public InteractionKind? Kind(QueryParameter parameter)
    {
        if (Text(parameter) is not { } text) return null;
        if (WireNames.TryParse(text, out InteractionKind kind)) return kind;
        Fail(parameter.Name, $"is not one of {string.Join(", ", WireNames.Kinds)}");
        return null;
    }

    /// <summary>One of the parameter's words; the first of them where it is not given.</summary>
    public string Word(QueryParameter parameter)
    {
        var words = parameter.Words ?? throw new ArgumentException($"'{parameter.Name}' is not a word.", nameof(parameter));
        if (Text(parameter) is not { } text) return words[0];
        if (words.Contains(text)) return text;
        Fail(parameter.Name, $"is not one of {string.Join(", ", words)}");
        return words[0];
    }

    /// <summary>Some of the parameter's words, as often as it is given.</summary>
    public IReadOnlyList<string> Words(QueryParameter parameter)
    {
        var given = parameters.Texts(parameter.Name);
        if (given.FirstOrDefault(text => !parameter.Words!.Contains(text)) is not null) Fail(parameter.Name,
            $"is none of {string.Join(", ", parameter.Words!)}");
        return given;
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
    public void Fail(string parameter, string reason) =>
        Problem ??= Problem.From(Outcome.InvalidArgument, $"{parameter} {reason}", parameter);
}

/// <summary>How many items, and after what.</summary>
public sealed record Page(int Limit, Cursor? Cursor, string Scope)
{
    /// <summary>
    /// The cursor of the page that begins after <paramref name="after"/>. A list whose items can change places as more is recorded is
    /// pinned to the position its first page was seen at.
    /// </summary>
    public string Next(long asOfMs, string after, long position = 0) => new Cursor(asOfMs, position, after).Write(Scope);
}
