using System.Text.Json;

namespace NetworkGraph.Server.Tests.Http;

/// <summary>How a network is doing as a whole, over HTTP.</summary>
public class OverviewTests(SmallNetworkServer small, HabitServer habits) : IClassFixture<SmallNetworkServer>, IClassFixture<HabitServer>
{
    [Fact]
    public async Task Reciprocity_is_spread_over_everyone_with_a_tie()
    {
        var answer = (await small.Server.GetAsync("/v1/network/reciprocity/distribution")).Json;

        answer.GetProperty("binWidth").GetDouble().ShouldBe(0.05);
        foreach (var (name, of) in new[] { ("returned", 5), ("given", 5), ("balance", 4) })
        {
            var shares = answer.GetProperty(name);
            shares.GetProperty("of").GetInt64().ShouldBe(of);
            shares.GetProperty("zeros").GetInt64().ShouldBe(0);
            shares.GetProperty("median").GetDouble().ShouldBeGreaterThan(0.9);
            shares.GetProperty("counts").EnumerateArray().Select(static c => c.GetInt64()).Sum().ShouldBe(of);
        }
        var before = (await small.Server.GetAsync("/v1/network/reciprocity/distribution?asOf=2019-01-01T00:00:00Z")).Json.GetProperty(
            "returned");
        before.GetProperty("of").GetInt64().ShouldBe(0);
        before.GetProperty("median").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Fact]
    public async Task Changes_name_the_dyads_that_changed()
    {
        var answer = (await small.Server.GetAsync("/v1/network/changes?asOf=2025-01-20T00:00:00Z")).Json;

        answer.GetProperty("since").GetString().ShouldBe("2024-12-21T00:00:00Z");
        answer.GetProperty("dyads").GetInt64().ShouldBe(3);
        var began = answer.GetProperty("changes").EnumerateArray().ShouldHaveSingleItem();
        began.GetProperty("from").ValueKind.ShouldBe(JsonValueKind.Null);
        began.GetProperty("to").GetString().ShouldBe("new");
        began.GetProperty("strongest").GetArrayLength().ShouldBe(3);
        began.GetProperty("strongest").EnumerateArray()
            .ShouldContain(pair => pair.GetProperty("firstName").GetString() == "Ada Lovelace" || pair.GetProperty("secondName")
            .GetString() == "Ada Lovelace");

        var slept = (await small.Server.GetAsync(
            "/v1/network/changes?since=2020-08-01T00:00:00Z&asOf=2024-01-01T00:00:00Z")).Json.GetProperty("changes").EnumerateArray()
            .ShouldHaveSingleItem();
        (slept.GetProperty("from").GetString(), slept.GetProperty("to").GetString()).ShouldBe(("active", "dormant"));
    }

    [Theory]
    [InlineData("/v1/network/changes?since=2025-02-01T00:00:00Z&asOf=2025-01-01T00:00:00Z", "since")]
    [InlineData("/v1/network/changes?since=lately", "since")]
    [InlineData("/v1/network/warnings?asOf=2025-01-01T00:00:00Z", "asOf")]
    public async Task An_invalid_question_is_refused(string target, string parameter) =>
        (await small.Server.GetAsync(target)).ShouldBeProblem(400, parameter);

    [Fact]
    public async Task Network_warnings_leave_out_what_only_those_concerned_see()
    {
        JsonElement answer;
        do answer = (await habits.Server.GetAsync("/v1/network/warnings")).Json;
        while (answer.GetProperty("asOf").ValueKind is JsonValueKind.Null || answer.GetProperty("items")[0].GetProperty("people")
            .GetInt32() == 0);

        var warnings = answer.GetProperty("items").EnumerateArray().ToDictionary(static w => w.GetProperty("warning").GetString()!);
        warnings.ShouldNotContainKey("unwanted-persistence");
        var pitches = warnings["premature-pitch"];
        pitches.GetProperty("most").EnumerateArray().Select(static p => p.GetProperty("person").GetString()).ShouldContain("per");
        pitches.GetProperty("ties").GetInt64().ShouldBeGreaterThanOrEqualTo(pitches.GetProperty("people").GetInt32());
        warnings["spamming"].GetProperty("ties").ValueKind.ShouldBe(JsonValueKind.Null);
        foreach (var person in pitches.GetProperty("most").EnumerateArray())
            (await habits.Server.GetAsync($"/v1/people/{person.GetProperty("person").GetString()}/warnings")).Json.GetProperty("items")
                .EnumerateArray()
                .Count(static w => w.GetProperty("warning").GetString() == "premature-pitch")
                .ShouldBe(person.GetProperty("ties").GetInt32());
    }
}
