using Google.Protobuf;
using NetworkGraph.Grpc.Tests.Interop;
using NetworkGraph.Grpc.Tests.Probes;

namespace NetworkGraph.Grpc.Tests;

/// <summary>Peers that break off, dawdle or say too much, frame by frame on a socket.</summary>
public sealed class BrokenConnectionTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Wait = "/networkgraph.probe.Probe/Wait";
    private const string Pour = "/networkgraph.probe.Probe/Pour";
    private const string Tally = "/networkgraph.probe.Probe/Tally";

    private const int Http2Cancel = 8;

    /// <summary>What HTTP/2 lets a server send before it is given more room.</summary>
    private const int WindowBytes = 65_535;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task A_message_may_come_byte_by_byte()
    {
        await using var peer = await RawHttp2.ConnectAsync(server.Address);
        await peer.SendHeadersAsync(1, RawClient.UnaryCall, endStream: false);
        foreach (var b in RawClient.Frame(new SimpleRequest { ResponseSize = 3 }))
        {
            await peer.SendDataAsync(1, [b]);
            await peer.PingAsync();
        }

        await peer.SendDataAsync(1, [], endStream: true);
        (await peer.ReadGrpcStatusAsync()).ShouldBe(0);
    }

    [Fact(Timeout = 60_000)]
    public async Task Messages_may_share_a_data_frame()
    {
        await using var peer = await RawHttp2.ConnectAsync(server.Address);
        await peer.SendHeadersAsync(1, Tally, endStream: false);
        var message = RawClient.Frame(new ProbeRequest { Count = 2 });
        await peer.SendDataAsync(1, [.. message, .. message, .. message], endStream: true);
        (await peer.ReadGrpcStatusAsync()).ShouldBe(0);
    }

    [Fact(Timeout = 60_000)]
    public async Task Headers_may_be_sent_before_any_message()
    {
        await using var peer = await RawHttp2.ConnectAsync(server.Address);
        await peer.SendHeadersAsync(1, Tally, endStream: false);
        var headers = await peer.ReadAsync(FrameType.Headers);
        headers.EndsStream.ShouldBeFalse();
        headers.Header("tally").ShouldBe("open");
        await peer.SendDataAsync(1, [], endStream: true);
        (await peer.ReadGrpcStatusAsync()).ShouldBe(0);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_stream_reset_within_a_message_ends_the_work()
    {
        await using var peer = await RawHttp2.ConnectAsync(server.Address);
        await peer.SendHeadersAsync(1, Tally, endStream: false, ("probe-name", "reset"));
        await peer.SendDataAsync(1, [.. RawClient.Frame(new ProbeRequest { Count = 1 }), 0, 0, 0]);
        await peer.ReadAsync(FrameType.Data);
        await peer.SendResetAsync(1, Http2Cancel);

        await server.Probes["reset"].Cancelled.Task.WaitAsync(Cancellation);

        // The same connection goes on.
        await peer.SendHeadersAsync(3, RawClient.EmptyCall, endStream: false);
        await peer.SendDataAsync(3, RawClient.Frame(0, []), endStream: true);
        (await peer.ReadGrpcStatusAsync()).ShouldBe(0);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_connection_closed_within_a_message_ends_the_work()
    {
        await using (var peer = await RawHttp2.ConnectAsync(server.Address))
        {
            await peer.SendHeadersAsync(1, Tally, endStream: false, ("probe-name", "closed"));
            await peer.SendDataAsync(1, [.. RawClient.Frame(new ProbeRequest { Count = 1 }), 0, 0, 0]);
            await peer.ReadAsync(FrameType.Data);
        }

        await server.Probes["closed"].Cancelled.Task.WaitAsync(Cancellation);
        await CheckHealthyAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task Many_streams_reset_at_once_leave_nothing_behind()
    {
        await using var peer = await RawHttp2.ConnectAsync(server.Address);
        for (var i = 0; i < 50; i++)
        {
            await peer.SendHeadersAsync(1 + 2 * i, Wait, endStream: false);
            await peer.SendDataAsync(1 + 2 * i, RawClient.Frame(new ProbeRequest { Name = $"reset-{i}" }), endStream: true);
            await server.Probes[$"reset-{i}"].Started.Task.WaitAsync(Cancellation);
            await peer.SendResetAsync(1 + 2 * i, Http2Cancel);
            await server.Probes[$"reset-{i}"].Cancelled.Task.WaitAsync(Cancellation);
        }

        await peer.PingAsync();
        await CheckHealthyAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task An_unknown_method_is_answered_before_the_request_ends()
    {
        await using var peer = await RawHttp2.ConnectAsync(server.Address);
        await peer.SendHeadersAsync(1, "/grpc.testing.TestService/NoSuch", endStream: false);
        (await peer.ReadGrpcStatusAsync()).ShouldBe(12);
    }

    [Fact(Timeout = 60_000)]
    public async Task A_request_that_never_ends_ends_at_its_deadline()
    {
        await using var peer = await RawHttp2.ConnectAsync(server.Address);
        await peer.SendHeadersAsync(1, RawClient.UnaryCall, endStream: false, ("grpc-timeout", "50m"));
        (await peer.ReadGrpcStatusAsync()).ShouldBe(4);
        await CheckHealthyAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData(40 * 1024)]
    [InlineData(4 * 1024 * 1024)]
    public async Task Metadata_above_the_servers_limit_is_refused(int lengthBytes)
    {
        await using var peer = await RawHttp2.ConnectAsync(server.Address);
        RawFrame? answer;
        try
        {
            await peer.SendHeadersAsync(1, RawClient.EmptyCall, endStream: true, ("x-huge", new string('x', lengthBytes)));
            answer = await peer.ReadAsync();
        }
        catch (IOException)
        {
            // The server hung up before all of it was sent.
            answer = null;
        }

        // As HTTP, before gRPC sees the request: 431, or the end of the connection.
        if (answer is { Type: FrameType.Headers })
            System.Text.Encoding.Latin1.GetString(answer.Payload).ShouldContain("431");
        else
            (answer?.Type ?? FrameType.GoAway).ShouldBe(FrameType.GoAway);
        await CheckHealthyAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task What_waits_for_a_slow_reader_is_bounded()
    {
        const int MessageBytes = 1000;
        const int BoundBytes = WindowBytes + 3 * 65_536;
        var record = server.Probes["slow"];
        await using var peer = await RawHttp2.ConnectAsync(server.Address);
        await peer.SendHeadersAsync(1, Pour, endStream: false);
        await peer.SendDataAsync(1, RawClient.Frame(new ProbeRequest { Name = "slow", Size = MessageBytes }), endStream: true);
        await ReadDataAsync(peer, WindowBytes);

        // The window is used up. A server that did not wait would write on through all these round trips.
        while (!record.WaitsForReader)
            await peer.PingAsync();
        for (var i = 0; i < 200; i++)
            await peer.PingAsync();
        record.WaitsForReader.ShouldBeTrue();
        (record.Sent * MessageBytes).ShouldBeLessThan(BoundBytes);

        await peer.SendRoomAsync(1, 10 * WindowBytes);
        await ReadDataAsync(peer, 10 * WindowBytes);
        record.Cancelled.Task.IsCompleted.ShouldBeFalse();
        await peer.SendResetAsync(1, Http2Cancel);
        await record.Cancelled.Task.WaitAsync(Cancellation);
        await CheckHealthyAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_stream_nobody_reads_is_reset_at_its_deadline()
    {
        await using var peer = await RawHttp2.ConnectAsync(server.Address);
        await peer.SendHeadersAsync(1, Pour, endStream: false, ("grpc-timeout", "1S"));
        await peer.SendDataAsync(1, RawClient.Frame(new ProbeRequest { Name = "unread", Size = 1000 }), endStream: true);
        (await peer.ReadAsync(FrameType.Reset)).ErrorCode.ShouldBe((uint)Http2Cancel);
        await server.Probes["unread"].Cancelled.Task.WaitAsync(Cancellation);
        await CheckHealthyAsync();
    }

    [Theory(Timeout = 60_000)]
    [InlineData(Pour)]
    [InlineData(RawClient.UnaryCall)]
    public async Task What_nobody_reads_is_reset_after_the_servers_patience_and_its_connection_goes_on(string method)
    {
        await using var impatient = new TestServer(answerPatience: TimeSpan.FromMilliseconds(200));
        await impatient.InitializeAsync();
        await using var peer = await RawHttp2.ConnectAsync(impatient.Address);
        await peer.SendHeadersAsync(1, method, endStream: false);
        IMessage request = method == Pour ? new ProbeRequest { Name = "unread", Size = 1000 } : new SimpleRequest { ResponseSize = 1_000_000 };
        await peer.SendDataAsync(1, RawClient.Frame(request), endStream: true);
        (await peer.ReadAsync(FrameType.Reset)).ErrorCode.ShouldBe((uint)Http2Cancel);
        if (method == Pour) await impatient.Probes["unread"].Cancelled.Task.WaitAsync(Cancellation);
        await peer.PingAsync();
        using var client = new RawClient(impatient);
        await client.CheckHealthyAsync();
    }

    [Fact(Timeout = 60_000)]
    public async Task A_long_answer_nobody_reads_is_reset_at_its_deadline()
    {
        await using var peer = await RawHttp2.ConnectAsync(server.Address);
        await peer.SendHeadersAsync(1, RawClient.UnaryCall, endStream: false, ("grpc-timeout", "1S"));
        await peer.SendDataAsync(1, RawClient.Frame(new SimpleRequest { ResponseSize = 1_000_000 }), endStream: true);
        (await peer.ReadAsync(FrameType.Reset)).ErrorCode.ShouldBe((uint)Http2Cancel);
        await CheckHealthyAsync();
    }

    private static async Task ReadDataAsync(RawHttp2 peer, int bytes)
    {
        while (bytes > 0)
            bytes -= (await peer.ReadAsync(FrameType.Data)).Payload.Length;
        bytes.ShouldBe(0, "the server sent more than there was room for");
    }

    private async Task CheckHealthyAsync()
    {
        using var client = new RawClient(server);
        await client.CheckHealthyAsync();
    }
}
