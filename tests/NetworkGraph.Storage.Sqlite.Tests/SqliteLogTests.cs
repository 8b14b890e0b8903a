using NetworkGraph.Conformance.Log;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;

namespace NetworkGraph.Storage.Sqlite.Tests;

public sealed class SqliteLogTests : IDisposable
{
    private readonly TestFolder _folder = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private SqliteLogOptions Options => new() { Folder = _folder.Path };

    public void Dispose() => _folder.Dispose();

    private static async Task<AppendResult[]> AppendAsync(SqliteLog log, params LogRecord[] records) =>
        (await log.AppendAsync(records, Now)).Results;

    private static async Task<List<LogRecord>> AllAsync(SqliteLog log)
    {
        var all = new List<LogRecord>();
        await foreach (var batch in log.ReadAsync(0, Now)) all.AddRange(batch.Records);
        return all;
    }

    [Fact]
    public async Task A_folder_in_use_by_this_process_is_not_opened_twice()
    {
        await using var log = await SqliteLog.OpenAsync(Options, Now);
        var refused = await Should.ThrowAsync<LogUnavailableException>(() => SqliteLog.OpenAsync(Options, Now));
        refused.Message.ShouldBe($"The log in '{_folder.Path}' is in use by this process ({Environment.ProcessId}).");
        (await AppendAsync(log, SampleRecords.Numbered(1))).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_folder_in_use_by_another_process_is_refused_naming_it()
    {
        var other = new FileStream(_folder["lock"], FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None);
        await File.WriteAllTextAsync(_folder["lock.pid"], "12345", Now);
        (await Should.ThrowAsync<LogUnavailableException>(() => SqliteLog.OpenAsync(Options, Now))).Message.ShouldContain(
            "in use by process 12345");
        await other.DisposeAsync();
        await (await SqliteLog.OpenAsync(Options, Now)).DisposeAsync();
    }

    [Fact]
    public async Task A_folder_that_cannot_be_made_is_named()
    {
        await File.WriteAllTextAsync(_folder["file"], "", Now);
        var refused = await Should.ThrowAsync<LogUnavailableException>(() => SqliteLog.OpenAsync(_folder["file/data"], Now));
        refused.Message.ShouldContain(_folder["file/data"]);
    }

    [Fact]
    public async Task A_folder_that_is_not_writable_is_named()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess) Assert.Skip("Needs a user for whom file modes count.");
        else File.SetUnixFileMode(_folder.Path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        (await Should.ThrowAsync<LogUnavailableException>(() => SqliteLog.OpenAsync(Options, Now))).Message.ShouldContain("not writable");
    }

    [Fact]
    public async Task A_file_of_a_newer_version_is_left_alone()
    {
        await (await SqliteLog.OpenAsync(Options, Now)).DisposeAsync();
        TestDatabase.Execute(_folder["log.db"], "PRAGMA user_version = 3");
        var refused = await Should.ThrowAsync<LogUnavailableException>(() => SqliteLog.OpenAsync(Options, Now));
        refused.Message.ShouldContain("format version 3; this program reads version 2");
    }

    [Fact]
    public async Task A_database_of_another_program_is_left_alone()
    {
        TestDatabase.Execute(_folder["log.db"], "CREATE TABLE other (x)");
        (await Should.ThrowAsync<LogUnavailableException>(() => SqliteLog.OpenAsync(Options, Now))).Message.ShouldContain(
            "another program");
    }

    [Fact]
    public async Task A_full_disk_fails_the_append_whole_and_leaves_the_log_as_it_was()
    {
        var before = SampleRecords.Many(0, 100);
        await using (var log = await SqliteLog.OpenAsync(Options with { MaxPages = 40 }, Now))
        {
            await AppendAsync(log, before);
            var full = await Should.ThrowAsync<LogUnavailableException>(
                async () => await log.AppendAsync(SampleRecords.Many(1000, 50_000), Now));
            full.Message.ShouldContain("the disk is full");
            log.LastPosition.ShouldBe(100);
            (await AppendAsync(log, SampleRecords.Numbered(5), SampleRecords.Numbered(1000))).ShouldBe(
                [new AppendResult(AppendOutcome.Duplicate, 6), new AppendResult(AppendOutcome.Accepted, 101)]);
        }
        await using var again = await SqliteLog.OpenAsync(Options, Now);
        (await AppendAsync(again, SampleRecords.Many(1000, 2)))[1].ShouldBe(new AppendResult(AppendOutcome.Accepted, 102));
        (await AllAsync(again)).Count.ShouldBe(102);
    }

