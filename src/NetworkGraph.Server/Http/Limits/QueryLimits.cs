using System.Net;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using NetworkGraph.Server.Keys;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Options;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Limits;

/// <summary>
/// How much is done at once. Queries and what is sent in have budgets of their own, so that neither locks out the other, and no
/// client (a key, else an address) has more than its share of either. Heavy queries take a core each: as many run as there are
/// cores, and a bounded number waits. What is beyond is answered 429, or RESOURCE_EXHAUSTED, at once.
/// </summary>
internal static class QueryLimits
{
    public const string Heavy = "heavy";

    private enum Budget
    {
        None,
        Queries,
        HeavyQueries,
        Ingest,
    }

    public static void AddQueryLimits(this IServiceCollection services, ServerOptions options) => services.AddRateLimiter(limits =>
    {
        var running = options.HeavyQueriesAtOnce > 0 ? options.HeavyQueriesAtOnce : Environment.ProcessorCount;
        var heavy = new ConcurrencyLimiterOptions
        {
            PermitLimit = running,
            QueueLimit = options.HeavyQueriesWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        };
        limits.AddPolicy(Heavy, _ => RateLimitPartition.GetConcurrencyLimiter(Heavy, _ => heavy));
        limits.GlobalLimiter = PartitionedRateLimiter.CreateChained(
            PartitionedRateLimiter.Create<HttpContext, (Budget, object)>(http => BudgetOf(http) is var budget and not Budget.None
                ? RateLimitPartition.GetConcurrencyLimiter((budget, ClientOf(http)), of => AtOnce(ShareOf(of.Item1)))
                : RateLimitPartition.GetNoLimiter((Budget.None, (object)""))),
            PartitionedRateLimiter.Create<HttpContext, Budget>(http => BudgetOf(http) switch
            {
                Budget.None => RateLimitPartition.GetNoLimiter(Budget.None),
                Budget.Ingest => RateLimitPartition.GetConcurrencyLimiter(Budget.Ingest, _ => AtOnce(options.IngestAtOnce)),
                _ => RateLimitPartition.GetConcurrencyLimiter(Budget.Queries, _ => AtOnce(options.RequestsAtOnce)),
            }));
        limits.OnRejected = (rejected, _) => new ValueTask(new ProblemResult(Problem.From(Outcome.Overloaded,
            "More is being asked than can be answered now. Try again in a moment.")).ExecuteAsync(rejected.HttpContext));

        int ShareOf(Budget budget)
        {
            var whole = budget switch
            {
                Budget.Ingest => options.IngestAtOnce,
                Budget.HeavyQueries => running + options.HeavyQueriesWaiting,
                _ => options.RequestsAtOnce,
            };
            return (int)Math.Max(1, Math.Ceiling(whole * (options.ClientSharePercent / 100.0)));
        }
    });

    /// <summary>Marks an endpoint as one whose work takes a core for a while.</summary>
    public static RouteHandlerBuilder IsHeavy(this RouteHandlerBuilder endpoint) => endpoint.RequireRateLimiting(Heavy);

    private static ConcurrencyLimiterOptions AtOnce(int permits) => new() { PermitLimit = permits, QueueLimit = 0 };

    private static Budget BudgetOf(HttpContext http)
    {
        var metadata = http.GetEndpoint()?.Metadata;
        var method = metadata?.GetMetadata<Operation>()?.HttpMethod ?? (http.Request.Path.StartsWithSegments("/v1") ? http.Request.Method : null);
        if (http.Request.Path.StartsWithSegments("/mcp")) method = HttpMethods.Get;
        if (method is null) return Budget.None;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method)) return Budget.Ingest;
        return metadata?.GetMetadata<EnableRateLimitingAttribute>()?.PolicyName == Heavy ? Budget.HeavyQueries : Budget.Queries;
    }

    /// <summary>Who asks: the key that was sent, else the address that the request came from.</summary>
    private static object ClientOf(HttpContext http) => http.KeyId() ?? (object)(http.Connection.RemoteIpAddress ?? IPAddress.None);
}
