using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Server.Tests.Identity;

/// <summary>However an id is spelt, it is one person at every way in.</summary>
public sealed class CanonicalIdTests
{
    private const string Dana = "dana@example.org", Lee = "lee.park@example.org", OtherLee = "LEE.Park@Example.ORG";

    private const string Story = """
        {"id":"c1","at":"2026-05-01T10:00:00Z","from":"dana@example.org","to":"Lee.Park@Example.org","kind":"message"}
        {"id":"c2","at":"2026-05-02T10:00:00Z","from":"lee.park@example.org","to":"dana@example.org","kind":"reply","inReplyTo":"c1"}
        {"id":"c3","at":"2026-05-03T10:00:00Z","from":"lee.park@EXAMPLE.ORG","to":"dana@example.org","kind":"message"}
        """;

    [Fact]
    public async Task Two_spellings_of_an_address_are_one_person()
    {
        await using var server = await RunningServer.StartAsync();
        (await SendAsync(server, Story)).Json.GetProperty("accepted").GetInt32().ShouldBe(3);
        await server.UntilVisibleAsync();

        var ties = (await server.GetAsync($"/v1/people/{Dana}/ties")).Json.GetProperty("items");
        var tie = ties.EnumerateArray().ShouldHaveSingleItem();
        tie.GetProperty("person").GetString().ShouldBe(Lee);
        tie.GetProperty("interactionsOut").GetInt32().ShouldBe(1);
        tie.GetProperty("interactionsIn").GetInt32().ShouldBe(2);
        (await server.GetAsync("/v1/network")).Json.GetProperty("people").GetInt32().ShouldBe(2);
        var person = await server.GetAsync($"/v1/people/{Uri.EscapeDataString($" {OtherLee} ")}");
        person.Json.GetProperty("id").GetString().ShouldBe(Lee);
        var history = await server.GetAsync($"/v1/people/{Dana}/interactions?with={Uri.EscapeDataString(OtherLee)}");
        history.Json.GetProperty("items").GetArrayLength().ShouldBe(3);
        (await server.GetAsync($"/v1/people/{Dana}/ties/{OtherLee}")).Status.ShouldBe(200);
        (await server.GetAsync($"/v1/people?query={Uri.EscapeDataString(OtherLee)}")).Json.GetProperty("items").GetArrayLength()
            .ShouldBe(1);
        (await server.GetAsync($"/v1/people?id={Uri.EscapeDataString(OtherLee)}")).Json.GetProperty("items")[0].GetProperty("id")
            .GetString().ShouldBe(Lee);
    }

