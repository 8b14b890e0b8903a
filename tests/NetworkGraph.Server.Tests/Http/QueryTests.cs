using System.Text.Json;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Tests.Http;

public class QueryTests(SmallNetworkServer fixture) : IClassFixture<SmallNetworkServer>
{
    private readonly RunningServer _server = fixture.Server;

    private static string Segment(string id) => PersonIdSegment.Write(id);

    [Theory]
    [InlineData(SmallNetwork.Ada, 18, 2)]
    [InlineData(SmallNetwork.Bob, 24, 2)]
    [InlineData(SmallNetwork.Dee, 12, 1)]
    public async Task A_person_is_answered_with_what_they_took_part_in(string id, int sent, int contacts)
    {
        var person = (await _server.GetRawAsync($"/v1/people/{Segment(id)}")).Json;
        person.GetProperty("id").GetString().ShouldBe(id);
        person.GetProperty("interactionsOut").GetInt32().ShouldBe(sent);
        person.GetProperty("interactionsIn").GetInt32().ShouldBe(sent);
        person.GetProperty("contacts").GetInt32().ShouldBe(contacts);
        person.GetProperty("asOf").GetString().ShouldNotBeNull().ShouldEndWith("Z");
    }

    [Fact]
    public async Task Several_people_are_asked_for_at_once_by_their_ids()
    {
        var found = Items(
            await _server.GetRawAsync(
            $"/v1/people?id={Segment(SmallNetwork.Dee)}&id=nobody&id={SmallNetwork.Eve}&id={SmallNetwork.Ada}&id={SmallNetwork.Ada}"));
        found.Select(person => person.GetProperty("id").GetString()).ShouldBe([SmallNetwork.Ada, SmallNetwork.Dee, SmallNetwork.Eve]);
        Items(await _server.GetAsync($"/v1/people?id={SmallNetwork.Ada}&id={SmallNetwork.Cem}&organisation=acme")).Single()
            .GetProperty("id").GetString().ShouldBe(SmallNetwork.Cem);
        var many = string.Join('&', Enumerable.Range(0, 101).Select(i => $"id=p{i}"));
        (await _server.GetAsync($"/v1/people?{many}")).ShouldBeProblem(400, "id").ShouldContain("at most 100");
        Items(await _server.GetAsync($"/v1/people?{many[(many.IndexOf('&', StringComparison.Ordinal) + 1)..]}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task An_explicit_date_is_exact_and_before_everything_the_answer_is_empty()
    {
        var then = (await _server.GetAsync($"/v1/people/{SmallNetwork.Ada}?asOf=2025-01-03T09:00:00Z")).Json;
        then.GetProperty("interactionsOut").GetInt32().ShouldBe(7);
        then.GetProperty("interactionsIn").GetInt32().ShouldBe(6);
        then.GetProperty("asOf").GetString().ShouldBe("2025-01-03T09:00:00Z");
        var before = (await _server.GetAsync($"/v1/people/{SmallNetwork.Ada}?asOf=1999-01-01T00:00:00Z")).Json;
        before.GetProperty("interactionsOut").GetInt32().ShouldBe(0);
        before.GetProperty("firstSeen").ValueKind.ShouldBe(JsonValueKind.Null);
        Items(await _server.GetAsync($"/v1/people/{SmallNetwork.Ada}/ties?asOf=1999-01-01T00:00:00Z")).ShouldBeEmpty();
        (await _server.GetAsync("/v1/network?asOf=1999-01-01T00:00:00Z")).Json.GetProperty("ties").GetInt64().ShouldBe(0);
        (await _server.GetAsync("/v1/network/reciprocity?asOf=1999-01-01T00:00:00Z")).Json.GetProperty("r").ValueKind.ShouldBe(
            JsonValueKind.Null);
    }

    [Fact]
    public async Task Ties_come_strongest_first_and_page_by_page()
    {
        var all = Items(await _server.GetAsync($"/v1/people/{SmallNetwork.Ada}/ties"));
        all.Select(t => t.GetProperty("person").GetString()).ShouldBe([SmallNetwork.Bob, SmallNetwork.Eve]);
        var first = (await _server.GetAsync($"/v1/people/{SmallNetwork.Ada}/ties?limit=1")).Json;
        var cursor = first.GetProperty("nextCursor").GetString();
        var second = (await _server.GetAsync($"/v1/people/{SmallNetwork.Ada}/ties?limit=1&cursor={cursor}")).Json;
        second.GetProperty("items")[0].GetProperty("person").GetString().ShouldBe(SmallNetwork.Eve);
        second.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
        second.GetProperty("asOf").GetString().ShouldBe(first.GetProperty("asOf").GetString());
        (await _server.GetRawAsync($"/v1/people/{Segment(SmallNetwork.Bob)}/ties?limit=1&cursor={cursor}")).ShouldBeProblem(400, "cursor");
    }

    [Fact]
    public async Task One_dyad_is_answered_in_full()
    {
        var tie = (await _server.GetRawAsync($"/v1/people/{Segment(SmallNetwork.Cem)}/ties/{Segment(SmallNetwork.Dee)}")).Json;
        tie.GetProperty("person").GetString().ShouldBe(SmallNetwork.Dee);
        tie.GetProperty("interactionsOut").GetInt32().ShouldBe(12);
        tie.GetProperty("balance").GetDouble().ShouldBeInRange(0.9, 1);
        tie.GetProperty("asOf").GetString().ShouldNotBeNull();
        var nothing = (await _server.GetRawAsync($"/v1/people/{SmallNetwork.Ada}/ties/{Segment(SmallNetwork.Dee)}")).Json;
        nothing.GetProperty("interactionsOut").GetInt32().ShouldBe(0);
        nothing.GetProperty("status").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Reciprocity_is_answered_for_a_person_and_the_network()
    {
        var person = (await _server.GetAsync($"/v1/people/{SmallNetwork.Ada}/reciprocity")).Json;
        person.GetProperty("returned").GetDouble().ShouldBe(1, 0.01);
        person.GetProperty("mutualTies").GetInt32().ShouldBe(2);
        person.GetProperty("asOf").GetString().ShouldNotBeNull();
        var network = (await _server.GetAsync("/v1/network/reciprocity")).Json;
        network.GetProperty("people").GetInt32().ShouldBe(5);
        network.GetProperty("ties").GetInt64().ShouldBe(8);
        network.GetProperty("r").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task A_list_of_ties_says_what_its_probabilities_are_about_and_how_they_are_made()
    {
        var ties = (await _server.GetAsync($"/v1/people/{SmallNetwork.Ada}/ties?limit=1")).Json;
        ties.GetProperty("persistWithinDays").GetDouble().ShouldBe(90);
        ties.GetProperty("model").GetProperty("name").GetString().ShouldBe("prior");
        ties.GetProperty("model").GetProperty("learned").GetBoolean().ShouldBeFalse();
        ties.GetProperty("model").GetProperty("gridDate").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task A_dormant_tie_is_answered_with_its_worth()
    {
        var dormant = Items(await _server.GetAsync($"/v1/people/{SmallNetwork.Ada}/dormant-ties?asOf=2025-12-31T00:00:00Z"))
            .ShouldHaveSingleItem();
        dormant.GetProperty("person").GetString().ShouldBe(SmallNetwork.Eve);
        dormant.GetProperty("silenceDays").GetDouble().ShouldBeGreaterThan(365);
    }

    [Fact]
    public async Task The_network_is_answered_in_numbers()
    {
        var network = (await _server.GetAsync("/v1/network?asOf=2025-12-31T00:00:00Z")).Json;
        network.GetProperty("people").GetInt32().ShouldBe(5);
        network.GetProperty("interactions").GetInt64().ShouldBe(84);
        network.GetProperty("dyads").GetInt64().ShouldBe(4);
        network.GetProperty("ties").GetInt64().ShouldBe(8);
        network.GetProperty("statuses").GetProperty("dormant").GetInt64().ShouldBe(1);
        network.GetProperty("position").GetInt64().ShouldBe(87);
    }

    [Fact]
    public async Task Introductions_are_found_to_a_person_and_to_anyone_of_a_set()
    {
        var one = (await _server.GetAsync(
            $"/v1/people/{SmallNetwork.Ada}/introductions?to={SmallNetwork.Cem}&asOf=2025-12-31T00:00:00Z")).Json;
        var path = one.GetProperty("paths").EnumerateArray().ShouldHaveSingleItem();
        path.GetProperty("brokers").EnumerateArray().Select(b => b.GetString()).ShouldBe([SmallNetwork.Bob]);
        path.GetProperty("score").GetDouble().ShouldBeInRange(0.01, 0.9);
        path.GetProperty("hops").GetArrayLength().ShouldBe(2);
        one.GetProperty("alreadyConnected").ValueKind.ShouldBe(JsonValueKind.Null);
        one.GetProperty("likelyToConnect").GetDouble().ShouldBeInRange(0.0001, 0.5);
        one.GetProperty("model").GetProperty("learned").GetBoolean().ShouldBeFalse();
        one.GetProperty("leftOut").GetInt32().ShouldBe(0);
        path.GetProperty("factors").GetProperty("brokers").GetInt32().ShouldBe(1);
        var set = (await _server.GetAsync($"/v1/people/{SmallNetwork.Ada}/introductions?organisation=Acme&role=seller&k=1&maxHops=3")).Json;
        set.GetProperty("target").GetProperty("people").GetInt32().ShouldBe(1);
        set.GetProperty("paths")[0].GetProperty("brokers").EnumerateArray().Select(b => b.GetString())
            .ShouldBe([SmallNetwork.Bob, SmallNetwork.Cem]);
        var known = (await _server.GetRawAsync(
            $"/v1/people/{SmallNetwork.Ada}/introductions?to={Uri.EscapeDataString(SmallNetwork.Bob)}")).Json;
        known.GetProperty("alreadyConnected").GetProperty("to").GetString().ShouldBe(SmallNetwork.Bob);
        known.GetProperty("likelyToConnect").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task History_comes_newest_first_filtered_and_page_by_page()
    {
        var seen = new List<JsonElement>();
        var path = $"/v1/people/{SmallNetwork.Ada}/interactions?limit=7";
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await _server.GetAsync(path + (cursor.Length > 0 ? $"&cursor={cursor}" : ""))).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray());
            cursor = page.GetProperty("nextCursor").GetString();
        }
        seen.Count.ShouldBe(36);
        seen.Select(i => i.GetProperty("id").GetString()).Distinct().Count().ShouldBe(36);
        var dates = seen.Select(i => i.GetProperty("at").GetDateTimeOffset()).ToList();
        dates.ShouldBe(dates.OrderDescending());
        Items(await _server.GetAsync($"/v1/people/{SmallNetwork.Ada}/interactions?with={SmallNetwork.Eve}")).Count.ShouldBe(12);
        Items(await _server.GetAsync($"/v1/people/{SmallNetwork.Ada}/interactions?kind=meeting")).ShouldBeEmpty();
        Items(await _server.GetAsync(
            $"/v1/people/{SmallNetwork.Ada}/interactions?since=2025-01-01T00:00:00Z&until=2025-01-31T00:00:00Z")).Count.ShouldBe(2);
        Items(await _server.GetAsync($"/v1/people/{SmallNetwork.Ada}/interactions?asOf=2020-01-31T00:00:00Z")).Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("", new[] { SmallNetwork.Ada, SmallNetwork.Cem, SmallNetwork.Dee, SmallNetwork.Eve, SmallNetwork.Bob })]
    [InlineData("?organisation=acme", new[] { SmallNetwork.Cem, SmallNetwork.Dee })]
    [InlineData("?organisation=Acme&role=buyer", new[] { SmallNetwork.Cem })]
    [InlineData("?tag=maths", new[] { SmallNetwork.Ada, SmallNetwork.Cem })]
    [InlineData("?query=love", new[] { SmallNetwork.Ada })]
    [InlineData("?organisation=nowhere", new string[0])]
    public async Task People_are_searched_by_all_filters_given(string query, string[] found)
    {
        var seen = new List<string?>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = (await _server.GetAsync(
                $"/v1/people{query}{(query.Length == 0 ? "?" : "&")}limit=1{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}")).Json;
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        seen.ShouldBe(found);
    }

    private static List<JsonElement> Items(Answer answer)
    {
        answer.Status.ShouldBe(200, answer.Body);
        return [.. answer.Json.GetProperty("items").EnumerateArray()];
    }
}
