using System.Net;
using System.Text.Json;
using NetworkGraph.Server.Dashboard;

namespace NetworkGraph.Dashboard.Tests;

/// <summary>How the dashboard is served, and that it knows the API there is.</summary>
public sealed class ServingTests(DemoServer server) : IDisposable
{
    private readonly HttpClient _http = new(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.None })
    { BaseAddress = server.Address };

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task The_start_page_admits_nothing_from_elsewhere_and_is_never_stale()
    {
        using var answer = await GetAsync("/");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        answer.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self';");
        answer.Headers.GetValues("X-Content-Type-Options").Single().ShouldBe("nosniff");
        answer.Headers.CacheControl!.NoCache.ShouldBeTrue();
        using var again = new HttpRequestMessage(HttpMethod.Get, "/");
        again.Headers.IfNoneMatch.Add(answer.Headers.ETag!);
        (await _http.SendAsync(again, TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.NotModified);
    }

    [Fact]
    public async Task Assets_are_packed_and_kept_for_ever()
    {
        SkipWithoutDashboard();
        var start = await (await GetAsync("/")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var script = start.Split('"').First(
            part => part.StartsWith("/assets/", StringComparison.Ordinal) && part.EndsWith(".js", StringComparison.Ordinal));
        using var answer = await GetAsync(script, encoding: "gzip, br");
        answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        answer.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        (await GetAsync(script, encoding: "gzip")).Content.Headers.ContentEncoding.ShouldBe(["gzip"]);
        (await GetAsync("/assets/gone-abc123.js", accept: "text/html")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/people/ann%40example.org")]
    [InlineData("/people/https%3A%2F%2Fexample.org%2Fann")]
    [InlineData("/map?asOf=2025-01-01")]
    [InlineData("/anything")]
    public async Task Addresses_of_pages_lead_to_the_dashboard(string address)
    {
        using var answer = await GetAsync(address, accept: "text/html,application/xhtml+xml");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        // Whoever does not ask for a page gets no page.
        (await GetAsync(address)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("/v1/nothing", 404)]
    [InlineData("/v1", 404)]
    [InlineData("/v1/interactions", 405)]
    [InlineData("/health/nothing", 404)]
    [InlineData("/metrics/nothing", 404)]
    [InlineData("/openapi/v2.json", 404)]
    public async Task What_belongs_to_the_api_is_never_answered_by_a_page(string address, int status)
    {
        using var answer = await GetAsync(address, accept: "text/html");
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Content.Headers.ContentType?.MediaType.ShouldNotBe("text/html");
    }

    [Fact]
    public async Task The_first_load_is_under_350_KB()
    {
        SkipWithoutDashboard();
        var files = DashboardFiles.Load(typeof(DashboardFiles).Assembly);
        var start = await (await GetAsync("/")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        // The start page's own files, and all that the overview, the first page, can ask for.
        var names = typeof(DashboardFiles).Assembly.GetManifestResourceNames().Select(n => "/" + n["dashboard/".Length..]);
        string[] ofOverview = ["OverviewPage", "echarts", "Chart"];
        var paths = names.Where(
            n => start.Contains(n, StringComparison.Ordinal)
            || (n.EndsWith(".js", StringComparison.Ordinal) && !n.Contains("Page", StringComparison.Ordinal)
            && !n.Contains("draw", StringComparison.Ordinal))
            || ofOverview.Any(o => n.StartsWith($"/assets/{o}", StringComparison.Ordinal) && n.EndsWith(".js", StringComparison.Ordinal)));
        paths.Distinct().Sum(path => files.Find(path) is { } file ? (file.Gzip ?? file.Plain).Length : 0).ShouldBeLessThan(350_000);
    }

    /// <summary>
    /// The dashboard's types are made from this file, so a change of the API that it does not follow fails its build. To
    /// take a change over, run this test with NETWORKGRAPH_WRITE_OPENAPI=1 and look at what changed.
    /// </summary>
    [Fact]
    public async Task The_committed_api_document_is_the_one_that_is_served()
    {
        var path = Path.Combine(Folders.Dashboard, "openapi.json");
        var served = (await (await GetAsync("/openapi/v1.json")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken))
            .TrimEnd() + "\n";
        if (Environment.GetEnvironmentVariable("NETWORKGRAPH_WRITE_OPENAPI") == "1")
            await File.WriteAllTextAsync(path, served, TestContext.Current.CancellationToken);
        var committed = await File.ReadAllTextAsync(path, TestContext.Current.CancellationToken);
        if (committed == served) return;
        using var a = JsonDocument.Parse(committed);
        using var b = JsonDocument.Parse(served);
        Assert.Fail($"src/dashboard/openapi.json is not what the server serves. {Difference(a.RootElement, b.RootElement)} "
            + "Run this test with NETWORKGRAPH_WRITE_OPENAPI=1, see that src/dashboard still builds, and commit the file.");
    }

    private static string Difference(JsonElement committed, JsonElement served)
    {
        static IEnumerable<string> PathsOf(JsonElement api) => api.GetProperty("paths").EnumerateObject().Select(p => p.Name);
        var missing = PathsOf(served).Except(PathsOf(committed)).ToList();
        var gone = PathsOf(committed).Except(PathsOf(served)).ToList();
        return $"New paths: {(missing.Count == 0 ? "none" : string.Join(", ", missing))}; gone: "
            + $"{(gone.Count == 0 ? "none" : string.Join(", ", gone))}; or details differ.";
    }

    private async Task<HttpResponseMessage> GetAsync(string path, string accept = "*/*", string? encoding = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation("Accept", accept);
        if (encoding is not null) request.Headers.TryAddWithoutValidation("Accept-Encoding", encoding);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private static void SkipWithoutDashboard()
    {
        if (!DashboardFiles.Load(typeof(DashboardFiles).Assembly).IsBuilt)
            Assert.Skip("The server was built without its dashboard, since npm was missing.");
    }
}
