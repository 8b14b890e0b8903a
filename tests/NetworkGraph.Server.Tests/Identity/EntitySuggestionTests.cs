using System.Text.Json;

namespace NetworkGraph.Server.Tests.Identity;

public sealed class EntitySuggestionTests
{
    private const string Board = "board@work.example", Crier = "crier@work.example", Ann = "p0@work.example";

    [Fact]
    public async Task Behaviour_suggests_and_nothing_leaves_a_measure_before_it_is_confirmed()
    {
        await using var server = await RunningServer.StartAsync();
        var now = DayClock.Fixed.GetUtcNow();
        var lines = new List<string>();
        // 40 people write to the board, 6 times each; the crier writes to 60 people one by one. Ann does both, and is answered.
        for (var person = 0; person < 40; person++)
            for (var times = 0; times < 6; times++)
                lines.Add(Line($"p{person}@work.example", Board, now.AddDays(-60 + times).AddMinutes(person)));
        for (var person = 0; person < 60; person++)
        {
            lines.Add(Line(Crier, $"p{person}@work.example", now.AddDays(-20).AddMinutes(person)));
            lines.Add(Line(Ann, $"q{person}@work.example", now.AddDays(-20).AddMinutes(person)));
            if (person % 2 == 0) lines.Add(Line($"q{person}@work.example", Ann, now.AddDays(-19).AddMinutes(person)));
        }
        (await server.SendAsync(HttpMethod.Post, "/v1/interactions", string.Join('\n', lines), "application/x-ndjson")).Status.ShouldBe(
            200);
        await server.UntilVisibleAsync();

        var items = await ItemsAsync(server);
        items.Select(static item => (Text(item, "id"), Text(item, "suggested"), Text(item, "rule"), Text(item, "entity"))).ShouldBe(
            [(Crier, "bot", "mass-sender", "person"), (Board, "list", "many-senders", "person")]);
        (items[0].GetProperty("recipients").GetInt32(), items[0].GetProperty("answeredShare").GetDouble()).ShouldBe((60, 0));
        (items[1].GetProperty("senders").GetInt32(), items[1].GetProperty("received").GetInt32(), items[1].GetProperty("sent").GetInt32())
            .ShouldBe((40, 240, 0));
        (await server.GetAsync($"/v1/people/{Ann}/ties/{Board}")).Status.ShouldBe(200);
        (await TiesAsync(server)).ShouldContain(Board, "it counts until somebody says that it does not");

        (await server.SendAsync(HttpMethod.Put, $"/v1/people/{Board}/entity")).ShouldBeProblem(400, "entity");
        (await server.SendAsync(HttpMethod.Put, $"/v1/people/nobody@work.example/entity?entity=list")).ShouldBeProblem(404, "id");
        var confirmed = await server.SendAsync(HttpMethod.Put, $"/v1/people/{Board}/entity?entity=list");
        confirmed.Json.GetProperty("entity").GetString().ShouldBe("list");
        await server.SendAsync(HttpMethod.Put, $"/v1/people/{Crier}/entity?entity=person");
        await server.UntilVisibleAsync();
        (await ItemsAsync(server)).ShouldBeEmpty("somebody decided");
        (await TiesAsync(server)).ShouldNotContain(Board);
        (await server.GetAsync($"/v1/people/{Ann}/interactions?with={Board}")).Json.GetProperty("items").GetArrayLength().ShouldBe(
            6, "the history stays");
    }

    private static async Task<List<JsonElement>> ItemsAsync(RunningServer server) =>
        [.. (await server.GetAsync("/v1/identity/entities")).Json.GetProperty("items").EnumerateArray()];

    private static async Task<List<string?>> TiesAsync(RunningServer server) =>
        [.. (await server.GetAsync($"/v1/people/{Ann}/ties?limit=1000")).Json.GetProperty("items").EnumerateArray().Select(
            static item => Text(item, "person"))];

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    private static string Line(string from, string to, DateTimeOffset at) =>
        $$"""{"id":"{{from}}-{{to}}-{{at.ToUnixTimeMilliseconds()}}","at":"{{at:yyyy-MM-dd'T'HH:mm:ss'Z'}}","""
        + $"\"from\":\"{from}\",\"to\":\"{to}\",\"kind\":\"message\"}}";
}
