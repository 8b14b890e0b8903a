using System.Globalization;
using System.Text;
using System.Text.Json;

namespace NetworkGraph.Server.Tests.Identity;

/// <summary>Rooms, lists, bots and shared desks among people: in histories, and in no measure of relationship.</summary>
public sealed class EntityTests
{
    private const string Room = "room-5@resource.calendar.example", List = "dev@lists.example", Bot = "noreply@shop.example",
        Desk = "Big-Desk";

    [Fact]
    public async Task Rooms_lists_and_bots_are_in_no_broker_list_path_or_nudge()
    {
        await using var server = await RunningServer.StartAsync();
        await SendAsync(server, Story(withDesk: false));

        Names(await server.GetAsync("/v1/network/brokers")).ShouldNotContain(id => id == Room || id == List || id == Bot);
        (await server.GetAsync("/v1/people/a1@corp.example/introductions?to=b1@corp.example")).Json.GetProperty("paths").GetArrayLength()
            .ShouldBe(0);
        (await server.GetAsync("/v1/people/a1@corp.example/nudges")).Body.ShouldNotContain(Bot);
        (await server.GetAsync("/v1/people/a1@corp.example/warnings")).Body.ShouldNotContain(Bot);
        Names(await server.GetAsync("/v1/people/a1@corp.example/ties")).ShouldBe(["a0@corp.example", "a2@corp.example"], ignoreOrder: true);
        var history = await server.GetAsync($"/v1/people/a1@corp.example/interactions?with={Room}");
        history.Json.GetProperty("items").GetArrayLength().ShouldBe(10, "histories keep them");
        (await server.GetAsync($"/v1/people/a1@corp.example/ties/{Room}")).Json.GetProperty("entity").GetString().ShouldBe("room");
        var room = (await server.GetAsync($"/v1/people/{Room}")).Json;
        room.GetProperty("entity").GetString().ShouldBe("room");
        room.GetProperty("entityReason").GetString().ShouldNotBeNullOrEmpty();
        Items(await server.GetAsync($"/v1/people/{Room}/ties")).ShouldBeEmpty();
        (await server.GetAsync("/v1/people?query=noreply")).Json.GetProperty("items")[0].GetProperty("entity").GetString().ShouldBe("bot");
    }

    [Fact]
    public async Task A_profile_says_what_an_id_is_at_once_and_after_a_restart()
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-entities-");
        string[] live;
        string asOf;
        await using (var server = await RunningServer.StartAsync(options => options with { Data = folder.FullName }))
        {
            await SendAsync(server, Story(withDesk: true));
            asOf = Uri.EscapeDataString((await server.GetAsync("/v1/network")).Json.GetProperty("asOf").GetString()!);
            (await PathsAsync(server, asOf)).ShouldBeGreaterThan(0, "by its id alone it is a person");
            await SetAsync(server, "room");
            (await PathsAsync(server, null)).ShouldBe(0);
            (await PathsAsync(server, asOf)).ShouldBe(0, "what a profile says holds at every date");
            live = await AnswersAsync(server, asOf);
        }
        await using (var server = await RunningServer.StartAsync(options => options with { Data = folder.FullName }))
        {
            (await AnswersAsync(server, asOf)).ShouldBe(live);
            await SetAsync(server, "person");
            (await PathsAsync(server, null)).ShouldBeGreaterThan(0);
            var wrong = await server.SendAsync(HttpMethod.Put, $"/v1/people/{Desk}", """{"entity":"robot"}""");
            wrong.ShouldBeProblem(400, "entity").ShouldContain("organisation");
        }
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Shared_desks_neither_get_warnings_nor_cause_them()
    {
        await using var server = await RunningServer.StartAsync();
        var lines = new StringBuilder();
        // Asks and asks, and gets nothing back: to a person that is exploitation.
        for (var day = 1; day <= 20; day++)
            foreach (var to in new[] { "support@corp.example", "bea@corp.example" })
            {
                lines.Append(CultureInfo.InvariantCulture, $$"""{"id":"{{to}}-{{day}}","at":"2026-05-{{day:00}}T09:00:00Z",""");
                lines.AppendLine(CultureInfo.InvariantCulture,
                    $"\"from\":\"ann@corp.example\",\"to\":\"{to}\",\"kind\":\"message\",\"exchange\":\"ask\"}}");
            }
        await SendAsync(server, lines.ToString());

        var asOf = Uri.EscapeDataString("2026-05-21T00:00:00Z");
        var warned = Items(await server.GetAsync($"/v1/people/ann@corp.example/warnings?asOf={asOf}"))
            .Select(w => w.GetProperty("person").GetString()).Where(person => person is not null).Distinct();
        warned.ShouldBe(["bea@corp.example"]);
        Items(await server.GetAsync($"/v1/people/support@corp.example/warnings?asOf={asOf}")).ShouldBeEmpty();
        var ties = Items(await server.GetAsync("/v1/people/ann@corp.example/ties"))
            .ToDictionary(t => t.GetProperty("person").GetString()!, t => t.GetProperty("entity").GetString());
        ties["support@corp.example"].ShouldBe("role", "a desk has relationships");
        ties["bea@corp.example"].ShouldBe("person");
    }

