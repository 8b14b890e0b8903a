using System.Net;
using NetworkGraph.Server.Keys;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Limits;

/// <summary>
/// A server on the loopback takes requests for this machine's names only. A page on the web can make its own name resolve
/// to 127.0.0.1 and so have a browser read what is here (DNS rebinding); the Host header tells. Where keys are asked for,
/// they guard the door: such a page has none.
/// </summary>
internal static class LoopbackHosts
{
    public static void UseLoopbackHosts(this IApplicationBuilder app)
    {
        var keys = app.ApplicationServices.GetRequiredService<KeyRing>();
        app.Use((http, next) => IsThisMachine(http.Request.Host.Host) || keys.IsOn
            ? next(http)
            : new ProblemResult(Problem.From(Outcome.InvalidArgument,
                "The Host header names another machine; this server answers to localhost and 127.0.0.1.", "Host")).ExecuteAsync(http));
    }

    private static bool IsThisMachine(string host) => host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));
}
