using System.Text.Json;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Tests.Http;

/// <summary>Two circles of six who all write to each other, joined by one weak tie of a5 and b0; two people by themselves.</summary>
public sealed class TwoCirclesServer : IAsyncLifetime
{
    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        var records = new List<LogRecord>();
        foreach (var circle in new[] { "a", "b" })
        {
            string[] people = [.. Enumerable.Range(0, 6).Select(i => $"{circle}{i}")];
            foreach (var from in people) records.Add(Message(records.Count, from, [.. people.Except([from])]));
            records.AddRange(people.Select(person => new ProfileChanged
            {
                AtMs = 1_700_000_000_000,
                Profile = new Profile
                {
                    Id = person,
                    Name = person.ToUpperInvariant(),
                    Industry = circle == "a"
                    ? "shipping" : "film",
                    Tags = ["people"]
                },
            }));
        }
        records.Add(Sent(InteractionKind.Reaction, records.Count, "a5", "b0"));
        records.Add(Sent(InteractionKind.Reaction, records.Count, "b0", "a5"));
        records.Add(Message(records.Count, "c0", "c1"));
        await Server.AppendAsync([.. records]);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static Interaction Message(int number, string from, params string[] to) => Sent(InteractionKind.Message, number, from, to);

    private static Interaction Sent(InteractionKind kind, int number, string from, params string[] to) => new()
    {
        Id = $"m{number}",
        AtMs = new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero).AddHours(number).ToUnixTimeMilliseconds(),
        From = from,
        To = to,
        Kind = kind,
    };
}

public class StructureTests(TwoCirclesServer fixture) : IClassFixture<TwoCirclesServer>
{
    private readonly RunningServer _server = fixture.Server;

    [Fact]
    public async Task A_person_between_two_circles_is_less_constrained_than_one_inside()
    {
        var between = (await _server.GetAsync("/v1/people/a5/structure")).Json;
        var inside = (await _server.GetAsync("/v1/people/a1/structure")).Json;
        between.GetProperty("degree").GetInt32().ShouldBe(6);
        between.GetProperty("localBridges").GetInt32().ShouldBe(1);
        between.GetProperty("simmelianTies").GetInt32().ShouldBe(5);
        between.GetProperty("constraint").GetDouble().ShouldBeLessThan(inside.GetProperty("constraint").GetDouble());
        between.GetProperty("effectiveSize").GetDouble().ShouldBeGreaterThan(inside.GetProperty("effectiveSize").GetDouble());
        between.GetProperty("community").GetInt32().ShouldBe(inside.GetProperty("community").GetInt32());
        between.GetProperty("evidence").GetProperty("communityPeople").GetInt32().ShouldBe(6);
        (await _server.GetAsync("/v1/people/a1/structure?weights=none")).Json.GetProperty("constraint").GetDouble()
            .ShouldBe(5 * Math.Pow(0.2 + 4 * 0.2 * 0.2 - 0.2 * 0.2 + 0.2 / 6, 2), 0.02);
        (await _server.GetAsync("/v1/people/nobody/structure")).ShouldBeProblem(404, "id");
        (await _server.GetAsync("/v1/people/a1/structure?weights=all")).ShouldBeProblem(400, "weights");
    }

    [Fact]
    public async Task Before_everything_a_person_stands_nowhere()
    {
        var before = (await _server.GetAsync("/v1/people/a5/structure?asOf=2020-01-01T00:00:00Z")).Json;
        before.GetProperty("degree").GetInt32().ShouldBe(0);
        before.GetProperty("constraint").ValueKind.ShouldBe(JsonValueKind.Null);
        before.GetProperty("asOf").GetString().ShouldBe("2020-01-01T00:00:00Z");
        (await _server.GetAsync("/v1/network/communities?asOf=2020-01-01T00:00:00Z")).Json.GetProperty("items").GetArrayLength()
            .ShouldBe(0);
    }

