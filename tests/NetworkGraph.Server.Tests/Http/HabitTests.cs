using System.Text.Json;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Server.Tests.Http;

/// <summary>Gil gossips, Per writes to Ron again and again though Ron has declined.</summary>
public sealed class HabitServer : IAsyncLifetime
{
    private static readonly DateTimeOffset s_start = new(2025, 3, 3, 9, 0, 0, TimeSpan.Zero);
    private int _number;

    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync(
            o => o with { Network = o.Network with { CountHabitsEvery = TimeSpan.FromMilliseconds(20) } });
        await Server.AppendAsync([.. Records()]);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private IEnumerable<LogRecord> Records()
    {
        for (var day = 0; day < 12; day++) yield return Message(day, "gil", $"friend{day % 2}", Exchange.Gossip);
        yield return Message(20, "per", "ron");
        yield return Message(21, "ron", "per", kind: InteractionKind.Decline);
        for (var day = 22; day < 29; day++) yield return Message(day, "per", "ron", Exchange.Pitch);
        for (var day = 30; day < 32; day++) yield return Message(day, "per", "sue", Exchange.Pitch);
    }

    private Interaction Message(
        int day, string from, string to, Exchange exchange = Exchange.None, InteractionKind kind = InteractionKind.Message) =>
        new()
        {
            Id = $"i{_number++}",
            AtMs = s_start.AddDays(day)
            .ToUnixTimeMilliseconds(),
            From = from,
            To = [to],
            Kind = kind,
            Exchange = exchange
        };
}

public class HabitTests(HabitServer fixture) : IClassFixture<HabitServer>
{
    private readonly RunningServer _server = fixture.Server;

    [Fact]
    public async Task An_archetype_comes_with_its_counsel_its_window_and_the_interactions_it_rests_on()
    {
        var gossip = (await ItemsAsync("/v1/people/gil/archetypes")).ShouldHaveSingleItem();
        gossip.GetProperty("archetype").GetString().ShouldBe("gossip");
        gossip.GetProperty("score").GetDouble().ShouldBeInRange(0.5, 1);
        gossip.GetProperty("counsel").GetString().ShouldNotBeNullOrEmpty();
        gossip.GetProperty("window").GetProperty("from").GetString().ShouldBe("2025-03-03T09:00:00Z");
        gossip.GetProperty("window").GetProperty("to").GetString().ShouldNotBeNull().ShouldEndWith("Z");
        gossip.GetProperty("evidence").GetProperty("counts").GetProperty("gossip").GetDouble().ShouldBe(12);
        gossip.GetProperty("evidence").GetProperty("interactions").EnumerateArray().Select(i => i.GetString())
            .ShouldBe(["i11", "i10", "i9", "i8", "i7", "i6", "i5", "i4", "i3", "i2"]);
        (await ItemsAsync("/v1/people/gil/archetypes?asOf=2025-03-10T00:00:00Z")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Archetypes_that_the_log_cannot_tell_are_named_with_what_is_missing()
    {
        var answer = (await _server.GetAsync("/v1/people/gil/archetypes")).Json.GetProperty("cannotTell");
        answer.GetProperty("missing").EnumerateArray().Select(static m => m.GetString()).ShouldBe(["kind"]);
        answer.GetProperty("archetypes").EnumerateArray().Select(static m => m.GetString())
            .ShouldBe(["card-collector", "connector", "ghost", "wallflower"]);
    }

    [Fact]
    public async Task Warnings_name_the_other_and_page_by_page_miss_none()
    {
        var all = await ItemsAsync("/v1/people/per/warnings");
        all.Select(w => (w.GetProperty("warning").GetString(), w.GetProperty("person").GetString()))
            .ShouldBe([("premature-pitch", "ron"), ("premature-pitch", "sue")], ignoreOrder: true);
        var first = (await _server.GetAsync("/v1/people/per/warnings?limit=1")).Json;
        var second = (await _server.GetAsync($"/v1/people/per/warnings?limit=1&cursor={first.GetProperty("nextCursor").GetString()}")).Json;
        string?[] paged = [first.GetProperty("items")[0].GetProperty("person").GetString(), second.GetProperty("items")[0]
            .GetProperty("person").GetString()];
        paged.ShouldBe(all.Select(w => w.GetProperty("person").GetString()));
        second.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Unwanted_persistence_is_on_the_recipients_list_and_nowhere_in_what_the_sender_gets()
    {
        var rons = (await ItemsAsync("/v1/people/ron/warnings")).ShouldHaveSingleItem();
        (rons.GetProperty("warning").GetString(), rons.GetProperty("person").GetString()).ShouldBe(("unwanted-persistence", "per"));
        rons.GetProperty("evidence").GetProperty("counts").GetProperty("attemptsAfterDecline").GetDouble().ShouldBe(7);
        foreach (var path in new[] { "", "/warnings", "/archetypes", "/ties", "/ties/ron", "/reciprocity", "/dormant-ties" })
            (await _server.GetAsync($"/v1/people/per{path}")).Body.ShouldNotContain("persistence");
    }

    [Fact]
    public async Task The_vanity_gap_is_with_the_person_and_with_the_network()
    {
        var gil = (await _server.GetAsync("/v1/people/gil")).Json.GetProperty("vanityGap");
        (gil.GetProperty("connections").GetInt64(), gil.GetProperty("couldCall").GetInt64(), gil.GetProperty("gap").GetInt64())
            .ShouldBe((0, 0, 0));
        var network = (await _server.GetAsync("/v1/network?asOf=2025-06-01T00:00:00Z")).Json.GetProperty("vanityGap");
        (network.GetProperty("connections").GetInt64(), network.GetProperty("couldCall").GetInt64()).ShouldBe((2, 0));
    }

    [Theory]
    [InlineData("/v1/people/nobody/archetypes", 404, "id")]
    [InlineData("/v1/people/nobody/warnings", 404, "id")]
    [InlineData("/v1/people/gil/archetypes?asOf=2999-01-01T00:00:00Z", 400, "asOf")]
    [InlineData("/v1/people/gil/warnings?kind=spamming", 400, "kind")]
    public async Task What_cannot_be_answered_is_refused_by_name(string path, int status, string parameter) =>
        (await _server.GetAsync(path)).ShouldBeProblem(status, parameter);

    private async Task<List<JsonElement>> ItemsAsync(string path) =>
        [.. (await _server.GetAsync(path)).Json.GetProperty("items").EnumerateArray()];
}
