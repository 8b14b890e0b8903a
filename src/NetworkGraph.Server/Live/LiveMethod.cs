using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Grpc;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Keys;
using NetworkGraph.Server.Options;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Live;

/// <summary>The live feed as messages of gRPC: the same events, for the same listeners, under the same bound.</summary>
internal static class LiveMethod
{
    public static async Task<GrpcStatus> ListenAsync(QueryReader query, GrpcWriter<V1.LiveEvent> events, GrpcCall call)
    {
        var services = call.Http.RequestServices;
        var feed = services.GetRequiredService<LiveFeed>();
        var keys = services.GetRequiredService<KeyRing>();
        var most = services.GetRequiredService<ServerOptions>().LiveClients;
        var ticker = services.GetRequiredService<LiveTicker>();
        using var listener = feed.Listen(query.Viewer, most, query.Text(QueryParameters.LastEventId), services.GetRequiredService<EmbeddedPeople>(), ticker.Resync);
        if (listener is null) return ProblemStatus.Of(Problem.From(Outcome.Overloaded, $"{most} listen already."));
        using var end = CancellationTokenSource.CreateLinkedTokenSource(call.Cancellation, call.Stopping);
        try
        {
            // A listener of one person's events may wait long for the first: it is told at once that it listens.
            await call.SendHeadersAsync();
            if (listener.SeesNetwork) feed.Tell(ticker.Count(), listener);
            while (await listener.Events.WaitToReadAsync(end.Token))
            {
                // A key may have been revoked, or have ended, since.
                if (call.Http.RefusalNow(keys) is { } refusal) return ProblemStatus.Of(refusal);
                if (listener.TakeMissed()) await events.WriteAsync(LiveEvent.Of(ticker.Resync()).Message!).AsTask().WaitAsync(end.Token);
                while (listener.Events.TryRead(out var told))
                    if (told.Message is { } message) await events.WriteAsync(message).AsTask().WaitAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (call.Stopping.IsCancellationRequested && !call.Cancellation.IsCancellationRequested)
        {
            return GrpcStatus.Stopping;
        }
        return GrpcStatus.Ok;
    }
}
