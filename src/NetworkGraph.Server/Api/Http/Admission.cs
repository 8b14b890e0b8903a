using System.Net;
using System.Threading.RateLimiting;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Host.Health;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Api.Http;

/// <summary>
/// What is let in now. Queries and erasures wait until the whole log is folded and visible; other writes do not wait. Queries and what is
/// sent in have budgets of their own, so that neither locks out the other, and no client (a key, else an address) has more than its share
/// of either. Heavy queries take a core each: as many run as there are cores, and a bounded number waits. What is beyond is answered 429,
/// or RESOURCE_EXHAUSTED, at once.
/// </summary>
internal static class Admission
{
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
        limits.AddPolicy(OperationMetadata.Heavy, _ => RateLimitPartition.GetConcurrencyLimiter(OperationMetadata.Heavy, _ => heavy));
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

    /// <summary>Refuses what would see less than there is: before all of the log is folded.</summary>
    public static void UseReadinessGate(this IApplicationBuilder app)
    {
        var readiness = app.ApplicationServices.GetRequiredService<Readiness>();
        app.Use((http, next) => http.GetEndpoint() is null || MethodOf(http) is not { } method || MayPass(method)
            ? next(http)
            : new ProblemResult(readiness.NotReady()).ExecuteAsync(http));

        bool MayPass(string method) => HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || readiness.IsReady;
    }

    /// <summary>The HTTP method of the operation asked for, over whatever protocol; null where it is none.</summary>
    private static string? MethodOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Operation>()?.HttpMethod
        ?? (http.Request.Path.StartsWithSegments("/v1") ? http.Request.Method : null);

    private static ConcurrencyLimiterOptions AtOnce(int permits) => new() { PermitLimit = permits, QueueLimit = 0 };

    private static Budget BudgetOf(HttpContext http)
    {
        var method = http.Request.Path.StartsWithSegments("/mcp") ? HttpMethods.Get : MethodOf(http);
        if (method is null) return Budget.None;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method)) return Budget.Ingest;
        return http.GetEndpoint()?.Metadata.GetMetadata<Operation>()?.Weight is Weight.Heavy ? Budget.HeavyQueries : Budget.Queries;
    }

    /// <summary>Who asks: the key that was sent, else the address that the request came from.</summary>
    private static object ClientOf(HttpContext http) => http.KeyId() ?? (object)(http.Connection.RemoteIpAddress ?? IPAddress.None);
}
