using System.Globalization;
using System.Text;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Ndjson;
using NetworkGraph.Importers.Rows;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.LoadTests.Identity;

/// <summary>
/// What the canonical form of ids and the lookup of aliases cost of taking interactions in: processor time of reading NDJSON,
/// of the append to a SQLite log and of the fold, in turns within one run, the least of each. The lookup is what the fold takes
/// longer once anybody has a second id; what it takes longer where one person in ten has one is told beside it, with the views of
/// their dyads.
/// </summary>
internal static class IngestShare
{
    private const int Rows = 200_000;
    private const int People = 5_000;
    private const int Circle = 20;
    private const int Batch = 10_000;
    private const int Rounds = 7;

    public static async Task RunAsync(CancellationToken cancellation)
    {
        var nowMs = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var lines = Lines();
        var records = Read(lines, nowMs);
        string[] ids = [.. records.Cast<Interaction>().SelectMany(static one => new[] { one.From, one.To[0] })];
        TimeSpan reading = TimeSpan.MaxValue, canonical = reading, append = reading, plain = reading, fold = reading, merged = reading;
        for (var round = 0; round < Rounds; round++)
        {
            reading = Least(reading, Spent(() => Read(lines, nowMs)));
            canonical = Least(canonical, Spent(() => Check(ids)));
            append = Least(append, await AppendAsync(records, cancellation));
            plain = Least(plain, await FoldAsync(records, 0, 0, cancellation));
            fold = Least(fold, await FoldAsync(records, People, 1, cancellation));
            merged = Least(merged, await FoldAsync(records, 0, People / 10, cancellation));
        }
        var all = reading + append + fold;
        var lookup = fold > plain ? fold - plain : TimeSpan.Zero;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Taking in {Rows:N0} interactions, processor time each: reading {Each(reading)}, append {Each(append)}, fold {Each(plain)}, "
                + $"with aliases {Each(fold)}, one in ten merged {Each(merged)}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  canonical form {Each(canonical)}, {canonical / all:P1}; alias lookup {Each(lookup)}, {lookup / all:P1}; together "
                + $"{(canonical + lookup) / all:P1}"));
    }

    private static string Each(TimeSpan spent) => string.Create(CultureInfo.InvariantCulture, $"{spent.TotalMicroseconds / Rows:0.000} µs");

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static TimeSpan Spent(Action work)
    {
        var before = Environment.CpuUsage.TotalTime;
        work();
        return Environment.CpuUsage.TotalTime - before;
    }

    /// <summary>As often as reading does it: once to have the form, once by the rules.</summary>
    private static void Check(string[] ids)
    {
        foreach (var id in ids)
            if (!PersonId.TryCanonical(id, out _, out _) || PersonId.Refusal(id, "to") is not null)
                throw new InvalidOperationException($"{id} is refused.");
    }

    private static LogRecord[] Read(byte[] lines, long nowMs)
    {
        using var source = NdjsonRows.OfInteractions(new MemoryStream(lines), new InteractionDraft(), RowLimits.Default);
        var rows = new RowBatch(4096);
        var records = new List<LogRecord>(Rows);
        bool isMore;
        do
        {
            rows.Clear();
            var read = source.ReadAsync(rows, nowMs, CancellationToken.None);
            // A stream in memory is always ready, so nothing is waited for.
            isMore = read.IsCompletedSuccessfully ? read.Result : throw new InvalidOperationException("The source waited.");
            records.AddRange(rows.Records);
        }
        while (isMore);
        return records.Count == Rows ? [.. records] : throw new InvalidOperationException($"{records.Count} of {Rows} rows were read.");
    }

    private static async Task<TimeSpan> AppendAsync(LogRecord[] records, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-ingest-share");
        try
        {
            await using var log = await SqliteLog.OpenAsync(Path.Combine(folder.FullName, "log"), cancellation);
            var before = Environment.CpuUsage.TotalTime;
            foreach (var batch in records.Chunk(Batch)) await log.AppendAsync(batch, cancellation);
            return Environment.CpuUsage.TotalTime - before;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<TimeSpan> FoldAsync(LogRecord[] records, int first, int merges, CancellationToken cancellation)
    {
        var people = new EmbeddedPeople(new HistoryStore(), new ProfileStore(), new BoundaryStore(), PeopleOptions.Default);
        LogRecord[] merged = [.. Enumerable.Range(0, merges).Select(n => Merge(Person(first + 10 * n), Person(first + 10 * n + 1)))];
        if (merges > 0) await people.ApplyAsync(new RecordBatch(1, merged), cancellation);
        var position = merges + 1L;
        GC.Collect();
        var before = Environment.CpuUsage.TotalTime;
        foreach (var batch in records.Chunk(Batch))
        {
            await people.ApplyAsync(new RecordBatch(position, batch), cancellation);
            position += batch.Length;
        }
        return Environment.CpuUsage.TotalTime - before;
    }

    private static AliasChanged Merge(string one, string other) =>
        new() { AtMs = 0, One = one, Other = other, Change = AliasChange.Merged, Canonical = one };

    private static string Person(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"first.last{number}@company{number % 300}.example.org");

    /// <summary>Few write much and many little, each in a circle of people near in number.</summary>
    private static byte[] Lines()
    {
        var random = new Random(7);
        var text = new StringBuilder();
        var atMs = 1_700_000_000_000L;
        for (var i = 0; i < Rows; i++)
        {
            atMs += random.Next(60_000);
            var from = (int)(People * Math.Pow(random.NextDouble(), 3));
            var to = (from + 1 + random.Next(Circle)) % People;
            text.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"msg-{i:D8}\",\"at\":\"{Rfc3339.Format(atMs)}\",");
            text.Append(CultureInfo.InvariantCulture,
                $"\"from\":\"{Person(from)}\",\"to\":[\"{Person(to)}\"],\"kind\":\"message\",\"channel\":\"email\"}}\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }
}
