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
        var asked = new AskedOfBoth(both, (await both.Embedded.GetAsync("admin", "/openapi/v1.json")).Json);
        foreach (var request in asked.Reading()) await ReadAsync(request);

        var turn = 0;
        foreach (var request in asked.Writing())
        {
            var expected = await AskAsync(both.Embedded, request);
            var (name, node) = both.Nodes[turn++ % both.Nodes.Count];
            Same(request, expected, await AskAsync(node, request), name);
            await both.UntilAllSeeAsync();
        }
        both.Gateway.Server.LastPosition.ShouldBe(both.Embedded.Server.LastPosition);
        foreach (var request in asked.Reading()) await ReadAsync(request);

        asked.Operations.Except(_succeeded).ShouldBeEmpty("asked, but never answered with success");
        foreach (var status in (int[])[200, 400, 401, 403, 404, 405, 415, 422]) _statuses.Keys.ShouldContain(status);
        output.WriteLine($"{_statuses.Values.Sum()} answers of {asked.Operations.Count} operations compared, by status: {string.Join(", ", _statuses.Select(s => $"{s.Key}: {s.Value}"))}");
    }

    [Fact(Timeout = 120_000)]
    public async Task The_document_is_that_of_an_embedded_server_and_two_operations_more()
    {
        var embedded = (await both.Embedded.GetAsync("admin", "/openapi/v1.json")).Json;
        foreach (var (name, node) in both.Nodes)
        {
            var paths = (await node.GetAsync("admin", "/openapi/v1.json")).Json.GetProperty("paths");
            foreach (var path in embedded.GetProperty("paths").EnumerateObject()) paths.GetProperty(path.Name).GetRawText().ShouldBe(path.Value.GetRawText(), $"{name}: {path.Name}");
            paths.EnumerateObject().Select(p => p.Name).Except(embedded.GetProperty("paths").EnumerateObject().Select(p => p.Name))
                .ShouldBe(["/v1/people/{id}/introduction-chains", "/v1/network/cores"], ignoreOrder: true);
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task What_only_a_cluster_answers_every_node_answers_alike()
    {
        var person = Uri.EscapeDataString(both.People[3]);
        foreach (var (path, status) in new (string, int)[]
        {
            ("/v1/network/cores", 200), ("/v1/network/cores?asOf=2024-09-01T00:00:00Z", 200), ("/v1/network/cores?asOf=2999-01-01T00:00:00Z", 400),
            ($"/v1/people/{person}/introduction-chains?to={Uri.EscapeDataString(both.People[40])}", 200), ($"/v1/people/{person}/introduction-chains", 400),
            ($"/v1/people/{person}/introduction-chains?to={person}", 400), ($"/v1/people/nobody/introduction-chains?to={person}", 404),
        })
        {
            var first = await both.Silo.GetAsync("admin", path);
            first.Status.ShouldBe(status, first.Body);
            foreach (var (name, node) in both.Nodes) Same(new Asked("", "admin", HttpMethod.Get, path), first, await node.GetAsync("admin", path), name);
        }
    }

    /// <summary>Asks all; of a list that goes on, the next page too, with the cursor that the embedded server gave.</summary>
    private async Task ReadAsync(Asked request)
    {
        var expected = await AskAsync(both.Embedded, request);
        foreach (var (name, node) in both.Nodes) Same(request, expected, await AskAsync(node, request), name);
        if (expected.Status == 200 && request.Path.EndsWith("limit=2", StringComparison.Ordinal) && NextCursor().Match(expected.Body) is { Success: true } next)
            await ReadAsync(request with { Path = $"{request.Path.Replace("limit=2", "limit=3", StringComparison.Ordinal)}&cursor={next.Groups[1].Value}" });
    }

    private static Task<Answer> AskAsync(KeyedServer server, Asked request) =>
        server.SendAsync(request.Scope, request.Method, request.Path, request.Body, request.ContentType);

    private void Same(Asked request, Answer expected, Answer answer, string node)
    {
        var what = $"{request.Method} {request.Path} {request.Body} with {request.Scope ?? "no key"} of {node}";
        answer.Status.ShouldBe(expected.Status, $"{what}: {answer.Body} and not {expected.Body}");
        answer.ContentType.ShouldBe(expected.ContentType, what);
        MadeUp().Replace(answer.Body, "r-?").ShouldBe(MadeUp().Replace(expected.Body, "r-?"), what);
        string.Join('\n', answer.Headers.Keys.Order()).ShouldBe(string.Join('\n', expected.Headers.Keys.Order()), what);
        _statuses[answer.Status] = _statuses.GetValueOrDefault(answer.Status) + 1;
        if (answer.Status == 200) _succeeded.Add(request.Operation);
    }

    /// <summary>Ids of reports are made up when they are filed.</summary>
    [GeneratedRegex("r-[0-9a-f]{24}")]
    internal static partial Regex MadeUp();

    [GeneratedRegex("\"nextCursor\":\"([^\"]+)\"")]
    private static partial Regex NextCursor();
}
