using Microsoft.AspNetCore.Builder;
using NetworkGraph.Server.Tests;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>Recording without end, with the real clients.</summary>
public sealed class RecordStreamTests : IAsyncLifetime
{
    private const string RecordStream = "/networkgraph.v1.Interactions/RecordStream";

    private RunningServer _server = null!;

    public static TheoryData<string> Clients { get; } = [ClientProcess.Node, ClientProcess.Python];

    private readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> _connections = [];

    public async ValueTask InitializeAsync() => _server = await RunningServer.StartAsync(map: app => app.Use((http, next) =>
    {
        if (http.Request.Path == RecordStream) _connections[http.Connection.Id] = true;
        return next(http);
    }));

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task A_hundred_streams_on_one_connection_lose_nothing(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, _server.GrpcAddress);
        var plans = Enumerable.Range(0, 100)
            .Select(s => new CallPlan(RecordStream, [.. Enumerable.Range(0, 3).Select(m => Given.Batch($"{s}-{m}", 10))])).ToList();
        // Each sends its second message only when the first of all has been acknowledged: all are open at once.
        var streams = await remote.CallTogetherAsync(plans, V1.RecordStreamResponse.Parser);
        streams.ShouldAllBe(s => s.End.Code == 0);
        foreach (var (acknowledgements, _) in streams) ((V1.RecordStreamResponse)acknowledgements[^1]).Accepted.ShouldBe(30);
        _connections.Count.ShouldBe(1);
        await _server.UntilVisibleAsync();
        (await _server.GetAsync("/v1/network")).Json.GetProperty("interactions").GetInt64().ShouldBe(3000);
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task Compressed_messages_are_taken_as_any_others(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, _server.GrpcAddress);
        var messages = Enumerable.Range(0, 5).Select(i => Given.Batch($"m{i}", 2000)).ToList();
        var (acknowledgements, end) = await remote.CallAsync<V1.RecordStreamResponse>(new CallPlan(RecordStream, messages) { Gzip = true });
        end.Code.ShouldBe(0, end.Message);
        acknowledgements[^1].Accepted.ShouldBe(10_000);
        // The same again, not compressed: it is the same.
        var (again, _) = await remote.CallAsync<V1.RecordStreamResponse>(new CallPlan(RecordStream, messages));
        again[^1].Duplicates.ShouldBe(10_000);
    }

    [Fact(Timeout = 120_000)]
    public async Task A_client_that_has_sent_all_and_never_reads_loses_the_stream_and_nothing_else()
    {
        const int DataMaxBytes = 16_384;
        await using var server = await RunningServer.StartAsync(options => options with { GrpcUnreadSeconds = 1 });
        await using var peer = await RawHttp2.ConnectAsync(server.GrpcAddress);
        await peer.SendHeadersAsync(1, RecordStream, endStream: false);
        await peer.SendDataAsync(1, RawClient.Frame(Given.Batch("good", 1)));
        // A list of what was not taken that is longer than what HTTP/2 lets a server send unasked.
        var bad = new V1.RecordStreamRequest { Interactions = { Enumerable.Repeat(Given.Message(new string('b', 120), "bob"), 1000) } };
        foreach (var part in RawClient.Frame(bad).Chunk(DataMaxBytes)) await peer.SendDataAsync(1, part);
        await peer.SendDataAsync(1, [], endStream: true);
        (await peer.ReadAsync(FrameType.Reset)).ErrorCode.ShouldBe(8u);
        await server.UntilVisibleAsync();
        (await server.GetAsync("/v1/network")).Json.GetProperty("interactions").GetInt64().ShouldBe(1);
        await peer.PingAsync();
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task Acknowledgements_count_up_to_all_that_was_sent(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, _server.GrpcAddress);
        var messages = Enumerable.Range(0, 50).Select(i => Given.Batch($"m{i}", 100)).ToList();
        messages[7].Interactions[3] = Given.Message("bad", "bob");
        messages[9].Interactions[0] = messages[8].Interactions[0];
        var (acknowledgements, end) = await remote.CallAsync<V1.RecordStreamResponse>(new CallPlan(RecordStream, messages));
        end.Code.ShouldBe(0, end.Message);
        acknowledgements.Select(a => a.Messages).ShouldBeInOrder();
        acknowledgements.Select(a => a.Accepted).ShouldBeInOrder();
        var last = acknowledgements[^1];
        (last.Messages, last.Accepted, last.Duplicates, last.Conflicts, last.RejectedCount).ShouldBe((50, 4998, 1, 0, 1));
        acknowledgements.SelectMany(a => a.Rejected).Select(r => (r.Message, r.Index, r.Id, r.Field)).ShouldBe([(8L, 3, "bad", "to")]);
        await _server.UntilVisibleAsync();
        (await _server.GetAsync("/v1/network")).Json.GetProperty("interactions").GetInt64().ShouldBe(4998);
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task A_message_is_acknowledged_while_the_client_keeps_the_stream_open(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, _server.GrpcAddress);
        var (acknowledgements, end) = await remote.CallAsync<V1.RecordStreamResponse>(
            new CallPlan(RecordStream, Given.Batch("one", 3)) { CancelAfter = 1 });
        acknowledgements.ShouldHaveSingleItem().ShouldBe(new V1.RecordStreamResponse { Messages = 1, Accepted = 3 });
        end.Code.ShouldBe(1);
        await _server.UntilVisibleAsync();
        (await _server.GetAsync("/v1/network")).Json.GetProperty("interactions").GetInt64().ShouldBe(3);
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task A_client_that_leaves_acknowledgements_unread_is_not_held_up(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, _server.GrpcAddress);
        var bad = Enumerable.Range(0, 300)
            .Select(i => new V1.RecordStreamRequest { Interactions = { Enumerable.Repeat(Given.Message("bad", "bob"), 100) } });
        var messages = bad.Append(Given.Batch("good", 1)).ToList();
        var (acknowledgements, end) = await remote.CallAsync<V1.RecordStreamResponse>(
            new CallPlan(RecordStream, messages) { Unread = true });
        end.Code.ShouldBe(0, end.Message);
        var last = acknowledgements[^1];
        (last.Messages, last.Accepted, last.RejectedCount).ShouldBe((301, 1, 30_000));
        acknowledgements.ShouldAllBe(a => a.Rejected.Count <= 1000);
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task A_message_without_interactions_ends_the_stream_and_the_ones_before_it_are_kept(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, _server.GrpcAddress);
        var plan = new CallPlan(RecordStream, Given.Batch("kept", 2), new V1.RecordStreamRequest(), Given.Batch("not read", 2));
        var (acknowledgements, end) = await remote.CallAsync<V1.RecordStreamResponse>(plan);
        end.Code.ShouldBe(3);
        end.Message.ShouldContain("Message 2");
        acknowledgements[^1].ShouldBe(new V1.RecordStreamResponse { Messages = 1, Accepted = 2 });
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task A_deadline_ends_the_stream_and_what_was_acknowledged_is_kept(string client)
    {
        await using var remote = await RemoteClient.StartAsync(client, _server.GrpcAddress);
        var plan = new CallPlan(RecordStream, Given.Batch("one", 3)) { CancelAfter = 2, DeadlineMs = 2000 };
        var (acknowledgements, end) = await remote.CallAsync<V1.RecordStreamResponse>(plan);
        end.Code.ShouldBe(4);
        acknowledgements.ShouldHaveSingleItem().Accepted.ShouldBe(3);
    }
}
