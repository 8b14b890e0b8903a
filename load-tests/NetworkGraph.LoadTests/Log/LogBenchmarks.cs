using System.Diagnostics;
using System.Globalization;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Storage.Sqlite;
using Spectre.Console;

namespace NetworkGraph.LoadTests.Log;

/// <summary>
/// What the SQLite log can take, side by side with what the disk can take of the same bytes: a file that gets the same
/// number of bytes in as many writes as the log had commits, each followed by a flush to the disk.
/// </summary>
public static class LogBenchmarks
{
    private const int Interactions = 1_000_000;
    private const int People = 20_000;

    public static async Task<int> Run(string folder, CancellationToken cancellation)
    {
        var root = Directory.CreateDirectory(Path.Combine(folder, $"networkgraph-log-{Environment.ProcessId}"));
        try
        {
            var records = Sample(Interactions);
            AnsiConsole.Profile.Width = 150;
            var table = new Table().AddColumns(
                "what", "interactions/s", "MB/s of the file", "bare disk, same bytes", "of the disk's limit", "processor µs each");
            Codec(records, table);
            // The first run pays for compilation; it is not shown.
            foreach (var (writers, size, shown) in (
                (int, int, bool)[])[(1, 1_000, false), (1, 1_000, true), (1, 10_000, true), (16, 100, true), (1, 100, true), (1, 1, true)])
            {
                var count = size < 100 ? Interactions / 50 : size == 100 && writers == 1 ? Interactions / 4 : Interactions;
                var path = Path.Combine(root.FullName, $"{writers}x{size}-{shown}");
                var measured = await AppendAsync(path, records.AsMemory(0, count), writers, size, cancellation);
                var diskSeconds = BareDisk(Path.Combine(root.FullName, "bare"), measured.FileBytes, count / size / writers);
                if (!shown) continue;
                table.AddRow(
                    $"append, {writers} writer(s), {size:N0} at once", $"{count / measured.Seconds:N0}",
                        $"{measured.FileBytes / measured.Seconds / 1e6:N1}",
                    $"{count / diskSeconds:N0}", $"{diskSeconds / measured.Seconds:P0}", $"{measured.ProcessorSeconds * 1e6 / count:N2}");
            }
            await ReadsAsync(Path.Combine(root.FullName, "1x10000-True"), table, cancellation);
            AnsiConsole.Write(table);
            return 0;
        }
        finally
        {
            root.Delete(recursive: true);
        }
    }

