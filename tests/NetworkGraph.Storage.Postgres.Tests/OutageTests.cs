using NetworkGraph.Conformance.Log;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.LoadTests.Postgres;

namespace NetworkGraph.Storage.Postgres.Tests;

/// <summary>A server that goes away and comes back, as by a crash or by an operator's hand.</summary>
public sealed class OutageTests
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Appends_wait_for_a_server_that_comes_back_and_nothing_is_lost_or_doubled(bool crashes)
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        await using var server = await PostgresServer.StartNewAsync(durable: true, Now);
        await using var log = await PostgresLog.OpenAsync(new PostgresLogOptions { ConnectionString = server.ConnectionString }, Now);
        await using var follower = await PostgresLog.OpenAsync(new PostgresLogOptions { ConnectionString = server.ConnectionString }, Now);
        var followed = Task.Run(() => IdsAsync(follower.FollowAsync(0, Now), 400), Now);
        var appended = 0;
        var appending = Task.Run(async () =>
        {
            for (var number = 0; number < 400; number++)
            {
                var receipt = await log.AppendAsync([SampleRecords.Numbered(number)], Now);
                receipt.Results.ShouldBe([new AppendResult(AppendOutcome.Accepted, number + 1)]);
                Volatile.Write(ref appended, number + 1);
            }
        }, Now);
        await State.ReachedAsync(() => Volatile.Read(ref appended) > 50, Now);
        await server.StopAsync(immediately: crashes);
        await State.ReachedAsync(() => !log.IsConnected && !follower.IsConnected, Now);
        appending.IsCompleted.ShouldBeFalse();
        await server.StartAsync(Now);

        await appending;
        (await followed).ShouldBe(Enumerable.Range(0, 400).Select(SampleRecords.IdOf));
        (await IdsAsync(log.ReadAsync(0, Now), 400)).ShouldBe(Enumerable.Range(0, 400).Select(SampleRecords.IdOf));
    }

    [Fact]
    public async Task Where_it_stays_away_appends_and_reads_say_so()
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        await using var server = await PostgresServer.StartNewAsync(durable: false, Now);
        await using var log = await PostgresLog.OpenAsync(
            new PostgresLogOptions { ConnectionString = server.ConnectionString, OutagePatience = TimeSpan.FromMilliseconds(1) }, Now);
        await log.AppendAsync(SampleRecords.Many(0, 2), Now);
        await server.StopAsync(immediately: true);

        (await Should.ThrowAsync<LogUnavailableException>(
            async () => await log.AppendAsync(SampleRecords.Many(2, 1), Now))).Message.ShouldContain("PostgreSQL at 127.0.0.1");
        await Should.ThrowAsync<LogUnavailableException>(async () => await log.ReadAtAsync([1], Now));

        await server.StartAsync(Now);
        (await log.AppendAsync(SampleRecords.Many(0, 3), Now)).Results.Select(result => result.Outcome)
            .ShouldBe([AppendOutcome.Duplicate, AppendOutcome.Duplicate, AppendOutcome.Accepted]);
    }

    [Fact]
    public async Task Closing_does_not_wait_for_a_server_that_is_away()
    {
        if (PostgresServer.Missing is { } missing) Assert.Skip(missing);
        await using var server = await PostgresServer.StartNewAsync(durable: false, Now);
        var log = await PostgresLog.OpenAsync(new PostgresLogOptions { ConnectionString = server.ConnectionString }, Now);
        await server.StopAsync(immediately: true);
        var append = log.AppendAsync(SampleRecords.Many(0, 1), Now).AsTask();

        await log.DisposeAsync();

        await Should.ThrowAsync<LogUnavailableException>(() => append);
    }

    private static async Task<List<string>> IdsAsync(IAsyncEnumerable<RecordBatch> batches, long last)
    {
        var ids = new List<string>();
        await foreach (var batch in batches)
        {
            ids.AddRange(batch.Records.Select(record => ((Interaction)record).Id));
            if (batch.LastPosition >= last) break;
        }
        return ids;
    }
}
