using ServingStatus = Grpc.Health.V1.HealthCheckResponse.Types.ServingStatus;

namespace NetworkGraph.Grpc.Tests;

/// <summary>What real clients see of deadlines, cancellation, sizes, errors, health and reflection.</summary>
public sealed class ClientTests(TestServer server) : IClassFixture<TestServer>
{
    public static TheoryData<string> Clients { get; } = [ClientProcess.Node, ClientProcess.Python];

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public Task Messages_of_four_megabytes_go_both_ways_and_longer_ones_are_refused(string client) =>
        ClientProcess.RunAsync(client, "four_megabytes", server);

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task A_hundred_streams_share_one_connection(string client)
    {
        await ClientProcess.RunAsync(client, "concurrent_streams", server);
        server.Probes[$"{client}-meet"].Connections.Count.ShouldBe(1);
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task A_deadline_ends_the_call_and_its_work(string client)
    {
        var record = server.Probes[$"{client}-deadline"];

        // On a busy machine the time may be over before the call has reached the server.
        do await ClientProcess.RunAsync(client, "deadline", server);
        while (!record.Started.Task.IsCompleted);
        await record.Cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task Cancelling_in_mid_stream_stops_the_servers_work(string client)
    {
        await ClientProcess.RunAsync(client, "cancel_mid_stream", server);
        await server.Probes[$"{client}-cancel"].Cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task A_client_that_stops_reading_stops_the_writer(string client)
    {
        const int MessageBytes = 65536;
        const int BoundBytes = 24 * 1024 * 1024;
        var record = server.Probes[$"{client}-slow"];
        await using var process = await ClientProcess.StartAsync(client, "slow_reader", server);
        await process.HearAsync("paused");

        // Clients take some messages ahead; the writer stands still once their window is full.
        using var other = new RawClient(server);
        for (var sent = -1; !record.WaitsForReader || sent != record.Sent;)
        {
            sent = record.Sent;
            for (var i = 0; i < 25; i++)
                await other.CheckHealthyAsync();
        }

        ((long)record.Sent * MessageBytes).ShouldBeLessThan(BoundBytes);
        await process.NodAsync();
        await process.FinishAsync();
        await record.Cancelled.Task.WaitAsync(TestContext.Current.CancellationToken);
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public Task An_error_carries_the_fields_that_are_wrong(string client) =>
        ClientProcess.RunAsync(client, "error_details", server);

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public Task An_unexpected_exception_is_answered_without_its_message(string client) =>
        ClientProcess.RunAsync(client, "unexpected_exception", server);

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public async Task Health_is_checked_and_watched(string client)
    {
        await using var process = await ClientProcess.StartAsync(client, "health", server);
        await process.HearAsync("seen");
        server.Health.SetStatus(client, ServingStatus.Serving);
        await process.NodAsync();
        await process.HearAsync("seen");
        server.Health.SetStatus(client, ServingStatus.NotServing);
        await process.NodAsync();
        await process.HearAsync("seen");
        server.Health.ClearStatus(client);
        await process.NodAsync();
        await process.HearAsync("seen");
        await process.NodAsync();
        await process.FinishAsync();
    }

    [Theory(Timeout = 120_000)]
    [MemberData(nameof(Clients))]
    public Task A_client_that_knows_nothing_calls_a_service_by_reflection(string client) =>
        ClientProcess.RunAsync(client, "reflection", server);
}
