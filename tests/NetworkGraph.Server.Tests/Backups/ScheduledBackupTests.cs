using Microsoft.Extensions.Logging.Abstractions;
using NetworkGraph.Conformance.Log;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Verbs.Backups;
using NetworkGraph.Storage.Sqlite;
using NetworkGraph.Stories;

namespace NetworkGraph.Server.Tests.Backups;

public sealed class ScheduledBackupTests : IDisposable
{
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory();
    private readonly SteppedClock _clock = new(DayClock.Fixed.GetUtcNow().ToUnixTimeMilliseconds());

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task The_last_backups_are_kept_and_can_be_restored()
    {
        var data = Path.Combine(_root.FullName, "data");
        var to = Directory.CreateDirectory(Path.Combine(_root.FullName, "backups")).FullName;
        var backups = new ScheduledBackups(
            new ServerOptions { Data = data, Backup = new BackupOptions { To = to, Keep = 2 } }, _clock,
                NullLogger<ScheduledBackups>.Instance);
        await using (var log = await SqliteLog.OpenAsync(data, Now))
        {
            for (var made = 0; made < 4; made++)
            {
                await log.AppendAsync(SampleRecords.Many(made * 10, 10), Now);
                backups.Make(Now);
                _clock.Advance(TimeSpan.FromDays(1));
            }
        }
        backups.Age.ShouldBe(TimeSpan.FromDays(1));
        var kept = Directory.GetFiles(to).Order().ToArray();
        kept.Length.ShouldBe(2);
        BackupArchive.Restore(kept[^1], Path.Combine(_root.FullName, "restored"), static (_, _) => { }, Now).ShouldBe(40);
    }

    [Theory]
    [InlineData("30m", 30)]
    [InlineData("12h", 720)]
    [InlineData("1d", 1440)]
    [InlineData("1w", null)]
    [InlineData("0d", null)]
    [InlineData("", null)]
    public void An_interval_is_a_number_and_a_unit(string text, int? minutes) =>
        new BackupOptions { Every = text }.Interval.ShouldBe(minutes is { } count ? TimeSpan.FromMinutes(count) : null);
}
