namespace NetworkGraph.Server.Tests.Http;

public sealed class PeopleTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task A_profile_put_is_the_profile_got()
    {
        var put = await _server.SendAsync(
            HttpMethod.Put, "/v1/people/ada%2Fx", """{"name":"Ada","tags":["maths"],"openToIntroductions":false}""");
        put.Status.ShouldBe(200, put.Body);
        put.Json.GetProperty("id").GetString().ShouldBe("ada/x");
        await _server.UntilVisibleAsync();
        var got = (await _server.GetAsync("/v1/people/ada%2Fx")).Json;
        got.GetProperty("name").GetString().ShouldBe("Ada");
        got.GetProperty("tags")[0].GetString().ShouldBe("maths");
        got.GetProperty("openToIntroductions").GetBoolean().ShouldBeFalse();
        got.GetProperty("contacts").GetInt32().ShouldBe(0);
    }

    [Fact]
    public async Task People_of_interactions_alone_are_found_page_by_page()
    {
        var csv = "id,at,from,to,kind\n"
            + string.Concat(
            Enumerable.Range(0, 30).Select(
            i => $"i{i},2025-01-01T00:00:00Z,sender{i:00}@example.org,receiver{i:00}@example.org,message\n"));
        (await _server.SendAsync(HttpMethod.Post, "/v1/interactions", csv, "text/csv")).Status.ShouldBe(200);
        await _server.UntilVisibleAsync();

        var first = (await _server.GetAsync("/v1/people?query=SENDER&limit=20")).Json;
        first.GetProperty("items")[0].GetProperty("id").GetString().ShouldBe("sender00@example.org");
        first.GetProperty("items")[0].GetProperty("name").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        var second = (await _server.GetAsync(
            $"/v1/people?query=SENDER&limit=20&cursor={first.GetProperty("nextCursor").GetString()}")).Json;
        second.GetProperty("items").EnumerateArray().Select(static p => p.GetProperty("id").GetString())
            .ShouldBe(Enumerable.Range(20, 10).Select(i => $"sender{i}@example.org"));
        second.GetProperty("nextCursor").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        (await _server.GetAsync("/v1/people?limit=1000")).Json.GetProperty("items").GetArrayLength().ShouldBe(60);
    }

    [Theory]
    [InlineData("{\"id\":\"bob\"}", 400, "id")]
    [InlineData("{\"name\":7}", 400, "name")]
    [InlineData("{\"colour\":\"blue\"}", 400, "colour")]
    [InlineData("{\"tags\":\"maths\"}", 400, "tags")]
    public async Task A_bad_profile_is_refused_by_field_and_changes_nothing(string body, int status, string field)
    {
        (await _server.SendAsync(HttpMethod.Put, "/v1/people/ada", body)).ShouldBeProblem(status, field);
        (await _server.GetAsync("/v1/people/ada")).ShouldBeProblem(404, "id");
    }

    [Fact]
    public async Task A_profile_of_another_type_or_size_is_refused()
    {
        (await _server.SendAsync(HttpMethod.Put, "/v1/people/ada", "name=Ada", "text/plain")).ShouldBeProblem(415, "Content-Type");
        (await _server.SendAsync(HttpMethod.Put, "/v1/people/ada", new string(' ', 300_000))).ShouldBeProblem(413);
    }

    [Fact]
    public async Task Many_profiles_are_put_and_bad_lines_named()
    {
        var lines = Enumerable.Range(0, 1500).Select(i => $$"""{"id":"p{{i}}","name":"Person {{i}}"}""").ToList();
        lines[3] = "nonsense";
        lines[700] = """{"name":"nobody"}""";
        lines.Insert(0, "");
        var answer = await _server.SendAsync(HttpMethod.Post, "/v1/people", string.Join("\r\n", lines), "application/x-ndjson");
        answer.Status.ShouldBe(200, answer.Body);
        answer.Json.GetProperty("accepted").GetInt64().ShouldBe(1498);
        answer.Json.GetProperty("rejectedCount").GetInt64().ShouldBe(2);
        var rejected = answer.Json.GetProperty("rejected").EnumerateArray().ToList();
        rejected.Select(r => r.GetProperty("line").GetInt64()).ShouldBe([5, 702]);
        rejected[1].GetProperty("field").GetString().ShouldBe("id");
        await _server.UntilVisibleAsync();
        (await _server.GetAsync("/v1/people/p1499")).Json.GetProperty("name").GetString().ShouldBe("Person 1499");
    }

    [Fact]
    public async Task Profiles_of_which_none_is_good_are_422_and_other_types_415()
    {
        var answer = await _server.SendAsync(HttpMethod.Post, "/v1/people", $"x\n{new string('y', 300_000)}\n", "application/x-ndjson");
        answer.Status.ShouldBe(422);
        answer.Json.GetProperty("rejected").EnumerateArray().Select(r => r.GetProperty("line").GetInt64()).ShouldBe([1, 2]);
        (await _server.SendAsync(HttpMethod.Post, "/v1/people", "x", "text/plain")).ShouldBeProblem(415, "Content-Type");
    }

    [Theory]
    [InlineData("""[{"id":"j1","name":"Jay One"},{"id":"j2"},7,{"name":"nobody"}]""", "application/json", 2, 2)]
    [InlineData("""{"id":"j3","name":"Jay Three"}""", "application/json", 1, 0)]
    [InlineData("id,name,tags\nc1,\"Cee, One\",a;b\nc2,Cee Two,\n", "text/csv", 2, 0)]
    public async Task Profiles_come_as_json_and_csv_too(string body, string contentType, int accepted, int rejected)
    {
        var answer = await _server.SendAsync(HttpMethod.Post, "/v1/people", body, contentType);
        answer.Status.ShouldBe(200, answer.Body);
        (answer.Json.GetProperty("accepted").GetInt32(), answer.Json.GetProperty("rejectedCount").GetInt32()).ShouldBe(
            (accepted, rejected), answer.Body);
    }

    [Fact]
    public async Task Fields_of_a_profile_are_changed_one_by_one_and_taken_away()
    {
        await _server.SendAsync(HttpMethod.Put, "/v1/people/pat", """{"name":"Pat","role":"buyer","tags":["a"]}""");
        await _server.UntilVisibleAsync();
        (await _server.SendAsync(HttpMethod.Patch, "/v1/people/pat", """{"role":"seller","tags":null}""")).Status.ShouldBe(200);
        var profile = (await _server.SendAsync(HttpMethod.Patch, "/v1/people/pat?clear=name", "{}")).Json;
        (profile.GetProperty("name").GetString(), profile.GetProperty("role").GetString(), profile.GetProperty("tags").GetArrayLength())
            .ShouldBe((null, "seller", 0));
        (await _server.SendAsync(HttpMethod.Patch, "/v1/people/pat", """{"colour":"red"}""")).ShouldBeProblem(400, "colour");
    }

    [Fact]
    public async Task An_erased_person_is_unknown()
    {
        await _server.AppendAsync(SmallNetwork.Records());
        var erased = await _server.SendAsync(HttpMethod.Delete, $"/v1/people/{SmallNetwork.Eve}");
        erased.Status.ShouldBe(200, erased.Body);
        erased.Json.GetProperty("records").GetInt32().ShouldBe(12);
        (await _server.GetAsync($"/v1/people/{SmallNetwork.Eve}")).ShouldBeProblem(404, "id");
        (await _server.SendAsync(HttpMethod.Delete, $"/v1/people/{SmallNetwork.Eve}")).ShouldBeProblem(404, "id");
        (await _server.GetAsync($"/v1/people/{SmallNetwork.Ada}/ties")).Body.ShouldNotContain("\"eve\"");
        (await _server.GetAsync($"/v1/people/{SmallNetwork.Ada}/interactions")).Body.ShouldNotContain("\"eve\"");
    }
}
