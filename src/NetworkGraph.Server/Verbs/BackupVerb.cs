using System.CommandLine;
using System.Globalization;
using NetworkGraph.Events.Log;
using NetworkGraph.Server.Verbs.Backups;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Verbs;

/// <summary>
/// <c>backup</c>, <c>restore</c> and <c>verify</c>: a data folder in one file, back again, and whether it is what was written.
/// </summary>
public static class BackupVerb
{
    private static readonly Option<string> s_data = new(
        "--data")
    { Description = "The data folder (default ./data).", HelpName = "dir", DefaultValueFactory = _ => "./data" };

    private static readonly Option<string> s_to = new(
        "--to")
    { Description = "The file to write; it appears when it is complete.", HelpName = "file.zip", Required = true };

    private static readonly Argument<string> s_archive = new("file") { Description = "A file that 'backup' wrote." };

    public static Command CreateBackup()
    {
        var backup = new Command(
            "backup", "Write a data folder (log, keys, blocks, reports, erasures) into one file. The folder may be served meanwhile. Back "
            + "up PostgreSQL with its own tools.")
        { s_data, s_to };
        backup.SetAction((parsed, cancellation) => RunAsync(
            "Checking", report => BackupArchive.Write(
                parsed.GetRequiredValue(s_data), parsed.GetRequiredValue(s_to), TimeProvider.System.GetUtcNow()
                    .ToUnixTimeMilliseconds(), report, cancellation),
            records => $"{records:N0} records are in {parsed.GetRequiredValue(s_to)}, read back and checked.", cancellation));
        return backup;
    }

    public static Command CreateRestore()
    {
        var restore = new Command("restore", "Make a new data folder from a file that 'backup' wrote.") { s_archive, s_data };
        restore.SetAction((parsed, cancellation) => RunAsync(
            "Checking", report =>
            BackupArchive.Restore(parsed.GetRequiredValue(s_archive), parsed.GetRequiredValue(s_data), report, cancellation),
            records => $"{records:N0} records are restored into {parsed.GetRequiredValue(s_data)}.", cancellation));
        return restore;
    }

    public static Command CreateVerify()
    {
        var verify = new Command("verify", "Read all of a data folder's log and say whether it is what was written. The folder may "
            + "be served meanwhile.") { s_data };
        verify.SetAction((parsed, cancellation) => RunAsync(
            "Reading", report => LogCopy.Check(parsed.GetRequiredValue(s_data), report, cancellation),
            records => $"{records:N0} records in {parsed.GetRequiredValue(s_data)} are intact.", cancellation));
        return verify;
    }

    private static async Task<int> RunAsync(
        string doing, Func<Action<long, long>, long> work, Func<long, FormattableString> done, CancellationToken cancellation)
    {
        try
        {
            using var line = new ProgressLine(TimeProvider.System);
            var records = await Task.Run(() => work((position, of) => line.Show(doing, position, of)), cancellation);
            line.Dispose();
            await Console.Error.WriteLineAsync(done(records).ToString(CultureInfo.InvariantCulture));
            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped before the end.");
            return ExitCodes.Stopped;
        }
        catch (Exception failure) when (
            failure is LogUnavailableException or LogCorruptedException or BackupException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
            return ExitCodes.Failed;
        }
    }
}
