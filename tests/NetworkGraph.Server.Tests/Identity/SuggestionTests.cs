namespace NetworkGraph.Server.Tests.Identity;

public sealed class SuggestionTests
{
    private const string Work = "ann.lee@work.example", Home = "annlee77@home.example", Bea = "bea@work.example";

    [Fact]
    public async Task Duplicates_are_suggested_with_a_reason_and_a_decision_is_remembered()
    {
        await using var server = await RunningServer.StartAsync();
        foreach (var (id, name) in new[] { (Work, "Ann Lee"), (Home, "Lee, Ann"), (Bea, "Bea Ott"), ("info@work.example", "Ann Lee"),
            ("bott@home.example", "") })
            await server.SendAsync(HttpMethod.Put, $"/v1/people/{id}", name.Length == 0 ? "{}" : $$"""{"name":"{{name}}"}""");
        await server.UntilVisibleAsync();

        var items = (await server.GetAsync("/v1/identity/suggestions")).Json.GetProperty("items").EnumerateArray().ToList();
        items.Select(i => (i.GetProperty("one").GetString(), i.GetProperty("other").GetString(), i.GetProperty("rule").GetString()))
            .ShouldBe([(Work, Home, "same-name"), (Bea, "bott@home.example", "spelt-name")]);
        items[0].GetProperty("evidence").GetString()!.ShouldContain("ann lee");
        var probability = items[0].GetProperty("probability").GetDouble();
        probability.ShouldBeInRange(0.9, 1);

        var rejected = await server.SendAsync(
            HttpMethod.Post, $"/v1/identity/suggestions/{items[0].GetProperty("id").GetString()}?decision=distinct");
        rejected.Json.GetProperty("state").GetString().ShouldBe("distinct", rejected.Body);
        rejected.Json.GetProperty("probability").GetDouble().ShouldBeLessThan(probability, "a decision recalibrates the rule");
        var accepted = await server.SendAsync(
            HttpMethod.Post, $"/v1/identity/suggestions/{items[1].GetProperty("id").GetString()}?decision=merge&canonical={Bea}");
        accepted.Json.GetProperty("state").GetString().ShouldBe("merged", accepted.Body);
        (await server.GetAsync("/v1/identity/suggestions")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await server.GetAsync("/v1/people/bott@home.example")).Json.GetProperty("id").GetString().ShouldBe(Bea);
        (await server.GetAsync($"/v1/people/{Bea}/aliases")).Json.GetProperty("merges")[0].GetProperty("rule").GetString()
            .ShouldBe("spelt-name");

        var whyNot = (await server.GetAsync($"/v1/identity/suggestions?first={Bea}&second={Work}")).Json.GetProperty("items")[0];
        whyNot.GetProperty("state").GetString().ShouldBe("none");
        whyNot.GetProperty("evidence").GetString()!.ShouldContain("not forms of one");
        (await server.GetAsync($"/v1/identity/suggestions?first={Bea}")).ShouldBeProblem(400, "second");
        (await server.SendAsync(HttpMethod.Post, "/v1/identity/suggestions/nonsense?decision=merge")).ShouldBeProblem(404, "suggestion");
        (await server.SendAsync(HttpMethod.Post, $"/v1/identity/suggestions/{items[0].GetProperty("id").GetString()}"))
            .ShouldBeProblem(400, "decision");
    }
}
