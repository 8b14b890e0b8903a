using NetworkGraph.LoadTests.Crash;

namespace NetworkGraph.Server.Tests.Crash;

public class CrashTests
{
    [Fact]
    public async Task No_acknowledged_interaction_is_lost_or_doubled_when_the_server_is_killed()
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-crash-");
        try
        {
            var report = await new CrashRounds(folder.FullName, rounds: 3, seed: 20, clients: 4, TextWriter.Null).RunAsync(TestContext.Current.CancellationToken);
            report.Faults.ShouldBeEmpty();
            report.Acknowledged.ShouldBePositive();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
