using NetworkGraph.LoadTests.Log;

namespace NetworkGraph.Storage.Sqlite.Tests;

public sealed class KilledWriterTests : IDisposable
{
    private readonly TestFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Killing_the_writer_loses_nothing_acknowledged_and_doubles_nothing()
    {
        var report = await LogCrashRounds.RunAsync(
            _folder.Path, rounds: 4, seed: 20261122, TextWriter.Null, TestContext.Current.CancellationToken);
        report.Faults.ShouldBeEmpty();
        report.Acknowledged.ShouldBeGreaterThan(0);
        report.Stored.ShouldBeGreaterThanOrEqualTo(report.Acknowledged);
    }
}
