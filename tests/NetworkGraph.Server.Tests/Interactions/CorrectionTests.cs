using System.Text.Json;
using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Server.Tests.Interactions;

/// <summary>Interactions put right, taken back, and undone with their import, over HTTP.</summary>
public class CorrectionTests
{
    private const string Wrong = """{"id":"cor1","at":"1970-01-21T09:26:31Z","from":"w3@x","to":"w4@x","kind":"message"}""";
    private const string Right = """{"id":"cor1","at":1761991200000,"from":"w3@x","to":"w4@x","kind":"message"}""";

    [Fact]
    public async Task A_wrong_time_is_put_right_by_amending_and_all_measures_follow()
    {
        await using var server = await KeyedServer.StartAsync([]);
        (await PostAsync(server, "admin", Wrong)).GetProperty("accepted").GetInt64().ShouldBe(1);
        (await PostAsync(server, "admin", Right)).GetProperty("conflicts").GetInt64().ShouldBe(1);
        (await FirstContactAsync(server)).ShouldStartWith("1970-01-21");

        var amended = await server.SendAsync("admin", HttpMethod.Put, "/v1/interactions/cor1", Right);

        amended.Status.ShouldBe(200, amended.Body);
        amended.Json.GetProperty("amended").GetBoolean().ShouldBeTrue();
        (await FirstContactAsync(server)).ShouldStartWith("2025-11-01");
        (await PostAsync(server, "admin", Right)).GetProperty("duplicates").GetInt64().ShouldBe(1);
        (await PostAsync(server, "admin", Wrong)).GetProperty("conflicts").GetInt64().ShouldBe(1);
        (await server.GetAsync("analyst", "/v1/interactions/cor1")).Json.GetProperty("at").GetString().ShouldBe("2025-11-01T10:00:00Z");
    }

