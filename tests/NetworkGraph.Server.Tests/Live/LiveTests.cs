using System.Globalization;
using System.Text.Json;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Server.Keys;
using NetworkGraph.Server.Tests.Http;
using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Server.Tests.Live;

public class LiveTests
{
    [Fact]
    public async Task Counters_come_at_once_and_then_every_second()
    {
        await using var server = await RunningServer.StartAsync();
        await server.AppendAsync(SmallNetwork.Records());
        using var live = await LiveStream.OpenAsync(server.Address, null, lastEventId: "17");
        live.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");

        var first = await live.NextAsync("counters");
        first.GetProperty("people").GetInt32().ShouldBe(5);
        first.GetProperty("interactions").GetInt64().ShouldBe(84);
        first.GetProperty("clients").GetInt32().ShouldBe(1);

        var log = (NetworkGraph.Events.Log.IInteractionLog)server.Services.GetService(typeof(NetworkGraph.Events.Log.IInteractionLog))!;
        await log.AppendAsync([Message("new", "ada@example.org", "cem")], TestContext.Current.CancellationToken);
        await Until.TrueAsync(
            "counters say 85 interactions", async () => (await live.NextAsync("counters")).GetProperty("interactions").GetInt64() == 85);
    }

    [Fact]
    public async Task A_change_of_status_reaches_both_people_from_their_side_and_readers_once()
    {
        await using var server = await KeyedServer.StartAsync(
            [SmallNetwork.Bob, SmallNetwork.Cem, SmallNetwork.Dee], SmallNetwork.Records());
        using var bob = await LiveStream.OpenAsync(server.Server.Address, server.KeyOf("person:" + SmallNetwork.Bob));
        using var cem = await LiveStream.OpenAsync(server.Server.Address, server.KeyOf("person:" + SmallNetwork.Cem));
        using var analyst = await LiveStream.OpenAsync(server.Server.Address, server.KeyOf("analyst"));
        await FollowedAsync(analyst);

        await server.Server.AppendAsync(Message("hello", SmallNetwork.Bob, "new.person"), Message("back", "new.person", SmallNetwork.Bob));

        var status = await UntilStatusAsync(bob, "new.person");
        (status.GetProperty("person").GetString(), status.GetProperty("status").GetString()).ShouldBe((SmallNetwork.Bob, "new"));
        (await UntilStatusAsync(analyst, "new.person")).GetProperty("person").GetString().ShouldBe(SmallNetwork.Bob);

        await server.Server.AppendAsync(Message("also", SmallNetwork.Cem, "second.person"));
        // Of Bob's ties Cem is told nothing, and the analyst of each tie once.
        await UntilStatusAsync(cem, "second.person", never: "new.person");
        await UntilStatusAsync(analyst, "second.person", never: SmallNetwork.Bob);
    }

    [Fact]
    public async Task Blockers_get_no_events_of_the_tie_and_the_blocked_get_them_as_before()
    {
        await using var server = await KeyedServer.StartAsync([SmallNetwork.Ada, SmallNetwork.Eve], SmallNetwork.Records());
        (await server.SendAsync(
            "person:" + SmallNetwork.Ada, HttpMethod.Put,
            $"/v1/people/{Uri.EscapeDataString(SmallNetwork.Ada)}/blocks/eve")).Status.ShouldBe(200);
        using var ada = await LiveStream.OpenAsync(server.Server.Address, server.KeyOf("person:" + SmallNetwork.Ada));
        using var eve = await LiveStream.OpenAsync(server.Server.Address, server.KeyOf("person:" + SmallNetwork.Eve));
        using var analyst = await LiveStream.OpenAsync(server.Server.Address, server.KeyOf("analyst"));
        await FollowedAsync(analyst);

        await server.Server.AppendAsync(Message("again", SmallNetwork.Eve, SmallNetwork.Ada));
        await UntilStatusAsync(eve, SmallNetwork.Ada);
        await server.Server.AppendAsync(Message("other", SmallNetwork.Ada, "new.person"));
        await UntilStatusAsync(ada, "new.person", never: SmallNetwork.Eve);
    }

