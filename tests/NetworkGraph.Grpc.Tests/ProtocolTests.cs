using System.IO.Compression;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using NetworkGraph.Grpc.Tests.Interop;
using NetworkGraph.Grpc.Tests.Probes;
using NetworkGraph.Server.Grpc;
using NetworkGraph.Server.Grpc.Health.V1;

namespace NetworkGraph.Grpc.Tests;

/// <summary>What answers look like on the wire, where clients do not show it.</summary>
public sealed class ProtocolTests(TestServer server) : IClassFixture<TestServer>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task An_error_without_messages_is_trailers_only()
    {
        using var client = new RawClient(server);
        var answer = await client.CallAsync("/networkgraph.probe.Probe/Refuse", new ProbeRequest());
        answer.IsTrailersOnly.ShouldBeTrue();
        answer.Response.TrailingHeaders.ShouldBeEmpty();
        answer.Response.Content.Headers.ContentType!.MediaType.ShouldBe("application/grpc");
        answer.GrpcStatus.ShouldBe(3);
        answer.Value("grpc-status-details-bin")!.ShouldNotEndWith("=");
    }

    [Fact(Timeout = 60_000)]
    public async Task A_good_stream_without_messages_has_headers_and_trailers()
    {
        using var client = new RawClient(server);
        var answer = await client.CallAsync("/grpc.testing.TestService/StreamingOutputCall", new StreamingOutputCallRequest());
        answer.IsTrailersOnly.ShouldBeFalse();
        answer.GrpcStatus.ShouldBe(0);
        answer.Response.Content.Headers.TryGetValues("content-length", out _).ShouldBeFalse();
    }

    [Theory(Timeout = 60_000)]
    [InlineData(true, "gzip", true)]
    [InlineData(true, "deflate, gzip ,identity", true)]
    [InlineData(true, "identity", false)]
    [InlineData(false, "gzip", false)]
    public async Task An_answer_is_compressed_where_it_is_wanted_and_accepted(bool wanted, string accepted, bool isCompressed)
    {
        var request = new SimpleRequest { ResponseSize = 10_000, ResponseCompressed = new Interop.BoolValue { Value = wanted } };
        using var client = new RawClient(server);
        var answer = await client.CallAsync(RawClient.UnaryCall, request, ("grpc-accept-encoding", accepted));

        answer.GrpcStatus.ShouldBe(0);
        answer.Body[0].ShouldBe(isCompressed ? (byte)1 : (byte)0);
        answer.Value("grpc-encoding").ShouldBe(isCompressed ? "gzip" : null);
        Stream payload = new MemoryStream(answer.Body[5..]);
        if (isCompressed)
            payload = new GZipStream(payload, CompressionMode.Decompress);
        SimpleResponse.Parser.ParseFrom(payload).Payload.Body.Length.ShouldBe(10_000);
    }

    [Fact(Timeout = 60_000)]
    public async Task Messages_of_a_stream_are_compressed_one_by_one()
    {
        var request = new StreamingOutputCallRequest();
        request.ResponseParameters.Add(new ResponseParameters { Size = 5000, Compressed = new Interop.BoolValue { Value = true } });
        request.ResponseParameters.Add(new ResponseParameters { Size = 5000, Compressed = new Interop.BoolValue { Value = false } });
        using var client = new RawClient(server);
        var answer = await client.CallAsync(
            "/grpc.testing.TestService/StreamingOutputCall", request, ("grpc-accept-encoding", "gzip"));

        answer.GrpcStatus.ShouldBe(0);
        answer.Body[0].ShouldBe((byte)1);
        var first = (answer.Body[3] << 8) | answer.Body[4];
        first.ShouldBeLessThan(1000);
        answer.Body[5 + first].ShouldBe((byte)0);
    }

    [Fact(Timeout = 60_000)]
    public async Task Binary_metadata_comes_padded_or_not_and_joined_and_leaves_not_padded()
    {
        using var client = new RawClient(server);
        var answer = await client.CallAsync(
            RawClient.UnaryCall,
            new SimpleRequest(),
            ("x-grpc-test-echo-trailing-bin", "q6s=,q6s, q6ur"),
            ("x-grpc-test-echo-trailing-bin", "qw=="));
        answer.Response.TrailingHeaders.GetValues("x-grpc-test-echo-trailing-bin").ShouldBe(["q6s", "q6s", "q6ur", "qw"]);
    }

    [Fact(Timeout = 60_000)]
    public async Task The_deadline_is_kept_by_work_that_takes_no_notice_of_it()
    {
        var record = server.Probes["ignore"];
        using var client = new RawClient(server);
        var answer = await client.CallAsync(
            "/networkgraph.probe.Probe/Ignore", new ProbeRequest { Name = "ignore" }, ("grpc-timeout", "50m"));

        answer.GrpcStatus.ShouldBe(4);
        answer.Value("too").ShouldBeNull();
        record.Ended.Task.IsCompleted.ShouldBeFalse();
        record.Released.SetResult();
        await record.Ended.Task.WaitAsync(Cancellation);
        await client.CheckHealthyAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_deadline_that_does_not_expire_changes_nothing()
    {
        using var client = new RawClient(server);
        var answer = await client.CallAsync(RawClient.UnaryCall, new SimpleRequest { ResponseSize = 1 }, ("grpc-timeout", "1H"));
        answer.GrpcStatus.ShouldBe(0);
    }

    [Fact(Timeout = 60_000)]
    public async Task Long_messages_and_details_are_cut_to_what_clients_accept()
    {
        var request = new SimpleRequest { ResponseStatus = new EchoStatus { Code = 3, Message = new string('☺', 10_000) } };
        using var client = new RawClient(server);
        var answer = await client.CallAsync(RawClient.UnaryCall, request);
        answer.GrpcStatus.ShouldBe(3);
        answer.Value("grpc-message")!.Length.ShouldBeInRange(1000, 2000);
    }

    [Fact(Timeout = 60_000)]
    public async Task Limits_and_compression_are_options_of_a_service()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(
            System.Net.IPAddress.Loopback, 0, listen => listen.Protocols = Microsoft.AspNetCore.Server.Kestrel.Core.HttpProtocols.Http2));
        await using var app = builder.Build();
        app.MapGrpcService(
            HealthReflection.Descriptor.Services[0],
            health => health
                .Unary<HealthCheckRequest, HealthCheckResponse>("Check", (_, _) => Task.FromResult<GrpcOutcome<HealthCheckResponse>>(new HealthCheckResponse()))
                .Unary<HealthListRequest, HealthListResponse>("List", (_, _) =>
                {
                    var answer = new HealthListResponse();
                    for (var i = 0; i < 10; i++)
                        answer.Statuses[new string((char)('a' + i), 100)] = new HealthCheckResponse();
                    return Task.FromResult<GrpcOutcome<HealthListResponse>>(answer);
                })
                .ServerStreaming<HealthCheckRequest, HealthCheckResponse>("Watch", (request, _, call) =>
                {
                    call.ResponseHeaders.Add("watched", request.Service);
                    return Task.FromResult(GrpcStatus.Overloaded("later", TimeSpan.FromSeconds(2)));
                }),
            new GrpcOptions { ReceiveMaxBytes = 100, SendMaxBytes = 1000, CompressFromBytes = 0 });
        await app.StartAsync(Cancellation);
        using var http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        (await CallAsync("Check", new HealthCheckRequest { Service = new string('x', 98) })).GrpcStatus.ShouldBe(0);
        (await CallAsync("Check", new HealthCheckRequest { Service = new string('x', 99) })).GrpcStatus.ShouldBe(8);
        (await CallAsync("Check", new HealthCheckRequest())).Body[0].ShouldBe((byte)1);
        (await CallAsync("List", new HealthListRequest())).GrpcStatus.ShouldBe(8);
        var watched = await CallAsync("Watch", new HealthCheckRequest { Service = "me" });
        watched.IsTrailersOnly.ShouldBeFalse();
        watched.Value("watched").ShouldBe("me");
        watched.GrpcStatus.ShouldBe(8);
        var details = watched.Value("grpc-status-details-bin")!;
        var rich = Google.Rpc.Status.Parser.ParseFrom(Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '=')));
        rich.Details[0].Unpack<Google.Rpc.RetryInfo>().RetryDelay.Seconds.ShouldBe(2);

        async Task<RawAnswer> CallAsync(string method, IMessage message)
        {
            using var request = RawClient.Request($"/grpc.health.v1.Health/{method}", RawClient.Frame(message));
            request.Headers.Add("grpc-accept-encoding", "gzip");
            var response = await http.SendAsync(request, Cancellation);
            return new RawAnswer(response, await response.Content.ReadAsByteArrayAsync(Cancellation));
        }
    }

    [Fact(Timeout = 60_000)]
    public async Task A_stopping_server_ends_calls_that_wait()
    {
        await using var stopping = new TestServer();
        await stopping.InitializeAsync();
        await using var peer = await RawHttp2.ConnectAsync(stopping.Address);
        await peer.SendHeadersAsync(1, "/grpc.health.v1.Health/Watch", endStream: false);
        await peer.SendDataAsync(1, RawClient.Frame(new HealthCheckRequest()), endStream: true);
        await peer.ReadAsync(FrameType.Data);
        await peer.SendHeadersAsync(3, "/networkgraph.probe.Probe/Tally", endStream: false);
        await peer.SendDataAsync(3, RawClient.Frame(new ProbeRequest { Count = 1 }));
        await peer.ReadAsync(FrameType.Data);

        var stopped = stopping.StopAsync();

        int[] statuses = [await peer.ReadGrpcStatusAsync(), await peer.ReadGrpcStatusAsync()];
        statuses.ShouldBe([14, 14]);
        await stopped.WaitAsync(Cancellation);
    }
}
