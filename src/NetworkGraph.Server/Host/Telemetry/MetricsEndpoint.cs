using NetworkGraph.Server.Api.Operations;

namespace NetworkGraph.Server.Host.Telemetry;

/// <summary>/metrics, for Prometheus to scrape; needs a key that may read the network.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapPrometheusScrapingEndpoint("/metrics")
        .WithMetadata(new HttpMethodMetadata([HttpMethods.Get, HttpMethods.Head]))
        .WithMetadata(new Access(Access.Analysts))
        .ExcludeFromDescription();
}
