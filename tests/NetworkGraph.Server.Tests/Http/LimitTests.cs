using Microsoft.AspNetCore.Builder;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Server.Tests.Http;

public class LimitTests
{
    private static readonly Operation s_heavy = Operation.Get("getHeavy", "/v1/heavy", () => Task.CompletedTask).Heavy();

    [Fact]
    public async Task What_is_beyond_the_limit_is_answered_at_once_with_when_to_try_again()
    {
        using var entered = new SemaphoreSlim(0);
        var leave = new TaskCompletionSource();
        await using var server = await RunningServer.StartAsync(
            options => options with { HeavyQueriesAtOnce = 1, HeavyQueriesWaiting = 0, ClientSharePercent = 100 },
            app => app.MapGet("/v1/heavy", async () =>
            {
                entered.Release();
                await leave.Task;
                return "done";
            }).WithMetadata(s_heavy));

        var first = server.GetAsync("/v1/heavy");
        await entered.WaitAsync(TestContext.Current.CancellationToken);
        var second = await server.GetAsync("/v1/heavy");
        second.ShouldBeProblem(429);
        second.Headers["Retry-After"].ShouldBe("1");
        (await server.GetAsync("/health/live")).Status.ShouldBe(200);
        leave.SetResult();
        (await first).Status.ShouldBe(200);
        (await server.GetAsync("/v1/heavy")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task All_requests_together_are_bounded_and_health_is_not_among_them()
    {
        using var entered = new SemaphoreSlim(0);
        var leave = new TaskCompletionSource();
        await using var server = await RunningServer.StartAsync(
            options => options with { RequestsAtOnce = 1, ClientSharePercent = 100 }, app => app.MapGet("/v1/slow", async () =>
        {
            entered.Release();
            await leave.Task;
            return "done";
        }));

        var first = server.GetAsync("/v1/slow");
        await entered.WaitAsync(TestContext.Current.CancellationToken);
        (await server.GetAsync("/v1/slow")).ShouldBeProblem(429);
        (await server.GetAsync("/metrics")).Status.ShouldBe(200);
        leave.SetResult();
        (await first).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Uploads_that_do_not_end_stand_in_the_way_of_no_query_and_the_other_way_round()
    {
        await using var server = await RunningServer.StartAsync(
            options => options with { RequestsAtOnce = 1, IngestAtOnce = 1, ClientSharePercent = 100 });
        using var upload = new HeldUpload();
        using var http = Patient(server.Address);
        var first = http.PostAsync("/v1/interactions", upload, TestContext.Current.CancellationToken);
        await Until.DoneAsync("the upload to begin", upload.Begun);
        await server.UntilAsync("the upload is in hand", "/v1/network", answer => answer.Status == 200);
        await Until.TrueAsync("a second upload is refused", async () =>
            (await server.SendAsync(HttpMethod.Post, "/v1/interactions", "{}")).Status == 429);
        (await server.SendAsync(HttpMethod.Post, "/v1/interactions", "{}")).Headers["Retry-After"].ShouldBe("1");
        (await server.GetAsync("/v1/network")).Status.ShouldBe(200);
        upload.End();
        (await first).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public async Task No_client_has_more_than_its_share()
    {
        using var upload = new HeldUpload();
        await using var small = await KeyedServer.StartAsync(
            [], null, options => options with { IngestAtOnce = 2, ClientSharePercent = 50 });
        using var http = Patient(small.Server.Address);
        http.DefaultRequestHeaders.Authorization = new("Bearer", small.KeyOf("ingest"));
        var first = http.PostAsync("/v1/interactions", upload, TestContext.Current.CancellationToken);
        await Until.DoneAsync("the upload to begin", upload.Begun);
        await Until.TrueAsync(
            "the same key is refused a second upload", async () =>
            (await small.SendAsync("ingest", HttpMethod.Post, "/v1/interactions", "{}")).Status == 429);
        (await small.SendAsync("admin", HttpMethod.Post, "/v1/interactions", "{}")).Status.ShouldBe(422);
        upload.End();
        (await first).StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    /// <summary>
    /// A client that sends a body only when the server reads it: by then it has been let in, and nothing that comes later has.
    /// </summary>
    private static HttpClient Patient(Uri address)
    {
        var http = new HttpClient(new SocketsHttpHandler { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan }) { BaseAddress = address };
        http.DefaultRequestHeaders.ExpectContinue = true;
        return http;
    }

    /// <summary>A body of one interaction that ends when it is told to.</summary>
    private sealed class HeldUpload : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public HeldUpload() => Headers.ContentType = new("application/x-ndjson");

        public Task Begun => _begun.Task;

        public void End() => _end.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync(
                "{\"id\":\"held\",\"at\":\"2026-05-01T10:00:00Z\",\"from\":\"ann\",\"to\":\"bob\",\"kind\":\"message\"}\n"u8.ToArray());
            await stream.FlushAsync();
            _begun.TrySetResult();
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