    [Fact]
    public async Task Every_append_of_a_failed_commit_fails()
    {
        await using var log = await SqliteLog.OpenAsync(Options with { MaxPages = 10 }, Now);
        var appends = Enumerable.Range(0, 40).Select(n => log.AppendAsync(SampleRecords.Many(n * 1000, 1000), Now).AsTask()).ToArray();
        await Task.WhenAll(appends).ContinueWith(_ => { }, Now, TaskContinuationOptions.None, TaskScheduler.Default);
        appends.ShouldContain(append => append.IsFaulted);
        var acknowledged = appends.Where(append => append.IsCompletedSuccessfully).Sum(append => append.Result.Results.Length);
        log.LastPosition.ShouldBe(acknowledged);
        (await AllAsync(log)).Count.ShouldBe(acknowledged);
    }

    [Theory]
    [InlineData(0xFFUL)]
    [InlineData(0UL)]
    public async Task Ids_whose_hashes_collide_are_distinguished(ulong mask)
    {
        var options = Options with
        {
            Fingerprint = one =>
            InteractionFingerprint.Of(one) is var whole ? new((whole.IdHash & mask) + 1, whole.ContentHash) : default
        };
        var records = SampleRecords.Many(0, 600);
        for (var opened = 0; opened < 2; opened++)
        {
            await using var log = await SqliteLog.OpenAsync(options, Now);
            if (opened == 0)
            {
                (await AppendAsync(log, records[..300])).ShouldAllBe(result => result.Outcome == AppendOutcome.Accepted);
                (await AppendAsync(log, records[300..])).ShouldAllBe(result => result.Outcome == AppendOutcome.Accepted);
            }
            (await AppendAsync(log, records)).Select(result => result.Position).ShouldBe(
                Enumerable.Range(1, 600).Select(position => (long)position));
            (await AppendAsync(log, SampleRecords.Numbered(9999, SampleRecords.IdOf(77)))).ShouldBe(
                [new AppendResult(AppendOutcome.Conflict, 78)]);
            log.LastPosition.ShouldBe(600);
        }
    }

    [Fact]
    public async Task A_corrupted_batch_is_named_and_not_served()
    {
        await using (var log = await SqliteLog.OpenAsync(Options, Now)) await AppendAsync(log, SampleRecords.Many(0, 2000));
        TestDatabase.Execute(
            _folder["log.db"], "UPDATE batches SET payload = CAST(substr(payload, 1, 500) || x'00' || substr(payload, 502) AS BLOB) WHERE "
            + "first_position = 513");
        await using var again = await SqliteLog.OpenAsync(Options, Now);
        var found = await Should.ThrowAsync<LogCorruptedException>(async () => await AllAsync(again));
        found.Message.ShouldContain($"{_folder["log.db"]}: the batch at position 513 does not match its checksum");
        (await again.ReadAtAsync([512, 1025], Now)).Length.ShouldBe(2);
        await Should.ThrowAsync<LogCorruptedException>(async () => await again.ReadAtAsync([600], Now));
    }

    [Theory]
    [InlineData("DELETE FROM batches WHERE first_position = 513", "position 513 is missing")]
    [InlineData("UPDATE batches SET first_position = 5000 WHERE first_position = 1", "position 1 is missing")]
    [InlineData("UPDATE batches SET count = 511 WHERE first_position = 513", "the batch at position 513 has keys")]
    [InlineData("UPDATE batches SET keys = CAST(substr(keys, 1, 100) || x'0001' || substr(keys, 103) AS BLOB) WHERE first_position = 513",
        "the batch at position 513 has keys")]
    [InlineData("UPDATE batches SET payload = x'' WHERE first_position = 513", "the batch at position 513 has keys or sizes")]
    public async Task Rows_that_do_not_fit_are_found_when_opening(string damage, string message)
    {
        await using (var log = await SqliteLog.OpenAsync(Options, Now)) await AppendAsync(log, SampleRecords.Many(0, 2000));
        TestDatabase.Execute(_folder["log.db"], damage);
        (await Should.ThrowAsync<LogCorruptedException>(() => SqliteLog.OpenAsync(Options, Now))).Message.ShouldContain(message);
    }

