using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.RateLimiting;
using NetworkGraph.Server.Http;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Keys;
using NetworkGraph.Server.Options;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Live;

/// <summary>
/// The live feed as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). Nothing is kept
/// for those who were away: a Last-Event-ID is taken and not used.
/// </summary>
internal static class LiveEndpoint
{
    private static readonly ReadOnlyMemory<byte> s_welcome = "retry: 2000\n\n"u8.ToArray();

    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapGroup("/v1").WithTags("Network")
        .MapGet("/live", ListenAsync).Takes()
        .Describe("getLive", "Follow what happens",
            "Server-sent events: 'counters' every second, 'status' where a tie comes to another status, 'warning' and 'archetype' where one is raised or ends, comments to keep the connection open. With a person's key only what is that person's. Who reads too slowly loses events.")
        .Produces<LiveCounters>(StatusCodes.Status200OK, "text/event-stream")
        // They stay for long and cost little: they do not stand in the way of queries, and have a bound of their own.
        .WithMetadata(new DisableRateLimitingAttribute());

    private static async Task<IResult> ListenAsync(
        HttpContext http, LiveFeed feed, LiveTicker ticker, KeyRing keys, ServerOptions options, IHostApplicationLifetime lifetime)
    {
        using var listener = feed.Listen(http.Viewer(), options.LiveClients);
        if (listener is null) return Answer.Problem(Outcome.Overloaded, $"{options.LiveClients} listen already.");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await http.Response.Body.WriteAsync(s_welcome, end.Token);
            if (listener.SeesNetwork) feed.Tell(ticker.Count(), listener);
            await http.Response.Body.FlushAsync(end.Token);
            while (await listener.Events.WaitToReadAsync(end.Token))
            {
                // A key may have been revoked, or have ended, since.
                if (http.RefusalNow(keys) is not null) break;
                while (listener.Events.TryRead(out var told)) await http.Response.Body.WriteAsync(told.Bytes, end.Token);
                await http.Response.Body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The listener went away, or the server ends: both are the way such a feed ends.
        }
        return Results.Empty;
    }
}
