using System.Text.Json;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Server.Tests.Http;

/// <summary>
/// Two circles of six who all write to each other; a5 also writes to b0, without an answer. Anna knows a0 and a1 mutually,
/// Zoe knows a2 and a3. Everyone of the first circle, Anna, Zoe and Sol were at the fair; three were at a dinner.
/// </summary>
public sealed class FairServer : IAsyncLifetime
{
    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        var records = new List<LogRecord>();
        foreach (var circle in new[] { "a", "b" })
        {
            string[] people = [.. Enumerable.Range(0, 6).Select(i => $"{circle}{i}")];
            foreach (var from in people)
                foreach (var to in people.Except([from])) records.Add(Sent(records.Count, from, to));
        }
        records.Add(Sent(records.Count, "a5", "b0"));
        foreach (var (one, other) in new[] { ("anna", "a0"), ("anna", "a1"), ("zoe", "a2"), ("zoe", "a3") })
        {
            records.Add(Sent(records.Count, one, other));
            records.Add(Sent(records.Count, other, one));
        }
        foreach (var person in new[] { "a0", "a1", "a2", "a3", "a4", "a5", "anna", "zoe", "sol" })
            records.Add(Attended(records.Count, person, "The Fair / 1"));
        foreach (var person in new[] { "b0", "b1", "b2" }) records.Add(Attended(records.Count, person, "Dinner"));
        foreach (var (person, audience) in new[] { ("sol", "founders"), ("a3", "Founders"), ("anna", "schools") })
            records.Add(new ProfileChanged
            {
                AtMs = 1_700_000_000_000,
                Profile = new Profile { Id = person, Name = person.ToUpperInvariant(), Audience = [audience] }
            });
        await Server.AppendAsync([.. records]);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static Interaction Sent(int number, string from, string to) => Happened(number, InteractionKind.Message, from, [to]);

    private static Interaction Attended(int number, string person, string venue) =>
        Happened(number, InteractionKind.Attendance, person, [], venue);

    private static Interaction Happened(int number, InteractionKind kind, string from, string[] to, string? venue = null) => new()
    {
        Id = $"m{number}",
        AtMs = new DateTimeOffset(2025, 6, 1, 0, 0, 0, TimeSpan.Zero).AddHours(number).ToUnixTimeMilliseconds(),
        From = from,
        To = to,
        Kind = kind,
        Venue = venue,
    };
}

public sealed class GraphTests(FairServer fixture) : IClassFixture<FairServer>
{
    private readonly RunningServer _server = fixture.Server;

