using System.Text.Json;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Server.Tests.Http;

/// <summary>Follow-ups, venues and referrals as they are answered over HTTP.</summary>
public sealed class OutcomeTests(OutcomeServer fixture) : IClassFixture<OutcomeServer>
{
    private readonly RunningServer _server = fixture.Server;

    [Fact]
    public async Task Follow_ups_have_the_names_of_the_contract_and_tell_the_interactions_they_rest_on()
    {
        var answer = await GetAsync("/v1/people/ann/follow-ups?asOf=2025-03-20T00:00:00Z");

        answer.GetProperty("person").GetString().ShouldBe("ann");
        answer.GetProperty("rateWithin24h").GetDouble().ShouldBe(0.5);
        answer.GetProperty("rateWithin48h").GetDouble().ShouldBe(0.5);
        answer.GetProperty("states").GetProperty("within-24h").GetInt32().ShouldBe(1);
        answer.GetProperty("evidence").GetProperty("firstContacts").GetInt32().ShouldBe(2);
        answer.GetProperty("bounds").GetProperty("within24h").GetProperty("low").GetDouble().ShouldBeLessThan(0.5);
        answer.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
        answer.GetProperty("asOf").GetString().ShouldBe("2025-03-20T00:00:00Z");
        var items = answer.GetProperty("items").EnumerateArray().ToList();
        items[0].EnumerateObject().Select(p => p.Name).Take(8).ShouldBe(
            ["person", "name", "entity", "venue", "met", "state", "followedUp", "hours"]);
        items.Select(i => (i.GetProperty("person").GetString(), i.GetProperty("state").GetString())).ShouldBe(
            [("bob", "within-24h"), ("cai", "never")]);
        items[0].GetProperty("venue").GetString().ShouldBe("Spring Fair / Hall 1");
        items[0].GetProperty("hours").GetDouble().ShouldBe(4);
        items[0].GetProperty("evidence").GetProperty("interactions").EnumerateArray().Select(i => i.GetString())
            .ShouldBe(["meeting", "thanks"]);
        items[1].GetProperty("followedUp").ValueKind.ShouldBe(JsonValueKind.Null);
        (await _server.GetAsync("/v1/people/ann/follow-ups?asOf=2025-03-20T00:00:00Z")).Body.ShouldNotContain("positions");
    }

    [Fact]
    public async Task Follow_ups_are_filtered_and_paged_with_the_same_rates()
    {
        var first = await GetAsync("/v1/people/ann/follow-ups?limit=1");
        first.GetProperty("items").GetArrayLength().ShouldBe(1);
        var second = await GetAsync($"/v1/people/ann/follow-ups?limit=1&cursor={first.GetProperty("nextCursor").GetString()}");
        second.GetProperty("items")[0].GetProperty("person").GetString().ShouldBe("cai");
        second.GetProperty("nextCursor").ValueKind.ShouldBe(JsonValueKind.Null);
        second.GetProperty("rateWithin24h").GetDouble().ShouldBe(0.5);
        var never = await GetAsync("/v1/people/ann/follow-ups?state=never&venue=Spring%20Fair%20%2F%20Hall%201");
        never.GetProperty("items").EnumerateArray().ShouldHaveSingleItem().GetProperty("person").GetString().ShouldBe("cai");
        never.GetProperty("evidence").GetProperty("firstContacts").GetInt32().ShouldBe(2);
        (await GetAsync("/v1/people/ann/follow-ups?venue=elsewhere")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await GetAsync("/v1/people/ann/follow-ups?asOf=1999-01-01T00:00:00Z"))
            .GetProperty("rateWithin24h").ValueKind.ShouldBe(JsonValueKind.Null);
        (await _server.GetAsync("/v1/people/ann/follow-ups?state=soon")).ShouldBeProblem(400, "state");
        (await _server.GetAsync("/v1/people/nobody/follow-ups")).ShouldBeProblem(404, "id");
    }

    [Fact]
    public async Task A_persons_venues_show_what_came_of_them()
    {
        var venue = (await GetAsync("/v1/people/bob/venues")).GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        venue.GetProperty("venue").GetString().ShouldBe("Spring Fair / Hall 1");
        (venue.GetProperty("visits").GetInt32(), venue.GetProperty("newPeople").GetInt32()).ShouldBe((1, 2));
        venue.GetProperty("followedUp").GetProperty("of").GetInt32().ShouldBe(2);
        (await _server.GetAsync("/v1/people/nobody/venues")).ShouldBeProblem(404, "id");
    }

    [Fact]
    public async Task Venues_are_listed_filtered_sorted_and_shown_in_full()
    {
        var items = (await GetAsync("/v1/venues")).GetProperty("items").EnumerateArray().ToList();
        items.Select(v => v.GetProperty("venue").GetString()).ShouldBe(["Spring Fair / Hall 1", "Corner Table"]);
        items[1].GetProperty("suppressed").GetBoolean().ShouldBeTrue();
        items[1].EnumerateObject().Where(p => p.Name is not ("venue" or "suppressed"))
            .ShouldAllBe(p => p.Value.ValueKind == JsonValueKind.Null);
        foreach (var sort in new[] { "firstContacts", "within24h", "followedUp", "followedUpElsewhere", "stillReciprocated",
            "medianTieStrength", "helpGiven", "lastSeen" })
            (await GetAsync($"/v1/venues?sort={sort}")).GetProperty("items")[1].GetProperty("venue").GetString()
                .ShouldBe("Corner Table", sort);
        (await GetAsync("/v1/venues?sort=name&limit=1")).GetProperty("items")[0].GetProperty("venue").GetString().ShouldBe("Corner Table");
        (await GetAsync("/v1/venues?query=FAIR%20spring")).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await GetAsync("/v1/venues?verdict=graveyard")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await _server.GetAsync("/v1/venues?sort=best")).ShouldBeProblem(400, "sort");

