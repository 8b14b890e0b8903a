using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Json;
using NetworkGraph.Importers.Ndjson;
using NetworkGraph.Importers.Rows;

namespace NetworkGraph.LoadTests.Parsing;

/// <summary>How many interactions a second one core reads from each format, from bytes to checked objects.</summary>
internal static class ParsingBenchmarks
{
    private const int Rows = 200_000;
    private const int People = 5000;
    private const int Rounds = 7;

    public static Command Command()
    {
        var command = new Command("parsing", "Interactions read per second on one core, by format.");
        command.SetAction(_ => Run());
        return command;
    }

    public static void Run()
    {
        var nowMs = new DateTimeOffset(2026, 6, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var lines = Lines();
        var array = Encoding.UTF8.GetBytes(
            "[" + Encoding.UTF8.GetString(lines).TrimEnd().Replace("\n", ",", StringComparison.Ordinal) + "]");
        var (withIds, bare) = (Csv("id,at,from,to,kind,channel\n", withIds: true), Csv("", withIds: false));
        var bareOptions = new CsvRequest
        {
            Delimiter = " ",
            Columns = "from,to,at",
            TimeUnit = "s",
            Constants = new Dictionary<InteractionField, string> { [InteractionField.Kind] = "message" },
        };
        Report("NDJSON", lines, nowMs, body => NdjsonRows.OfInteractions(body, new InteractionDraft(), RowLimits.Default));
        ReportCanonicalIds(lines, nowMs);
        Report("JSON array", array, nowMs, body => new JsonDocumentRows(body, new InteractionDraft(), RowLimits.Default));
        Report("CSV with ids", withIds, nowMs, body =>
            new CsvRows(body, CsvOptions.Read(new CsvRequest(), []), new InteractionDraft(new DerivedIds()), RowLimits.Default));
        Report("CSV from,to,at; ids derived", bare, nowMs, body =>
            new CsvRows(body, CsvOptions.Read(bareOptions, []), new InteractionDraft(new DerivedIds()), RowLimits.Default));
    }

    private static void Report(string format, byte[] body, long nowMs, Func<Stream, IRowSource> open)
    {
        var fastest = TimeSpan.MaxValue;
        var allocated = 0L;
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var started = Stopwatch.GetTimestamp();
            Read(open(new MemoryStream(body)), nowMs);
            var elapsed = Stopwatch.GetElapsedTime(started);
            allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            if (elapsed < fastest) fastest = elapsed;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{format,-30} {Rows / fastest.TotalSeconds,12:N0} rows/s {body.Length / fastest.TotalSeconds / 1e6,8:N0} MB/s "
                + $"{allocated / Rows,6} bytes/row"));
    }

    /// <summary>What the canonical form of ids costs of reading NDJSON: the same ids, side by side in turns.</summary>
    private static void ReportCanonicalIds(byte[] lines, long nowMs)
    {
        string[] ids = [.. Made().SelectMany(static one => new[] { $"person{one.From}@example.org", $"person{one.To}@example.org" })];
        var (reading, canonical) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            var started = Stopwatch.GetTimestamp();
            Read(NdjsonRows.OfInteractions(new MemoryStream(lines), new InteractionDraft(), RowLimits.Default), nowMs);
            var elapsed = Stopwatch.GetElapsedTime(started);
            if (elapsed < reading) reading = elapsed;
            started = Stopwatch.GetTimestamp();
            var refused = 0;
            // As often as reading does it: once to have the form, once by the rules.
            foreach (var id in ids)
                if (!PersonId.TryCanonical(id, out _, out _) || PersonId.Refusal(id, "to") is not null) refused++;
            elapsed = Stopwatch.GetElapsedTime(started);
            if (refused > 0) throw new InvalidOperationException($"{refused} ids are refused.");
            if (elapsed < canonical) canonical = elapsed;
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  canonical ids: {canonical.TotalMicroseconds * 1000 / ids.Length:0} ns an id, {canonical / reading:P1} of reading NDJSON"));
    }

    private static void Read(IRowSource source, long nowMs)
    {
        var rows = new RowBatch(4096);
        var count = 0;
        // A stream in memory is always ready, so nothing is waited for.
        while (true)
        {
            rows.Clear();
            var read = source.ReadAsync(rows, nowMs, CancellationToken.None);
            var isMore = read.IsCompletedSuccessfully ? read.Result : throw new InvalidOperationException("The source waited.");
            count += rows.Records.Count;
            if (!isMore) break;
        }
        (source as IDisposable)?.Dispose();
        if (count != Rows) throw new InvalidOperationException($"{count} of {Rows} rows were read.");
    }

    private static byte[] Lines()
    {
        var text = new StringBuilder();
        foreach (var (i, from, to, at) in Made())
            text.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"msg-{i:D8}\",\"at\":\"{Rfc3339.Format(at)}\",")
                .Append(CultureInfo.InvariantCulture, $"\"from\":\"person{from}@example.org\",\"to\":[\"person{to}@example.org\"],")
                .Append("\"kind\":\"message\",\"channel\":\"email\"}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Csv(string header, bool withIds)
    {
        var text = new StringBuilder(header);
        foreach (var (i, from, to, at) in Made())
        {
            if (withIds)
                text.Append(CultureInfo.InvariantCulture,
                    $"msg-{i:D8},{Rfc3339.Format(at)},person{from}@example.org,person{to}@example.org,message,email\n");
            else text.Append(CultureInfo.InvariantCulture, $"{from} {to} {at / 1000}\n");
        }
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>Interactions of people who come back often, as they do in a mailbox.</summary>
    private static IEnumerable<(int Number, int From, int To, long AtMs)> Made()
    {
        var random = new Random(1);
        for (var i = 0; i < Rows; i++)
        {
            var from = (int)(People * Math.Pow(random.NextDouble(), 2));
            yield return (i, from, (from + 1 + random.Next(People - 1)) % People, 1_700_000_000_000L + i * 60_000L);
        }
    }
}
