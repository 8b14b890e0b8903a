using NetworkGraph.Importers.Rows;
using NetworkGraph.Server.Api.Ingest;
using NetworkGraph.Stories;

namespace NetworkGraph.Server.Tests.Ingest;

public class RowPaceTests
{
    [Fact]
    public async Task A_body_that_makes_no_rows_is_given_up()
    {
        var clock = new SteppedClock(0);
        var options = new IngestPipelineOptions { Pace = new RowPace(TimeSpan.FromSeconds(30), RowsPerSecond: 1) };
        var tally = new IngestTally();
        var pipeline = new IngestPipeline(static (_, _) => new ValueTask<AppendAnswer>(AppendAnswer.Nothing), clock, options);
        var run = pipeline.RunAsync(new NoRows(), tally, TestContext.Current.CancellationToken, TestContext.Current.CancellationToken);
        for (var second = 0; second < 29; second++) clock.Advance(TimeSpan.FromSeconds(1));
        run.IsCompleted.ShouldBeFalse();
        await Until.TrueAsync("the body is given up", () =>
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            return run.IsCompleted;
        });
        tally.Unreadable.ShouldNotBeNull().Reason.ShouldStartWith("comes too slowly: 0 rows in ");
    }

    [Fact]
    public void Rows_that_came_may_be_followed_by_as_many_seconds_of_waiting() =>
        new RowPace(TimeSpan.FromSeconds(30), RowsPerSecond: 2).Allowed(100).ShouldBe(TimeSpan.FromSeconds(80));

    private sealed class NoRows : IRowSource
    {
        public long BytesRead => 0;

        public async ValueTask<bool> ReadAsync(RowBatch rows, long nowMs, CancellationToken cancellation)
        {
            await Task.Delay(Timeout.Infinite, cancellation);
            return false;
        }
    }
}
