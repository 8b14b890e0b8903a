using System.Diagnostics;
using Spectre.Console;

namespace NetworkGraph.LoadTests.Http;

/// <summary>Drives a running server over HTTP with interactions and queries at once, and reports rates and latencies.</summary>
internal static class HttpLoad
{
    private const int MaxInFlight = 512;

    /// <summary>0 where every request was answered well, else 1.</summary>
    public static async Task<int> RunAsync(HttpLoadOptions options, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = MaxInFlight })
        { BaseAddress = options.Server };
        var latencies = new Latencies("POST /v1/interactions");
        var ingest = new IngestLoad(client, options, latencies, MaxInFlight);
        var queries = new QueryLoad(client, options, MaxInFlight);
        var started = Stopwatch.GetTimestamp();
        var querying = queries.RunAsync(cancellation);
        var sent = await ingest.RunAsync(cancellation);
        var late = await querying;
        IReadOnlyList<Latencies> all = [latencies, .. queries.Latencies];
        Print(options, all, sent, late, Stopwatch.GetElapsedTime(started));
        return all.Sum(kind => kind.Failures) == 0 ? 0 : 1;
    }

    /// <summary>Whether one request failed, and not the run.</summary>
    public static bool IsOfRequest(Exception failure, CancellationToken cancellation) =>
        failure is HttpRequestException or IOException || (failure is OperationCanceledException && !cancellation.IsCancellationRequested);

    public static string NameOf(Exception failure) => failure switch
    {
        HttpRequestException request => request.HttpRequestError.ToString(),
        OperationCanceledException => "no answer in time",
        _ => failure.GetType().Name,
    };

    private static void Print(HttpLoadOptions options, IReadOnlyList<Latencies> all, IngestOutcome sent, int late, TimeSpan took)
    {
        var table = new Table().AddColumns("request", "answered", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "failed");
        foreach (var latencies in all)
        {
            if (latencies.Count + latencies.Failures == 0) continue;
            table.AddRow(
                latencies.Name,
                $"{latencies.Count}",
                $"{latencies.PercentileMs(0.5):F2}",
                $"{latencies.PercentileMs(0.9):F2}",
                $"{latencies.PercentileMs(0.99):F2}",
                $"{latencies.PercentileMs(0.999):F2}",
                latencies.DescribeFailures());
        }
        AnsiConsole.Write(table);
        if (sent.Accepted > 0)
            AnsiConsole.WriteLine(
                $"{sent.Accepted / sent.Took.TotalSeconds:N0} durable interactions/s ({sent.Accepted:N0} in {sent.Took.TotalSeconds:F1} "
                + $"s, {options.Batch:N0} a request)");
        if (sent.Duplicates > 0)
            AnsiConsole.WriteLine(
                $"{sent.Duplicates:N0} interactions were there already: seed {options.Seed} was sent before, take another");
        if (sent.Late > 0)
            AnsiConsole.WriteLine($"{sent.Late:N0} requests were sent late: {options.IngestRate:N0} interactions/s could not be kept up");
        if (late > 0) AnsiConsole.WriteLine($"{late:N0} queries were sent late: {options.QueryRate:N0} queries/s could not be kept up");
        AnsiConsole.WriteLine($"{took.TotalSeconds:F1} s in all");
    }
}