    [Fact]
    public async Task A_batch_in_the_place_of_another_is_found()
    {
        await using (var log = await SqliteLog.OpenAsync(Options, Now)) await AppendAsync(log, SampleRecords.Many(0, 2000));
        TestDatabase.Execute(
            _folder["log.db"], "UPDATE batches SET payload = (SELECT payload FROM batches WHERE first_position = 1) WHERE first_position "
            + "= 513");
        await using var again = await SqliteLog.OpenAsync(Options, Now);
        (await Should.ThrowAsync<LogCorruptedException>(async () => await AllAsync(again))).Message.ShouldContain(
            "position 513 belongs to another position");
    }

    [Fact]
    public async Task Overwritten_pages_are_reported_or_harmless()
    {
        await using (var log = await SqliteLog.OpenAsync(Options, Now)) await AppendAsync(log, SampleRecords.Many(0, 5000));
        var intact = await File.ReadAllBytesAsync(_folder["log.db"], Now);
        var random = new Random(11);
        for (var round = 0; round < 60; round++)
        {
            var damaged = intact.ToArray();
            random.NextBytes(damaged.AsSpan(random.Next(damaged.Length - 64), 64));
            await File.WriteAllBytesAsync(_folder["log.db"], damaged, Now);
            try
            {
                await using var log = await SqliteLog.OpenAsync(Options, Now);
                (await AllAsync(log)).Select(SampleRecords.ContentOf).ShouldBe(SampleRecords.Many(0, 5000).Select(SampleRecords.ContentOf));
            }
            catch (Exception e) when (e is LogCorruptedException or LogUnavailableException)
            {
                e.Message.ShouldContain("log.db");
            }
        }
    }

    [Fact]
    public async Task A_torn_tail_of_the_write_ahead_log_is_cut()
    {
        using var copy = new TestFolder();
        await using (var log = await SqliteLog.OpenAsync(Options, Now))
        {
            for (var append = 0; append < 20; append++) await AppendAsync(log, SampleRecords.Many(append * 50, 50));
            File.Copy(_folder["log.db"], copy["log.db"]);
            var bytes = await File.ReadAllBytesAsync(_folder["log.db-wal"], Now);
            await File.WriteAllBytesAsync(copy["log.db-wal"], bytes[..^3000], Now);
        }
        await using var torn = await SqliteLog.OpenAsync(copy.Path, Now);
        torn.LastPosition.ShouldBeInRange(1, 999);
        (torn.LastPosition % 50).ShouldBe(0);
        (await AllAsync(torn)).Select(SampleRecords.ContentOf).ShouldBe(
            SampleRecords.Many(0, (int)torn.LastPosition).Select(SampleRecords.ContentOf));
        (await AppendAsync(torn, SampleRecords.Many(0, 1000))).Select(result => result.Position).ShouldBe(
            Enumerable.Range(1, 1000).Select(position => (long)position));
    }

    /// <summary>As a backup made by another program does, for as long as it takes.</summary>
    [Fact]
    public async Task A_reader_outside_holds_up_neither_erasure_nor_appends()
    {
        await using var log = await SqliteLog.OpenAsync(Options, Now);
        await AppendAsync(log, SampleRecords.Between("e1", "eve-to-be-erased", "b"), SampleRecords.Numbered(1));
        using (TestDatabase.ReadFor(_folder["log.db"]))
        {
            (await log.EraseAsync("eve-to-be-erased", [1], 5, Now)).ShouldBe(3);
            (await log.ReadAtAsync([1], Now))[0].ShouldBeOfType<Tombstone>();
            (await AppendAsync(log, SampleRecords.Numbered(2))).ShouldBe([new AppendResult(AppendOutcome.Accepted, 4)]);
            new FileInfo(_folder["log.db-wal"]).Length.ShouldBeGreaterThan(0);
        }
        await Until.TrueAsync("the write-ahead log is emptied once nobody reads it", () => new FileInfo(_folder["log.db-wal"]).Length == 0);
    }