    /// <summary>Two teams that share a room, a list and a desk, which is called as a person might be.</summary>
    private static string Story(bool withDesk)
    {
        var lines = new StringBuilder();
        for (var week = 0; week < 10; week++)
        {
            var day = new DateTime(2026, 3, 1, 9, 0, 0, DateTimeKind.Utc).AddDays(7 * week);
            foreach (var team in new[] { "a", "b" })
            {
                var desk = withDesk ? $",\"{Desk}\"" : "";
                lines.Append(CultureInfo.InvariantCulture,
                    $$"""{"id":"m-{{team}}-{{week}}","at":"{{day:O}}","from":"{{team}}0@corp.example",""");
                lines.AppendLine(CultureInfo.InvariantCulture,
                    $"\"to\":[\"{team}1@corp.example\",\"{team}2@corp.example\",\"{Room}\"{desk}],\"kind\":\"meeting\"}}");
            }
            lines.AppendLine(CultureInfo.InvariantCulture,
                $$"""{"id":"l-{{week}}","at":"{{day:O}}","from":"a0@corp.example","to":["{{List}}"],"kind":"message"}""");
            lines.Append(CultureInfo.InvariantCulture, $$"""{"id":"r-{{week}}","at":"{{day.AddHours(1):O}}","from":"{{List}}",""");
            lines.AppendLine("\"to\":[\"a0@corp.example\",\"b0@corp.example\",\"b1@corp.example\"],\"kind\":\"message\"}");
            lines.Append(CultureInfo.InvariantCulture, $$"""{"id":"n-{{week}}","at":"{{day.AddHours(2):O}}","from":"{{Bot}}",""");
            lines.AppendLine("\"to\":[\"a1@corp.example\"],\"kind\":\"message\",\"exchange\":\"promotion\"}");
        }
        return lines.ToString();
    }

    private static async Task SendAsync(RunningServer server, string ndjson)
    {
        (await server.SendAsync(HttpMethod.Post, "/v1/interactions", ndjson, "application/x-ndjson")).Status.ShouldBe(200);
        await server.UntilVisibleAsync();
    }

    private static async Task SetAsync(RunningServer server, string entity)
    {
        (await server.SendAsync(HttpMethod.Put, $"/v1/people/{Desk}", $$"""{"entity":"{{entity}}"}""")).Status.ShouldBe(200);
        await server.UntilVisibleAsync();
    }

    private static async Task<int> PathsAsync(RunningServer server, string? asOf) =>
        (await server.GetAsync($"/v1/people/a1@corp.example/introductions?to=b1@corp.example{(asOf is null ? "" : $"&asOf={asOf}")}"))
        .Json.GetProperty("paths").GetArrayLength();

    private static async Task<string[]> AnswersAsync(RunningServer server, string asOf)
    {
        string[] paths = ["/v1/network/brokers", "/v1/network/communities", "/v1/network/reciprocity", "/v1/people/a1@corp.example/ties",
            $"/v1/people/{Desk}", "/v1/people/a1@corp.example/reciprocity"];
        var answers = new List<string>();
        foreach (var path in paths) answers.Add((await server.GetAsync($"{path}?asOf={asOf}")).Body);
        return [.. answers];
    }

    private static JsonElement.ArrayEnumerator Items(Answer answer) => answer.Json.GetProperty("items").EnumerateArray();

    private static IEnumerable<string?> Names(Answer answer) => Items(answer).Select(item => item.GetProperty("person").GetString());
}
