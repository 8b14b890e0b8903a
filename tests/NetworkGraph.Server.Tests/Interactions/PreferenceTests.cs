using System.Text.Json;
using NetworkGraph.Server.Tests.Http;
using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Server.Tests.Interactions;

/// <summary>Preferences and states of nudges over HTTP, on the <see cref="SmallNetwork"/>.</summary>
public sealed class PreferenceTests : IAsyncLifetime
{
    private const string Ada = SmallNetwork.Ada;
    private const string Bob = SmallNetwork.Bob;
    private KeyedServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await KeyedServer.StartAsync([Ada, Bob], SmallNetwork.Records());

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_preference_is_seen_by_its_person_and_administrators_alone()
    {
        var path = $"/v1/people/{Uri.EscapeDataString(Ada)}/ties/{Uri.EscapeDataString(Bob)}/preferences";
        var put = await _server.SendAsync(
            "person:" + Ada, HttpMethod.Put, path, """{"cadenceDays":30,"setting":"social","tags":["friend"]}""");
        put.Status.ShouldBe(200, put.Body);

        (await _server.GetAsync("admin", path)).Json.GetProperty("cadenceDays").GetDouble().ShouldBe(30);
        foreach (var scope in new[] { "person:" + Bob, "analyst", "safety", "ingest" })
            (await _server.GetAsync(scope, path)).ShouldBeProblem(403);
        var tie = await TieAsync("person:" + Ada, Ada, Bob);
        (tie.GetProperty("relationship").GetString(), tie.GetProperty("tags")[0].GetString()).ShouldBe(("social", "friend"));
        (await TieAsync("analyst", Ada, Bob)).GetProperty("tags").GetArrayLength().ShouldBe(0);
        (await TieAsync("person:" + Bob, Bob, Ada)).GetProperty("tags").GetArrayLength().ShouldBe(0);

        (await _server.SendAsync("person:" + Ada, HttpMethod.Put, path, """{"cadenceDays":0}""")).ShouldBeProblem(400, "cadenceDays");
        (await _server.SendAsync("person:" + Ada, HttpMethod.Put, path, """{"mood":1}""")).ShouldBeProblem(400, "mood");
        (await _server.SendAsync("person:" + Ada, HttpMethod.Delete, path)).Json.GetProperty("since").ValueKind.ShouldBe(
            JsonValueKind.Null);
        (await TieAsync("person:" + Ada, Ada, Bob)).GetProperty("tags").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Hidden_people_are_in_no_list_of_ties_and_pages_stay_full()
    {
        var ties = $"/v1/people/{Uri.EscapeDataString(Ada)}/ties";
        var before = (await _server.GetAsync("analyst", ties)).Json.GetProperty("items").GetArrayLength();
        await _server.SendAsync("person:" + Ada, HttpMethod.Put, $"{ties}/{Uri.EscapeDataString(Bob)}/preferences", """{"hidden":true}""");

        var seen = new List<string>();
        for (var next = ties + "?limit=1"; ;)
        {
            var page = (await _server.GetAsync("person:" + Ada, next)).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(tie => tie.GetProperty("person").GetString()!));
            if (page.GetProperty("nextCursor").GetString() is not { } cursor) break;
            next = $"{ties}?limit=1&cursor={cursor}";
        }

        seen.ShouldNotContain(Bob);
        seen.Count.ShouldBe(before - 1);
        (await _server.GetAsync("analyst", ties)).Json.GetProperty("items").GetArrayLength().ShouldBe(before);
    }

    [Fact]
    public async Task Saying_that_one_wrote_records_an_interaction_and_closes_the_nudge()
    {
        var nudges = $"/v1/people/{Uri.EscapeDataString(Ada)}/nudges";
        await _server.SendAsync("person:" + Ada, HttpMethod.Put,
            $"/v1/people/{Uri.EscapeDataString(Ada)}/ties/{Uri.EscapeDataString(Bob)}/preferences", """{"cadenceDays":1}""");
        var open = (await _server.GetAsync("person:" + Ada, nudges)).Json.GetProperty("items").EnumerateArray()
            .First(n => n.GetProperty("person").GetString() == Bob);
        var id = open.GetProperty("id").GetString();

        var done = await _server.SendAsync(
            "person:" + Ada, HttpMethod.Put, $"{nudges}/{id}", """{"state":"done","interaction":{"channel":"email"}}""");

        done.Status.ShouldBe(200, done.Body);
        done.Json.GetProperty("state").GetString().ShouldBe("done");
        await _server.Server.UntilVisibleAsync();
        var last = (await _server.GetAsync(
            "person:" + Ada,
            $"/v1/people/{Uri.EscapeDataString(Ada)}/interactions?with={Uri.EscapeDataString(Bob)}&limit=1")).Json.GetProperty("items")[0];
        (last.GetProperty("from").GetString(), last.GetProperty("channel").GetString()).ShouldBe((Ada, "email"));
        (await _server.SendAsync("person:" + Ada, HttpMethod.Put, $"{nudges}/0000000000000000", """{"state":"done"}"""))
            .ShouldBeProblem(404, "nudge");
        (await _server.SendAsync("person:" + Ada, HttpMethod.Put, $"{nudges}/{id}", """{"state":"snoozed"}"""))
            .ShouldBeProblem(400, "until");
        (await _server.SendAsync("person:" + Bob, HttpMethod.Put, $"{nudges}/{id}", """{"state":"done"}""")).ShouldBeProblem(403);
    }

    private async Task<JsonElement> TieAsync(string scope, string person, string other) =>
        (await _server.GetAsync(scope, $"/v1/people/{Uri.EscapeDataString(person)}/ties/{Uri.EscapeDataString(other)}")).Json;
}
