using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Options;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Limits;

/// <summary>
/// How much is done at once. Heavy queries take a core each, so they run as many at a time as there are cores and a
/// bounded number waits; all requests to /v1 and gRPC calls together are bounded too. What is beyond is answered 429, or
/// RESOURCE_EXHAUSTED, at once.
/// </summary>
internal static class QueryLimits
{
    public const string Heavy = "heavy";

    public static void AddQueryLimits(this IServiceCollection services, ServerOptions options) => services.AddRateLimiter(limits =>
    {
        var heavy = new ConcurrencyLimiterOptions
        {
            PermitLimit = options.HeavyQueriesAtOnce > 0 ? options.HeavyQueriesAtOnce : Environment.ProcessorCount,
            QueueLimit = options.HeavyQueriesWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        };
        var all = new ConcurrencyLimiterOptions { PermitLimit = options.RequestsAtOnce, QueueLimit = 0 };
        limits.AddPolicy(Heavy, _ => RateLimitPartition.GetConcurrencyLimiter(Heavy, _ => heavy));
        limits.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(http =>
            http.Request.Path.StartsWithSegments("/v1") || http.GetEndpoint()?.Metadata.GetMetadata<Operation>() is not null
                ? RateLimitPartition.GetConcurrencyLimiter("v1", _ => all)
                : RateLimitPartition.GetNoLimiter("others"));
        limits.OnRejected = (rejected, _) => new ValueTask(new ProblemResult(Problem.From(Outcome.Overloaded,
            "More is being asked than can be answered now. Try again in a moment.")).ExecuteAsync(rejected.HttpContext));
    });

    /// <summary>Marks an endpoint as one whose work takes a core for a while.</summary>
    public static RouteHandlerBuilder IsHeavy(this RouteHandlerBuilder endpoint) => endpoint.RequireRateLimiting(Heavy);
}
