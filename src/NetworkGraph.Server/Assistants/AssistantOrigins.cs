using System.Net;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Assistants;

/// <summary>
/// A web page must not reach /mcp through a browser's back door: a request with an Origin is answered only where that is this machine's,
/// the
/// address asked, or one that CorsOrigins names.
/// </summary>
internal static class AssistantOrigins
{
    public static void UseAssistantOrigins(this IApplicationBuilder app)
    {
        var allowed = AllowedOrigins.ParseAll(app.ApplicationServices.GetRequiredService<ServerOptions>().CorsOrigins, []);
        app.Use((http, next) => !http.Request.Path.StartsWithSegments("/mcp") || http.Request.Headers.Origin is not [{ } origin, ..]
            || IsAllowed(origin, http.Request.Host, allowed)
            ? next(http)
            : new ProblemResult(Problem.From(Outcome.PermissionDenied,
                "The Origin of this request is not one that may use /mcp; CorsOrigins names those that may.",
                "Origin")).ExecuteAsync(http));
    }

    private static bool IsAllowed(string origin, HostString host, IReadOnlyCollection<string> allowed)
    {
        if (allowed.Contains(origin) || allowed.Contains(AllowedOrigins.Any)) return true;
        if (!Uri.TryCreate(origin, UriKind.Absolute, out var from)) return false;
        if (string.Equals(from.Authority, host.Value, StringComparison.OrdinalIgnoreCase)) return true;
        return from.IsLoopback || (IPAddress.TryParse(from.Host, out var ip) && IPAddress.IsLoopback(ip));
    }
}