    [Fact]
    public async Task Listeners_are_bounded_and_slow_ones_do_not_delay_others()
    {
        await using var server = await RunningServer.StartAsync(options => options with { LiveClients = 20, RequestsAtOnce = 4 });
        await server.AppendAsync(SmallNetwork.Records());
        var streams = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => LiveStream.OpenAsync(server.Address, null)));
        foreach (var stream in streams.Take(10)) (await stream.NextAsync("counters")).GetProperty("interactions").GetInt64().ShouldBe(84);
        using (var late = await LiveStream.OpenAsync(server.Address, null)) ((int)late.Response.StatusCode).ShouldBe(429);
        await server.UntilAsync(
            "all listeners are counted", "/metrics", answer =>
            answer.Body.Contains("networkgraph_live_clients{} 20", StringComparison.Ordinal));
        (await server.GetAsync("/v1/network")).Status.ShouldBe(200);
        foreach (var stream in streams) stream.Dispose();
        await server.UntilAsync(
            "all listeners have left", "/metrics", answer =>
            answer.Body.Contains("networkgraph_live_clients{} 0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_feed_ends_with_its_key()
    {
        var folder = "";
        await using var server = await RunningServer.StartAsync(options =>
        {
            folder = options.Data;
            return options;
        });
        var key = KeyedServer.AddKey(folder, "analyst");
        KeyedServer.AddKey(folder, "admin");
        await server.UntilAsync("keys are asked for", "/v1/network", answer => answer.Status == 401);
        using var live = await LiveStream.OpenAsync(server.Address, key);
        await live.NextAsync("counters");

        KeyFile.Change(folder, keys => [.. keys.Where(k => k.Id != ApiKey.IdIn(key))]);

        await Until.TrueAsync("the feed ends", async () => await live.NextAsync() is null);
    }

    [Fact]
    public async Task A_listener_who_comes_back_in_time_gets_the_events_in_between()
    {
        await using var server = await KeyedServer.StartAsync([SmallNetwork.Bob, SmallNetwork.Cem], SmallNetwork.Records());
        using var analyst = await LiveStream.OpenAsync(server.Server.Address, server.KeyOf("analyst"));
        var bob = await LiveStream.OpenAsync(server.Server.Address, server.KeyOf("person:" + SmallNetwork.Bob));
        await FollowedAsync(analyst);
        await server.Server.AppendAsync(Message("before", SmallNetwork.Bob, "z.first"));
        await UntilStatusAsync(bob, "z.first");
        await UntilStatusAsync(analyst, "z.first");
        bob.Dispose();

        await server.Server.AppendAsync(Message("meanwhile", SmallNetwork.Bob, "z.second"), Message("others", SmallNetwork.Cem, "z.third"));
        await UntilStatusAsync(analyst, "z.third");
        using var again = await LiveStream.OpenAsync(server.Server.Address, server.KeyOf("person:" + SmallNetwork.Bob), bob.LastId);
        var (name, data) = (await again.NextAsync()).ShouldNotBeNull();
        name.ShouldBe("status");
        (data.GetProperty("person").GetString(), data.GetProperty("other").GetString()).ShouldBe((SmallNetwork.Bob, "z.second"));
        long.Parse(again.LastId!, CultureInfo.InvariantCulture).ShouldBeGreaterThan(long.Parse(bob.LastId!, CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("17")]
    [InlineData("9007199254740991")]
    [InlineData("no id")]
    public async Task A_listener_who_missed_events_gets_one_resync(string lastEventId)
    {
        await using var server = await RunningServer.StartAsync();
        await server.AppendAsync(SmallNetwork.Records());
        using var live = await LiveStream.OpenAsync(server.Address, null, lastEventId);
        var (name, data) = (await live.NextAsync()).ShouldNotBeNull();
        name.ShouldBe("resync");
        data.GetProperty("position").GetInt64().ShouldBe(server.LastPosition);
        var after = live.LastId.ShouldNotBeNull();
        for (var events = 0; events < 3; events++) (await live.NextAsync()).ShouldNotBeNull().Name.ShouldNotBe("resync");
        long.Parse(live.LastId, CultureInfo.InvariantCulture).ShouldBeGreaterThan(long.Parse(after, CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task Ids_are_higher_after_a_restart_and_what_was_missed_over_it_is_said()
    {
        string before;
        await using (var server = await RunningServer.StartAsync())
        {
            using var live = await LiveStream.OpenAsync(server.Address, null);
            await FollowedAsync(live);
            before = live.LastId.ShouldNotBeNull();
        }
        await using var restarted = await RunningServer.StartAsync();
        using var again = await LiveStream.OpenAsync(restarted.Address, null, before);
        (await again.NextAsync()).ShouldNotBeNull().Name.ShouldBe("resync");
        long.Parse(again.LastId!, CultureInfo.InvariantCulture).ShouldBeGreaterThan(long.Parse(before, CultureInfo.InvariantCulture));
    }

    /// <summary>Once the counters have come twice, changes are followed: that begins with a tick of the clock.</summary>
    private static async Task FollowedAsync(LiveStream stream)
    {
        for (var ticks = 0; ticks < 3; ticks++) await stream.NextAsync("counters");
    }

    /// <summary>The status of the tie with that other; those before may be of what was there already.</summary>
    private static async Task<JsonElement> UntilStatusAsync(LiveStream stream, string other, string? never = null)
    {
        while (true)
        {
            var status = await stream.NextAsync("status");
            var told = status.GetProperty("other").GetString();
            if (told == other) return status;
            told.ShouldNotBe(never);
        }
    }

    private static Interaction Message(string id, string from, string to) => new()
    {
        Id = id,
        AtMs = DayClock.Fixed.GetUtcNow().ToUnixTimeMilliseconds(),
        From = from,
        To = [to],
        Kind = InteractionKind.Message,
    };
}
