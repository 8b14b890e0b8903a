using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Server.Tests.Http;

/// <summary>A person's ties page by page, picked out, sorted, and with names.</summary>
public class TieListTests
{
    private static readonly DateTimeOffset s_at = new(2026, 11, 20, 10, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("")]
    [InlineData("&sort=interactions")]
    [InlineData("&asOf=2026-11-25T00:00:00Z")]
    public async Task A_walk_names_every_tie_once_also_where_ties_change_places_meanwhile(string more)
    {
        await using var server = await RunningServer.StartAsync();
        await server.AppendAsync([.. Enumerable.Range(0, 8).SelectMany(other => Messages($"q{other}", $"other{other}", 8 - other))]);
        var first = await server.GetAsync($"/v1/people/me/ties?limit=3{more}");
        var named = NamesOf(first);

        // The last of the list comes to the front, somebody new comes in, and somebody of the first page falls back.
        await server.AppendAsync([.. Messages("up", "other7", 30), .. Messages("new", "somebody", 50)]);

        for (var page = first; page.Json.GetProperty("nextCursor").GetString() is { } cursor;)
        {
            page = await server.GetAsync($"/v1/people/me/ties?limit=3{more}&cursor={cursor}");
            page.Status.ShouldBe(200, page.Body);
            named.AddRange(NamesOf(page));
        }
        named.ShouldBe(Enumerable.Range(0, 8).Select(other => $"other{other}"));
        NamesOf(await server.GetAsync($"/v1/people/me/ties?limit=2{more}")).ShouldBe(["somebody", "other7"]);
    }

    [Fact]
    public async Task Ties_are_picked_out_by_status_relationship_and_tag_and_sorted()
    {
        await using var server = await RunningServer.StartAsync();
        await server.AppendAsync(
        [
            .. Messages("a", "ann", 3), .. Messages("b", "bob", 2), .. Messages("c", "cem", 1),
            new ProfileChanged { AtMs = s_at.ToUnixTimeMilliseconds(),
                Profile = new Profile { Id = "bob", Name = "Bob Bobson", Tags = ["investor"] } },
        ]);
        NamesOf(await server.GetAsync("/v1/people/me/ties?tag=Investor")).ShouldBe(["bob"]);
        NamesOf(await server.GetAsync("/v1/people/me/ties?status=new")).ShouldBe(["ann", "bob", "cem"]);
        NamesOf(await server.GetAsync("/v1/people/me/ties?status=dormant")).ShouldBeEmpty();
        NamesOf(await server.GetAsync("/v1/people/me/ties?relationship=one-sided&sort=silence")).ShouldBe(["cem", "bob", "ann"]);
        NamesOf(await server.GetAsync("/v1/people/me/ties?sort=lastContact")).ShouldBe(["ann", "bob", "cem"]);
        (await server.GetAsync("/v1/people/me/ties?status=fading")).ShouldBeProblem(400, "status");
        (await server.GetAsync("/v1/people/me/ties?sort=colour")).ShouldBeProblem(400, "sort");

        var ties = (await server.GetAsync("/v1/people/me/ties")).Json.GetProperty("items");
        ties.EnumerateArray().Select(tie => tie.GetProperty("name").GetString()).ShouldBe([null, "Bob Bobson", null]);
        (await server.GetAsync("/v1/people/me/ties/bob")).Json.GetProperty("name").GetString().ShouldBe("Bob Bobson");
        (await server.GetAsync("/v1/people/ann/ties/bob")).Json.GetProperty("name").GetString().ShouldBe("Bob Bobson");
    }

    private static List<string> NamesOf(Answer answer) =>
        [.. answer.Json.GetProperty("items").EnumerateArray().Select(tie => tie.GetProperty("person").GetString()!)];

    /// <summary>So many messages to the other, a minute apart.</summary>
    private static IEnumerable<LogRecord> Messages(string id, string to, int count) =>
        Enumerable.Range(0, count).Select(i => new Interaction
        {
            Id = $"{id}-{i}",
            AtMs = s_at.AddMinutes(i).ToUnixTimeMilliseconds(),
            From = "me",
            To = [to],
            Kind = InteractionKind.Message,
        });
}