    [Fact]
    public async Task No_hash_of_an_erased_interaction_is_left()
    {
        var erased = (Interaction)SampleRecords.Between("e1", "eve-to-be-erased", "b");
        await using var log = await SqliteLog.OpenAsync(Options, Now);
        await AppendAsync(log, [.. SampleRecords.Many(0, 200), erased, .. SampleRecords.Many(200, 200)]);
        var fingerprint = InteractionFingerprint.Of(erased);
        TestDatabase.Holds(_folder.Path, BitConverter.GetBytes(fingerprint.IdHash)).ShouldBeTrue();
        await log.EraseAsync("eve-to-be-erased", [201], 5, Now);
        TestDatabase.Holds(_folder.Path, BitConverter.GetBytes(fingerprint.IdHash)).ShouldBeFalse();
        TestDatabase.Holds(_folder.Path, BitConverter.GetBytes(fingerprint.ContentHash)).ShouldBeFalse();
    }

    [Theory]
    [InlineData("wal")]
    [InlineData("older")]
    [InlineData("empty")]
    public async Task A_log_shorter_than_what_was_acknowledged_is_refused_unless_the_loss_is_accepted(string damage)
    {
        using var copy = new TestFolder();
        await using (var log = await SqliteLog.OpenAsync(Options, Now))
        {
            for (var append = 0; append < 10; append++) await AppendAsync(log, SampleRecords.Many(append * 100, 100));
            if (damage == "older") CopyTo(copy, "log.db", "log.db-wal");
            for (var append = 10; append < 20; append++) await AppendAsync(log, SampleRecords.Many(append * 100, 100));
            if (damage == "wal") CopyTo(copy, "log.db", "log.db-wal");
            CopyTo(copy, "log.acknowledged");
        }
        if (damage == "empty") await File.WriteAllBytesAsync(copy["log.db"], [], Now);
        if (damage == "wal")
        {
            var bytes = await File.ReadAllBytesAsync(copy["log.db-wal"], Now);
            bytes[bytes.Length / 2] ^= 4;
            await File.WriteAllBytesAsync(copy["log.db-wal"], bytes, Now);
        }
        var options = Options with { Folder = copy.Path };
        var refused = await Should.ThrowAsync<LogCorruptedException>(() => SqliteLog.OpenAsync(options, Now));
        refused.Message.ShouldContain("records, but 2000 were acknowledged");
        refused.Message.ShouldContain("--accept-loss");
        await using (var accepted = await SqliteLog.OpenAsync(
            options with { AcceptLoss = true }, Now)) accepted.LastPosition.ShouldBeLessThan(2000);
        await using var again = await SqliteLog.OpenAsync(options, Now);
        (await AllAsync(again)).Count.ShouldBe((int)again.LastPosition);

        void CopyTo(TestFolder to, params string[] names)
        {
            foreach (var name in names) File.Copy(_folder[name], to[name]);
        }
    }

    [Fact]
    public async Task An_older_log_that_was_written_on_is_refused()
    {
        using var older = new TestFolder();
        await using (var log = await SqliteLog.OpenAsync(Options, Now))
        {
            await AppendAsync(log, SampleRecords.Many(0, 100));
            File.Copy(_folder["log.db"], older["log.db"]);
            File.Copy(_folder["log.db-wal"], older["log.db-wal"]);
            await AppendAsync(log, SampleRecords.Many(100, 100));
        }
        await using (var other = await SqliteLog.OpenAsync(older.Path, Now)) await AppendAsync(other, SampleRecords.Many(200, 300));
        File.Copy(older["log.db"], _folder["log.db"], overwrite: true);
        var refused = await Should.ThrowAsync<LogCorruptedException>(() => SqliteLog.OpenAsync(Options, Now));
        refused.Message.ShouldContain("holds another history up to record 200");
        Should.Throw<LogCorruptedException>(() => LogCopy.Check(_folder.Path, static (_, _) => { }, Now)).Message.ShouldContain(
            "another history");
        await using (var accepted = await SqliteLog.OpenAsync(Options with { AcceptLoss = true }, Now)) accepted.LastPosition.ShouldBe(400);
        await using var again = await SqliteLog.OpenAsync(Options, Now);
    }

