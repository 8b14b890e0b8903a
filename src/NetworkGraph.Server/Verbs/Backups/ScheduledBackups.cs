using System.Globalization;
using NetworkGraph.Events.Log;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Verbs.Backups;

/// <summary>
/// Makes backups of the data folder while it is served, one an interval, and keeps the last few. Each is read back and checked
/// before it counts and before an older one is removed; one that fails is reported and tried again after an hour at the latest.
/// </summary>
internal sealed partial class ScheduledBackups(ServerOptions options, TimeProvider time, ILogger<ScheduledBackups> logger)
    : BackgroundService
{
    private const string Prefix = "networkgraph-";
    private const string Ending = ".zip";
    private const string TimeFormat = "yyyyMMdd'T'HHmmss'Z'";
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromHours(1);
    private long _failures;
    private long _lastMs;

    /// <summary>How long ago the last complete backup was made; null for none.</summary>
    public TimeSpan? Age => Volatile.Read(ref _lastMs) is > 0 and var last
        ? time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(last) : null;

    /// <summary>Backups that failed since the start.</summary>
    public long Failures => Volatile.Read(ref _failures);

    /// <summary>Makes one now, and removes those that are more than are kept. Returns its path. Blocks.</summary>
    internal string Make(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var path = Path.Combine(options.Backup.To, Prefix + now.ToString(TimeFormat, CultureInfo.InvariantCulture) + Ending);
        var records = BackupArchive.Write(options.Data, path, now.ToUnixTimeMilliseconds(), static (_, _) => { }, cancellation);
        Volatile.Write(ref _lastMs, now.ToUnixTimeMilliseconds());
        LogMade(records, Path.GetFileName(path));
        foreach (var (old, _) in Made().SkipLast(options.Backup.Keep)) File.Delete(old);
        return path;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Backup.IsOn || options.Backup.Interval is not { } interval) return;
        try
        {
            Directory.CreateDirectory(options.Backup.To);
            if (Made() is [.., var last]) Volatile.Write(ref _lastMs, last.At.ToUnixTimeMilliseconds());
            while (true)
            {
                // A server that is started anew goes on where it was.
                var due = Age is { } age ? interval - age : TimeSpan.Zero;
                if (due > TimeSpan.Zero) await Task.Delay(due, time, stoppingToken);
                if (!await TryMakeAsync(stoppingToken))
                    await Task.Delay(interval < s_retryAfter ? interval : s_retryAfter, time, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The one that was under way is not left behind.
        }
    }

    private async Task<bool> TryMakeAsync(CancellationToken cancellation)
    {
        try
        {
            await Task.Run(() => Make(cancellation), cancellation);
            return true;
        }
        catch (Exception failure)
            when (failure is IOException or UnauthorizedAccessException or LogUnavailableException or LogCorruptedException
                or BackupException)
        {
            Interlocked.Increment(ref _failures);
            LogFailed(failure.Message);
            return false;
        }
    }

    /// <summary>The backups in the folder, the oldest first.</summary>
    private List<(string Path, DateTimeOffset At)> Made()
    {
        var made = new List<(string, DateTimeOffset)>();
        foreach (var path in Directory.EnumerateFiles(options.Backup.To, Prefix + "*" + Ending))
        {
            var text = Path.GetFileName(path)[Prefix.Length..^Ending.Length];
            if (DateTimeOffset.TryParseExact(text, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at))
                made.Add((path, at));
        }
        made.Sort(static (a, b) => a.Item2.CompareTo(b.Item2));
        return made;
    }

    [LoggerMessage(1501, LogLevel.Information, "Backed up: {Records} records are in {File}, read back and checked.")]
    private partial void LogMade(long records, string file);

    [LoggerMessage(1502, LogLevel.Error, "A scheduled backup failed, and is tried again: {Reason}")]
    private partial void LogFailed(string reason);
}
