using System.IO.Compression;
using NetworkGraph.Conformance.Log;
using NetworkGraph.Events;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Server.Verbs.Backups;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Tests.Backups;

public sealed class BackupArchiveTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    private string Data => Path.Combine(_root.FullName, "data");

    private string Restored => Path.Combine(_root.FullName, "restored");

    private string Archive => Path.Combine(_root.FullName, "backup.zip");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task A_backup_of_a_log_in_use_restores_every_record_and_the_files_beside_it()
    {
        List<LogRecord> expected;
        await using (var log = await SqliteLog.OpenAsync(Data, Now))
        {
            await log.AppendAsync(SampleRecords.Many(0, 2_000), Now);
            await log.AppendAsync([SampleRecords.Between("e", "eve", "b"), SampleRecords.BlockBetween("a", "b")], Now);
            await log.EraseAsync("eve", [2_001], 7, Now);
            await File.WriteAllTextAsync(Path.Combine(Data, "keys.json"), "{}", Now);
            Write().ShouldBe(2_003);
            expected = await AllAsync(log);
        }
        Restore().ShouldBe(2_003);
        (await File.ReadAllTextAsync(Path.Combine(Restored, "keys.json"), Now)).ShouldBe("{}");
        await using var restored = await SqliteLog.OpenAsync(Restored, Now);
        (await AllAsync(restored)).Select(SampleRecords.ContentOf).ShouldBe(expected.Select(SampleRecords.ContentOf));
    }

    [Fact]
    public async Task A_folder_that_holds_something_is_left_as_it_is()
    {
        await (await SqliteLog.OpenAsync(Data, Now)).DisposeAsync();
        Write();
        Should.Throw<BackupException>(() => BackupArchive.Restore(Archive, Data, static (_, _) => { }, Now)).Message.ShouldContain(
            "is not empty");
        File.Exists(Path.Combine(Data, "log.db")).ShouldBeTrue();
    }

    [Fact]
    public async Task A_damaged_or_foreign_archive_restores_nothing()
    {
        await using (var log = await SqliteLog.OpenAsync(Data, Now)) await log.AppendAsync(SampleRecords.Many(0, 500), Now);
        Write();
        using (var archive = ZipFile.Open(Archive, ZipArchiveMode.Update))
        {
            var entry = archive.GetEntry("log.db").ShouldNotBeNull();
            await using var stream = entry.Open();
            stream.Position = 20_000;
            stream.WriteByte(0x55);
        }
        Should.Throw<BackupException>(() => Restore()).Message.ShouldContain("'log.db'");
        Directory.EnumerateFiles(Restored).ShouldBeEmpty();
        await File.WriteAllTextAsync(Archive, "no zip", Now);
        Should.Throw<BackupException>(() => Restore()).Message.ShouldContain("is not a backup");
    }

    [Fact]
    public void A_folder_without_a_log_gives_no_archive()
    {
        _root.CreateSubdirectory("data");
        Should.Throw<LogUnavailableException>(() => Write()).Message.ShouldContain("There is no log");
        File.Exists(Archive).ShouldBeFalse();
    }

    private long Write() => BackupArchive.Write(Data, Archive, 1, static (_, _) => { }, Now);

    private long Restore() => BackupArchive.Restore(Archive, Restored, static (_, _) => { }, Now);

    private static async Task<List<LogRecord>> AllAsync(SqliteLog log)
    {
        var all = new List<LogRecord>();
        await foreach (var batch in log.ReadAsync(0, Now)) all.AddRange(batch.Records);
        return all;
    }
}
