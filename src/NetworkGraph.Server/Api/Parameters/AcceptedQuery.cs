using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Server.Api.Parameters;

/// <summary>Which query parameters an operation takes: others are refused, not ignored.</summary>
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
                    : $"{Shorten(name)} is not a parameter here; there are {string.Join(", ", Parameters.Select(p => p.Name))}",
                    Shorten(name));
            }
            if (values.Count > 1 && !known.IsRepeatable)
                return Problem.From(Outcome.InvalidArgument, $"{name} is given {values.Count} times", name);
            if (values.Any(string.IsNullOrEmpty))
                return Problem.From(Outcome.InvalidArgument, $"{name} is empty; leave it out instead", name);
        }
        return null;
    }

    private static string Shorten(string name) => name.Length <= 64 ? name : name[..64];
}
