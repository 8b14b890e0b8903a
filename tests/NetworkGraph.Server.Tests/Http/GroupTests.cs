using System.Globalization;
using System.Text.Json;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Server.Tests.Http;

/// <summary>
/// North and South, ten people each: everyone writes to the next and is answered, and north0 to north5 have written to south0 to
/// south5. Of West, six people, two write to North. Tiny has three people who write to each other.
/// </summary>
public sealed class OrganisationsServer : IAsyncLifetime
{
    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        var records = new List<LogRecord>();
        foreach (var (organisation, people) in new[] { ("north", 10), ("south", 10), ("west", 6), ("tiny", 3) })
        {
            for (var person = 0; person < people; person++)
            {
                var (from, to) = ($"{organisation}{person}", $"{organisation}{(person + 1) % people}");
                records.Add(Sent(records.Count, from, to));
                records.Add(Sent(records.Count, to, from));
                records.Add(new ProfileChanged
                {
                    AtMs = 1_700_000_000_000,
                    Profile = new Profile
                    {
                        Id = from,
                        Name = from.ToUpperInvariant(),
                        Organisation = organisation,
                        Role = person == 0
                        ? "lead" : "clerk",
                        Tags = [organisation, "all"]
                    },
                });
            }
        }
        for (var person = 0; person < 6; person++) records.Add(Sent(records.Count, $"north{person}", $"south{person}"));
        records.Add(Sent(records.Count, "south1", "north1"));
        records.Add(Sent(records.Count, "west0", "north0"));
        records.Add(Sent(records.Count, "west1", "north1"));
        await Server.AppendAsync([.. records]);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static Interaction Sent(int number, string from, string to) => new()
    {
        Id = $"g{number}",
        AtMs = new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero).AddHours(number).ToUnixTimeMilliseconds(),
        From = from,
        To = [to],
        Kind = InteractionKind.Message,
    };
}

public sealed class GroupTests(OrganisationsServer fixture) : IClassFixture<OrganisationsServer>
{
    private readonly RunningServer _server = fixture.Server;