    [Fact]
    public async Task Communities_are_described_by_what_their_people_share_and_small_ones_are_only_counted()
    {
        var answer = (await _server.GetAsync("/v1/network/communities")).Json;
        answer.GetProperty("communities").GetInt32().ShouldBe(2);
        answer.GetProperty("modularity").GetDouble().ShouldBeInRange(0.3, 0.6);
        var small = answer.GetProperty("small");
        (small.GetProperty("communities").GetInt32(), small.GetProperty("people").GetInt32(), small.GetProperty("suppressed").GetBoolean())
            .ShouldBe((1, 2, true));
        var communities = answer.GetProperty("items").EnumerateArray().ToList();
        communities.Select(c => c.GetProperty("label").GetString()).ShouldBe(["shipping", "film"], ignoreOrder: true);
        foreach (var community in communities)
        {
            community.GetProperty("people").GetInt32().ShouldBe(6);
            community.GetProperty("ties").GetInt32().ShouldBe(15);
            community.GetProperty("shareWithin").GetDouble().ShouldBe(15.0 / 16);
            community.GetProperty("topMembers").GetArrayLength().ShouldBe(5);
            var bridge = community.GetProperty("bridges").EnumerateArray().ShouldHaveSingleItem();
            new[] { bridge.GetProperty("from").GetString(), bridge.GetProperty("to").GetString() }
                .ShouldBe(["a5", "b0"], ignoreOrder: true);
        }
        var first = (await _server.GetAsync("/v1/network/communities?limit=1")).Json;
        var second = (await _server.GetAsync($"/v1/network/communities?limit=1&cursor={first.GetProperty("nextCursor").GetString()}")).Json;
        second.GetProperty("items")[0].GetProperty("community").GetInt32().ShouldBe(1);
        second.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Brokers_are_those_between_the_circles()
    {
        var brokers = (await _server.GetAsync("/v1/network/brokers?limit=3")).Json.GetProperty("items").EnumerateArray().ToList();
        brokers.Count.ShouldBe(3);
        brokers.Take(2).Select(b => b.GetProperty("person").GetString()).ShouldBe(["a5", "b0"], ignoreOrder: true);
        brokers[0].GetProperty("communities").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_person_close_up_shows_neighbours_and_the_ties_among_them()
    {
        var ego = (await _server.GetAsync("/v1/people/a5/ego")).Json;
        ego.GetProperty("degree").GetInt32().ShouldBe(6);
        ego.GetProperty("neighbours").EnumerateArray().Select(n => n.GetProperty("person").GetString())
            .ShouldBe(["b0", "a0", "a1", "a2", "a3", "a4"], ignoreOrder: true);
        ego.GetProperty("neighbours")[5].GetProperty("person").GetString().ShouldBe("b0", "reactions weigh little");
        ego.GetProperty("ties").GetArrayLength().ShouldBe(10);
        var few = (await _server.GetAsync("/v1/people/a5/ego?limit=2")).Json;
        few.GetProperty("neighbours").GetArrayLength().ShouldBe(2);
        few.GetProperty("ties").GetArrayLength().ShouldBe(1);
        (await _server.GetRawAsync($"/v1/people/{PersonIdSegment.Write("no/body")}/ego")).ShouldBeProblem(404, "id");
    }

    [Fact]
    public async Task The_map_has_columns_of_equal_length_and_points_at_people_shown()
    {
        var map = (await _server.GetAsync("/v1/network/map")).Json;
        map.GetProperty("people").GetInt32().ShouldBe(14);
        var nodes = map.GetProperty("nodes");
        foreach (var column in new[] { "id", "name", "community", "degree", "pageRank", "x", "y" })
            nodes.GetProperty(column).GetArrayLength().ShouldBe(14);
        var edges = map.GetProperty("edges");
        var count = edges.GetProperty("source").GetArrayLength();
        foreach (var column in new[] { "target", "strength", "balance", "status" })
            edges.GetProperty(column).GetArrayLength().ShouldBe(count);
        edges.GetProperty("target").EnumerateArray().ShouldAllBe(t => t.GetInt32() >= 0 && t.GetInt32() < 14);
        map.GetProperty("communities").GetArrayLength().ShouldBe(3);
        (await _server.GetAsync("/v1/network/map?limit=50001")).ShouldBeProblem(400, "limit");
        (await _server.GetAsync("/v1/network/map?asOf=2020-01-01T00:00:00Z")).Json.GetProperty("people").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task The_timeline_ends_with_the_network_as_it_is_and_refuses_dates_out_of_order()
    {
        var timeline = (await _server.GetAsync("/v1/network/timeline?from=2025-05-01T00:00:00Z&to=2025-07-01T00:00:00Z&points=3")).Json;
        var points = timeline.GetProperty("points").EnumerateArray().ToList();
        points.Select(p => p.GetProperty("at").GetString())
            .ShouldBe(["2025-05-01T00:00:00Z", "2025-05-31T12:00:00Z", "2025-07-01T00:00:00Z"]);
        points.Select(p => p.GetProperty("people").GetInt32()).ShouldBe([0, 0, 14]);
        points[0].GetProperty("r").ValueKind.ShouldBe(JsonValueKind.Null);
        points[2].GetProperty("dyads").GetInt32().ShouldBe(32);
        points[2].GetProperty("interactions").GetInt32().ShouldBe(15);
        var whole = (await _server.GetAsync("/v1/network/timeline")).Json;
        whole.GetProperty("from").GetString().ShouldBe("2025-06-01T00:00:00Z");
        whole.GetProperty("points").GetArrayLength().ShouldBe(25);
        (await _server.GetAsync("/v1/network/timeline?from=2025-07-01T00:00:00Z&to=2025-05-01T00:00:00Z")).ShouldBeProblem(400, "from");
        (await _server.GetAsync("/v1/network/timeline?to=2999-05-01T00:00:00Z")).ShouldBeProblem(400, "to");
    }
}
