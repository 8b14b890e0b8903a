using NetworkGraph.LoadTests.Crash;

namespace NetworkGraph.Server.Tests.Crash;

public class CrashTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_acknowledged_interaction_is_lost_or_doubled_when_the_server_is_killed(bool grpc)
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-crash-");
        try
        {
            var report = await new CrashRounds(folder.FullName, rounds: 3, seed: 20, clients: 4, grpc, TextWriter.Null)
                .RunAsync(TestContext.Current.CancellationToken);
            report.Faults.ShouldBeEmpty();
            report.Acknowledged.ShouldBePositive();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
