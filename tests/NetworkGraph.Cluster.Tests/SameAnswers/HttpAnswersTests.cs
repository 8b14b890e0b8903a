using System.Text.RegularExpressions;
using NetworkGraph.Server.Tests;
using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Cluster.Tests.SameAnswers;

/// <summary>Over HTTP every node of a cluster says what an embedded server says, to the byte.</summary>
[Collection(Beside.Name)]
public sealed partial class HttpAnswersTests(ClusterBesideEmbedded both, ITestOutputHelper output)
{
    private readonly HashSet<string> _succeeded = [];
    private readonly SortedDictionary<int, int> _statuses = [];

    [Fact(Timeout = 600_000)]
    public async Task Every_operation_has_the_same_answers_from_every_node_before_and_after_writes()
    {
        await both.UntilAllSeeAsync();
        var asked = new AskedOfBoth(both, (await both.Embedded.GetAsync("admin", "/openapi/v1.json")).Json);
        foreach (var request in asked.Reading()) await ReadAsync(request);

        var nudges = await both.Embedded.GetAsync("admin", $"/v1/people/{Uri.EscapeDataString(both.People[0])}/nudges");
        var ids = nudges.Json.GetProperty("items").EnumerateArray().Select(nudge => nudge.GetProperty("id").GetString()!);
        var turn = 0;
        foreach (var request in asked.Writing([.. ids]))
        {
            var expected = await AskAsync(both.Embedded, request);
            var (name, node) = both.Nodes[turn++ % both.Nodes.Count];
            Same(request, expected, await AskAsync(node, request), name);
            await both.UntilAllSeeAsync();
        }
        both.Api.Server.LastPosition.ShouldBe(both.Embedded.Server.LastPosition);
        foreach (var request in asked.Reading()) await ReadAsync(request);

        // How far a webhook has sent is noted in records of their own, at times of their own: there is none here.
        asked.Operations.Except(_succeeded).ShouldBe(
            ["createSubscription", "getSubscription", "deleteSubscription"], ignoreOrder: true, "asked, but never answered with success");
        foreach (var status in (int[])[200, 400, 401, 403, 404, 405, 415, 422]) _statuses.Keys.ShouldContain(status);
        output.WriteLine($"{_statuses.Values.Sum()} answers of {asked.Operations.Count} operations compared, by status: "
            + $"{string.Join(", ", _statuses.Select(s => $"{s.Key}: {s.Value}"))}");
    }

    [Fact(Timeout = 120_000)]
    public async Task Every_node_serves_the_same_document()
    {
        var expected = (await both.Embedded.GetAsync("admin", "/openapi/v1.json")).Body;
        foreach (var (name, node) in both.Nodes) (await node.GetAsync("admin", "/openapi/v1.json")).Body.ShouldBe(expected, name);
    }

    /// <summary>Asks all; of a list that goes on, the next page too, with the cursor that the embedded server gave.</summary>
    private async Task ReadAsync(Asked request)
    {
        var expected = await AskAsync(both.Embedded, request);
        foreach (var (name, node) in both.Nodes) Same(request, expected, await AskAsync(node, request), name);
        if (expected.Status == 200 && request.Path.EndsWith("limit=2", StringComparison.Ordinal)
            && NextCursor().Match(expected.Body) is { Success: true } next)
            await ReadAsync(request with
            {
                Path = $"{request.Path.Replace("limit=2", "limit=3", StringComparison.Ordinal)}&cursor={next.Groups[1].Value}",
            });
    }

    private static Task<Answer> AskAsync(KeyedServer server, Asked request) =>
        server.SendAsync(request.Scope, request.Method, request.Path, request.Body, request.ContentType);

    private void Same(Asked request, Answer expected, Answer answer, string node)
    {
        var what = $"{request.Method} {request.Path} {request.Body} with {request.Scope ?? "no key"} of {node}";
        answer.Status.ShouldBe(expected.Status, $"{what}: {answer.Body} and not {expected.Body}");
        answer.ContentType.ShouldBe(expected.ContentType, what);
        MadeUp().Replace(answer.Body, "?").ShouldBe(MadeUp().Replace(expected.Body, "?"), what);
        string.Join('\n', answer.Headers.Keys.Order()).ShouldBe(string.Join('\n', expected.Headers.Keys.Order()), what);
        _statuses[answer.Status] = _statuses.GetValueOrDefault(answer.Status) + 1;
        if (answer.Status == 200) _succeeded.Add(request.Operation);
    }

    /// <summary>
    /// Ids of reports, asks and subscriptions are made up when they come, and so are secrets; a cursor holds how far the server that made
    /// it had read.
    /// </summary>
    [GeneratedRegex("(?<=\\b(?:r|a|sub)-)[0-9a-f]{24}|(?<=\"(?:secret|nextCursor)\": ?\")[^\"]+")]
    internal static partial Regex MadeUp();

    [GeneratedRegex("\"nextCursor\":\"([^\"]+)\"")]
    private static partial Regex NextCursor();
}
