using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Server.Tests.Boundaries;

/// <summary>
/// No one learns that they are blocked or reported: two servers hold the same network, and in one of them a person is
/// blocked by three of their contacts and by a stranger, and reported. Whatever that person asks, both answer the same to
/// the byte, but for introductions between the two, which are cut.
/// </summary>
public sealed partial class BlockConfidentialityTests(TwoServers fixture) : IClassFixture<TwoServers>
{
    private readonly string[] _blockers = fixture.Blockers;
    private readonly string[] _people = fixture.People;
    private readonly string _blocked = fixture.Blocked;
    private readonly KeyedServer _without = fixture.Without;
    private readonly KeyedServer _with = fixture.With;

    [Fact]
    public async Task Every_question_of_the_blocked_person_has_the_same_answer()
    {
        var asked = 0;
        foreach (var path in await ReadingAsync(_blocked))
        {
            await ShouldBeSameAsync($"person:{_blocked}", HttpMethod.Get, path, null);
            asked++;
        }
        asked.ShouldBeGreaterThan(15);
    }

    [Fact]
    public async Task People_named_only_in_blocks_and_reports_stay_unknown()
    {
        foreach (var path in await ReadingAsync(TwoServers.Stranger))
            (await ShouldBeSameAsync($"person:{TwoServers.Stranger}", HttpMethod.Get, path, null)).ShouldBeGreaterThanOrEqualTo(400);
        await ShouldBeSameAsync("analyst", HttpMethod.Get, $"/v1/people/{TwoServers.Stranger}", null);
        await ShouldBeSameAsync("analyst", HttpMethod.Get, $"/v1/people?query={TwoServers.Stranger}", null);
    }

    [Fact]
    public async Task What_the_blocked_person_does_has_the_same_outcome()
    {
        var key = $"person:{_blocked}";
        foreach (var blocker in _blockers)
        {
            await ShouldBeSameAsync(
                key, HttpMethod.Post, "/v1/reports", JsonSerializer.Serialize(
                new { reporter = _blocked, about = blocker, reason = "spam" }));
            await ShouldBeSameAsync(key, HttpMethod.Put, Path($"/blocks/{Uri.EscapeDataString(blocker)}"), null);
            await ShouldBeSameAsync(key, HttpMethod.Get, Path("/blocks"), null);
            await ShouldBeSameAsync(key, HttpMethod.Delete, Path($"/blocks/{Uri.EscapeDataString(blocker)}"), null);
            await ShouldBeSameAsync(
                key, HttpMethod.Delete, $"/v1/people/{Uri.EscapeDataString(blocker)}/blocks/{Uri.EscapeDataString(_blocked)}", null);
            await ShouldBeSameAsync(key, HttpMethod.Get, $"/v1/people/{Uri.EscapeDataString(blocker)}/ties", null);
            var message =
                $$"""{"id":"m-{{blocker}}","at":"2025-06-02T11:00:00Z","from":"{{_blocked}}","to":"{{blocker}}","kind":"message"}""";
            await ShouldBeSameAsync("ingest", HttpMethod.Post, "/v1/interactions", message);
        }
        await ShouldBeSameAsync(key, HttpMethod.Get, "/v1/reports", null);
        await ShouldBeSameAsync(key, HttpMethod.Put, Path(""), """{"name":"Somebody"}""");
        await Task.WhenAll(_without.Server.UntilVisibleAsync(), _with.Server.UntilVisibleAsync());
    }

