using NetworkGraph.Server.Keys;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Telemetry;

/// <summary>/metrics, for Prometheus to scrape.</summary>
internal static class MetricsEndpoint
{
    public static void MapMetrics(this IEndpointRouteBuilder routes) => routes.MapGet("/metrics", (PrometheusReader reader) =>
        reader.Scrape() is { } text
            ? Results.Text(text, PrometheusText.ContentType)
            : new ProblemResult(Problem.From(Outcome.Overloaded, "The metrics could not be collected in time."))).WithName(OperationAccess.Metrics).ExcludeFromDescription();
}
