using System.Text.Json;

namespace NetworkGraph.Server.Tests.Http;

public class NudgeTests(FoundersServer fixture) : IClassFixture<FoundersServer>
{
    private readonly RunningServer _server = fixture.Server;

    [Fact]
    public async Task Nudges_come_worth_most_first_page_by_page_with_the_interactions_they_rest_on()
    {
        var answer = (await _server.GetAsync("/v1/people/ann/nudges?asOf=2025-12-30T00:00:00Z")).Json;
        var nudges = answer.GetProperty("items").EnumerateArray().ToList();
        nudges.Select(n => n.GetProperty("worth").GetDouble()).ShouldBeInOrder(SortDirection.Descending);
        nudges.ShouldContain(n => n.GetProperty("rule").GetString() == "dormant-tie" && n.GetProperty("person").GetString() == "zoe");
        var cooling = nudges.First(n => n.GetProperty("rule").GetString() == "tie-cooling");
        cooling.GetProperty("evidence").GetProperty("interactions").GetArrayLength().ShouldBe(1);
        cooling.GetProperty("reason").GetString().ShouldNotBeNull().ShouldContain("last in touch");
        answer.GetProperty("rules").GetProperty("dormant-tie").GetInt32().ShouldBe(1);

        var first = (await _server.GetAsync("/v1/people/ann/nudges?asOf=2025-12-30T00:00:00Z&limit=1")).Json;
        var second = (await _server.GetAsync(
            $"/v1/people/ann/nudges?asOf=2025-12-30T00:00:00Z&limit=1&cursor={first.GetProperty("nextCursor").GetString()}")).Json;
        second.GetProperty("items")[0].GetProperty("person").GetString().ShouldBe(nudges[1].GetProperty("person").GetString());
        (await _server.GetAsync("/v1/people/ann/nudges?asOf=2025-12-30T00:00:00Z&rule=dormant-tie")).Json.GetProperty("items")
            .GetArrayLength().ShouldBe(1);
        (await _server.GetAsync("/v1/people/ann/nudges?rule=luck")).ShouldBeProblem(400, "rule");
        (await _server.GetAsync("/v1/people/nobody/nudges")).ShouldBeProblem(404, "id");
        (await _server.GetAsync("/v1/people/ann/nudges?asOf=2000-01-01T00:00:00Z")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_brief_says_what_was_and_who_leads_to_whom()
    {
        var met = (await _server.GetAsync("/v1/people/ann/brief/bob?asOf=2025-12-01T00:00:00Z")).Json;
        met.GetProperty("tie").GetProperty("status").GetString().ShouldBe("active");
        met.GetProperty("other").GetProperty("name").GetString().ShouldBe("BOB");
        met.GetProperty("topics")[0].GetProperty("interaction").GetString().ShouldBe("ann-bob-39");
        met.GetProperty("introduction").ValueKind.ShouldBe(JsonValueKind.Null);
        var stranger = (await _server.GetAsync("/v1/people/ann/brief/cai?asOf=2025-12-01T00:00:00Z")).Json;
        stranger.GetProperty("tie").ValueKind.ShouldBe(JsonValueKind.Null);
        stranger.GetProperty("introduction").GetProperty("brokers")[0].GetString().ShouldBe("bob");
        stranger.GetProperty("mutualContacts")[0].GetProperty("person").GetString().ShouldBe("bob");
        (await _server.GetAsync("/v1/people/ann/brief/nobody")).ShouldBeProblem(404, "other");
        (await _server.GetAsync("/v1/people/ann/brief/ann")).ShouldBeProblem(400, "other");
    }
}
