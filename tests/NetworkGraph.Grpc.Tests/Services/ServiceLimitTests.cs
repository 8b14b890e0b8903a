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
        (await StatusAsync(http, RecordStream, stream, keyed.KeyOf("analyst"))).ShouldBe(7);
        (await StatusAsync(http, RecordStream, stream, keyed.KeyOf("person:ada"))).ShouldBe(0);
        (await StatusAsync(http, RecordStream, stream, keyed.KeyOf("ingest"))).ShouldBe(0);
        await keyed.Server.UntilVisibleAsync();
        (await StatusAsync(http, GetTies, Frame(new V1.GetTiesRequest { Id = "ada" }), keyed.KeyOf("person:ada"))).ShouldBe(0);
        (await StatusAsync(http, GetTies, Frame(new V1.GetTiesRequest { Id = "bob" }), keyed.KeyOf("person:ada"))).ShouldBe(7);
        (await StatusAsync(http, GetTies, Frame(new V1.GetTiesRequest { Id = "bob" }), keyed.KeyOf("ingest"))).ShouldBe(7);
        (await StatusAsync(http, GetTies, Frame(new V1.GetTiesRequest { Id = "bob" }), keyed.KeyOf("analyst"))).ShouldBe(0);
        (await StatusAsync(http, "/networkgraph.v1.Network/GetNetwork", Frame(new V1.GetNetworkRequest()), keyed.KeyOf("person:ada")))
            .ShouldBe(7);
    }

    [Theory(Timeout = 120_000)]
    [InlineData(ClientProcess.Node)]
    [InlineData(ClientProcess.Python)]
    public async Task A_key_goes_as_metadata_and_what_is_wrong_with_it_is_said(string client)
    {
        await using var keyed = await KeyedServer.StartAsync(["ada"]);
        await using var remote = await RemoteClient.StartAsync(client, keyed.Server.GrpcAddress);
        var record = new CallPlan("/networkgraph.v1.Interactions/Record", Given.Record(Given.Message("a")));
        var none = await EndAsync(record, null);
        none.Code.ShouldBe(16);
        none.Message.ShouldContain("metadata) 'Authorization: Bearer <key>'");
        (await EndAsync(record, "ngk_nothing")).Message.ShouldContain("unknown");
        var wrong = await EndAsync(record, keyed.KeyOf("analyst"));
        wrong.Code.ShouldBe(7);
        wrong.Message.ShouldContain("ingest");
        (await EndAsync(record, keyed.KeyOf("ingest"))).Code.ShouldBe(0);
        (await EndAsync(record with { Metadata = new Dictionary<string, string> { ["x-api-key"] = keyed.KeyOf("ingest") } })).Code.ShouldBe(
            0);

        // Whom a stream is about stands in its message.
        await keyed.Server.UntilVisibleAsync();
        var (own, others) = (Export("ada"), Export("bob"));
        (await EndAsync(own, null)).Code.ShouldBe(16);
        (await EndAsync(own, keyed.KeyOf("person:ada"))).Code.ShouldBe(0);
        (await EndAsync(own, keyed.KeyOf("admin"))).Code.ShouldBe(0);
        foreach (var (plan, scope) in new[] { (others, "person:ada"), (own, "analyst"), (own, "safety"), (own, "ingest"),
            (Live(), "ingest") })
        {
            var refused = await EndAsync(plan, keyed.KeyOf(scope));
            refused.Code.ShouldBe(7, scope);
            refused.Message.ShouldStartWith("This needs a key with ");
        }
        foreach (var scope in new[] { "person:ada", "analyst", "safety", "admin" })
            (await EndAsync(Live() with { DeadlineMs = 300 }, keyed.KeyOf(scope))).Code.ShouldBe(4, scope);

        CallPlan Export(string person) => new("/networkgraph.v1.People/ExportPerson", new V1.ExportPersonRequest { Id = person });

        CallPlan Live() => new("/networkgraph.v1.Network/GetLive", new V1.GetLiveRequest());

        async Task<CallEnd> EndAsync(CallPlan plan, string? key = null) => (await remote.CallAsync(
            key is null ? plan : plan with { Metadata = new Dictionary<string, string> { ["authorization"] = $"Bearer {key}" } },
            plan.Method.EndsWith("Live", StringComparison.Ordinal) ? V1.LiveEvent.Parser
                : plan.Method.EndsWith("Person", StringComparison.Ordinal)
                ? V1.ExportPersonResponse.Parser : V1.RecordResponse.Parser)).End;
    }

    [Fact(Timeout = 120_000)]
    public async Task Answers_are_packed_for_those_who_pack_what_they_send()
    {
        await using var server = await RunningServer.StartAsync();
        await server.AppendAsync([.. Enumerable.Range(0, 50).Select(i => new NetworkGraph.Events.Interactions.Interaction
        {
            Id = $"m{i}", AtMs = 1_700_000_000_000 + i, From = "ada", To = [$"bob{i}"],
                Kind = NetworkGraph.Events.Interactions.InteractionKind.Message,
        })]);
        using var http = new HttpClient { BaseAddress = server.GrpcAddress };
        var ties = Frame(new V1.GetTiesRequest { Id = "ada" });
        var person = Frame(new V1.GetPersonRequest { Id = "ada" });
        (await IsPackedAsync(GetTies, ties, "gzip", "gzip")).ShouldBeTrue();
        (await IsPackedAsync(GetTies, ties, "identity", "gzip")).ShouldBeFalse();
        (await IsPackedAsync(GetTies, ties, "gzip", "identity")).ShouldBeFalse();
        (await IsPackedAsync("/networkgraph.v1.People/GetPerson", person, "gzip", "gzip")).ShouldBeFalse();

        async Task<bool> IsPackedAsync(string method, byte[] frame, string encoding, string accepted)
        {
            using var request = Request(method, new ByteArrayContent(frame), null);
            request.Headers.Add("grpc-encoding", encoding);
            request.Headers.Add("grpc-accept-encoding", accepted);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            var answer = new RawAnswer(response, await response.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
            answer.GrpcStatus.ShouldBe(0);
            return answer.Body[0] == 1;
        }
    }

    [Fact(Timeout = 120_000)]
    public async Task A_hundred_streams_at_once_lose_nothing_and_are_counted()
    {
        using var ended = new EndedCalls();
        await using var server = await RunningServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.GrpcAddress };
        var statuses = await Task.WhenAll(Enumerable.Range(0, 100).Select(s =>
            StatusAsync(http, RecordStream, [.. Enumerable.Range(0, 5).SelectMany(m => Frame(Given.Batch($"{s}-{m}", 20)))], null)));
        statuses.ShouldAllBe(status => status == 0);
        await server.UntilVisibleAsync();
        (await server.GetAsync("/v1/network")).Json.GetProperty("interactions").GetInt64().ShouldBe(10_000);
        await ended.UntilAsync(RecordStream[1..], "OK");
    }

    [Fact(Timeout = 120_000)]
    public async Task What_is_beyond_the_limit_is_answered_at_once_with_when_to_try_again()
    {
        await using var server = await RunningServer.StartAsync(options => options with { IngestAtOnce = 1, ClientSharePercent = 100 });
        await using var client = await RemoteClient.StartAsync(ClientProcess.Python, server.GrpcAddress);
        using var http = new HttpClient { BaseAddress = server.GrpcAddress };
        var sent = new TaskCompletionSource();
        var holding = new TaskCompletionSource();
        using var open = Request(RecordStream, new HeldContent(Frame(Given.Batch("a", 1)), sent, holding.Task), null);
        using var streaming = await http.SendAsync(open, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        var (_, end) = await client.CallAsync<V1.RecordResponse>(
            new CallPlan("/networkgraph.v1.Interactions/Record", new V1.RecordRequest()));
        end.Code.ShouldBe(8);
        end.Detail<Google.Rpc.RetryInfo>().ShouldNotBeNull().RetryDelay.Seconds.ShouldBe(1);
        // Queries have a budget of their own.
        (await client.CallAsync<V1.NetworkNumbers>(
            new CallPlan("/networkgraph.v1.Network/GetNetwork", new V1.GetNetworkRequest()))).End.Code.ShouldBe(0);
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
        var request = new HttpRequestMessage(
            HttpMethod.Post, method)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content
        };
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
