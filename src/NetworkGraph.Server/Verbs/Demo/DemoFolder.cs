using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using NetworkGraph.Demo;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Verbs.Demo;

/// <summary>Which demo network a folder was made for.</summary>
internal sealed record DemoNote(int People, ulong Seed, DateTimeOffset Until)
{
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{People:N0} people, seed {Seed}, until {Until:yyyy-MM-dd'T'HH:mm:ss'Z'}");
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(DemoNote))]
internal sealed partial class DemoJson : JsonSerializerContext;

/// <summary>What became of filling a folder.</summary>
internal enum DemoFilling
{
    /// <summary>The network, or what was missing of it, was written.</summary>
    Written,

    /// <summary>It was there already, perhaps with more behind it.</summary>
    Reused,

    /// <summary>The log holds something else. Nothing was changed.</summary>
    SomethingElse,
}

/// <summary>
/// A data folder that holds a demo network and what was added to it since. The log itself says whether it does: its first
/// records must be the network's, but for those of people who were erased. A note beside it keeps the options.
/// </summary>
internal static class DemoFolder
{
    public const string NoteName = "demo.json";
    private const int RecordsAtOnce = 1 << 13;

    /// <summary>The options that the folder was made with; null where there is no note that can be read.</summary>
    public static DemoNote? ReadNote(string folder)
    {
        var path = Path.Combine(folder, NoteName);
        if (!File.Exists(path)) return null;
        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(path), DemoJson.Default.DemoNote);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>
    /// Sees to it that the folder holds the network; one whose filling was cut off is filled on. <paramref name="progress"/>
    /// is called with how many records of how many are there.
    /// </summary>
    /// <exception cref="LogUnavailableException">The folder is in use, not writable, or of a newer version.</exception>
    /// <exception cref="LogCorruptedException">The log is not what was written.</exception>
    public static async Task<DemoFilling> FillAsync(
        string folder, DemoNetwork network, DemoNote note, Action<long, long> progress, CancellationToken cancellation)
    {
        await using var log = await SqliteLog.OpenAsync(folder, cancellation);
        long total = network.Profiles.Count + network.InteractionCount;
        using var left = network.Records().GetEnumerator();
        if (!await BeginsWithAsync(log, left, cancellation)) return DemoFilling.SomethingElse;
        if (log.LastPosition >= total) return DemoFilling.Reused;
        await File.WriteAllBytesAsync(
            Path.Combine(folder, NoteName), JsonSerializer.SerializeToUtf8Bytes(note, DemoJson.Default.DemoNote), cancellation);
        var records = new List<LogRecord>(RecordsAtOnce);
        bool isMore;
        do
        {
            isMore = left.MoveNext();
            if (isMore) records.Add(left.Current);
            if (records.Count < (isMore ? RecordsAtOnce : 1)) continue;
            var receipt = await log.AppendAsync(records, cancellation);
            if (receipt.Overloaded || receipt.Results.Any(result => result.Outcome is not AppendOutcome.Accepted))
                throw new InvalidOperationException("The log did not take the demo network.");
            records.Clear();
            progress(log.LastPosition, total);
        }
        while (isMore);
        return DemoFilling.Written;
    }

    /// <summary>Takes from <paramref name="expected"/> what the log holds; false where the log holds anything else.</summary>
    private static async Task<bool> BeginsWithAsync(SqliteLog log, IEnumerator<LogRecord> expected, CancellationToken cancellation)
    {
        await foreach (var batch in log.ReadAsync(0, cancellation))
        {
            foreach (var record in batch.Records)
            {
                if (!expected.MoveNext()) return true;
                if (!IsSame(record, expected.Current)) return false;
            }
        }
        return true;
    }

    private static bool IsSame(LogRecord held, LogRecord expected) => (held, expected) switch
    {
        (Tombstone, _) => true,
        (Interaction a, Interaction b) => InteractionFingerprint.Of(a) == InteractionFingerprint.Of(b),
        (ProfileChanged a, ProfileChanged b) => a.AtMs == b.AtMs && IsSame(a.Profile, b.Profile),
        _ => false,
    };

    private static bool IsSame(Profile a, Profile b) =>
        a with { Offers = b.Offers, Audience = b.Audience, Tags = b.Tags } == b
        && a.Offers.SequenceEqual(b.Offers) && a.Audience.SequenceEqual(b.Audience) && a.Tags.SequenceEqual(b.Tags);
}
