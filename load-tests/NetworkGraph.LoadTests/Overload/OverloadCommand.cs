using System.Collections.Concurrent;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using NetworkGraph.LoadTests.Crash;

namespace NetworkGraph.LoadTests.Overload;

/// <summary>
/// Question: what does a server do with five times what it can take?
/// Method: how many heavy queries a second a server answers is measured first, a few at once, and how long they take unloaded. Then five
/// times as many a second are sent, open loop, for a while, beside health checks and a trickle of ingest. What is refused must be
/// refused at once and with Retry-After; what is accepted must take at most five times as long as unloaded (99th percentile);
/// health and ingest must be answered all the while; and memory must come back.
/// </summary>
internal static class OverloadCommand
{
    private const int People = 2_000;
    private const int AtOnceUnloaded = 2;
    /// <summary>After the overload, until memory is looked at: in it, memory must come back.</summary>
    private static readonly TimeSpan s_toRecover = TimeSpan.FromSeconds(15);

    /// <summary>Between looks at how many queries are due.</summary>
    private static readonly TimeSpan s_sendEvery = TimeSpan.FromMilliseconds(5);

    /// <summary>Between health checks with an ingest.</summary>
    private static readonly TimeSpan s_checkEvery = TimeSpan.FromMilliseconds(200);

