using System.Text.Json;
using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Tests.Keys;

/// <summary>Every operation with every scope, and what must come of it, written down a second time.</summary>
public sealed class OperationAccessTests : IAsyncLifetime
{
    private const string Own = "person:probe";
    private const string Other = "person:other";

    /// <summary>Which of the keys may do what. "own" is a person's key where the operation is about that person.</summary>
    private static readonly Dictionary<string, string> s_expected = new()
    {
        ["recordInteractions"] = "ingest admin own other",
        ["getInteraction"] = "analyst safety admin own other",
        ["amendInteraction"] = "ingest admin",
        ["retractInteraction"] = "admin",
        ["startImport"] = "ingest admin",
        ["listImports"] = "ingest admin",
        ["getImport"] = "ingest admin",
        ["undoImport"] = "ingest admin",
        ["listSources"] = "admin",
        ["putPeople"] = "ingest admin",
        ["putPerson"] = "ingest admin own",
        ["patchPerson"] = "ingest admin own",
        ["putBeginning"] = "admin own",
        ["deleteBeginning"] = "admin own",
        ["getAsks"] = "admin own",
        ["proposeAsk"] = "admin own",
        ["putAsk"] = "admin own",
        ["getAccess"] = "admin own",
        ["listSubscriptions"] = "analyst admin",
        ["createSubscription"] = "analyst admin",
        ["getSubscription"] = "analyst admin",
        ["deleteSubscription"] = "analyst admin",
        ["erasePerson"] = "admin",
        ["getPerson"] = "analyst safety admin own",
        ["getInteractions"] = "analyst safety admin own",
        ["getTies"] = "analyst safety admin own",
        ["getTie"] = "analyst safety admin own",
        ["getReciprocity"] = "analyst safety admin own",
        ["getDormantTies"] = "analyst safety admin own",
        ["getRevival"] = "analyst safety admin own",
        ["getIntroductions"] = "analyst safety admin own",
        ["getIntroductionChains"] = "analyst safety admin own",
        ["getFollowUps"] = "analyst safety admin own",
        ["getPersonVenues"] = "analyst safety admin own",
        ["getReferrals"] = "analyst safety admin own",
        ["getArchetypes"] = "analyst safety admin own",
        ["getWarnings"] = "analyst safety admin own",
        ["getStructure"] = "analyst safety admin own",
        ["getEgo"] = "analyst safety admin",
        ["getNudges"] = "analyst safety admin own",
        ["putNudge"] = "admin own",
        ["getPreference"] = "admin own",
        ["putPreference"] = "admin own",
        ["deletePreference"] = "admin own",
        ["getCadences"] = "admin own",
        ["putCadences"] = "admin own",
        ["getBrief"] = "analyst safety admin own",
        ["exportPerson"] = "admin own",
        ["getAliases"] = "analyst safety admin own",
        ["mergeAlias"] = "admin",
        ["splitAlias"] = "admin",
        ["listIdentitySuggestions"] = "analyst admin",
        ["decideIdentitySuggestion"] = "admin",
        ["listIdentityChanges"] = "analyst admin",
        ["listEntitySuggestions"] = "analyst admin",
        ["confirmEntity"] = "admin",
        ["getSuppressions"] = "admin",
        ["liftSuppression"] = "admin",
        ["getBlocks"] = "safety admin own",
        ["placeBlock"] = "admin own",
        ["liftBlock"] = "admin own",
        ["fileReport"] = "safety admin own",
        ["listReports"] = "safety",
        ["getReport"] = "safety",
        ["moveReport"] = "safety",
        ["searchPeople"] = "analyst safety admin",
        ["getNetwork"] = "analyst admin",
        ["getNetworkReciprocity"] = "analyst admin",
        ["getReciprocityDistribution"] = "analyst admin",
        ["getNetworkChanges"] = "analyst admin",
        ["getNetworkWarnings"] = "analyst admin",
        ["getCommunities"] = "analyst admin",
        ["getCores"] = "analyst admin",
        ["getBackbone"] = "analyst admin",
        ["getBrokers"] = "analyst admin",
        ["getGroups"] = "analyst admin",
        ["getTeamIntroductions"] = "analyst admin",
        ["exportNetwork"] = "analyst admin",
        ["getNetworkMap"] = "analyst admin",
        ["getNetworkTimeline"] = "analyst admin",
        ["getHuddles"] = "analyst admin",
        ["searchVenues"] = "analyst admin",
        ["getVenue"] = "analyst admin",
        ["getPairings"] = "analyst admin",
        ["getLive"] = "analyst safety admin own other",
    };

