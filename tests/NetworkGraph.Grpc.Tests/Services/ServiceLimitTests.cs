using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using NetworkGraph.Server.Tests;
using NetworkGraph.Server.Tests.Keys;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>What guards HTTP guards gRPC: keys, limits, metrics.</summary>
public class ServiceLimitTests
{
    private const string RecordStream = "/networkgraph.v1.Interactions/RecordStream";
    private const string GetTies = "/networkgraph.v1.People/GetTies";

    [Fact(Timeout = 120_000)]
    public async Task A_key_is_good_for_what_it_is_good_for_over_HTTP()
    {
        await using var keyed = await KeyedServer.StartAsync(["ada"]);
        using var http = new HttpClient { BaseAddress = keyed.Server.GrpcAddress };
        var stream = Frame(Given.Batch("a", 2));
        (await StatusAsync(http, RecordStream, stream, null)).ShouldBe(16);
        (await StatusAsync(http, RecordStream, stream, "not a key")).ShouldBe(16);
        (await StatusAsync(http, RecordStream, stream, keyed.KeyOf("person:ada"))).ShouldBe(7);
        (await StatusAsync(http, RecordStream, stream, keyed.KeyOf("ingest"))).ShouldBe(0);
        await keyed.Server.UntilVisibleAsync();
        (await StatusAsync(http, GetTies, Frame(new V1.GetTiesRequest { Id = "ada" }), keyed.KeyOf("person:ada"))).ShouldBe(0);
        (await StatusAsync(http, GetTies, Frame(new V1.GetTiesRequest { Id = "bob" }), keyed.KeyOf("person:ada"))).ShouldBe(7);
        (await StatusAsync(http, GetTies, Frame(new V1.GetTiesRequest { Id = "bob" }), keyed.KeyOf("ingest"))).ShouldBe(7);
        (await StatusAsync(http, GetTies, Frame(new V1.GetTiesRequest { Id = "bob" }), keyed.KeyOf("analyst"))).ShouldBe(0);
        (await StatusAsync(http, "/networkgraph.v1.Network/GetNetwork", Frame(new V1.GetNetworkRequest()), keyed.KeyOf("person:ada"))).ShouldBe(7);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_hundred_streams_at_once_lose_nothing_and_are_counted()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.GrpcAddress };
        var statuses = await Task.WhenAll(Enumerable.Range(0, 100).Select(s =>
            StatusAsync(http, RecordStream, [.. Enumerable.Range(0, 5).SelectMany(m => Frame(Given.Batch($"{s}-{m}", 20)))], null)));
        statuses.ShouldAllBe(status => status == 0);
        await server.UntilVisibleAsync();
        (await server.GetAsync("/v1/network")).Json.GetProperty("interactions").GetInt64().ShouldBe(10_000);
        (await server.GetAsync("/metrics")).Body.ShouldContain("networkgraph_grpc_duration_seconds_count{method=\"networkgraph.v1.Interactions/RecordStream\",status=\"Ok\"}");
    }

    [Fact(Timeout = 120_000)]
    public async Task What_is_beyond_the_limit_is_answered_at_once_with_when_to_try_again()
    {
        await using var server = await RunningServer.StartAsync(options => options with { RequestsAtOnce = 1 });
        await using var client = await RemoteClient.StartAsync(ClientProcess.Python, server.GrpcAddress);
        using var http = new HttpClient { BaseAddress = server.GrpcAddress };
        var sent = new TaskCompletionSource();
        var holding = new TaskCompletionSource();
        using var open = Request(RecordStream, new HeldContent(Frame(Given.Batch("a", 1)), sent, holding.Task), null);
        using var streaming = await http.SendAsync(open, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var (_, end) = await client.CallAsync<V1.GetTiesResponse>(new CallPlan(GetTies, new V1.GetTiesRequest { Id = "ada" }));
        end.Code.ShouldBe(8);
        end.Detail<Google.Rpc.RetryInfo>().ShouldNotBeNull().RetryDelay.Seconds.ShouldBe(1);
        holding.SetResult();
        await streaming.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
        await server.UntilVisibleAsync();
        (await client.CallAsync<V1.GetTiesResponse>(new CallPlan(GetTies, new V1.GetTiesRequest { Id = "ada" }))).End.Code.ShouldBe(0);
    }

    private static byte[] Frame(IMessage message)
    {
        var frame = new byte[5 + message.CalculateSize()];
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), frame.Length - 5);
        message.WriteTo(frame.AsSpan(5));
        return frame;
    }

    private static HttpRequestMessage Request(string method, HttpContent content, string? key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, method) { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = content };
        request.Headers.TE.ParseAdd("trailers");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/grpc");
        if (key is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return request;
    }

    private static async Task<int> StatusAsync(HttpClient http, string method, byte[] body, string? key)
    {
        using var request = Request(method, new ByteArrayContent(body), key);
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return new RawAnswer(response, []).GrpcStatus.ShouldNotBeNull();
    }

    /// <summary>A request that stays open after its first bytes.</summary>
    private sealed class HeldContent(byte[] first, TaskCompletionSource sent, Task held) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(first);
            await stream.FlushAsync();
            sent.SetResult();
            await held;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
