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
internal sealed class Admission : IDisposable
{
    private static readonly Problem s_overloaded = Problem.From(
        Outcome.Overloaded, "More is being asked than can be answered now. Try again in a moment.");

    private readonly Readiness _readiness;
    private readonly PartitionedRateLimiter<HttpContext> _ofClient;
    private readonly PartitionedRateLimiter<HttpContext> _ofAll;
    private readonly PartitionedRateLimiter<HttpContext> _heavy;
    private readonly PartitionedRateLimiter<HttpContext> _limits;

    public Admission(ServerOptions options, Readiness readiness)
    {
        _readiness = readiness;
        var running = options.HeavyQueriesAtOnce > 0 ? options.HeavyQueriesAtOnce : Environment.ProcessorCount;
        var heavy = new ConcurrencyLimiterOptions
        {
            PermitLimit = running,
            QueueLimit = options.HeavyQueriesWaiting,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
        };
        _ofClient = PartitionedRateLimiter.Create<HttpContext, (Budget, object)>(http => BudgetOf(http) is var budget and not Budget.None
            ? RateLimitPartition.GetConcurrencyLimiter((budget, ClientOf(http)), of => AtOnce(ShareOf(of.Item1)))
            : RateLimitPartition.GetNoLimiter((Budget.None, (object)"")));
        _ofAll = PartitionedRateLimiter.Create<HttpContext, Budget>(http => BudgetOf(http) switch
        {
            Budget.None => RateLimitPartition.GetNoLimiter(Budget.None),
            Budget.Ingest => RateLimitPartition.GetConcurrencyLimiter(Budget.Ingest, _ => AtOnce(options.IngestAtOnce)),
            _ => RateLimitPartition.GetConcurrencyLimiter(Budget.Queries, _ => AtOnce(options.RequestsAtOnce)),
        });
        _heavy = PartitionedRateLimiter.Create<HttpContext, bool>(http => WeightOf(http) is Weight.Heavy
            ? RateLimitPartition.GetConcurrencyLimiter(true, _ => heavy)
            : RateLimitPartition.GetNoLimiter(false));
        _limits = PartitionedRateLimiter.CreateChained(_ofClient, _ofAll, _heavy);

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
    }

    private enum Budget
    {
        None,
        Queries,
        HeavyQueries,
        Ingest,
    }

    /// <summary>
    /// Answers a request, or refuses it at once: where it would see less than there is before all of the log is folded, and where there
    /// is no room for it. The web framework's own middleware never stops the timers of its limiters, which keep a stopped server in memory.
    /// </summary>
    public async Task AdmitAsync(HttpContext http, RequestDelegate next)
    {
        if (http.GetEndpoint() is not null && MethodOf(http) is { } method && !MayPass(method))
        {
            await new ProblemResult(_readiness.NotReady()).ExecuteAsync(http);
            return;
        }
        using var room = await _limits.AcquireAsync(http, cancellationToken: http.RequestAborted);
        if (room.IsAcquired) await next(http);
        else await new ProblemResult(s_overloaded).ExecuteAsync(http);
    }

    public void Dispose()
    {
        _limits.Dispose();
        _heavy.Dispose();
        _ofAll.Dispose();
        _ofClient.Dispose();
    }

    private bool MayPass(string method) => HttpMethods.IsPost(method) || HttpMethods.IsPut(method) || _readiness.IsReady;

    /// <summary>The HTTP method of the operation asked for, over whatever protocol; null where it is none.</summary>
    private static string? MethodOf(HttpContext http) =>
        http.GetEndpoint()?.Metadata.GetMetadata<Operation>()?.HttpMethod
        ?? (http.Request.Path.StartsWithSegments("/v1") ? http.Request.Method : null);

    private static ConcurrencyLimiterOptions AtOnce(int permits) => new() { PermitLimit = permits, QueueLimit = 0 };

    private static Budget BudgetOf(HttpContext http)
    {
        var method = http.Request.Path.StartsWithSegments("/mcp") ? HttpMethods.Get : MethodOf(http);
        if (method is null || WeightOf(http) is Weight.Unlimited) return Budget.None;
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method)) return Budget.Ingest;
        return WeightOf(http) is Weight.Heavy ? Budget.HeavyQueries : Budget.Queries;
    }

    private static Weight WeightOf(HttpContext http) => http.GetEndpoint()?.Metadata.GetMetadata<Operation>()?.Weight ?? Weight.Light;

    /// <summary>Who asks: the key that was sent, else the address that the request came from.</summary>
    private static object ClientOf(HttpContext http) => http.KeyId() ?? (object)(http.Connection.RemoteIpAddress ?? IPAddress.None);
}
