using System.Text.Json;
using NetworkGraph.Server.Tests.Live;

namespace NetworkGraph.Server.Tests.Identity;

public sealed class IdentityChangeTests
{
    private const string Work = "ann@work.example", Home = "ann@home.example", Old = "ann@old.example";

    [Fact]
    public async Task Merges_and_splits_are_listed_in_the_order_of_the_log_with_who_is_who_now()
    {
        await using var server = await RunningServer.StartAsync();
        (await server.GetAsync("/v1/identity/changes")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
        using var live = await LiveStream.OpenAsync(server.Address, null);
        await live.NextAsync("counters");
        (await server.SendAsync(HttpMethod.Put, $"/v1/people/{Work}/aliases/{Home}?canonical={Work}")).Status.ShouldBe(200);
        (await server.SendAsync(HttpMethod.Put, $"/v1/people/{Home}/aliases/{Old}?batch=cards")).Status.ShouldBe(200);
        (await server.SendAsync(HttpMethod.Delete, $"/v1/people/{Work}/aliases/{Home}?distinct=true")).Status.ShouldBe(200);

        var all = (await server.GetAsync("/v1/identity/changes")).Json;
        all.GetProperty("items").EnumerateArray().Select(Shown).ShouldBe(
            [$"merged {Work} {Home} ", $"merged {Home} {Old} cards", $"split {Work} {Home} ", $"distinct {Work} {Home} "]);
        People(all.GetProperty("items")[0]).ShouldBe([$"{Work}: {Work}", $"{Home}: {Home} {Old}"], "as it is now, not as it was");
        var first = (await server.GetAsync("/v1/identity/changes?limit=1")).Json;
        var rest = (await server.GetAsync($"/v1/identity/changes?after={first.GetProperty("position").GetInt64()}")).Json;
        rest.GetProperty("items").GetArrayLength().ShouldBe(3);
        var end = rest.GetProperty("position").GetInt64();
        end.ShouldBe(server.LastPosition);
        var nothing = (await server.GetAsync($"/v1/identity/changes?after={end}")).Json;
        (nothing.GetProperty("items").GetArrayLength(), nothing.GetProperty("position").GetInt64()).ShouldBe((0, end));
        (await server.GetAsync("/v1/identity/changes?after=-1")).ShouldBeProblem(400, "after");

        foreach (var change in new[] { "merged", "merged", "split", "distinct" })
            (await live.NextAsync("identity")).GetProperty("change").GetString().ShouldBe(change);
    }

    [Fact]
    public async Task An_erased_person_is_in_no_change()
    {
        await using var server = await RunningServer.StartAsync();
        (await server.SendAsync(HttpMethod.Put, $"/v1/people/{Work}/aliases/{Home}")).Status.ShouldBe(200);
        await server.UntilVisibleAsync();
        (await server.SendAsync(HttpMethod.Delete, $"/v1/people/{Home}")).Status.ShouldBe(200);
        (await server.GetAsync("/v1/identity/changes")).Json.GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    private static string Shown(JsonElement change) =>
        $"{change.GetProperty("change").GetString()} {change.GetProperty("one").GetString()} {change.GetProperty("other").GetString()} "
            + $"{change.GetProperty("batch").GetString()}";

    private static IEnumerable<string> People(JsonElement change) => change.GetProperty("people").EnumerateArray()
        .Select(static person =>
            $"{person.GetProperty("canonical").GetString()}: "
            + $"{string.Join(' ', person.GetProperty("ids").EnumerateArray().Select(static id => id.GetString()))}");
}
