using System.Globalization;
using System.Text;
using System.Text.Json;
using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Server.Tests.Identity;

public sealed class AliasTests
{
    private const string Work = "ann@work.example", Home = "ann@home.example", Bea = "bea@work.example", Cy = "cy@work.example";

    [Fact]
    public async Task Merged_ids_are_one_person_and_a_split_gives_every_answer_back_to_the_byte()
    {
        await using var server = await RunningServer.StartAsync();
        await SendAsync(server, Story());
        var asOf = Uri.EscapeDataString((await server.GetAsync("/v1/network")).Json.GetProperty("asOf").GetString()!);
        var before = await AnswersAsync(server, asOf);

        var merged = await server.SendAsync(HttpMethod.Put, $"/v1/people/{Home}/aliases/{Work}");
        merged.Status.ShouldBe(200, merged.Body);
        await server.UntilVisibleAsync();
        merged.Json.GetProperty("canonical").GetString().ShouldBe(Work, "the id with more interactions");
        merged.Json.GetProperty("ids").EnumerateArray().Select(i => i.GetString()).ShouldBe([Home, Work]);
        var person = (await server.GetAsync($"/v1/people/{Home}")).Json;
        person.GetProperty("id").GetString().ShouldBe(Work, "an old id answers for the person, by the canonical one");
        person.GetProperty("aliases")[0].GetString().ShouldBe(Home);
        var ties = (await server.GetAsync($"/v1/people/{Bea}/ties")).Json.GetProperty("items").EnumerateArray().ToList();
        ties.Count(t => t.GetProperty("person").GetString() == Work).ShouldBe(1);
        ties.ShouldNotContain(t => t.GetProperty("person").GetString() == Home);
        (await server.GetAsync($"/v1/people/{Bea}/ties/{Home}")).Json.GetProperty("person").GetString().ShouldBe(Work);
        (await server.GetAsync($"/v1/people/{Home}/introductions?to={Cy}")).Json.GetProperty("from").GetString().ShouldBe(Work);
        (await server.GetAsync("/v1/network")).Json.GetProperty("people").GetInt32().ShouldBe(3);
        (await server.GetAsync("/v1/people")).Json.GetProperty("items").GetArrayLength().ShouldBe(3);
        (await server.GetAsync($"/v1/people?query={Home}")).Json.GetProperty("items")[0].GetProperty("id").GetString().ShouldBe(Work);
        var position = server.LastPosition;
        (await server.SendAsync(HttpMethod.Put, $"/v1/people/{Home}/aliases/{Work}")).Status.ShouldBe(200);
        server.LastPosition.ShouldBe(position, "said again it changes nothing");

        (await server.SendAsync(HttpMethod.Delete, $"/v1/people/{Work}/aliases/{Home}")).Status.ShouldBe(200);
        await server.UntilVisibleAsync();
        (await AnswersAsync(server, asOf)).ShouldBe(before);
        (await server.SendAsync(HttpMethod.Delete, $"/v1/people/{Work}/aliases/{Home}")).ShouldBeProblem(404, "other");
        (await server.SendAsync(HttpMethod.Put, $"/v1/people/{Work}/aliases/{Work}")).ShouldBeProblem(400, "other");
        (await server.SendAsync(HttpMethod.Put, $"/v1/people/{Work}/aliases/{Home}?canonical={Bea}")).ShouldBeProblem(400, "canonical");
        var distinct = await server.SendAsync(HttpMethod.Delete, $"/v1/people/{Work}/aliases/{Home}?distinct=true");
        distinct.Json.GetProperty("distinct").EnumerateArray().Select(i => i.GetString()).ShouldBe([Home]);
    }