        var fair = (await _server.GetRawAsync("/v1/venues/Spring%20Fair%20%2F%20Hall%201?asOf=2025-03-20T00:00:00Z")).Json;
        (fair.GetProperty("people").GetInt32(), fair.GetProperty("firstContacts").GetInt32()).ShouldBe((6, 3));
        fair.GetProperty("followedUp").GetProperty("value").GetDouble().ShouldBe(1 / 3.0, 1e-9);
        fair.GetProperty("stillReciprocated").GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Null);
        var step = fair.GetProperty("followUpCurve").GetProperty("steps").EnumerateArray().ShouldHaveSingleItem();
        (step.GetProperty("hours").GetDouble(), step.GetProperty("atRisk").GetInt32()).ShouldBe((4, 3));
        step.GetProperty("open").GetDouble().ShouldBe(2 / 3.0, 1e-9);
        fair.GetProperty("worth").GetProperty("verdict").GetString().ShouldBe("unclear");
        fair.GetProperty("comparison").ValueKind.ShouldBe(JsonValueKind.Null);
        (await GetAsync("/v1/venues/Corner%20Table")).GetProperty("suppressed").GetBoolean().ShouldBeTrue();
        (await _server.GetAsync("/v1/venues/nowhere")).ShouldBeProblem(404, "id");
        (await _server.GetAsync("/v1/venues/Corner%20Table?with=nowhere")).ShouldBeProblem(404, "with");
        (await _server.GetAsync("/v1/venues/Corner%20Table?with=Corner%20Table")).ShouldBeProblem(400, "with");
    }

    [Fact]
    public async Task Each_of_the_three_people_of_a_referral_sees_their_part_of_the_loop()
    {
        var anns = await GetAsync("/v1/people/ann/referrals");
        anns.GetProperty("made").GetProperty("acted").GetInt32().ShouldBe(1);
        anns.GetProperty("made").GetProperty("shareClosed").GetProperty("value").GetDouble().ShouldBe(1);
        var loop = anns.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        (loop.GetProperty("role").GetString(), loop.GetProperty("state").GetString()).ShouldBe(("referrer", "reported"));
        loop.GetProperty("actedAt").ValueKind.ShouldBe(JsonValueKind.Null);
        loop.GetProperty("evidence").GetProperty("interactions").EnumerateArray().Select(i => i.GetString())
            .ShouldBe(["referral", "report"]);
        anns.GetProperty("introductions").GetProperty("items")[0].GetProperty("interaction").GetString().ShouldBe("introduction");
        (await GetAsync("/v1/people/eve/referrals?role=referred")).GetProperty("items")[0].GetProperty("evidence")
            .GetProperty("interactions").EnumerateArray()
            .Select(i => i.GetString()).ShouldBe(["referral", "call"]);
        (await GetAsync("/v1/people/dan/referrals?open=true")).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await GetAsync("/v1/people/dan/referrals?state=reported&open=false&role=receiver")).GetProperty("items").GetArrayLength()
            .ShouldBe(1);
        (await _server.GetAsync("/v1/people/dan/referrals?open=maybe")).ShouldBeProblem(400, "open");
        (await _server.GetAsync("/v1/people/nobody/referrals")).ShouldBeProblem(404, "id");
    }

    private async Task<JsonElement> GetAsync(string path)
    {
        var answer = await _server.GetAsync(path);
        answer.Status.ShouldBe(200, answer.Body);
        return answer.Json;
    }
}

/// <summary>One server with a fair, a table of two and a referral, for all tests that only ask.</summary>
public sealed class OutcomeServer : IAsyncLifetime
{
    private const string Fair = "Spring Fair / Hall 1";

    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var at = new DateTimeOffset(2025, 3, 3, 9, 0, 0, TimeSpan.Zero);
        Server = await RunningServer.StartAsync();
        await Server.AppendAsync(
            Told("meeting", at, InteractionKind.Meeting, "ann", ["bob", "cai"], Fair),
            Told("thanks", at.AddHours(4), InteractionKind.Message, "bob", ["ann"]),
            Told("a1", at, InteractionKind.Attendance, "dan", [], Fair),
            Told("a2", at, InteractionKind.Attendance, "eve", [], Fair),
            Told("a3", at, InteractionKind.Attendance, "fay", [], Fair),
            Told("lunch", at.AddDays(2), InteractionKind.Favour, "fay", ["gus"], "Corner Table"),
            Told("referral", at.AddDays(3), InteractionKind.Referral, "ann", ["dan"], about: "eve"),
            Told("call", at.AddDays(5), InteractionKind.Call, "dan", ["eve"]),
            Told("report", at.AddDays(9), InteractionKind.Reply, "dan", ["ann"], inReplyTo: "referral"),
            Told("introduction", at.AddDays(10), InteractionKind.Introduction, "ann", ["fay", "hal"]));
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    internal static LogRecord Told(
        string id, DateTimeOffset at, InteractionKind kind, string from, string[] to, string? venue = null, string? inReplyTo = null,
            string? about = null) => new Interaction
            {
                Id = id,
                AtMs = at.ToUnixTimeMilliseconds(),
                From = from,
                To = to,
                Kind = kind,
                Venue = venue,
                InReplyTo = inReplyTo,
                About = about,
            };
}
