using NetworkGraph.Grpc.Tests.Probes;

namespace NetworkGraph.Grpc.Tests;

/// <summary>Peers that break off, dawdle or say too much, frame by frame on a socket.</summary>
public sealed class BrokenConnectionTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Wait = "/networkgraph.probe.Probe/Wait";
    private const string Fill = "/networkgraph.probe.Probe/Fill";
    private const string Pour = "/networkgraph.probe.Probe/Pour";
    private const string Tally = "/networkgraph.probe.Probe/Tally";

    private const int Http2Cancel = 8;

    /// <summary>What HTTP/2 lets a server send before it is given more room.</summary>
    private const int WindowBytes = 65_535;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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

    [Theory(Timeout = 60_000)]
    [InlineData(1, 40_000)]
    [InlineData(1, 400_000)]
    [InlineData(20, 3_000)]
    [InlineData(150, 10)]
    public async Task Metadata_above_the_limit_costs_that_call_alone(int entries, int bytes)
    {
        await using var peer = await RawHttp2.ConnectAsync(server.Address);
        await peer.SendHeadersAsync(1, Wait, endStream: false);
        await peer.SendDataAsync(1, RawClient.Frame(new ProbeRequest { Name = $"beside-{entries}-{bytes}" }), endStream: true);
        var beside = server.Probes[$"beside-{entries}-{bytes}"];
        await beside.Started.Task.WaitAsync(Cancellation);

        await peer.SendHeadersAsync(
            3, RawClient.EmptyCall, endStream: true, [.. Enumerable.Range(0, entries).Select(i => ($"x-{i}", new string('x', bytes)))]);
        (await peer.ReadGrpcStatusAsync()).ShouldBe(8);

        await peer.SendHeadersAsync(5, RawClient.EmptyCall, endStream: false);
        await peer.SendDataAsync(5, RawClient.Frame(0, []), endStream: true);
        (await peer.ReadGrpcStatusAsync()).ShouldBe(0);
        beside.Cancelled.Task.IsCompleted.ShouldBeFalse();
    }

    [Fact(Timeout = 60_000)]
    public async Task Metadata_without_end_ends_its_connection_and_no_other()
    {
        await using var peer = await RawHttp2.ConnectAsync(server.Address);
        RawFrame? answer;
        try
        {
            await peer.SendHeadersAsync(1, RawClient.EmptyCall, endStream: true, ("x-huge", new string('x', 4 * 1024 * 1024)));
            answer = await peer.ReadAsync();
        }
        catch (IOException)
        {
            // The server hung up before all of it was sent.
            answer = null;
        }
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
    public async Task An_unread_stream_is_reset_at_its_deadline()
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
    [InlineData(Fill)]
    public async Task An_unread_stream_is_reset_after_the_servers_patience_and_its_connection_goes_on(string method)
    {
        await using var impatient = new TestServer(patience: TimeSpan.FromMilliseconds(200));
        await impatient.InitializeAsync();
        await using var peer = await RawHttp2.ConnectAsync(impatient.Address);
        await peer.SendHeadersAsync(1, method, endStream: false);
        await peer.SendDataAsync(
            1, RawClient.Frame(new ProbeRequest { Name = "unread", Size = method == Pour ? 1000 : 1_000_000 }), endStream: true);
        (await peer.ReadAsync(FrameType.Reset)).ErrorCode.ShouldBe((uint)Http2Cancel);
        if (method == Pour) await impatient.Probes["unread"].Cancelled.Task.WaitAsync(Cancellation);
        await peer.PingAsync();
        using var client = new RawClient(impatient);
        await client.CheckHealthyAsync();
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
