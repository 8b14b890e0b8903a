using Microsoft.AspNetCore.Http.Features;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Api.Live;

/// <summary>
/// The live feed as server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). A Last-Event-ID goes on
/// after that event where the changes since are kept, and else begins with one 'resync'.
/// </summary>
internal static class LiveOperations
{
    private const string ContentType = "text/event-stream; charset=utf-8";
    private static readonly ReadOnlyMemory<byte> s_welcome = "retry: 2000\n\n"u8.ToArray();

    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getLive", "/v1/live", ListenAsync).Method("GetLive", LiveMethod.ListenAsync)
            .In("Network").For(Access.Readers, Own.Events).Unlimited().Taking(QueryParameters.LastEventId)
            .Answering<LiveCounters>(StatusCodes.Status200OK, "text/event-stream")
            .Described("Follow what happens",
                "Server-sent events: 'counters' every second, 'status' where a tie comes to another status, 'warning' and 'archetype' "
                + "where one is raised or ends, 'identity' where ids are merged, split or called distinct, comments to keep the connection "
                + "open. With a person's key only what is that person's. "
                + "Reconnecting with Last-Event-ID (or lastEventId) goes on where it ended; where events were missed all the same, or "
                + "were read too slowly, one 'resync' says so, and from which position on to read anew."),
    ];

    private static async Task<IResult> ListenAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var (feed, ticker, keys) =
            (services.GetRequiredService<LiveFeed>(), services.GetRequiredService<LiveTicker>(), services.GetRequiredService<KeyRing>());
        var (people, lifetime) = (services.GetRequiredService<EmbeddedPeople>(), services.GetRequiredService<IHostApplicationLifetime>());
        var maxClients = services.GetRequiredService<ServerOptions>().LiveClients;
        var query = new QueryReader(new RequestParameters(http), services.GetRequiredService<TimeProvider>());
        if (HttpMethods.IsHead(http.Request.Method))
        {
            http.Response.ContentType = ContentType;
            return Results.Empty;
        }
        using var listener = feed.Listen(query.Viewer, maxClients, LastEventId(http, query), people, ticker.Resync);
        if (listener is null) return new ProblemResult(Problem.From(Outcome.Overloaded, $"{maxClients} listen already."));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        http.Response.ContentType = ContentType;
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await http.Response.Body.WriteAsync(s_welcome, end.Token);
            if (listener.SeesNetwork) feed.Publish(ticker.Count(), listener);
            await http.Response.Body.FlushAsync(end.Token);
            while (await listener.Events.WaitToReadAsync(end.Token))
            {
                // A key may have been revoked, or have ended, since.
                if (http.RefusalNow(keys) is not null) break;
                if (listener.TakeMissed()) await http.Response.Body.WriteAsync(LiveEvent.Of(ticker.Resync()).Bytes, end.Token);
                while (listener.Events.TryRead(out var published)) await http.Response.Body.WriteAsync(published.Bytes, end.Token);
                await http.Response.Body.FlushAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The listener went away, or the server ends: both are the way such a feed ends.
        }
        return Results.Empty;
    }

    /// <summary>As browsers send it by themselves, else as a parameter.</summary>
    private static string? LastEventId(HttpContext http, QueryReader query) =>
        http.Request.Headers["Last-Event-ID"] is [{ Length: > 0 } id] ? id : query.Text(QueryParameters.LastEventId);
}