    [Fact]
    public async Task Profiles_come_together_and_stay_with_their_ids()
    {
        await using var server = await RunningServer.StartAsync();
        await server.SendAsync(HttpMethod.Put, $"/v1/people/{Home}", """{"name":"Ann","tags":["choir"]}""");
        await server.SendAsync(HttpMethod.Put, $"/v1/people/{Work}", """{"organisation":"Acme","role":"engineer"}""");
        await server.SendAsync(HttpMethod.Put, $"/v1/people/{Work}/aliases/{Home}?canonical={Work}");
        await server.UntilVisibleAsync();

        var person = (await server.GetAsync($"/v1/people/{Home}")).Json;
        person.GetProperty("name").GetString().ShouldBe("Ann");
        person.GetProperty("organisation").GetString().ShouldBe("Acme");
        person.GetProperty("tags")[0].GetString().ShouldBe("choir");
        (await server.GetAsync("/v1/people?organisation=Acme&tag=choir")).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        await server.SendAsync(HttpMethod.Delete, $"/v1/people/{Work}/aliases/{Home}");
        await server.UntilVisibleAsync();
        (await server.GetAsync($"/v1/people/{Work}")).Json.GetProperty("name").ValueKind.ShouldBe(JsonValueKind.Null);
        (await server.GetAsync("/v1/people?organisation=Acme&tag=choir")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Blocks_reports_and_keys_hold_for_the_whole_person()
    {
        await using var server = await KeyedServer.StartAsync([Home, Bea]);
        await SendAsync(server.Server, Story());
        var me = $"person:{Home}";
        (await server.GetAsync(me, $"/v1/people/{Work}/ties")).ShouldBeProblem(403);
        (await server.SendAsync("admin", HttpMethod.Put, $"/v1/people/{Bea}/blocks/{Home}")).Status.ShouldBe(200);
        (await server.SendAsync("analyst", HttpMethod.Put, $"/v1/people/{Work}/aliases/{Home}")).ShouldBeProblem(403);
        (await server.SendAsync("admin", HttpMethod.Put, $"/v1/people/{Work}/aliases/{Home}")).Status.ShouldBe(200);
        await server.Server.UntilVisibleAsync();

        (await server.GetAsync(me, $"/v1/people/{Work}/ties")).Status.ShouldBe(200, "a key is for the person");
        (await server.GetAsync(me, $"/v1/people/{Home}/aliases")).Json.GetProperty("ids").GetArrayLength().ShouldBe(2);
        (await server.GetAsync("admin", $"/v1/people/{Bea}/ties/{Work}")).Json.GetProperty("status").GetString().ShouldBe("blocked");
        (await server.GetAsync("admin", $"/v1/people/{Work}/introductions?to={Bea}")).Json.GetProperty("paths").GetArrayLength()
            .ShouldBe(0);
        (await server.SendAsync("admin", HttpMethod.Put, $"/v1/people/{Work}/blocks/{Cy}")).Status.ShouldBe(200);
        (await server.SendAsync(me, HttpMethod.Post, "/v1/reports", $$"""{"reporter":"{{Work}}","about":"{{Bea}}","reason":"spam"}"""))
            .Status.ShouldBe(200);
        (await server.SendAsync(
            $"person:{Bea}", HttpMethod.Post, "/v1/reports", $$"""{"reporter":"{{Bea}}","about":"{{Home}}","reason":"spam"}"""))
            .Status.ShouldBe(200);
        (await server.GetAsync("safety", $"/v1/reports?about={Home}")).Json.GetProperty("items").GetArrayLength().ShouldBe(1);

        (await server.SendAsync("admin", HttpMethod.Delete, $"/v1/people/{Work}/aliases/{Home}")).Status.ShouldBe(200);
        await server.Server.UntilVisibleAsync();
        foreach (var id in new[] { Work, Home })
        {
            (await server.GetAsync("admin", $"/v1/people/{id}/blocks")).Json.GetProperty("items").GetArrayLength()
                .ShouldBe(1, "made while merged, it holds for each id");
            (await server.GetAsync("safety", $"/v1/reports?about={id}")).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        }
        (await server.GetAsync("admin", $"/v1/people/{Bea}/blocks")).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Erasure_takes_all_ids_of_a_person()
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-aliases-");
        await using (var server = await RunningServer.StartAsync(options => options with { Data = folder.FullName }))
        {
            await SendAsync(server, Story());
            await server.SendAsync(HttpMethod.Put, $"/v1/people/{Work}/aliases/{Home}");
            (await server.SendAsync(HttpMethod.Delete, $"/v1/people/{Home}")).Status.ShouldBe(200);
            foreach (var id in new[] { Work, Home }) (await server.GetAsync($"/v1/people/{id}")).ShouldBeProblem(404, "id");
            (await server.GetAsync($"/v1/people/{Work}/aliases")).ShouldBeProblem(404, "id");
            (await server.GetAsync($"/v1/people/{Bea}/ties")).Json.GetProperty("items").GetArrayLength().ShouldBe(1);
        }
        await using (var server = await RunningServer.StartAsync(options => options with { Data = folder.FullName }))
        {
            foreach (var id in new[] { Work, Home }) (await server.GetAsync($"/v1/people/{id}")).ShouldBeProblem(404, "id");
            await server.StopAsync();
        }
        foreach (var file in folder.EnumerateFiles("*", SearchOption.AllDirectories).Where(static file => file.Name != "lock"))
            Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file.FullName, TestContext.Current.CancellationToken))
                .ShouldNotContain("ann@");
        folder.Delete(recursive: true);
    }

    /// <summary>Ann writes from two addresses, sometimes to herself and sometimes is written to at both.</summary>
    private static string Story()
    {
        var lines = new StringBuilder();
        for (var week = 0; week < 12; week++)
        {
            var day = new DateTime(2026, 2, 1, 9, 0, 0, DateTimeKind.Utc).AddDays(7 * week);
            Line("w", Work, $"\"{Bea}\"", day);
            Line("v", Bea, $"\"{Work}\"", day.AddHours(1));
            if (week % 2 == 0) Line("h", Home, $"\"{Bea}\"", day.AddHours(2));
            if (week % 3 == 0) Line("s", Work, $"\"{Home}\"", day.AddHours(3));
            if (week % 4 == 0) Line("b", Bea, $"\"{Home}\",\"{Work}\",\"{Cy}\"", day.AddHours(4));
            Line("c", Cy, $"\"{Bea}\"", day.AddHours(5));
            Line("d", Bea, $"\"{Cy}\"", day.AddHours(6));

            void Line(string kind, string from, string to, DateTime at) => lines.AppendLine(CultureInfo.InvariantCulture,
                $$"""{"id":"{{kind}}-{{week}}","at":"{{at:O}}","from":"{{from}}","to":[{{to}}],"kind":"message"}""");
        }
        return lines.ToString();
    }

    private static async Task SendAsync(RunningServer server, string ndjson)
    {
        (await server.SendAsync(HttpMethod.Post, "/v1/interactions", ndjson, "application/x-ndjson")).Status.ShouldBe(200);
        await server.UntilVisibleAsync();
    }

    private static async Task<string[]> AnswersAsync(RunningServer server, string asOf)
    {
        var answers = new List<string>();
        foreach (var path in new[] { "/v1/network/brokers", "/v1/network/communities", "/v1/network/reciprocity", "/v1/venues" })
            answers.Add((await server.GetAsync($"{path}?asOf={asOf}")).Body);
        foreach (var id in new[] { Work, Home, Bea, Cy })
            foreach (var of in new[] { "", "/ties", "/reciprocity", "/interactions", "/archetypes", "/warnings", "/structure",
                "/follow-ups", "/referrals", "/nudges" })
                answers.Add((await server.GetAsync($"/v1/people/{id}{of}?asOf={asOf}")).Body);
        return [.. answers];
    }
}
