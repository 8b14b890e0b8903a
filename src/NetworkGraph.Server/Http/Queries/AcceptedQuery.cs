using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Queries;

/// <summary>Which query parameters an endpoint takes. Metadata for OpenAPI, and a filter: others are refused, not ignored.</summary>
public sealed record AcceptedQuery(IReadOnlyList<QueryParameter> Parameters)
{
    /// <summary>Refuses parameters that are unknown here, given twice or empty.</summary>
    internal Problem? FirstProblem(IQueryCollection query)
    {
        foreach (var (name, values) in query)
        {
            var known = Parameters.FirstOrDefault(p => p.Name == name);
            if (known is null)
            {
                return Problem.From(Outcome.InvalidArgument, Parameters.Count == 0
                    ? $"{Shorten(name)} is not a parameter here; there are none"
                    : $"{Shorten(name)} is not a parameter here; there are {string.Join(", ", Parameters.Select(p => p.Name))}", Shorten(name));
            }
            if (values.Count > 1 && !known.IsRepeatable) return Problem.From(Outcome.InvalidArgument, $"{name} is given {values.Count} times", name);
            if (values.Any(string.IsNullOrEmpty)) return Problem.From(Outcome.InvalidArgument, $"{name} is empty; leave it out instead", name);
        }
        return null;
    }

    private static string Shorten(string name) => name.Length <= 64 ? name : name[..64];
}

public static class AcceptedQueries
{
    /// <summary>Says which query parameters an endpoint takes, and refuses all others.</summary>
    public static RouteHandlerBuilder Takes(this RouteHandlerBuilder endpoint, params QueryParameter[] parameters)
    {
        var accepted = new AcceptedQuery(parameters);
        return endpoint.WithMetadata(accepted).AddEndpointFilter((call, next) =>
            accepted.FirstProblem(call.HttpContext.Request.Query) is { } problem
                ? ValueTask.FromResult<object?>(new ProblemResult(problem))
                : next(call));
    }
}