    [Fact]
    public async Task Cells_count_ties_from_organisation_to_organisation()
    {
        var groups = await GetAsync("/v1/network/groups?asOf=2026-01-01T00:00:00Z");
        groups.GetProperty("by").GetString().ShouldBe("organisation");
        groups.GetProperty("ties").GetInt64().ShouldBe(20 + 20 + 12 + 6 + 6 + 1 + 2);
        groups.GetProperty("smallGroups").GetInt32().ShouldBe(1);
        var cell = Cell(groups, "north", "south").ShouldNotBeNull();
        (cell.GetProperty("ties").GetInt64(), cell.GetProperty("peopleFrom").GetInt32(), cell.GetProperty("peopleTo").GetInt32())
            .ShouldBe((6, 6, 6));
        cell.GetProperty("reciprocated").GetDouble().ShouldBe(1 / 6d, 1e-4);
        cell.GetProperty("strength").GetDouble().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_rests_on_fewer_than_five_people_is_null_and_cannot_be_worked_out()
    {
        var groups = await GetAsync("/v1/network/groups");
        var tiny = groups.GetProperty("items").EnumerateArray().Single(group => group.GetProperty("group").GetString() == "tiny");
        tiny.GetProperty("suppressed").GetBoolean().ShouldBeTrue();
        foreach (var figure in new[] { "people", "tiesOut", "tiesIn" }) tiny.GetProperty(figure).ValueKind.ShouldBe(JsonValueKind.Null);
        var few = Cell(groups, "west", "north").ShouldNotBeNull();
        few.GetProperty("suppressed").GetBoolean().ShouldBeTrue();
        foreach (var figure in new[] { "ties", "peopleFrom", "peopleTo", "strength", "reciprocated" })
            few.GetProperty(figure).ValueKind.ShouldBe(JsonValueKind.Null);
        // Whoever leaves one cell of a row out leaves another out, or the row's total.
        foreach (var group in groups.GetProperty("items").EnumerateArray().Where(group => !group.GetProperty("suppressed").GetBoolean()))
        {
            var name = group.GetProperty("group").GetString();
            var row = groups.GetProperty("cells").EnumerateArray().Where(cell => cell.GetProperty("from").GetString() == name).ToList();
            var left = row.Count(cell => cell.GetProperty("suppressed").GetBoolean())
                + (group.GetProperty("tiesOut").ValueKind == JsonValueKind.Null ? 1 : 0);
            left.ShouldNotBe(1, name);
            if (left == 0) row.Sum(cell => cell.GetProperty("ties").GetInt64()).ShouldBe(group.GetProperty("tiesOut").GetInt64(), name);
        }
    }

    [Fact]
    public async Task People_are_grouped_by_role_industry_and_tag_too()
    {
        (await GetAsync("/v1/network/groups?by=role")).GetProperty("items")[0].GetProperty("group").GetString().ShouldBe("clerk");
        var byTag = await GetAsync("/v1/network/groups?by=tag");
        byTag.GetProperty("items")[0].GetProperty("people").GetInt32().ShouldBe(29);
        byTag.GetProperty("items")[0].GetProperty("tiesOut").ValueKind.ShouldBe(JsonValueKind.Null);
        Cell(byTag, "all", "all").ShouldNotBeNull().GetProperty("ties").GetInt64().ShouldBe(67);
        var byIndustry = (await GetAsync("/v1/network/groups?by=industry")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        byIndustry.GetProperty("group").ValueKind.ShouldBe(JsonValueKind.Null);
        (await _server.GetAsync("/v1/network/groups?by=colour")).ShouldBeProblem(400, "by");
    }

    [Fact]
    public async Task Team_introductions_name_whom_the_team_knows_and_whom_to_ask_first()
    {
        var answer = await GetAsync("/v1/introductions?fromOrganisation=north&organisation=south&minScore=0");
        answer.GetProperty("source").GetProperty("people").GetInt32().ShouldBe(10);
        answer.GetProperty("target").GetProperty("people").GetInt32().ShouldBe(10);
        var known = answer.GetProperty("alreadyConnected").EnumerateArray().ShouldHaveSingleItem();
        (known.GetProperty("from").GetString(), known.GetProperty("to").GetString()).ShouldBe(("north1", "south1"));
        var paths = answer.GetProperty("paths").EnumerateArray().ToList();
        paths.Count.ShouldBe(2);
        var first = paths.Select(path => path.GetProperty("brokers")[0].GetString()).ToList();
        first.ShouldBeUnique();
        first.ShouldContain("north1");
        paths.Select(path => path.GetProperty("hops")[0].GetProperty("from").GetString()).ShouldBeUnique();
        paths.Select(path => path.GetProperty("hops").EnumerateArray().Last().GetProperty("to").GetString()).ShouldBeUnique();
        paths[0].GetProperty("reason").GetString().ShouldNotBeNull().ShouldStartWith("NORTH");
    }

    /// <summary>By brute force over all simple paths of the two rings and the one mutual tie between them.</summary>
    [Theory]
    [InlineData(2, 2)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    public async Task Team_paths_are_as_many_as_first_brokers_and_targets_allow(int maxHops, int expected)
    {
        var answer = await GetAsync($"/v1/introductions?fromOrganisation=north&organisation=south&minScore=0&k=10&maxHops={maxHops}");
        string[][] chosen =
        [
            .. answer.GetProperty("paths").EnumerateArray().Select(path => path.GetProperty("hops").EnumerateArray().ToList())
                .Select(hops => hops.Select(hop => hop.GetProperty("from").GetString()!).Append(
                    hops[^1].GetProperty("to").GetString()!).ToArray()),
        ];
        var all = new List<string[]>();
        for (var person = 0; person < 10; person++) Extend([$"north{person}"], maxHops, all);
        chosen.Length.ShouldBe(expected);
        foreach (var path in chosen) all.ShouldContain(one => one.SequenceEqual(path), string.Join(" - ", path));
        chosen.Select(path => path[1]).ShouldBeUnique("first brokers");
        chosen.Select(path => path[^1]).ShouldBeUnique("targets");
        all.Exists(one => chosen.All(path => path[1] != one[1] && path[^1] != one[^1])).ShouldBeFalse("another path would have fitted");
    }

    private static void Extend(string[] path, int maxHops, List<string[]> all)
    {
        if (path.Length > 2 && path[^1].StartsWith("south", StringComparison.Ordinal)) all.Add(path);
        if (path.Length > maxHops) return;
        var (side, number) = (path[^1][..5], int.Parse(path[^1][5..], CultureInfo.InvariantCulture));
        string[] next = [$"{side}{(number + 1) % 10}", $"{side}{(number + 9) % 10}", .. number == 1
            ? new[] { side == "north" ? "south1" : "north1" } : []];
        foreach (var person in next.Where(person => !path.Contains(person))) Extend([.. path, person], maxHops, all);
    }

    [Fact]
    public async Task Paths_below_the_score_asked_for_are_counted_and_left_out()
    {
        var all = await GetAsync("/v1/introductions?fromOrganisation=north&to=south1&minScore=0&k=10");
        var scores = all.GetProperty("paths").EnumerateArray().Select(path => path.GetProperty("score").GetDouble()).ToList();
        all.GetProperty("leftOut").GetInt32().ShouldBe(0);
        var none = await GetAsync("/v1/introductions?fromOrganisation=north&to=south1&minScore=1&k=10");
        none.GetProperty("paths").GetArrayLength().ShouldBe(0);
        none.GetProperty("leftOut").GetInt32().ShouldBe(scores.Count);
        (await _server.GetAsync("/v1/introductions?organisation=south")).ShouldBeProblem(400, "fromOrganisation");
        (await _server.GetAsync("/v1/introductions?fromOrganisation=north")).ShouldBeProblem(400, "to");
        (await _server.GetAsync("/v1/introductions?fromOrganisation=north&to=south1&tag=x")).ShouldBeProblem(400, "to");
        (await _server.GetAsync("/v1/introductions?fromOrganisation=north&to=nobody-known")).ShouldBeProblem(404, "to");
        (await _server.GetAsync("/v1/introductions?fromOrganisation=north&to=south1&minScore=2")).ShouldBeProblem(400, "minScore");
    }

    private static JsonElement? Cell(JsonElement groups, string from, string to)
    {
        foreach (var cell in groups.GetProperty("cells").EnumerateArray())
            if (cell.GetProperty("from").GetString() == from && cell.GetProperty("to").GetString() == to) return cell;
        return null;
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        var answer = await _server.GetAsync(path);
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Json;
    }
}
