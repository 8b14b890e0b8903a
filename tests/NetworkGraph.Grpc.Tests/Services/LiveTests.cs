using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using NetworkGraph.Server.Api.Live;
using NetworkGraph.Server.Keys;
using NetworkGraph.Server.Tests;
using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>The live feed over gRPC, with the real clients.</summary>
public sealed class LiveTests
{
    private const string GetLive = "/networkgraph.v1.Network/GetLive";
    private static readonly DateTimeOffset s_at = new(2026, 3, 1, 9, 30, 0, 250, TimeSpan.Zero);

    public static TheoryData<string> Clients { get; } = [ClientProcess.Node, ClientProcess.Python];

    [Fact]
    public void An_event_says_the_same_over_both_protocols()
    {
        var counters = new LiveCounters
        {
            AsOf = s_at,
            People = 3,
            Interactions = 5,
            InteractionsPerSecond = 0.5,
            Position = 9,
            Lag = 1,
            SnapshotAgeMs = 20,
            Clients = 2
        };
        Compare(LiveEvent.Of(7, counters), "counters", m => m.Counters);
        Compare(LiveEvent.Of(8, new LiveStatus("ada", "bob", null, "new", s_at)), "status", m => m.Status);
        Compare(LiveEvent.Of(9, new LiveStatus("ada", "bob", "new", "active", s_at)), "status", m => m.Status);
        Compare(LiveEvent.Of(10, new LiveWarning("ada", null, "spamming", false, s_at)), "warning", m => m.Warning);
        Compare(LiveEvent.Of(11, new LiveWarning("ada", "bob", "monologue", true, s_at)), "warning", m => m.Warning);
        Compare(LiveEvent.Of(12, new LiveArchetype("ada", "connector", true, s_at)), "archetype", m => m.Archetype);
        LiveEvent.Heartbeat.Message.ShouldBeNull();

        static void Compare(LiveEvent told, string name, Func<V1.LiveEvent, IMessage> data)
        {
            var lines = Encoding.UTF8.GetString(told.Bytes.Span).Split('\n');
            lines[0].ShouldBe($"id: {told.Message!.Id}");
            lines[1].ShouldBe($"event: {name}");
            told.Message.EventCase.ToString().ShouldBe(name, StringCompareShould.IgnoreCase);
            MessageComparison.ShouldBeAs(data(told.Message), JsonDocument.Parse(lines[2]["data: ".Length..]).RootElement, name);
        }
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task A_hundred_listen_on_one_connection_until_they_cancel_or_their_time_is_over(string client)
    {
        var connections = new System.Collections.Concurrent.ConcurrentDictionary<string, bool>();
        await using var server = await RunningServer.StartAsync(
            options => options with { LiveClients = 101, RequestsAtOnce = 4 }, app => app.Use((http, next) =>
        {
            if (http.Request.Path == GetLive) connections[http.Connection.Id] = true;
            return next(http);
        }));
        await using var remote = await RemoteClient.StartAsync(client, server.GrpcAddress);

        var listening = await remote.CallTogetherAsync(
            [.. Enumerable.Repeat(new CallPlan(GetLive, new V1.GetLiveRequest()) { CancelAfter = 3 }, 100)], V1.LiveEvent.Parser);

        foreach (var (events, end) in listening)
        {
            end.Code.ShouldBe(1);
            var told = events.Cast<V1.LiveEvent>().ToList();
            told.Select(e => e.Id).ShouldBeInOrder();
            told.ShouldAllBe(e => e.Counters != null);
        }
        // No one was told twice before all had been told once, so the counters have seen them all at once.
        listening.SelectMany(l => l.Answers.Cast<V1.LiveEvent>()).Max(e => e.Counters.Clients).ShouldBe(100);
        connections.Count.ShouldBe(1);
        await UntilListeningAsync(server, 0);

        var (_, late) = await remote.CallAsync<V1.LiveEvent>(new CallPlan(GetLive, new V1.GetLiveRequest()) { DeadlineMs = 1500 });
        late.Code.ShouldBe(4);
        await UntilListeningAsync(server, 0);
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task A_person_hears_their_own_events_until_the_key_is_revoked_and_one_listener_too_many_is_refused(string client)
    {
        var folder = "";
        await using var server = await RunningServer.StartAsync(options => options with { Data = folder = options.Data, LiveClients = 1 });
        KeyedServer.AddKey(folder, "admin");
        var key = KeyedServer.AddKey(folder, "person:ada");
        await using var remote = await RemoteClient.StartAsync(client, server.GrpcAddress);
        await server.UntilAsync("keys are asked for", "/v1/network", answer => answer.Status == 401);
        await using var other = await RemoteClient.StartAsync(client, server.GrpcAddress);
        var metadata = new Dictionary<string, string> { ["authorization"] = $"Bearer {key}" };
        var listening = remote.CallAsync<V1.LiveEvent>(new CallPlan(GetLive, new V1.GetLiveRequest())
        {
            Metadata = metadata,
            PauseAfter = 1,
            WhilePaused = async () =>
            {
                var (_, full) = await other.CallAsync<V1.LiveEvent>(new CallPlan(GetLive, new V1.GetLiveRequest()) { Metadata = metadata });
                full.Code.ShouldBe(8);
                full.Detail<Google.Rpc.RetryInfo>().ShouldNotBeNull();
                KeyFile.Change(folder, keys => [.. keys.Where(k => k.Id != ApiKey.IdIn(key))]);
            },
        });
        // Of what Bob does nothing is told.
        var log = server.Services.GetRequiredService<NetworkGraph.Events.Log.IInteractionLog>();
        for (var i = 0; !listening.IsCompleted; i++)
        {
            await log.AppendAsync(
                [Message($"b{i}", "bob", $"cem{i}"), Message($"a{i}", "ada", $"dee{i}")], TestContext.Current.CancellationToken);
            await Task.WhenAny(listening, server.GetAsync("/health/live"));
        }

        var (events, end) = await listening;
        end.Code.ShouldBe(16);
        end.Message.ShouldContain("revoked");
        events.ShouldNotBeEmpty();
        foreach (V1.LiveEvent told in events)
            (told.Status?.Person ?? told.Warning?.Person ?? told.Archetype?.Person).ShouldBe("ada", told.ToString());
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task The_feed_ends_cleanly_when_the_server_stops(string client)
    {
        await using var server = await RunningServer.StartAsync();
        await using var remote = await RemoteClient.StartAsync(client, server.GrpcAddress);
        Task? stopped = null;
        var (events, end) = await remote.CallAsync<V1.LiveEvent>(new CallPlan(GetLive, new V1.GetLiveRequest())
        {
            PauseAfter = 1,
            WhilePaused = () =>
            {
                stopped = server.StopAsync();
                return Task.CompletedTask;
            },
        });
        end.Code.ShouldBe(14, end.Message);
        end.Message.ShouldBe("The server is stopping.");
        events.ShouldNotBeEmpty();
        await stopped.ShouldNotBeNull();
    }

    private static NetworkGraph.Events.Interactions.Interaction Message(string id, string from, string to) => new()
    {
        Id = id,
        AtMs = DayClock.Fixed.GetUtcNow().ToUnixTimeMilliseconds(),
        From = from,
        To = [to],
        Kind = NetworkGraph.Events.Interactions.InteractionKind.Message,
    };

    private static Task UntilListeningAsync(RunningServer server, int count) =>
        server.UntilAsync(
            $"{count} listen to the live feed", "/health/live", _ => server.Services.GetRequiredService<LiveFeed>().Count == count);
}