    [Fact]
    public async Task A_full_disk_is_said_until_there_is_room()
    {
        await using var log = await SqliteLog.OpenAsync(Options with { MaxPages = 40 }, Now);
        await AppendAsync(log, SampleRecords.Many(0, 100));
        log.RefusesBecause.ShouldBeNull();
        await Should.ThrowAsync<LogUnavailableException>(async () => await log.AppendAsync(SampleRecords.Many(1000, 50_000), Now));
        log.RefusesBecause.ShouldBe("The disk of the log is full.");
        // Nobody needs to send something for the log to find out that there is room.
        await Until.TrueAsync("the log takes records again", () => log.RefusesBecause is null);
        (await AppendAsync(log, SampleRecords.Numbered(500)))[0].Position.ShouldBe(101);
    }

    /// <summary>As where somebody removed the lock's file while the server ran.</summary>
    [Fact]
    public async Task The_file_itself_refuses_a_writer_overtaken_by_a_second_one()
    {
        await using var first = await SqliteLog.OpenAsync(Options, Now);
        await AppendAsync(first, SampleRecords.Many(0, 10));
        File.Delete(_folder["lock"]);
        await using var second = await SqliteLog.OpenAsync(Options, Now);
        await AppendAsync(second, SampleRecords.Many(10, 10));
        var refused = await Should.ThrowAsync<LogUnavailableException>(async () => await AppendAsync(first, SampleRecords.Many(20, 10)));
        refused.Message.ShouldContain("opened by another process meanwhile");
        (await AppendAsync(second, SampleRecords.Many(20, 1))).ShouldBe([new AppendResult(AppendOutcome.Accepted, 21)]);
        (await AllAsync(second)).Count.ShouldBe(21);
    }

    [Fact]
    public async Task A_copy_put_back_has_another_lineage_from_where_it_went_on()
    {
        using var copy = new TestFolder();
        string before, after;
        await using (var log = await SqliteLog.OpenAsync(Options, Now))
        {
            await AppendAsync(log, SampleRecords.Many(0, 100));
            File.Copy(_folder["log.db"], copy["log.db"]);
            File.Copy(_folder["log.db-wal"], copy["log.db-wal"]);
            await AppendAsync(log, SampleRecords.Many(100, 100));
            (before, after) = (await log.LineageAsync(100, Now), await log.LineageAsync(150, Now));
        }
        await using (var same = await SqliteLog.OpenAsync(Options, Now))
        {
            (await same.LineageAsync(100, Now)).ShouldBe(before);
            (await same.LineageAsync(150, Now)).ShouldBe(after);
        }
        await using var other = await SqliteLog.OpenAsync(copy.Path, Now);
        await AppendAsync(other, SampleRecords.Many(200, 100));
        (await other.LineageAsync(100, Now)).ShouldBe(before);
        (await other.LineageAsync(150, Now)).ShouldNotBe(after);
    }

    [Fact]
    public async Task The_files_are_readable_by_their_owner_only()
    {
        if (OperatingSystem.IsWindows()) Assert.Skip("Needs file modes.");
        await using var log = await SqliteLog.OpenAsync(Options, Now);
        await AppendAsync(log, SampleRecords.Many(0, 100));
        foreach (var name in (string[])["log.db", "log.db-wal", "log.acknowledged"])
            if (!OperatingSystem.IsWindows())
                File.GetUnixFileMode(_folder[name]).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite, name);
    }

    [Fact]
    public async Task Closing_leaves_one_file_of_data()
    {
        await using (var log = await SqliteLog.OpenAsync(Options, Now))
        {
            await AppendAsync(log, SampleRecords.Many(0, 2000));
            (await AllAsync(log)).Count.ShouldBe(2000);
        }
        Directory.GetFiles(_folder.Path).Select(Path.GetFileName).ShouldBe(
            ["lock", "lock.pid", "log.acknowledged", "log.db"], ignoreOrder: true);
    }
}
