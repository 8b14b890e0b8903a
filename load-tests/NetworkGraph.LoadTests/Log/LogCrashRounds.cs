using System.Globalization;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.LoadTests.Log;

/// <summary>What came of killing a writer: what was acknowledged, what is there, and everything that is wrong.</summary>
public sealed record LogCrashReport(int Rounds, int Acknowledged, long Stored, IReadOnlyList<string> Faults)
{
    public override string ToString() =>
        $"{Rounds} rounds, {Acknowledged:N0} interactions acknowledged, {Stored:N0} stored, {Faults.Count} faults" +
        string.Concat(Faults.Take(20).Select(fault => $"{Environment.NewLine}  {fault}"));
}

/// <summary>
/// Again and again: start a process that writes, kill it after a number of acknowledgements that the seed chooses, open
/// the log, and check that every interaction ever acknowledged is there exactly once, unchanged, at dense positions.
/// </summary>
public static class LogCrashRounds
{
    private const int MaxAcknowledgements = 400;

    public static async Task<LogCrashReport> RunAsync(
        string folder, int rounds, int seed, TextWriter progress, CancellationToken cancellation)
    {
        var random = new Random(seed);
        var acknowledged = new HashSet<int>();
        var faults = new List<string>();
        var stored = 0L;
        var next = 0;
        for (var round = 1; round <= rounds && faults.Count == 0; round++)
        {
            var moment = random.Next(MaxAcknowledgements);
            var seen = 0;
            var errors = new StringWriter(CultureInfo.InvariantCulture);
            await KilledProcess.RunAsync(
                ["log-writer", "--folder", folder, "--first", next.ToString(CultureInfo.InvariantCulture)], Note, () =>
                    seen > moment, TextWriter.Synchronized(errors), cancellation);
            if (seen <= moment) faults.Add($"The writer ended by itself: {errors}");
            (stored, next) = await CheckAsync(folder, acknowledged, faults, cancellation);
            await progress.WriteLineAsync(
                $"round {round}: killed after {seen} lines, {acknowledged.Count:N0} acknowledged, {stored:N0} stored");

            void Note(string line)
            {
                seen++;
                if (line.Split(' ') is not [var from, var count]) return;
                var first = int.Parse(from, CultureInfo.InvariantCulture);
                for (var number = first; number < first + int.Parse(count, CultureInfo.InvariantCulture); number++)
                    acknowledged.Add(number);
            }
        }
        return new LogCrashReport(rounds, acknowledged.Count, stored, faults);
    }

    /// <summary>Returns how many records there are and a number higher than all of theirs.</summary>
    private static async Task<(long Stored, int Next)> CheckAsync(
        string folder, HashSet<int> acknowledged, List<string> faults, CancellationToken cancellation)
    {
        await using var log = await SqliteLog.OpenAsync(folder, cancellation);
        var found = new HashSet<int>();
        var position = 0L;
        await foreach (var batch in log.ReadAsync(0, cancellation))
        {
            if (batch.FirstPosition != position + 1) faults.Add($"Position {position + 1} is followed by {batch.FirstPosition}.");
            foreach (var record in batch.Records)
            {
                position++;
                if (record is not Interaction interaction)
                {
                    faults.Add($"Position {position} holds a {record.GetType().Name}.");
                    continue;
                }
                var number = LogWriterCommand.NumberOf(interaction.Id);
                if (!found.Add(number)) faults.Add($"Interaction {number} is there twice, again at {position}.");
                if (InteractionFingerprint.Of(interaction) != InteractionFingerprint.Of(LogWriterCommand.Numbered(number)))
                    faults.Add($"Interaction {number} at {position} is not what was written.");
            }
        }
        if (log.LastPosition != position) faults.Add($"The last position is {log.LastPosition}, but {position} were read.");
        foreach (var number in acknowledged)
            if (!found.Contains(number)) faults.Add($"Interaction {number} was acknowledged and is lost.");
        return (position, found.Count == 0 ? 0 : found.Max() + 1);
    }
}