    [Fact]
    public async Task Introductions_differ_only_where_they_would_lead_over_the_two()
    {
        var differing = 0;
        foreach (var other in _people[1..])
        {
            var path = Path($"/introductions?to={Uri.EscapeDataString(other)}");
            var (without, with) = (await AskAsync(_without, path), await AskAsync(_with, path));
            with.Status.ShouldBe(without.Status);
            with.Json.GetProperty("alreadyConnected").GetRawText().ShouldBe(without.Json.GetProperty("alreadyConnected").GetRawText());
            if (_blockers.Append(fixture.FarBlocker).Contains(other))
            {
                with.Json.GetProperty("paths").GetArrayLength().ShouldBe(0);
                continue;
            }
            if (without.Json.GetProperty("paths").EnumerateArray().Any(p => _blockers.Contains(p.GetProperty("brokers")[0].GetString())))
            {
                differing++;
                with.Json.GetProperty("paths").EnumerateArray().Any(p => _blockers.Contains(p.GetProperty("brokers")[0].GetString()))
                    .ShouldBeFalse();
                with.Json.EnumerateObject().Select(p => p.Name).ShouldBe(without.Json.EnumerateObject().Select(p => p.Name));
                continue;
            }
            with.Body.ShouldBe(without.Body, path);
        }
        differing.ShouldBeGreaterThan(0);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_network_counts_as_before()
    {
        await UntilHabitsAreCountedAsync();
        // A huddle must not hold a blocked pair, and a blocked tie carries nothing towards one: as with paths, that can be seen.
        var paths = await OperationsAsync(
            path => !path.Contains('{', StringComparison.Ordinal) && path is not ("/v1/live" or "/v1/reports" or "/v1/network/huddles"));
        paths.Count.ShouldBeGreaterThan(3);
        foreach (var path in paths) await ShouldBeSameAsync("analyst", HttpMethod.Get, path, null);
    }

    /// <summary>Everything that a person may be asked about, with each of some others where one is named; not introductions.</summary>
    private async Task<List<string>> ReadingAsync(string person)
    {
        var paths = await OperationsAsync(
            path => path.StartsWith("/v1/people/{id}", StringComparison.Ordinal)
            && !path.EndsWith("/introductions", StringComparison.Ordinal));
        return [.. paths.SelectMany(path => path.Contains("{other}", StringComparison.Ordinal)
                ? _blockers.Append(fixture.FarBlocker).Append(_people[1]).Append("nobody")
                .Select(other => path.Replace("{other}", Uri.EscapeDataString(other), StringComparison.Ordinal))
                : path.Contains("/interactions", StringComparison.Ordinal)
                ? _blockers.Select(other => $"{path}?with={Uri.EscapeDataString(other)}").Append(path) : [path])
            .Select(path => path.Replace("{id}", Uri.EscapeDataString(person), StringComparison.Ordinal))];
    }

    private async Task<List<string>> OperationsAsync(Func<string, bool> isMeant)
    {
        var api = (await _without.GetAsync("admin", "/openapi/v1.json")).Json;
        return [.. api.GetProperty("paths").EnumerateObject().Where(p => isMeant(p.Name) && p.Value.TryGetProperty("get", out _))
            .Select(p => p.Name)];
    }

    private string Path(string rest) => $"/v1/people/{Uri.EscapeDataString(_blocked)}{rest}";

    private Task<Answer> AskAsync(KeyedServer server, string path) => server.GetAsync($"person:{_blocked}", path);

    /// <summary>Habits are counted a little behind the network, and each server does so in its own time.</summary>
    private async Task UntilHabitsAreCountedAsync()
    {
        while (true)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var without = await _without.GetAsync("analyst", "/v1/network/warnings");
            var with = await _with.GetAsync("analyst", "/v1/network/warnings");
            if (without.Json.GetProperty("asOf").ValueKind != JsonValueKind.Null && Alike(with.Body) == Alike(without.Body)) return;
        }
    }

    private async Task<int> ShouldBeSameAsync(string scope, HttpMethod method, string path, string? body)
    {
        var without = await _without.SendAsync(scope, method, path, body);
        var with = await _with.SendAsync(scope, method, path, body);
        with.Status.ShouldBe(without.Status, $"{method} {path}: {without.Body} became {with.Body}");
        Alike(with.Body).ShouldBe(Alike(without.Body), $"{method} {path}");
        string.Join('\n', with.Headers.Keys.Order()).ShouldBe(string.Join('\n', without.Headers.Keys.Order()), $"{method} {path}");
        return with.Status;
    }

    /// <summary>
    /// Without what differs between any two servers: how long the log is, and ids made up. And without the best path to the
    /// other in a brief, and what is said of it: between the two it is cut.
    /// </summary>
    private static string Alike(string body)
    {
        if (body.StartsWith('{') && !body.Contains('\n') && JsonNode.Parse(body) is JsonObject brief && brief.ContainsKey("introduction"))
        {
            foreach (var ofPath in new[] { "introduction", "summary", "counsel" }) brief.Remove(ofPath);
            body = brief.ToJsonString();
        }
        return MadeUp().Replace(body, "\"$1\":0");
    }

    [GeneratedRegex("\"(position|id)\":([0-9]+|\"r-[^\"]*\")")]
    private static partial Regex MadeUp();
}