    /// <summary>
    /// Messages between people with e-mail addresses: ids of 32 hexadecimal digits, half with a channel, a tenth with a venue.
    /// </summary>
    private static LogRecord[] Sample(int count)
    {
        var random = new Random(7);
        var people = Enumerable.Range(0, People).Select(
            n => string.Create(CultureInfo.InvariantCulture, $"first.last{n}@company{n % 300}.example.org")).ToArray();
        var venues = Enumerable.Range(0, 50).Select(n => string.Create(CultureInfo.InvariantCulture, $"Meetup number {n}")).ToArray();
        var bytes = new byte[16];
        var at = 1_700_000_000_000L;
        var records = new LogRecord[count];
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(bytes);
            at += random.Next(60_000);
            // Few write much and many little, each in a circle of people near in number.
            var from = (int)(People * Math.Pow(random.NextDouble(), 3));
            records[i] = new Interaction
            {
                Id = Convert.ToHexStringLower(bytes),
                AtMs = at,
                From = people[from],
                To = [people[(from + 1 + random.Next(50)) % People]],
                Kind = (InteractionKind)random.Next(3),
                Exchange = random.Next(5) == 0 ? Exchange.Ask : Exchange.None,
                Channel = random.Next(2) == 0 ? "email" : null,
                Venue = random.Next(10) == 0 ? venues[random.Next(venues.Length)] : null,
            };
        }
        return records;
    }

    private static void Codec(LogRecord[] records, Table table)
    {
        const int Batch = 512;
        var encoder = new BatchEncoder();
        var decoder = new BatchDecoder();
        var fingerprints = new InteractionFingerprint[Batch];
        var batches = new List<byte[]>();
        var bytes = 0L;
        for (var warm = 0; warm < 3; warm++)
        {
            batches.Clear();
            bytes = 0;
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i + Batch <= records.Length; i += Batch)
            {
                encoder.Begin(i + 1);
                foreach (var record in records.AsSpan(i, Batch)) encoder.Add(record);
                batches.Add(encoder.Finish().ToArray());
                bytes += batches[^1].Length;
            }
            if (warm == 2) AddRate("encode", start);
            start = Stopwatch.GetTimestamp();
            foreach (var batch in batches) GC.KeepAlive(decoder.Decode(batch, "benchmark"));
            if (warm == 2) AddRate("decode", start);
            start = Stopwatch.GetTimestamp();
            for (var i = 0; i + Batch <= records.Length; i += Batch) InteractionFingerprint.Of(records.AsSpan(i, Batch), fingerprints);
            if (warm == 2) AddRate("fingerprint", start);
        }
        table.AddRow("bytes an interaction, encoded", $"{bytes / (double)(batches.Count * Batch):N1}");

        void AddRate(string what, long start) =>
            table.AddRow($"{what}, one core", $"{records.Length / Stopwatch.GetElapsedTime(start).TotalSeconds:N0}");
    }

    private static async Task<(double Seconds, double ProcessorSeconds, long FileBytes)> AppendAsync(
        string path, ReadOnlyMemory<LogRecord> records, int writers, int size, CancellationToken cancellation)
    {
        await using var log = await SqliteLog.OpenAsync(path, cancellation);
        var next = 0;
        var processor = Environment.CpuUsage.TotalTime;
        var start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(_ => Task.Run(async () =>
        {
            while (true)
            {
                var from = Interlocked.Add(ref next, size) - size;
                if (from >= records.Length) return;
                var receipt = await log.AppendAsync(records.Slice(from, size).ToArray(), cancellation);
                if (receipt.Overloaded) throw new InvalidOperationException("The log refused an append.");
            }
        }, cancellation)));
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return (seconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds,
            Directory.GetFiles(path, "log.db").Sum(file => new FileInfo(file).Length) + WaitingBytes(path));
    }

    private static long WaitingBytes(string path) => new FileInfo(Path.Combine(path, "log.db-wal")).Length;

    /// <summary>Seconds to write as many bytes in as many flushed writes.</summary>
    private static double BareDisk(string path, long bytes, int writes)
    {
        var buffer = new byte[Math.Max(1, bytes / writes)];
        new Random(1).NextBytes(buffer);
        var seconds = 0.0;
        using (var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write))
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0L; i < writes; i++)
            {
                RandomAccess.Write(file, buffer, i * buffer.Length);
                RandomAccess.FlushToDisk(file);
            }
            seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        }
        File.Delete(path);
        return seconds;
    }

    private static async Task ReadsAsync(string path, Table table, CancellationToken cancellation)
    {
        var fileBytes = new FileInfo(Path.Combine(path, "log.db")).Length;
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var start = Stopwatch.GetTimestamp();
        await using var log = await SqliteLog.OpenAsync(path, cancellation);
        var opened = Stopwatch.GetElapsedTime(start);
        var memory = GC.GetTotalMemory(forceFullCollection: true) - before;
        start = Stopwatch.GetTimestamp();
        var count = 0L;
        await foreach (var batch in log.ReadAsync(0, cancellation)) count += batch.Records.Length;
        var read = Stopwatch.GetElapsedTime(start);
        var random = new Random(3);
        var positions = Enumerable.Range(0, 1000).Select(_ => random.NextInt64(1, log.LastPosition + 1)).ToArray();
        start = Stopwatch.GetTimestamp();
        await log.ReadAtAsync(positions, cancellation);
        var at = Stopwatch.GetElapsedTime(start);
        table.AddRow($"open with {log.LastPosition:N0}", $"{log.LastPosition / opened.TotalSeconds:N0} ({opened.TotalMilliseconds:N0} ms)");
        table.AddRow("read all", $"{count / read.TotalSeconds:N0}");
        table.AddRow("read 1,000 single records at random", $"{positions.Length / at.TotalSeconds:N0}");
        table.AddRow("bytes an interaction, on disk", $"{fileBytes / (double)log.LastPosition:N1}");
        table.AddRow("bytes an interaction, in memory",
            $"{memory / (double)log.LastPosition:N1} (index {log.IndexBytes / (double)log.LastPosition:N1})");
    }
}
