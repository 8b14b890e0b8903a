using Grpc.Core;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Api.Live;

/// <summary>The live feed as messages of gRPC: the same events, for the same listeners, under the same bound.</summary>
internal static class LiveMethod
{
    public static async Task ListenAsync(QueryReader query, AnswerStream<V1.LiveEvent> events, ServerCallContext call)
    {
        var http = call.GetHttpContext();
        var services = http.RequestServices;
        var stopping = services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        var feed = services.GetRequiredService<LiveFeed>();
        var keys = services.GetRequiredService<KeyRing>();
        var most = services.GetRequiredService<ServerOptions>().LiveClients;
        var ticker = services.GetRequiredService<LiveTicker>();
        using var listener = feed.Listen(
            query.Viewer, most, query.Text(QueryParameters.LastEventId), services.GetRequiredService<EmbeddedPeople>(), ticker.Resync);
        if (listener is null) throw ProblemStatus.Of(Problem.From(Outcome.Overloaded, $"{most} listen already.")).ToRpcException();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(call.CancellationToken, stopping);
        try
        {
            // A listener of one person's events may wait long for the first: headers show at once that it listens.
            await events.SendHeadersAsync();
            if (listener.SeesNetwork) feed.Publish(ticker.Count(), listener);
            while (await listener.Events.WaitToReadAsync(end.Token))
            {
                // A key may have been revoked, or have ended, since.
                if (http.RefusalNow(keys) is { } refusal) throw ProblemStatus.Of(refusal).ToRpcException();
                if (listener.TakeMissed()) await events.WriteAsync(LiveEvent.Of(ticker.Resync()).Message!).WaitAsync(end.Token);
                while (listener.Events.TryRead(out var published))
                    if (published.Message is { } message) await events.WriteAsync(message).WaitAsync(end.Token);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested && !call.CancellationToken.IsCancellationRequested)
        {
            throw RichStatus.Stopping().ToRpcException();
        }
    }
}
