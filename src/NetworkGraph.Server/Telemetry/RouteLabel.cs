using Microsoft.AspNetCore.Http.Metadata;

namespace NetworkGraph.Server.Telemetry;

/// <summary>The route that metrics name: a group's own ends in '/', its path does not.</summary>
internal sealed class RouteLabel(string route) : IRouteDiagnosticsMetadata
{
    public string Route => route;

    public static void Apply(EndpointBuilder endpoint)
    {
        if (endpoint is RouteEndpointBuilder { RoutePattern.RawText: { Length: > 1 } pattern } && pattern.EndsWith('/'))
            endpoint.Metadata.Add(new RouteLabel(pattern.TrimEnd('/')));
    }
}
