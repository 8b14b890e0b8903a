using System.Text.Json;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Server.Tests.Http;

/// <summary>
/// Seven people who serve founders: law, tax, design, web, sales, film and (Tom) tax again. They write to each other around
/// a ring, each way; Tom only with Ann. Wim serves no one; Zoe was close to Ann once and knows Yan and Xi well.
/// </summary>
public sealed class FoundersServer : IAsyncLifetime
{
    public static readonly string[] Ring = ["ann", "bob", "cai", "dee", "eve", "fay"];
    private static readonly string[] s_offers = ["law", "tax", "design", "web", "sales", "film"];

    public RunningServer Server { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Server = await RunningServer.StartAsync();
        var records = new List<LogRecord>();
        for (var i = 0; i < Ring.Length; i++)
        {
            records.Add(Profile(Ring[i], ["founders"], s_offers[i]));
            Talk(records, Ring[i], Ring[(i + 1) % Ring.Length], 2025);
        }
        records.Add(Profile("tom", ["Founders"], "Tax"));
        Talk(records, "ann", "tom", 2025);
        records.Add(Profile("wim", [], "law"));
        Talk(records, "ann", "zoe", 2022);
        Talk(records, "zoe", "yan", 2025);
        Talk(records, "yan", "xi", 2025);
        records.Add(new ProfileChanged { AtMs = 1_700_000_000_000, Profile = new Profile { Id = "yan", Organisation = "Acme" } });
        await Server.AppendAsync([.. records]);
    }

    public ValueTask DisposeAsync() => Server.DisposeAsync();

    private static void Talk(List<LogRecord> records, string a, string b, int year)
    {
        for (var day = 0; day < 40; day++)
        {
            var (from, to) = day % 2 == 0 ? (a, b) : (b, a);
            records.Add(new Interaction
            {
                Id = $"{a}-{b}-{day}",
                AtMs = new DateTimeOffset(year, 10, 1, 9, 0, 0, TimeSpan.Zero).AddDays(day).ToUnixTimeMilliseconds(),
                From = from,
                To = [to],
                Kind = InteractionKind.Message,
            });
        }
    }

    private static ProfileChanged Profile(string id, string[] audience, string offer) =>
        new()
        {
            AtMs = 1_700_000_000_000,
            Profile = new Profile { Id = id, Name = id.ToUpperInvariant(), Audience = audience, Offers = [offer] }
        };
}

public class HuddleTests(FoundersServer fixture) : IClassFixture<FoundersServer>
{
    private readonly RunningServer _server = fixture.Server;

    [Fact]
    public async Task People_who_serve_the_same_audience_with_different_offers_make_a_huddle()
    {
        var answer = (await _server.GetAsync("/v1/network/huddles?audience=founders&asOf=2025-12-01T00:00:00Z")).Json;
        answer.GetProperty("audiences")[0].GetProperty("candidates").GetInt32().ShouldBe(7);
        var huddle = answer.GetProperty("items").EnumerateArray().ShouldHaveSingleItem();
        People(huddle).ShouldBe(FoundersServer.Ring);
        huddle.GetProperty("optimal").GetBoolean().ShouldBeTrue();
        huddle.GetProperty("expectedStrength").GetDouble().ShouldBe(huddle.GetProperty("upperBound").GetDouble(), 1e-6);
        huddle.GetProperty("evidence").GetProperty("knownPairs").GetInt32().ShouldBe(6);
        huddle.GetProperty("evidence").GetProperty("pairs").GetArrayLength().ShouldBe(15);
        huddle.GetProperty("reason").GetString().ShouldNotBeNull().ShouldContain("6 of 15 pairs know each other");
    }

    [Fact]
    public async Task A_huddle_for_a_person_includes_them_and_no_two_people_with_the_same_offer()
    {
        var answer = (await _server.GetAsync("/v1/network/huddles?person=tom&size=5&asOf=2025-12-01T00:00:00Z")).Json;
        var huddles = answer.GetProperty("items").EnumerateArray().ToList();
        People(huddles.ShouldHaveSingleItem()).ShouldContain("tom");
        People(huddles[0]).ShouldNotContain("bob", "who offers tax too");
        (await _server.GetAsync("/v1/network/huddles?person=wim")).Json.GetProperty("items").GetArrayLength()
            .ShouldBe(0, "who serves nobody");
        (await _server.GetAsync("/v1/network/huddles?person=nobody")).ShouldBeProblem(404, "person");
        (await _server.GetAsync("/v1/network/huddles?size=4")).ShouldBeProblem(400, "size");
        (await _server.GetAsync("/v1/network/huddles?asOf=2020-01-01T00:00:00Z")).Json.GetProperty("items").GetArrayLength()
            .ShouldBe(0, "nothing connects them yet");
    }

    [Fact]
    public async Task Reviving_a_tie_says_whom_it_would_bring_within_reach()
    {
        var answer = (await _server.GetAsync("/v1/people/ann/dormant-ties/zoe/what-if?asOf=2025-12-01T00:00:00Z")).Json;
        answer.GetProperty("status").GetString().ShouldBe("dormant");
        answer.GetProperty("gained").EnumerateArray().Select(g => g.GetProperty("person").GetString()).ShouldBe(["yan", "xi"]);
        answer.GetProperty("gained")[0].GetProperty("firstBroker").GetString().ShouldBe("zoe");
        answer.GetProperty("organisations")[0].GetProperty("organisation").GetString().ShouldBe("Acme");
        var reach = answer.GetProperty("reach");
        reach.GetProperty("then").GetInt32().ShouldBe(reach.GetProperty("now").GetInt32() + 2);
        answer.GetProperty("reason").GetString().ShouldNotBeNull().ShouldContain("November 2022");

        (await _server.GetAsync("/v1/people/ann/dormant-ties/bob/what-if?asOf=2025-12-01T00:00:00Z")).Json.GetProperty("gained")
            .GetArrayLength().ShouldBe(0, "a tie at its best");
        (await _server.GetAsync("/v1/people/ann/dormant-ties/xi/what-if")).ShouldBeProblem(404, "other");
        (await _server.GetAsync("/v1/people/ann/dormant-ties/nobody/what-if")).ShouldBeProblem(404, "other");
        (await _server.GetAsync("/v1/people/ann/dormant-ties/ann/what-if")).ShouldBeProblem(400, "other");
    }

    private static List<string?> People(JsonElement huddle) =>
        [.. huddle.GetProperty("people").EnumerateArray().Select(p => p.GetProperty("person").GetString())];
}
