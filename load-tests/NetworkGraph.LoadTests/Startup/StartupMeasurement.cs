using System.Globalization;
using NetworkGraph.Demo;
using NetworkGraph.Events.Log;
using NetworkGraph.LoadTests.Crash;
using NetworkGraph.Storage.Sqlite;
using Spectre.Console;

namespace NetworkGraph.LoadTests.Startup;

/// <summary>
/// Question: how long does the server take to start, and what does an interaction take in memory and on disk?
/// Method: a log of a synthetic network is written; the server's own process is started on it several times, without a
/// checkpoint (the log is read from its beginning) and with one; the time runs from the start of the process to the first
/// 200 of /health/ready. Memory is read then: resident by the kernel, managed and histories by the server's own metrics.
/// </summary>
internal sealed class StartupMeasurement(string folder, int interactions, int runs, TextWriter progress)
{
    private const string Checkpoints = "*.checkpoint";
    private const int RecordsAtOnce = 1 << 13;
    private static readonly DateTimeOffset s_until = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly record struct Start(
        double ListeningMs, double ReadyMs, long ResidentBytes, double ManagedBytes, double HistoriesBytes);

    public async Task RunAsync(CancellationToken cancellation)
    {
        var people = await FillAsync(cancellation);
        var logBytes = BytesOf("log.db*");
        var (without, with) = (new List<Start>(), new List<Start>());
        for (var run = 0; run < runs; run++)
        {
            foreach (var file in Directory.GetFiles(folder, Checkpoints)) File.Delete(file);
            without.Add(await StartAsync(cancellation));
            if (Directory.GetFiles(folder, Checkpoints).Length == 0) throw new InvalidOperationException("The server left no checkpoint.");
            with.Add(await StartAsync(cancellation));
            await progress.WriteLineAsync(
                $"run {run + 1}: {without[^1].ReadyMs:N0} ms without a checkpoint, {with[^1].ReadyMs:N0} ms with one");
        }
        Print(people, logBytes, BytesOf(Checkpoints), without, with);
    }

    /// <summary>Returns how many people have a profile.</summary>
    private async Task<int> FillAsync(CancellationToken cancellation)
    {
        // A small network says how many interactions a person has.
        var sample = DemoNetwork.Generate(new DemoOptions { People = 1000, Until = s_until });
        var people = (int)Math.Clamp(
            1.05 * interactions * sample.Profiles.Count / sample.InteractionCount, DemoOptions.MinPeople, DemoOptions.MaxPeople);
        var network = DemoNetwork.Generate(new DemoOptions { People = people, Until = s_until });
        if (network.InteractionCount < interactions)
            throw new InvalidOperationException($"The network has only {network.InteractionCount} interactions.");
        await progress.WriteLineAsync($"writing {interactions:N0} interactions of {people:N0} people");
        await using var log = await SqliteLog.OpenAsync(folder, cancellation);
        foreach (var records in network.Records().Take(people + interactions).Chunk(RecordsAtOnce))
        {
            var receipt = await log.AppendAsync(records, cancellation);
            if (receipt.Results.Length != records.Length || receipt.Results.Any(result => result.Outcome is not AppendOutcome.Accepted))
                throw new InvalidOperationException("The log did not take the network.");
        }
        return people;
    }

    private async Task<Start> StartAsync(CancellationToken cancellation)
    {
        await using var server = await ServerUnderTest.StartAsync(folder, cancellation);
        var listening = server.Age;
        await server.UntilReadyAsync(cancellation);
        var ready = server.Age;
        var resident = await ResidentBytesAsync(server.ProcessId, cancellation);
        var metrics = await server.Http.GetStringAsync(new Uri("metrics", UriKind.Relative), cancellation);
        var start = new Start(
            listening.TotalMilliseconds,
            ready.TotalMilliseconds,
            resident,
            Metric(metrics, "dotnet_gc_last_collection_heap_size_bytes"),
            Metric(metrics, "networkgraph_histories_size_bytes"));
        if (await server.StopAsync(cancellation) is not 0 and var exitCode)
            throw new InvalidOperationException($"The server ended with {exitCode}.");
        return start;
    }

    private void Print(int people, long logBytes, long checkpointBytes, List<Start> without, List<Start> with)
    {
        AnsiConsole.WriteLine(
            string.Create(CultureInfo.InvariantCulture, $"{interactions:N0} interactions of {people:N0} people; medians of {runs} runs"));
        var times = new Table().AddColumns("start", "listening ms", "ready ms", "resident MiB", "managed MiB", "histories MiB");
        foreach (var (name, starts) in new[] { ("from the log", without), ("from a checkpoint", with) })
        {
            times.AddRow(
                name,
                $"{Median(starts, s => s.ListeningMs):N0}",
                $"{Median(starts, s => s.ReadyMs):N0}",
                $"{Median(starts, s => s.ResidentBytes) / (1 << 20):N0}",
                $"{Median(starts, s => s.ManagedBytes) / (1 << 20):N0}",
                $"{Median(starts, s => s.HistoriesBytes) / (1 << 20):N0}");
        }
        AnsiConsole.Write(times);
        var sizes = new Table().AddColumns("bytes an interaction", "");
        sizes.AddRow("log on disk", PerInteraction(logBytes));
        sizes.AddRow("checkpoint on disk", PerInteraction(checkpointBytes));
        sizes.AddRow("histories in memory", PerInteraction(Median(with, s => s.HistoriesBytes)));
        sizes.AddRow("managed memory", PerInteraction(Median(with, s => s.ManagedBytes)));
        sizes.AddRow("resident memory", PerInteraction(Median(with, s => s.ResidentBytes)));
        AnsiConsole.Write(sizes);
    }

    private string PerInteraction(double bytes) => (bytes / interactions).ToString("N0", CultureInfo.InvariantCulture);

    private long BytesOf(string pattern) => Directory.GetFiles(folder, pattern).Sum(file => new FileInfo(file).Length);

    private static double Median(List<Start> starts, Func<Start, double> value) => starts.Select(value).Order().ElementAt(starts.Count / 2);

    /// <summary>What the kernel holds in memory for the process.</summary>
    private static async Task<long> ResidentBytesAsync(int processId, CancellationToken cancellation)
    {
        var lines = await File.ReadAllLinesAsync($"/proc/{processId}/status", cancellation);
        var line = lines.First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) * 1024;
    }

    /// <summary>A metric summed over its labels.</summary>
    private static double Metric(string text, string name) => text.Split('\n')
        .Where(line => line.StartsWith(name + " ", StringComparison.Ordinal) || line.StartsWith(name + "{", StringComparison.Ordinal))
        .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
}
