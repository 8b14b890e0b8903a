using NetworkGraph.Interactions;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Ingest;

/// <summary>The query parameters of a body of interactions that are the same for every format.</summary>
internal readonly record struct IngestQuery(TimeUnit TimeUnit, bool IsLenient)
{
    private static readonly QueryParameter s_timeUnit = new("timeUnit",
        "What times that are numbers count: s or ms. Where it is left out they count milliseconds (seconds for text/csv with an epoch), and numbers that can only be seconds are refused.")
    { Words = ["ms", "s"] };

    public static QueryParameter[] Parameters { get; } = [s_timeUnit, QueryParameters.Lenient];

    public static bool IsKnown(string name) => Parameters.Any(parameter => parameter.Name == name);

    /// <summary>Reads the parameters; returns the problem where one has a value that it cannot have.</summary>
    public static Problem? TryRead(IQueryCollection query, out IngestQuery read)
    {
        read = default;
        TimeUnit? unit = query[s_timeUnit.Name] switch { [] => TimeUnit.Assumed, ["s"] => TimeUnit.Seconds, ["ms"] => TimeUnit.Milliseconds, _ => null };
        if (unit is not { } known) return Problem.From(Outcome.InvalidArgument, "timeUnit must be s or ms", s_timeUnit.Name);
        bool? lenient = query[QueryParameters.Lenient.Name] switch { [] or ["false"] => false, ["true"] => true, _ => null };
        if (lenient is not { } isLenient) return Problem.From(Outcome.InvalidArgument, "lenient must be true or false", QueryParameters.Lenient.Name);
        read = new IngestQuery(known, isLenient);
        return null;
    }

    /// <summary>A draft that reads as the parameters say.</summary>
    public InteractionDraft Draft(DerivedIds? derivedIds) => new(derivedIds) { TimeUnit = TimeUnit, DropsRepeats = IsLenient };
}
