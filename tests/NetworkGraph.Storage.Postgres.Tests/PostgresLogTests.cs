using NetworkGraph.Conformance.Log;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Storage.Postgres.Tests;

public sealed class PostgresLogTests : IAsyncLifetime
{
    private readonly string _schema = TestPostgres.NewSchema();
    private string _connection = "";

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _connection = await TestPostgres.ConnectionStringAsync();

    public async ValueTask DisposeAsync() => await TestPostgres.DropAsync(_schema);

    [Fact]
    public async Task Nodes_that_append_at_once_share_one_dense_order_and_take_each_id_once()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        var appends = Enumerable.Range(0, 60).Select(round => Task.Run(async () =>
            await (round % 2 == 0 ? one : other).AppendAsync(SampleRecords.Many(round / 2 * 10, 10), Now), Now));
        var results = (await Task.WhenAll(appends)).SelectMany(receipt => receipt.Results).ToArray();

        results.Count(result => result.Outcome == AppendOutcome.Accepted).ShouldBe(300);
        results.Count(result => result.Outcome == AppendOutcome.Duplicate).ShouldBe(300);
        var first = await FollowedAsync(one, 300);
        first.Distinct().Count().ShouldBe(300);
        (await FollowedAsync(other, 300)).ShouldBe(first);
    }

    [Fact]
    public async Task An_earlier_state_of_the_database_is_refused_also_once_it_was_written_on()
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var options = new PostgresLogOptions { ConnectionString = _connection, Schema = _schema, Folder = folder.FullName };
            await using (var log = await PostgresLog.OpenAsync(options, Now))
            {
                await log.AppendAsync(SampleRecords.Many(0, 50), Now);
                await log.AppendAsync(SampleRecords.Many(50, 50), Now);
            }
            await using (var whole = await PostgresLog.OpenAsync(options, Now)) whole.LastPosition.ShouldBe(100);
            await TestPostgres.ExecuteAsync(
                $"DELETE FROM {_schema}.records WHERE position > 60; DELETE FROM {_schema}.openings WHERE first_position > 60; UPDATE "
                + $"{_schema}.log SET last_position = 60");
            var shorter = await Should.ThrowAsync<LogCorruptedException>(() => PostgresLog.OpenAsync(options, Now));
            shorter.Message.ShouldContain("holds 60 records, but 100 were acknowledged");
            await using (var elsewhere = await PostgresLog.OpenAsync(options with { Folder = null }, Now)) await elsewhere.AppendAsync(
                SampleRecords.Many(200, 90), Now);
            var other = await Should.ThrowAsync<LogCorruptedException>(() => PostgresLog.OpenAsync(options, Now));
            other.Message.ShouldContain("holds another history up to record 100");
            await using (var accepted = await PostgresLog.OpenAsync(
                options with { AcceptLoss = true }, Now)) accepted.LastPosition.ShouldBe(150);
            await using var again = await PostgresLog.OpenAsync(options, Now);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task What_another_node_appends_reaches_followers()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        var followed = Task.Run(() => FollowedAsync(other, 3), Now);
        await one.AppendAsync(SampleRecords.Many(0, 3), Now);
        (await followed).ShouldBe(Enumerable.Range(0, 3).Select(SampleRecords.IdOf));
    }

    [Fact]
    public async Task The_records_that_name_a_person_are_found_without_reading_the_others()
    {
        await using var log = await OpenAsync();
        await log.AppendAsync(SampleRecords.Many(0, 50), Now);
        await log.AppendAsync(
            [SampleRecords.Between("e1", "eve", "b"), SampleRecords.Between("e2", "a", "b", about: "eve"), SampleRecords.ProfileOf("eve")],
            Now);
        await log.AppendAsync([SampleRecords.Between("e3", "a", "eve")], Now);

        var all = await log.ReadPersonAsync("eve", 0, Now);
        all.Records.Select(record => record.Position).ShouldBe([51, 52, 53, 54]);
        (all.LastPosition, all.ErasedPosition).ShouldBe((54, 0));
        (await log.ReadPersonAsync("eve", 53, Now)).Records.Select(record => record.Position).ShouldBe([54]);
        (await log.ReadPersonAsync("nobody", 0, Now)).Records.ShouldBeEmpty();

        await log.EraseAsync("eve", [51, 52, 53, 54], 9, Now);
        (await log.ReadPersonAsync("eve", 0, Now)).Records.ShouldBeEmpty();
        (await log.ReadPersonAsync("b", 0, Now)).ErasedPosition.ShouldBe(55);
    }

    [Fact]
    public async Task An_erasure_overwrites_what_other_nodes_appended_and_tells_them_which_records_those_were()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        await one.AppendAsync([SampleRecords.Between("e1", "eve", "b"), SampleRecords.Numbered(1)], Now);
        await other.AppendAsync([SampleRecords.Between("e2", "a", "eve")], Now);
        var identity = other.Identity;

        (await one.EraseAsync("eve", [1], 7, Now)).ShouldBe(4);

        var told = (await RecordsAsync(other, 4)).OfType<PersonErased>().ShouldHaveSingleItem();
        (told.Tombstones, told.AtMs).ShouldBe((2, 7));
        told.Positions.ShouldBe([1, 3]);
        (await other.ReadAtAsync([3], Now))[0].ShouldBeOfType<Tombstone>();
        await State.ReachedAsync(() => other.Identity != identity, Now);
        other.Identity.ShouldBe(one.Identity);
    }

    [Fact]
    public async Task An_erasure_by_another_node_is_noticed_while_the_log_never_rests()
    {
        await using var one = await OpenAsync();
        await using var other = await OpenAsync();
        await one.AppendAsync([SampleRecords.Between("e1", "eve", "b")], Now);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Now);
        var appending = Task.Run(async () =>
        {
            for (var number = 0; !stop.IsCancellationRequested; number++) await one.AppendAsync([SampleRecords.Numbered(number)], Now);
        }, Now);
        await one.EraseAsync("eve", [1], 7, Now);
        await State.ReachedAsync(() => other.Identity == one.Identity, Now);
        await stop.CancelAsync();
        await appending;
    }

    [Fact]
    public async Task Commits_whose_answer_is_lost_are_neither_lost_nor_doubled()
    {
        await using var log = await OpenAsync(name: _schema);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Now);
        var appended = 0;
        var cuts = 0;
        var cutting = Task.Run(async () =>
        {
            var random = new Random(1);
            while (!stop.IsCancellationRequested)
            {
                var moment = Volatile.Read(ref appended) + random.Next(1, 5);
                await State.ReachedAsync(() => Volatile.Read(ref appended) >= moment || stop.IsCancellationRequested, Now);
                await TestPostgres.ExecuteAsync(
                    $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = '{_schema}'");
                cuts++;
            }
        }, Now);
        // Profiles have no id by which they could be told apart from themselves.
        for (var number = 0; number < 200; number++)
        {
            LogRecord[] records = [SampleRecords.ProfileOf($"person{number}"), SampleRecords.Numbered(number)];
            (await log.AppendAsync(records, Now)).Results.ShouldAllBe(result => result.Outcome == AppendOutcome.Accepted);
            Volatile.Write(ref appended, number + 1);
        }
        await stop.CancelAsync();
        await cutting;
        cuts.ShouldBeGreaterThan(5);
        var ids = (await RecordsAsync(log, 400)).Select(
            record => record is Interaction interaction ? interaction.Id : ((ProfileChanged)record).Profile.Id);
        ids.ShouldBe(Enumerable.Range(0, 200).SelectMany(number => (string[])[$"person{number}", SampleRecords.IdOf(number)]));
    }

    [Fact]
    public async Task Ids_whose_hashes_collide_are_distinguished()
    {
        await using var log = await PostgresLog.OpenAsync(
            Options() with { Fingerprint = of => new InteractionFingerprint(7, (uint)of.AtMs) }, Now);
        var records = SampleRecords.Many(0, 20);
        (await log.AppendAsync(records, Now)).Results.ShouldAllBe(result => result.Outcome == AppendOutcome.Accepted);
        (await log.AppendAsync(records, Now)).Results.ShouldAllBe(result => result.Outcome == AppendOutcome.Duplicate);
        (await log.AppendAsync([SampleRecords.Numbered(99, id: SampleRecords.IdOf(3))], Now)).Results[0].ShouldBe(
            new AppendResult(AppendOutcome.Conflict, 4));
    }

    [Fact]
    public async Task Bytes_that_are_not_what_was_written_are_named_and_not_served()
    {
        await using var log = await OpenAsync();
        await log.AppendAsync(SampleRecords.Many(0, 5), Now);
        await TestPostgres.ExecuteAsync(
            $"UPDATE {_schema}.records SET payload = set_byte(payload, 20, get_byte(payload, 20) # 1) WHERE position = 3");
        (await Should.ThrowAsync<LogCorruptedException>(async () => await log.ReadAtAsync([3], Now))).Message.ShouldContain("position 3");
        await TestPostgres.ExecuteAsync($"DELETE FROM {_schema}.records WHERE position = 3");
        (await Should.ThrowAsync<LogCorruptedException>(async () => await RecordsAsync(log, 5, follow: false))).Message.ShouldContain(
            "position 3 is missing");
    }

    [Fact]
    public async Task A_schema_of_a_newer_program_is_left_alone()
    {
        await using (await OpenAsync()) { }
        await TestPostgres.ExecuteAsync($"UPDATE {_schema}.parts SET version = 99");
        (await Should.ThrowAsync<LogUnavailableException>(() => OpenAsync())).Message.ShouldContain("version 99");
    }

    [Theory]
    [InlineData("Host=127.0.0.1;Port=1;Username=u;Password=sesame;Database=d", "PostgreSQL at 127.0.0.1:1, database d cannot be opened")]
    [InlineData("Username=u;Password=sesame", "names no host")]
    [InlineData("Hots=x;Password=sesame", "cannot be read")]
    public async Task A_database_that_cannot_be_reached_is_named_without_its_password(string connection, string reason)
    {
        var message = (await Should.ThrowAsync<LogUnavailableException>(
            () => PostgresLog.OpenAsync(new PostgresLogOptions { ConnectionString = connection }, Now))).Message;
        message.ShouldContain(reason);
        message.ShouldNotContain("sesame");
    }

    private PostgresLogOptions Options(string? name = null) => new()
    {
        ConnectionString = name is null ? _connection : $"{_connection};Application Name={name}",
        Schema = _schema,
        ReadConnections = 4,
    };

    private Task<PostgresLog> OpenAsync(string? name = null) => PostgresLog.OpenAsync(Options(name), Now);

    private static async Task<List<string>> FollowedAsync(PostgresLog log, long last) =>
        [.. (await RecordsAsync(log, last)).Select(record => ((Interaction)record).Id)];

    private static async Task<List<LogRecord>> RecordsAsync(PostgresLog log, long last, bool follow = true)
    {
        var records = new List<LogRecord>();
        await foreach (var batch in follow ? log.FollowAsync(0, Now) : log.ReadAsync(0, Now))
        {
            batch.FirstPosition.ShouldBe(records.Count + 1);
            records.AddRange(batch.Records);
            if (batch.LastPosition >= last) break;
        }
        return records;
    }
}
