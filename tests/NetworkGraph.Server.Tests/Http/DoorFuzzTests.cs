using NetworkGraph.LoadTests.Fuzz;

namespace NetworkGraph.Server.Tests.Http;

public class DoorFuzzTests
{
    [Fact]
    public async Task No_request_made_of_snares_fails_or_hangs()
    {
        await using var server = await RunningServer.StartAsync();
        var report = await new DoorFuzz(server.Http, seed: 4).RunAsync(
            requests: 1_500, lines: 3_000, TestContext.Current.CancellationToken);
        report.Faults.ShouldBeEmpty();
        report.Statuses.Keys.ShouldContain(200);
        report.Statuses.Keys.ShouldContain(400);
    }
}
