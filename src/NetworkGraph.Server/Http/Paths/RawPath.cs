using Microsoft.AspNetCore.Http.Features;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Paths;

/// <summary>
/// Routes on the path as it was sent, still percent-encoded. Kestrel decodes everything but %2F and then removes dot
/// segments, after which an id that holds '%2F', '/' or '..' cannot be told apart from others; so what lies under
/// /v1 is taken from the raw request target, and <see cref="PersonIdSegment"/> decodes each segment exactly once.
/// </summary>
internal static class RawPath
{
    private const string Root = "/v1";

    public static void UseRawPath(this IApplicationBuilder app) => app.Use((http, next) =>
    {
        var path = PathOf(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        if (IsUnderRoot(path))
            http.Request.Path = new PathString(path);
        else if (IsUnderRoot(http.Request.Path.Value ?? ""))
            return new ProblemResult(Problem.From(Outcome.NotFound, "Write /v1 as it is: not percent-encoded, and not by way of dot segments.")).ExecuteAsync(http);
        return next(http);
    });

    private static bool IsUnderRoot(string path) =>
        path.StartsWith(Root, StringComparison.OrdinalIgnoreCase) && (path.Length == Root.Length || path[Root.Length] == '/');

    /// <summary>The path in a request target of origin form (/path?query) or absolute form (http://host/path?query).</summary>
    private static string PathOf(string target)
    {
        var start = 0;
        if (!target.StartsWith('/'))
        {
            var authority = target.IndexOf("://", StringComparison.Ordinal);
            start = authority < 0 ? -1 : target.IndexOf('/', authority + 3);
            if (start < 0) return "";
        }
        var query = target.IndexOf('?', start);
        return query < 0 ? target[start..] : target[start..query];
    }
}