    [Fact]
    public async Task Spellings_sent_again_are_duplicates_and_not_conflicts()
    {
        await using var server = await RunningServer.StartAsync();
        await SendAsync(server, Story);

        var again = await SendAsync(server, Story.Replace("example.org", "EXAMPLE.org", StringComparison.Ordinal));

        again.Json.GetProperty("duplicates").GetInt32().ShouldBe(3);
        again.Json.GetProperty("conflicts").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task Profiles_blocks_reports_and_keys_are_for_the_person_however_spelt()
    {
        await using var server = await KeyedServer.StartAsync([OtherLee]);
        await SendAsync(server.Server, Story);
        await server.Server.UntilVisibleAsync();

        (await server.GetAsync($"person:{OtherLee}", $"/v1/people/{Lee}/ties")).Status.ShouldBe(200);
        (await server.GetAsync($"person:{OtherLee}", "/v1/people/Lee.Park@EXAMPLE.org/ties")).Status.ShouldBe(200);
        (await server.GetAsync($"person:{OtherLee}", $"/v1/people/{Dana}/ties")).ShouldBeProblem(403);
        var profile = await server.SendAsync("admin", HttpMethod.Put, $"/v1/people/{OtherLee}", $$"""{"id":"{{OtherLee}}","name":"Lee"}""");
        profile.Json.GetProperty("id").GetString().ShouldBe(Lee);
        var block = await server.SendAsync("admin", HttpMethod.Put, $"/v1/people/{OtherLee}/blocks/DANA@example.org");
        block.Json.GetProperty("person").GetString().ShouldBe(Dana);
        (await server.GetAsync("admin", $"/v1/people/{Lee}/blocks")).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        var report = await server.SendAsync($"person:{OtherLee}", HttpMethod.Post, "/v1/reports",
            $$"""{"reporter":"Lee.Park@example.org","about":"Dana@Example.org","reason":"spam"}""");
        report.Status.ShouldBe(200, report.Body);
        report.Json.GetProperty("about").GetString().ShouldBe(Dana);
        (await server.GetAsync("safety", "/v1/reports?about=DANA@example.org")).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Noncharacters_are_refused_so_that_no_two_people_become_one_node()
    {
        await using var server = await RunningServer.StartAsync();

        var answer = await SendAsync(server, """
            {"id":"e2","at":"2026-05-01T10:00:00Z","from":"x\ufffe@x","to":"b@x","kind":"message"}
            {"id":"e7","at":"2026-05-01T10:00:00Z","from":"x\uffff@x","to":"b@x","kind":"message"}
            """);

        answer.Status.ShouldBe(422);
        answer.Json.GetProperty("rejected").EnumerateArray()
            .ShouldAllBe(r => r.GetProperty("reason").GetString()!.Contains("noncharacter"));
    }

    [Theory]
    [InlineData("application/x-ndjson", """
        {"id":"self-1","at":"2026-05-15T10:00:00Z","from":"q1@x","to":["Q1@x","q2@x"],"kind":"message"}
        {"id":"rep-1","at":"2026-05-15T11:00:00Z","from":"q1@x","to":["q2@x","Q2@X"],"kind":"message"}
        """)]
    [InlineData("application/json", """
        [{"id":"self-1","at":"2026-05-15T10:00:00Z","from":"q1@x","to":["q1@x","q2@x"],"kind":"message"},
         {"id":"rep-1","at":"2026-05-15T11:00:00Z","from":"q1@x","to":["q2@x","q2@x"],"kind":"message"}]
        """)]
    [InlineData("text/csv",
        "id,at,from,to,kind\nself-1,2026-05-15T10:00:00Z,q1@x,q1@x;q2@x,message\nrep-1,2026-05-15T11:00:00Z,q1@x,q2@x;q2@x,message\n")]
    public async Task A_lenient_request_drops_the_sender_and_repeats_among_the_recipients(string format, string body)
    {
        await using var server = await RunningServer.StartAsync();
        (await server.SendAsync(HttpMethod.Post, "/v1/interactions", body, format)).Status.ShouldBe(422);

        var answer = await server.SendAsync(HttpMethod.Post, "/v1/interactions?lenient=true", body, format);

        answer.Json.GetProperty("accepted").GetInt32().ShouldBe(2, answer.Body);
        await server.UntilVisibleAsync();
        var tie = (await server.GetAsync("/v1/people/q1@x/ties")).Json.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        tie.GetProperty("person").GetString().ShouldBe("q2@x");
        tie.GetProperty("interactionsOut").GetInt32().ShouldBe(2);
        (await server.SendAsync(HttpMethod.Post, "/v1/interactions?lenient=maybe", body, format)).ShouldBeProblem(400, "lenient");
        var alone = await server.SendAsync(HttpMethod.Post, "/v1/interactions?lenient=true",
            """{"id":"s","at":"2026-05-15T10:00:00Z","from":"q1@x","to":["q1@x"],"kind":"message"}""");
        alone.Json.GetProperty("rejected")[0].GetProperty("reason").GetString()!.ShouldContain("sender alone");
    }

    private static Task<Answer> SendAsync(RunningServer server, string ndjson) =>
        server.SendAsync(HttpMethod.Post, "/v1/interactions", ndjson, "application/x-ndjson");
}