    private static readonly MediaTypeHeaderValue s_ndjson = new("application/x-ndjson");

    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long it is overloaded.", DefaultValueFactory = _ => 60 };
        var times = new Option<int>("--times") { Description = "How many times its capacity is sent.", DefaultValueFactory = _ => 5 };
        var command = new Command("overload", "Sends a server several times what it can answer, and shows what it does with it.")
            { seconds, times };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(seconds), parsed.GetValue(times), cancellation));
        return command;
    }

    private sealed record Asked(HttpStatusCode Status, bool HasRetryAfter, TimeSpan Took);

    private static async Task<int> RunAsync(int seconds, int times, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-overload-");
        try
        {
            await using var server = await ServerUnderTest.StartAsync(folder.FullName, cancellation);
            await server.UntilReadyAsync(cancellation);
            using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 4096 })
            { BaseAddress = server.Http.BaseAddress, Timeout = TimeSpan.FromSeconds(30) };
            await FillAsync(http, cancellation);
            var unloaded = await ClosedLoopAsync(http, TimeSpan.FromSeconds(10), cancellation);
            var capacity = unloaded.Count / 10.0;
            var before = MemoryOf(server.ProcessId);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var beside = BesideAsync(http, stop.Token);
            var loaded = await OpenLoopAsync(http, times * capacity, TimeSpan.FromSeconds(seconds), cancellation);
            await stop.CancelAsync();
            var (checks, slowestCheck, failures) = await beside;
            await Task.Delay(s_toRecover, TimeProvider.System, cancellation);
            var after = MemoryOf(server.ProcessId);
            var accepted = loaded.Where(one => one.Status == HttpStatusCode.OK).ToList();
            var refused = loaded.Where(one => one.Status == HttpStatusCode.TooManyRequests).ToList();
            await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"unloaded: {capacity:N0}/s, p99 {P99(unloaded):N1} ms; sent {loaded.Count:N0} in {seconds} s: {accepted.Count:N0} "
                    + $"answered, p99 {P99(accepted):N1} ms; "
                + $"{refused.Count:N0} refused, {refused.Count(one => one.HasRetryAfter):N0} with Retry-After, p99 {P99(refused):N1} ms; "
                    + $"{loaded.Count - accepted.Count - refused.Count:N0} others; "
                + $"{checks:N0} health checks and ingests beside, {failures} failed, slowest {slowestCheck.TotalMilliseconds:N0} ms; "
                    + $"memory {before:N0} MiB before, {after:N0} MiB after."));
            return failures == 0 && refused.TrueForAll(one => one.HasRetryAfter) && loaded.Count == accepted.Count + refused.Count ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task FillAsync(HttpClient http, CancellationToken cancellation)
    {
        var random = new Random(1);
        for (var batch = 0; batch < 40; batch++)
        {
            var lines = new StringBuilder();
            for (var i = 0; i < 1000; i++)
            {
                var from = random.Next(People);
                lines.Append(CultureInfo.InvariantCulture,
                    $$"""{"id":"{{batch}}-{{i}}","at":"2026-0{{random.Next(1, 10)}}-1{{random.Next(10)}}T10:00:00Z",""");
                lines.Append(CultureInfo.InvariantCulture,
                    $"\"from\":\"p{from}\",\"to\":\"p{(from + 1 + random.Next(60)) % People}\",\"kind\":\"message\"}}");
                lines.Append('\n');
            }
            using var sent = await http.PostAsync(
                new Uri("v1/interactions", UriKind.Relative), new StringContent(lines.ToString(), Encoding.UTF8, s_ndjson), cancellation);
            sent.EnsureSuccessStatusCode();
        }
    }

    private static Uri Query(int number) =>
        new($"v1/people/p{number * 7 % People}/introductions?to=p{(number * 31 + 900) % People}&k=5&maxHops=4", UriKind.Relative);

    private static async Task<Asked> AskAsync(HttpClient http, int number, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        try
        {
            using var answer = await http.GetAsync(Query(number), cancellation);
            return new Asked(answer.StatusCode, answer.Headers.RetryAfter is not null, Stopwatch.GetElapsedTime(started));
        }
        catch (Exception failure) when (failure is HttpRequestException or TaskCanceledException && !cancellation.IsCancellationRequested)
        {
            return new Asked(0, false, Stopwatch.GetElapsedTime(started));
        }
    }

    private static async Task<List<Asked>> ClosedLoopAsync(HttpClient http, TimeSpan duration, CancellationToken cancellation)
    {
        var asked = new ConcurrentBag<Asked>();
        var started = Stopwatch.GetTimestamp();
        var number = 0;
        await Task.WhenAll(Enumerable.Range(0, AtOnceUnloaded).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(started) < duration)
                asked.Add(await AskAsync(http, Interlocked.Increment(ref number), cancellation));
        }));
        return [.. asked];
    }

    private static async Task<List<Asked>> OpenLoopAsync(
        HttpClient http, double perSecond, TimeSpan duration, CancellationToken cancellation)
    {
        var asked = new List<Task<Asked>>();
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) is var elapsed && elapsed < duration)
        {
            while (asked.Count < elapsed.TotalSeconds * perSecond) asked.Add(AskAsync(http, asked.Count, cancellation));
            await Task.Delay(s_sendEvery, TimeProvider.System, cancellation);
        }
        return [.. await Task.WhenAll(asked)];
    }

    /// <summary>Health checks and small ingests while it is overloaded: how many, the slowest, and how many failed.</summary>
    private static async Task<(int Checks, TimeSpan Slowest, int Failures)> BesideAsync(HttpClient http, CancellationToken cancellation)
    {
        var (checks, slowest, failures) = (0, TimeSpan.Zero, 0);
        while (!cancellation.IsCancellationRequested)
        {
            var started = Stopwatch.GetTimestamp();
            using var health = await http.GetAsync(new Uri("health/ready", UriKind.Relative), CancellationToken.None);
            var line = $$"""{"id":"beside-{{checks}}","at":"2026-05-01T10:00:00Z","from":"p1","to":"p2","kind":"message"}""";
            using var sent = await http.PostAsync(
                new Uri("v1/interactions", UriKind.Relative), new StringContent(line, Encoding.UTF8, s_ndjson), CancellationToken.None);
            if (!health.IsSuccessStatusCode || !sent.IsSuccessStatusCode) failures++;
            checks++;
            var took = Stopwatch.GetElapsedTime(started);
            if (took > slowest) slowest = took;
            await Task.Delay(s_checkEvery, TimeProvider.System, CancellationToken.None);
        }
        return (checks, slowest, failures);
    }

    private static double P99(List<Asked> asked) =>
        asked.Count == 0 ? 0 : asked.Select(one => one.Took.TotalMilliseconds).Order().ElementAt((int)(asked.Count * 0.99));

    private static long MemoryOf(int process)
    {
        using var server = Process.GetProcessById(process);
        return server.WorkingSet64 >> 20;
    }
}