    [Fact]
    public async Task A_retracted_interaction_is_gone_until_it_is_amended()
    {
        await using var server = await KeyedServer.StartAsync([]);
        await PostAsync(server, "admin", Right);

        var retracted = await server.SendAsync("admin", HttpMethod.Delete, "/v1/interactions/cor1");
        retracted.Status.ShouldBe(200, retracted.Body);
        retracted.Json.GetProperty("changed").GetBoolean().ShouldBeTrue();
        (await server.SendAsync("admin", HttpMethod.Delete, "/v1/interactions/cor1")).Json.GetProperty("changed").GetBoolean()
            .ShouldBeFalse();
        (await server.GetAsync("admin", "/v1/interactions/cor1")).ShouldBeProblem(404, "interaction");
        await UntilVisibleAsync(server);
        (await server.GetAsync("admin", "/v1/people/w3%40x")).ShouldBeProblem(404, "id");
        (await PostAsync(server, "admin", Right)).GetProperty("retracted").GetInt64().ShouldBe(1);

        (await server.SendAsync("admin", HttpMethod.Put, "/v1/interactions/cor1", Right)).Status.ShouldBe(200);
        await UntilVisibleAsync(server);
        (await server.GetAsync("admin", "/v1/people/w3%40x")).Json.GetProperty("interactionsOut").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task What_is_unknown_or_wrong_changes_nothing()
    {
        await using var server = await KeyedServer.StartAsync(["ann"]);
        await PostAsync(server, "admin", Right);
        var before = server.Server.LastPosition;

        (await server.SendAsync("admin", HttpMethod.Delete, "/v1/interactions/none")).ShouldBeProblem(404, "interaction");
        (await server.SendAsync("admin", HttpMethod.Put, "/v1/interactions/none", Right.Replace("cor1", "none", StringComparison.Ordinal)))
            .ShouldBeProblem(404, "interaction");
        (await server.SendAsync("admin", HttpMethod.Put, "/v1/interactions/cor1", Right.Replace("cor1", "other", StringComparison.Ordinal)))
            .ShouldBeProblem(400, "id");
        (await server.SendAsync(
            "admin", HttpMethod.Put, "/v1/interactions/cor1", Right.Replace("message", "mumble", StringComparison.Ordinal)))
            .ShouldBeProblem(400, "kind");
        (await server.SendAsync("ingest", HttpMethod.Delete, "/v1/interactions/cor1")).ShouldBeProblem(403);
        (await server.SendAsync("admin", HttpMethod.Delete, "/v1/imports/none")).ShouldBeProblem(404, "batch");

        server.Server.LastPosition.ShouldBe(before);
    }

    [Fact]
    public async Task An_undone_import_is_gone_and_may_be_imported_again()
    {
        await using var server = await KeyedServer.StartAsync([]);
        const string Rows = """
            {"id":"a","at":"2026-05-01T12:00:00Z","from":"ann","to":"bob","kind":"message"}
            {"id":"b","at":"2026-05-02T12:00:00Z","from":"bob","to":"cem","kind":"message"}
            """;
        await PostAsync(server, "admin", """{"id":"b","at":"2026-05-02T12:00:00Z","from":"bob","to":"cem","kind":"message"}""");
        var sent = await server.SendAsync("ingest", HttpMethod.Post, "/v1/interactions?batch=first", Rows, "application/x-ndjson");
        sent.Json.GetProperty("accepted").GetInt64().ShouldBe(1, sent.Body);
        sent.Json.GetProperty("duplicates").GetInt64().ShouldBe(1);

        await UntilVisibleAsync(server);
        var import = (await server.GetAsync("ingest", "/v1/imports/first")).Json;
        (import.GetProperty("state").GetString(), import.GetProperty("accepted").GetInt64(), import.GetProperty("duplicates").GetInt64())
            .ShouldBe(("done", 1, 1));
        (await server.GetAsync("admin", "/v1/imports")).Json.GetProperty("items")[0].GetProperty("batch").GetString().ShouldBe("first");

        var undone = await server.SendAsync("ingest", HttpMethod.Delete, "/v1/imports/first");
        undone.Status.ShouldBe(200, undone.Body);
        (undone.Json.GetProperty("withdrawn").GetInt64(), undone.Json.GetProperty("kept").GetInt64()).ShouldBe((1, 1));
        await UntilVisibleAsync(server);
        (await server.GetAsync("admin", "/v1/people/ann")).ShouldBeProblem(404, "id");
        (await server.GetAsync("admin", "/v1/interactions/b")).Json.GetProperty("sources").GetArrayLength().ShouldBe(1);
        (await server.GetAsync("admin", "/v1/imports/first")).Json.GetProperty("state").GetString().ShouldBe("undone");

        (await server.SendAsync("ingest", HttpMethod.Post, "/v1/interactions?batch=first", Rows, "application/x-ndjson")).Json.GetProperty(
            "accepted").GetInt64().ShouldBe(1);
        (await server.SendAsync("admin", HttpMethod.Delete, "/v1/imports/first")).Json.GetProperty("withdrawn").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task A_key_learns_nothing_of_what_others_wrote()
    {
        await using var server = await KeyedServer.StartAsync(["ann"]);
        await PostAsync(server, "admin", """{"id":"x","at":"2026-05-01T12:00:00Z","from":"ann","to":"bob","kind":"message"}""");
        await server.SendAsync("admin", HttpMethod.Post, "/v1/interactions?batch=theirs", Right, "application/x-ndjson");
        const string Guess = """{"id":"x","at":"2026-05-01T12:00:00Z","from":"ann","to":"eve","kind":"message"}""";

        var guessed = await PostAsync(server, "ingest", Guess);
        (guessed.GetProperty("duplicates").GetInt64(), guessed.GetProperty("conflicts").GetInt64(), guessed.GetProperty("rejected")
            .GetArrayLength()).ShouldBe((1, 0, 0));
        (await server.SendAsync("ingest", HttpMethod.Put, "/v1/interactions/x", Guess)).ShouldBeProblem(404, "interaction");
        (await server.SendAsync("ingest", HttpMethod.Delete, "/v1/imports/theirs")).ShouldBeProblem(404, "batch");
        (await server.GetAsync("ingest", "/v1/imports")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await PostAsync(server, "admin", Guess)).GetProperty("conflicts").GetInt64().ShouldBe(1);

        const string Own = """{"id":"own","at":"2026-05-01T12:00:00Z","from":"ann","to":"bob","kind":"message"}""";
        await PostAsync(server, "ingest", Own);
        (await PostAsync(server, "ingest", Own.Replace("bob", "eve", StringComparison.Ordinal))).GetProperty("conflicts").GetInt64()
            .ShouldBe(1);
        (await server.SendAsync(
            "ingest", HttpMethod.Put, "/v1/interactions/own", Own.Replace("bob", "eve", StringComparison.Ordinal))).Status.ShouldBe(200);

        (await server.GetAsync("person:ann", "/v1/interactions/own")).Status.ShouldBe(200);
        (await server.GetAsync("person:ann", "/v1/interactions/cor1")).ShouldBeProblem(404, "interaction");
        (await PostAsync(server, "person:ann", Own.Replace("own", "mine", StringComparison.Ordinal))).GetProperty("accepted").GetInt64()
            .ShouldBe(1);
        var others = await PostAsync(
            server, "person:ann", """{"id":"not-mine","at":"2026-05-01T12:00:00Z","from":"bob","to":"ann","kind":"message"}""");
        others.GetProperty("rejected")[0].GetProperty("field").GetString().ShouldBe("from");
    }

    private static async Task<JsonElement> PostAsync(KeyedServer server, string scope, string body) =>
        (await server.SendAsync(scope, HttpMethod.Post, "/v1/interactions", body)).Json;

    private static async Task<string> FirstContactAsync(KeyedServer server)
    {
        await UntilVisibleAsync(server);
        return (await server.GetAsync("admin", "/v1/people/w3%40x")).Json.GetProperty("firstSeen").GetString()!;
    }

    /// <summary>Answers about people know what the newest snapshot knows, and the test reads what it has just written.</summary>
    private static Task UntilVisibleAsync(KeyedServer server) => Until.TrueAsync("what was written is visible", async () =>
        (await server.GetAsync("admin", "/v1/network")).Json.GetProperty("position").GetInt64() >= server.Server.LastPosition);
}