    [Fact]
    public async Task Cores_are_described_largest_first_with_where_they_lead()
    {
        var cores = await GetAsync("/v1/network/cores");
        (cores.GetProperty("cores").GetInt32(), cores.GetProperty("people").GetInt32()).ShouldBe((2, 14));
        (cores.GetProperty("peopleInNone").GetInt32(), cores.GetProperty("small").GetProperty("cores").GetInt32()).ShouldBe((0, 0));
        var items = cores.GetProperty("items").EnumerateArray().ToList();
        items.Select(core => core.GetProperty("people").GetInt32()).ShouldBe([8, 6]);
        items.Select(core => core.GetProperty("ties").GetInt32()).ShouldBe([38, 30]);
        var leads = items[0].GetProperty("leadsTo").EnumerateArray().ShouldHaveSingleItem();
        (leads.GetProperty("core").GetInt32(), leads.GetProperty("ties").GetInt32()).ShouldBe((1, 1));
        items[1].GetProperty("leadsTo").GetArrayLength().ShouldBe(0);
        items[0].GetProperty("topMembers").GetArrayLength().ShouldBe(5);

        var page = await GetAsync("/v1/network/cores?limit=1");
        page.GetProperty("items").GetArrayLength().ShouldBe(1);
        var next = await GetAsync($"/v1/network/cores?limit=1&cursor={page.GetProperty("nextCursor").GetString()}");
        next.GetProperty("items")[0].GetProperty("core").GetInt32().ShouldBe(1);
        next.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
        (await GetAsync("/v1/network/cores?asOf=2020-01-01T00:00:00Z")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_backbone_has_a_tie_less_than_people_in_each_tree_and_is_paged()
    {
        var backbone = await GetAsync("/v1/network/backbone");
        (backbone.GetProperty("people").GetInt32(), backbone.GetProperty("ties").GetInt32(), backbone.GetProperty("trees").GetInt32())
            .ShouldBe((14, 12, 2));
        var ties = backbone.GetProperty("items").EnumerateArray().ToList();
        ties.Select(tie => -tie.GetProperty("strength").GetDouble()).ShouldBeInOrder();
        ties.ShouldNotContain(
            tie => tie.GetProperty("from").GetString() == "a5" && tie.GetProperty("to").GetString() == "b0", "it is not mutual");

        var walked = new List<string>();
        for (string? cursor = ""; cursor is not null;)
        {
            var page = await GetAsync(
                $"/v1/network/backbone?limit=5&asOf=2025-12-01T00:00:00Z{(cursor.Length > 0 ? $"&cursor={cursor}" : "")}");
            walked.AddRange(page.GetProperty("items").EnumerateArray().Select(Pair));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        walked.ShouldBe(ties.Select(Pair));
    }

    [Fact]
    public async Task Introduction_chains_share_no_broker_and_name_everyone()
    {
        var answer = await GetAsync("/v1/people/anna/introduction-chains?to=zoe");
        answer.GetProperty("independent").GetInt32().ShouldBe(2);
        answer.GetProperty("withinHops").GetInt32().ShouldBeInRange(3, 6);
        var chains = answer.GetProperty("chains").EnumerateArray()
            .Select(chain => chain.GetProperty("people").EnumerateArray().Select(person => person.GetProperty("person").GetString()!)
            .ToList()).ToList();
        foreach (var chain in chains) (chain[0], chain[^1]).ShouldBe(("anna", "zoe"));
        chains.SelectMany(chain => chain.Skip(1).SkipLast(1)).ShouldBeUnique();
        answer.GetProperty("chains")[0].GetProperty("people")[0].GetProperty("name").GetString().ShouldBe("ANNA");
        (await GetAsync("/v1/people/anna/introduction-chains?to=zoe&maxHops=2")).GetProperty("independent").GetInt32().ShouldBe(0);
        (await GetAsync("/v1/people/anna/introduction-chains?to=b0")).GetProperty("independent").GetInt32().ShouldBe(0, "one way only");
        (await _server.GetAsync("/v1/people/anna/introduction-chains")).ShouldBeProblem(400, "to");
        (await _server.GetAsync("/v1/people/anna/introduction-chains?to=anna")).ShouldBeProblem(400, "to");
        (await _server.GetAsync("/v1/people/anna/introduction-chains?to=nobody-known")).ShouldBeProblem(404, "to");
        (await _server.GetAsync("/v1/people/nobody-known/introduction-chains?to=anna")).ShouldBeProblem(404, "id");
    }

    [Fact]
    public async Task Pairings_put_people_who_know_few_together_with_people_they_have_something_in_common_with()
    {
        var answer = await GetRawAsync("/v1/venues/The%20Fair%20%2F%201/pairings");
        answer.GetProperty("suppressed").GetBoolean().ShouldBeFalse();
        answer.GetProperty("people").GetInt32().ShouldBe(9);
        var pairs = answer.GetProperty("items").EnumerateArray().ToDictionary(pair => pair.GetProperty("person").GetString()!);
        pairs.Values.SelectMany(pair => new[] { pair.GetProperty("person").GetString(), pair.GetProperty("meet").GetString() })
            .ShouldBeUnique();
        pairs.Keys.ShouldBe(["anna", "sol", "zoe"], ignoreOrder: true);
        pairs["sol"].GetProperty("meet").GetString().ShouldBe("a3");
        pairs["sol"].GetProperty("evidence").GetProperty("sharedAudience").EnumerateArray().Select(a => a.GetString())
            .ShouldBe(["founders"]);
        pairs["sol"].GetProperty("reason").GetString().ShouldBe("SOL and A3 have no tie yet: both serve founders.");
        var anna = pairs["anna"];
        anna.GetProperty("meet").GetString().ShouldBeOneOf("a2", "a5");
        anna.GetProperty("evidence").GetProperty("commonContacts").GetInt32().ShouldBe(2);
        anna.GetProperty("evidence").GetProperty("through").EnumerateArray().Select(p => p.GetProperty("person").GetString())
            .ShouldBe(["a0", "a1"], ignoreOrder: true);
    }

    [Fact]
    public async Task Pairings_of_fewer_than_five_people_are_suppressed()
    {
        var answer = await GetAsync("/v1/venues/Dinner/pairings");
        answer.GetProperty("suppressed").GetBoolean().ShouldBeTrue();
        answer.GetProperty("people").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.GetProperty("candidates").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await _server.GetAsync("/v1/venues/nowhere/pairings")).ShouldBeProblem(404, "id");
    }

    [Fact]
    public async Task A_map_shows_the_backbone_before_other_ties()
    {
        var map = await GetAsync("/v1/network/map?ties=12");
        var backbone = (await GetAsync("/v1/network/backbone")).GetProperty("items").EnumerateArray().Select(Pair).ToList();
        var ids = map.GetProperty("nodes").GetProperty("id").EnumerateArray().Select(id => id.GetString()!).ToList();
        var edges = map.GetProperty("edges");
        var shown = edges.GetProperty("source").EnumerateArray().Zip(edges.GetProperty("target").EnumerateArray())
            .Select(tie => new[] { ids[tie.First.GetInt32()], ids[tie.Second.GetInt32()] }.Order(StringComparer.Ordinal))
            .Select(tie => string.Join('-', tie)).ToList();
        shown.ShouldBe(backbone, ignoreOrder: true);
    }

    private static string Pair(JsonElement tie) =>
        string.Join('-', new[] { tie.GetProperty("from").GetString()!, tie.GetProperty("to").GetString()! }.Order(StringComparer.Ordinal));

    private async Task<JsonElement> GetAsync(string path)
    {
        var answer = await _server.GetAsync(path);
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Json;
    }

    private async Task<JsonElement> GetRawAsync(string target)
    {
        var answer = await _server.GetRawAsync(target);
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Json;
    }
}
