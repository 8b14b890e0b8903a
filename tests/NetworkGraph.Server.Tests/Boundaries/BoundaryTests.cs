using System.Text.Json;
using NetworkGraph.Server.Tests.Http;
using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Server.Tests.Boundaries;

/// <summary>Blocks, reports and exports on the <see cref="SmallNetwork"/>, where everybody asks with their own key.</summary>
public sealed class BoundaryTests : IAsyncLifetime
{
    private const string Ada = SmallNetwork.Ada;
    private const string Bob = SmallNetwork.Bob;
    private const string Cem = SmallNetwork.Cem;
    private const string Eve = SmallNetwork.Eve;
    private KeyedServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await KeyedServer.StartAsync([Ada, Bob, Cem, Eve], SmallNetwork.Records());

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_block_shows_in_the_blockers_and_the_safety_roles_view_and_nowhere_else()
    {
        var before = await StatusAsync("analyst", Bob, Ada);
        (await BlockAsync(Ada, Bob)).Json.GetProperty("person").GetString().ShouldBe(Bob);

        (await StatusAsync(Me(Ada), Ada, Bob)).ShouldBe("blocked");
        (await StatusAsync("admin", Ada, Bob)).ShouldBe("blocked");
        (await StatusAsync("safety", Ada, Bob)).ShouldBe("blocked");
        (await StatusAsync("safety", Bob, Ada)).ShouldBe("blocked");
        (await StatusAsync(Me(Bob), Bob, Ada)).ShouldBe(before);
        (await StatusAsync("admin", Bob, Ada)).ShouldBe(before);
        (await StatusAsync("analyst", Ada, Bob)).ShouldBe(before);
        (await StatusAsync("analyst", Bob, Ada)).ShouldBe(before);
        var listed = (await GetAsync(Me(Ada), Ada, "/ties")).Json.GetProperty("items").EnumerateArray()
            .Single(t => t.GetProperty("person").GetString() == Bob);
        listed.GetProperty("status").GetString().ShouldBe("blocked");
        (await _server.GetAsync("analyst", "/v1/network")).Json.GetProperty("statuses").TryGetProperty("blocked", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task Blocks_are_listed_by_page_and_lifted_and_come_back_with_the_log()
    {
        foreach (var other in new[] { Eve, "stranger", Cem }) (await BlockAsync(Ada, other)).Status.ShouldBe(200);
        var again = await BlockAsync(Ada, Cem);
        var first = (await GetAsync(Me(Ada), Ada, "/blocks?limit=2")).Json;
        first.GetProperty("items").EnumerateArray().Select(b => b.GetProperty("person").GetString()).ShouldBe([Cem, Eve]);
        first.GetProperty("items")[0].GetProperty("since").GetString().ShouldBe(again.Json.GetProperty("since").GetString());
        var second = (await GetAsync(Me(Ada), Ada, $"/blocks?limit=2&cursor={first.GetProperty("nextCursor").GetString()}")).Json;
        second.GetProperty("items").EnumerateArray().Select(b => b.GetProperty("person").GetString()).ShouldBe(["stranger"]);
        second.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);

        var lifted = await _server.SendAsync(Me(Ada), HttpMethod.Delete, BlockPath(Ada, Cem));
        lifted.Json.GetProperty("since").ValueKind.ShouldBe(JsonValueKind.Null);
        (await _server.SendAsync(Me(Ada), HttpMethod.Delete, BlockPath(Ada, Cem))).Status.ShouldBe(200);
        (await GetAsync(Me(Ada), Ada, "/blocks")).Json.GetProperty("items").GetArrayLength().ShouldBe(2);

        (await _server.SendAsync(Me(Ada), HttpMethod.Put, BlockPath(Ada, Ada))).ShouldBeProblem(400, "other");
        (await GetAsync("admin", "nobody", "/blocks")).ShouldBeProblem(404, "id");
        (await GetAsync("analyst", Ada, "/blocks")).ShouldBeProblem(403);
    }

    [Fact]
    public async Task Nothing_passes_between_two_people_one_of_whom_blocks_the_other()
    {
        (await PathsAsync(Me(Ada), Ada, Cem)).ShouldBe(1);
        await BlockAsync(Cem, Ada);

        // Ada reached Cem through Bob; the two are strangers to each other otherwise.
        (await PathsAsync(Me(Ada), Ada, Cem)).ShouldBe(0);
        (await PathsAsync(Me(Cem), Cem, Ada)).ShouldBe(0);
        var anyone = (await GetAsync(Me(Ada), Ada, "/introductions?organisation=Acme")).Json;
        anyone.GetProperty("target").GetProperty("people").GetInt32().ShouldBe(2, "whom Ada may be introduced to is as many as before");
        anyone.GetProperty("paths").EnumerateArray()
            .Select(p => p.GetProperty("hops").EnumerateArray().Last().GetProperty("to").GetString()).ShouldBe([SmallNetwork.Dee]);

        await BlockAsync(Bob, Ada);
        (await PathsAsync("analyst", Ada, SmallNetwork.Dee)).ShouldBe(0, "the only way led over the two");
        var blocked = (await GetAsync(Me(Ada), Ada, $"/introductions?to={Uri.EscapeDataString(Bob)}")).Json;
        blocked.GetProperty("alreadyConnected").ValueKind.ShouldBe(JsonValueKind.Object, "Ada sees her own ties as before");
        var blocker = (await GetAsync(Me(Bob), Bob, $"/introductions?to={Uri.EscapeDataString(Ada)}")).Json;
        blocker.GetProperty("alreadyConnected").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_blocked_tie_is_not_offered_for_reviving_to_who_blocked()
    {
        (await DormantAsync(Me(Ada), Ada)).ShouldBe([Eve]);
        await BlockAsync(Ada, Eve);

        (await DormantAsync(Me(Ada), Ada)).ShouldBeEmpty();
        (await DormantAsync(Me(Eve), Eve)).ShouldBe([Ada]);
        (await DormantAsync("analyst", Ada)).ShouldBe([Eve]);
    }

    [Fact]
    public async Task A_report_is_made_by_its_reporter_and_handled_by_the_safety_role()
    {
        var filed = await ReportAsync(
            Me(Ada), """{"reporter":"ada@example.org","about":"eve","reason":"unwanted-contact","evidence":["i72","i73"]}""");
        filed.Status.ShouldBe(200, filed.Body);
        filed.Json.TryGetProperty("state", out _).ShouldBeFalse();
        var id = filed.Json.GetProperty("id").GetString()!;
        await ReportAsync("admin", """{"reporter":"cem","about":"eve","reason":"spam"}""");

        var reports = (await _server.GetAsync("safety", "/v1/reports?about=eve&limit=1")).Json;
        reports.GetProperty("items")[0].GetProperty("reporter").GetString().ShouldBe("cem");
        reports = (await _server.GetAsync(
            "safety", $"/v1/reports?about=eve&limit=1&cursor={reports.GetProperty("nextCursor").GetString()}")).Json;
        reports.GetProperty("items")[0].GetProperty("id").GetString().ShouldBe(id);
        reports.GetProperty("items")[0].GetProperty("state").GetString().ShouldBe("open");
        reports.GetProperty("items")[0].GetProperty("evidence").EnumerateArray().Select(e => e.GetString()).ShouldBe(["i72", "i73"]);

        var moved = await _server.SendAsync("safety", HttpMethod.Patch, $"/v1/reports/{id}", """{"state":"upheld"}""");
        moved.Json.GetProperty("state").GetString().ShouldBe("upheld", moved.Body);
        (await _server.GetAsync("safety", $"/v1/reports/{id}")).Json.GetProperty("state").GetString().ShouldBe("upheld");
        (await _server.GetAsync("safety", "/v1/reports?state=open")).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        (await _server.GetAsync("safety", "/v1/reports/r-none")).ShouldBeProblem(404, "report");
        (await _server.SendAsync("safety", HttpMethod.Patch, "/v1/reports/r-none", """{"state":"upheld"}"""))
            .ShouldBeProblem(404, "report");
        (await _server.GetAsync("admin", $"/v1/reports/{id}")).ShouldBeProblem(403);
        (await _server.GetAsync("safety", "/v1/reports?state=shut")).ShouldBeProblem(400, "state");
    }

    [Theory]
    [InlineData("""{"reporter":"cem","about":"eve","reason":"spam"}""", 403, "reporter")]
    [InlineData("""{"reporter":"ada@example.org","about":"eve","reason":"dislike"}""", 400, "reason")]
    [InlineData("""{"reporter":"ada@example.org","about":"ada@example.org","reason":"spam"}""", 400, "about")]
    [InlineData("""{"reporter":"ada@example.org","about":"","reason":"spam"}""", 400, "about")]
    [InlineData("""{"reporter":"ada@example.org","reason":"spam"}""", 400, "about")]
    [InlineData("""{"reporter":"ada@example.org","about":"eve","reason":"spam","note":"he said"}""", 400, "note")]
    [InlineData("""{"reporter":"ada@example.org","about":"eve","about":"cem","reason":"spam"}""", 400, "about")]
    [InlineData("""{"reporter":"ada@example.org","about":7,"reason":"spam"}""", 400, "about")]
    [InlineData("""{"reporter":"ada@example.org","about":"eve","reason":"spam","evidence":"i1"}""", 400, "evidence")]
    [InlineData("""{"reporter":"ada@example.org","about":"eve","reason":"spam","evidence":[1]}""", 400, "evidence")]
    [InlineData("""{"reporter":"ada@example.org","about":"\ud800","reason":"spam"}""", 400, "about")]
    [InlineData("""{"reporter":"ada@example.org""", 400, "reporter")]
    [InlineData("""[]""", 400, "line")]
    [InlineData("", 400, "line")]
    public async Task An_invalid_report_is_refused_by_the_name_of_its_field(string body, int status, string field)
    {
        (await ReportAsync(Me(Ada), body)).ShouldBeProblem(status, field);
        (await _server.GetAsync("safety", "/v1/reports")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("""{"state":"open"}""")]
    [InlineData("""{"state":"shut"}""")]
    [InlineData("""{}""")]
    public async Task A_report_moves_only_to_a_state_there_is_and_never_back_to_open(string body)
    {
        var id = (await ReportAsync(Me(Ada), """{"reporter":"ada@example.org","about":"eve","reason":"spam"}"""))
            .Json.GetProperty("id").GetString();
        (await _server.SendAsync("safety", HttpMethod.Patch, $"/v1/reports/{id}", body)).ShouldBeProblem(400, "state");
    }

    [Fact]
    public async Task An_export_holds_all_there_is_of_a_person_and_nothing_that_others_keep_from_them()
    {
        await BlockAsync(Ada, Cem);
        await BlockAsync(Bob, Ada);
        await ReportAsync(Me(Ada), """{"reporter":"ada@example.org","about":"eve","reason":"spam"}""");
        await ReportAsync(Me(Eve), """{"reporter":"eve","about":"ada@example.org","reason":"harassment"}""");
        await _server.Server.AppendAsync(
            new NetworkGraph.Events.Interactions.Interaction
            {
                Id = "g",
                AtMs = 1_700_000_000_000,
                From = Eve,
                To = [Cem],
                Kind = 0,
                About = Ada,
                Exchange = NetworkGraph.Events.Interactions.Exchange.Gossip
            });

        var answer = await GetAsync(Me(Ada), Ada, "/export");

        answer.Status.ShouldBe(200);
        var export = answer.Json;
        export.GetProperty("person").GetProperty("name").GetString().ShouldBe("Ada Lovelace");
        var interactions = export.GetProperty("interactions").EnumerateArray().ToList();
        interactions.Count.ShouldBe(24 + 12);
        interactions.Select(i => i.GetProperty("at").GetDateTimeOffset()).ShouldBeInOrder();
        export.GetProperty("ties").EnumerateArray().Select(t => t.GetProperty("person").GetString()).ShouldBe([Bob, Eve]);
        export.GetProperty("blocks").EnumerateArray().Select(b => b.GetProperty("person").GetString()).ShouldBe([Cem]);
        export.GetProperty("reports").EnumerateArray().Single().GetProperty("about").GetString().ShouldBe("eve");
        var mention = export.GetProperty("mentions").EnumerateArray().Single();
        mention.GetProperty("exchange").GetString().ShouldBe("gossip");
        mention.EnumerateObject().Select(p => p.Name).ShouldBe(["at", "kind", "exchange"]);
        answer.Body.ShouldNotContain("harassment");
        answer.Body.ShouldNotContain("blocked");
        (await GetAsync("admin", "nobody", "/export")).ShouldBeProblem(404, "id");
    }

    [Fact]
    public async Task Erasing_a_person_takes_their_blocks_and_reports_with_them()
    {
        await BlockAsync(Ada, Bob);
        await BlockAsync(Bob, Ada);
        await ReportAsync(Me(Eve), """{"reporter":"eve","about":"ada@example.org","reason":"harassment"}""");

        (await _server.SendAsync("admin", HttpMethod.Delete, $"/v1/people/{Uri.EscapeDataString(Ada)}")).Json.GetProperty("records")
            .GetInt32().ShouldBe(24 + 12 + 1 + 3);

        (await GetAsync(Me(Bob), Bob, "/blocks")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await _server.GetAsync("safety", "/v1/reports")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private static string Me(string person) => "person:" + person;

    private static string BlockPath(string by, string against) =>
        $"/v1/people/{Uri.EscapeDataString(by)}/blocks/{Uri.EscapeDataString(against)}";

    private Task<Answer> GetAsync(string scope, string person, string path) =>
        _server.GetAsync(scope, $"/v1/people/{Uri.EscapeDataString(person)}{path}");

    private Task<Answer> BlockAsync(string by, string against) => _server.SendAsync(Me(by), HttpMethod.Put, BlockPath(by, against));

    private Task<Answer> ReportAsync(string scope, string body) => _server.SendAsync(scope, HttpMethod.Post, "/v1/reports", body);

    private async Task<string?> StatusAsync(string scope, string person, string other) =>
        (await GetAsync(scope, person, $"/ties/{Uri.EscapeDataString(other)}")).Json.GetProperty("status").GetString();

    private async Task<int> PathsAsync(string scope, string person, string to) =>
        (await GetAsync(scope, person, $"/introductions?to={Uri.EscapeDataString(to)}")).Json.GetProperty("paths").GetArrayLength();

    private async Task<List<string?>> DormantAsync(string scope, string person) =>
        [.. (await GetAsync(scope, person, "/dormant-ties?asOf=2025-12-31T00:00:00Z")).Json.GetProperty("items").EnumerateArray()
            .Select(t => t.GetProperty("person").GetString())];
}
