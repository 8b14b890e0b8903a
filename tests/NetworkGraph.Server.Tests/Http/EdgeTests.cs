using System.IO.Compression;
using System.Net;
using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Server.Tests.Http;

/// <summary>What every HTTP answer has in common: HEAD, compression, caching, and who may read it from a browser.</summary>
public class EdgeTests
{
    private const string Origin = "https://dashboard.example.org";

    public static readonly TheoryData<string> Readable = ["/health/live", "/health/ready", "/v1/network", "/v1/people", "/openapi/v1.json",
        "/metrics", "/protos", "/v1/people/nobody"];

    [Theory]
    [MemberData(nameof(Readable))]
    public async Task Head_is_answered_as_get_is_without_a_body(string path)
    {
        await using var server = await RunningServer.StartAsync();
        var get = await server.GetAsync(path);
        var head = await server.SendAsync(HttpMethod.Head, path);
        head.Status.ShouldBe(get.Status);
        head.ContentType.ShouldBe(get.ContentType);
        head.Body.ShouldBeEmpty();
    }

    [Fact]
    public async Task Head_of_the_live_feed_ends()
    {
        await using var server = await RunningServer.StartAsync();
        var head = await server.SendAsync(HttpMethod.Head, "/v1/live");
        head.Status.ShouldBe(200);
        head.ContentType.ShouldBe("text/event-stream; charset=utf-8");
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("br", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("identity", null)]
    public async Task Answers_are_compressed_for_those_who_accept_it(string accepted, string? encoding)
    {
        await using var server = await RunningServer.StartAsync();
        await server.AppendAsync(SmallNetwork.Records());
        var plain = await server.GetAsync("/v1/people");
        var answer = await SendAsync(server, "/v1/people", ("Accept-Encoding", accepted));
        answer.Content.Headers.ContentEncoding.SingleOrDefault().ShouldBe(encoding);
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        await using Stream unpacked = encoding switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(unpacked);
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).ShouldBe(plain.Body);
    }

    [Fact]
    public async Task No_answer_is_kept_or_guessed_at_unless_it_is_of_an_explicit_date()
    {
        await using var server = await RunningServer.StartAsync();
        await server.AppendAsync(SmallNetwork.Records());
        foreach (var path in (string[])["/v1/people", "/v1/network", "/v1/people/nobody", "/v1/nothing", "/health/live", "/metrics"])
        {
            var answer = await server.GetAsync(path);
            answer.Headers["Cache-Control"].ShouldBe("no-store", path);
            answer.Headers["X-Content-Type-Options"].ShouldBe("nosniff", path);
            answer.Headers.Keys.ShouldNotContain("ETag", path);
        }
    }

    [Fact]
    public async Task An_answer_of_an_explicit_date_has_an_etag_by_which_it_is_not_sent_again()
    {
        await using var server = await RunningServer.StartAsync();
        await server.AppendAsync(SmallNetwork.Records());
        var path = $"/v1/people/{Uri.EscapeDataString(SmallNetwork.Ada)}/ties?asOf=2026-06-01T00:00:00Z";
        var first = await SendAsync(server, path);
        var tag = first.Headers.ETag.ShouldNotBeNull();
        first.Headers.CacheControl!.ToString().ShouldBe("no-cache, private");

        var second = await SendAsync(server, path, ("If-None-Match", tag.ToString()));
        second.StatusCode.ShouldBe(HttpStatusCode.NotModified);
        second.Headers.ETag.ShouldBe(tag);
        (await SendAsync(server, path, ("If-None-Match", "\"other\", *"))).StatusCode.ShouldBe(HttpStatusCode.NotModified);
        (await SendAsync(server, path, ("If-None-Match", "\"other\""))).StatusCode.ShouldBe(HttpStatusCode.OK);
        var other = await SendAsync(
            server, path.Replace("2026-06-01", "2026-06-02", StringComparison.Ordinal), ("If-None-Match", tag.ToString()));
        other.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await SendAsync(
            server, "/v1/people/nobody/ties?asOf=2026-06-01T00:00:00Z", ("If-None-Match", tag.ToString()))).StatusCode.ShouldBe(
            HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Pages_of_the_origins_named_may_use_the_api_with_a_key()
    {
        await using var server = await KeyedServer.StartAsync(
            [], null, options => options with { CorsOrigins = $"{Origin};http://localhost:3000" });
        using var http = new HttpClient { BaseAddress = server.Server.Address };
        using var preflight = new HttpRequestMessage(HttpMethod.Options, "/v1/network");
        preflight.Headers.Add("Origin", Origin);
        preflight.Headers.Add("Access-Control-Request-Method", "GET");
        preflight.Headers.Add("Access-Control-Request-Headers", "authorization,if-none-match");
        using var allowed = await http.SendAsync(preflight, TestContext.Current.CancellationToken);
        allowed.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        allowed.Headers.GetValues("Access-Control-Allow-Origin").ShouldBe([Origin]);
        allowed.Headers.GetValues("Access-Control-Allow-Headers").Single().ShouldContain("Authorization");

        var answer = await server.SendWithAsync(
            [("Origin", Origin), ("Authorization", $"Bearer {server.KeyOf("analyst")}")], HttpMethod.Get, "/v1/network");
        answer.Status.ShouldBe(200);
        answer.Headers["Access-Control-Allow-Origin"].ShouldBe(Origin);
        answer.Headers["Access-Control-Expose-Headers"].ShouldContain("ETag");
        // One whose key is missing is told so in a way that their page can read.
        var refused = await server.SendWithAsync([("Origin", Origin)], HttpMethod.Get, "/v1/network");
        refused.Status.ShouldBe(401);
        refused.Headers.Keys.ShouldContain("Access-Control-Allow-Origin");
        var other = await server.SendWithAsync(
            [("Origin", "https://other.example.org"), ("Authorization", $"Bearer {server.KeyOf("analyst")}")], HttpMethod.Get,
            "/v1/network");
        other.Headers.Keys.ShouldNotContain("Access-Control-Allow-Origin");
    }

    [Fact]
    public async Task No_other_origin_may_read_where_none_is_named()
    {
        await using var server = await RunningServer.StartAsync();
        (await SendAsync(server, "/v1/network", ("Origin", Origin))).Headers.Contains("Access-Control-Allow-Origin").ShouldBeFalse();
    }

    private static async Task<HttpResponseMessage> SendAsync(
        RunningServer server, string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        return await server.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