    private KeyedServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await KeyedServer.StartAsync(["probe", "other"]);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Every_operation_is_open_to_exactly_the_scopes_that_the_table_names()
    {
        foreach (var (operation, method, path) in await OperationsAsync())
        {
            var expected = s_expected.ShouldContainKeyAndValue(operation).Split(' ');
            foreach (var scope in _server.Scopes)
            {
                var answer = await AskAsync(scope, operation, method, path);
                var name = scope switch { Own => "own", Other => "other", _ => scope };
                answer.Status.ShouldNotBe(401, $"{operation} with {scope}");
                if (expected.Contains(name)) answer.Status.ShouldNotBe(403, $"{operation} with {scope}");
                else answer.ShouldBeProblem(403, operation == "fileReport" && name == "other" ? "reporter" : null)
                    .ShouldContain("This needs a key with");
            }
            var without = await AskAsync(null, operation, method, path);
            without.ShouldBeProblem(401).ShouldContain("Authorization: Bearer");
            without.Headers["WWW-Authenticate"].ShouldBe("Bearer realm=\"networkgraph\"");
        }
    }

    [Fact]
    public async Task The_document_names_the_keys_that_each_operation_needs()
    {
        var api = (await _server.GetAsync("ingest", "/openapi/v1.json")).Json;
        var schemes = api.GetProperty("components").GetProperty("securitySchemes");
        schemes.GetProperty("bearer").GetProperty("scheme").GetString().ShouldBe("bearer");
        schemes.GetProperty("header").GetProperty("name").GetString().ShouldBe("X-Api-Key");
        api.GetProperty("security").GetArrayLength().ShouldBe(3);
        var description = api.GetProperty("paths").GetProperty("/v1/people/{id}/ties").GetProperty("get").GetProperty("description")
            .GetString();
        description.ShouldNotBeNull().ShouldContain("one of the scopes analyst, safety, admin, or the person's own (person:<id>)");
    }

    [Theory]
    [InlineData("/metrics", "analyst admin")]
    [InlineData("/openapi/v1.json", "ingest analyst safety admin own other")]
    [InlineData("/health/live", "ingest analyst safety admin own other nobody")]
    [InlineData("/health/ready", "ingest analyst safety admin own other nobody")]
    public async Task What_is_served_besides_operations_asks_for_keys_too(string path, string expected)
    {
        foreach (var scope in _server.Scopes.Append(null))
        {
            var name = scope switch { Own => "own", Other => "other", null => "nobody", _ => scope };
            (await _server.GetAsync(scope, path)).Status.ShouldBe(
                expected.Split(' ').Contains(name) ? 200 : scope is null ? 401 : 403, $"{path} with {scope}");
        }
    }

    [Fact]
    public async Task Paths_are_not_revealed_without_a_key()
    {
        (await _server.GetAsync(null, "/v1/nothing")).ShouldBeProblem(401);
        (await _server.SendAsync(null, HttpMethod.Patch, "/v1/network")).ShouldBeProblem(401);
        (await _server.GetAsync("ingest", "/v1/nothing")).ShouldBeProblem(404);
        (await _server.SendAsync("ingest", HttpMethod.Patch, "/v1/network")).ShouldBeProblem(405);
    }

    [Theory]
    [InlineData("/v1/people/prob%65/ties", true)]
    [InlineData("/v1/people/probe/ties/other", true)]
    [InlineData("/v1/people/other/ties/probe", false)]
    [InlineData("/v1/people/PROBE/ties", false)]
    [InlineData("/v1/people/probe%2F/ties", false)]
    [InlineData("/v1/people/%FF/ties", false)]
    [InlineData("/v1/people/other/../probe/ties", true)]
    public async Task A_persons_key_is_for_that_person_however_the_path_is_written(string path, bool isOwn) =>
        ((await _server.GetAsync(Own, path)).Status != 403).ShouldBe(isOwn);

    private Task<Answer> AskAsync(string? scope, string operation, string method, string path) => _server.SendAsync(
        // Whoever is erased loses their key: the erased one is somebody without.
        scope, new HttpMethod(method),
            path.Replace("{id}", operation == "erasePerson" ? "keyless" : "probe", StringComparison.Ordinal)
            .Replace(
            "{other}", "stranger", StringComparison.Ordinal),
        method is "GET" or "DELETE" ? null : operation == "fileReport" ? """{"reporter":"probe","about":"x","reason":"spam"}""" : "{}",
        operation == "putPeople" ? "application/x-ndjson" : "application/json");

    private async Task<List<(string Operation, string Method, string Path)>> OperationsAsync()
    {
        var api = (await _server.GetAsync("admin", "/openapi/v1.json")).Json;
        var operations = api.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject()
            .Select(o => (o.Value.GetProperty("operationId").GetString()!, o.Name.ToUpperInvariant(), path.Name)))
            .ToList();
        operations.Count.ShouldBeGreaterThan(13);
        return operations;
    }
}

internal static class Keyed
{
    public static string ShouldContainKeyAndValue(this Dictionary<string, string> expected, string key)
    {
        expected.ShouldContainKey(key, "write down here who may do it");
        return expected[key];
    }
}
