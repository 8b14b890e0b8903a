using System.Diagnostics;
using System.Globalization;
using System.Text;
using NetworkGraph.LoadTests.Crash;
using NetworkGraph.LoadTests.Http;

namespace NetworkGraph.LoadTests.Cluster;

/// <summary>The figures of the shapes side by side: embedded, one silo, two silos; and what a grain costs.</summary>
internal static class ClusterFigures
{
    private const int Clients = 4;
    private const int BodySize = 2_000;
    private const int People = 5_000;
    private const int Heavy = 20;
    private const int HeavyInteractions = 1_000;

    public static async Task RunAsync(string assembly, int interactions, TimeSpan queries, TextWriter output, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-embedded-");
        try
        {
            await using var embedded = await ServerUnderTest.StartAsync(folder.FullName, cancellation);
            await embedded.UntilReadyAsync(cancellation);
            await MeasureAsync("embedded (SQLite)", [embedded], interactions, queries, output, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        for (var silos = 1; silos <= 2; silos++)
        {
            await using var cluster = await ClusterUnderTest.StartAsync(assembly, cancellation);
            var nodes = new List<ServerUnderTest>();
            for (var silo = 0; silo < silos; silo++) nodes.Add(await cluster.StartSiloAsync(cancellation));
            await MeasureAsync($"{silos} silo{(silos > 1 ? "s" : "")} (PostgreSQL)", nodes, interactions, queries, output, cancellation);
            if (silos != 1) continue;
            await ActivationAsync(nodes[0], output, cancellation);
            await MemoryAsync(nodes[0], output, cancellation);
        }
    }

    private static async Task MeasureAsync(
        string shape, List<ServerUnderTest> nodes, int interactions, TimeSpan queries, TextWriter output, CancellationToken cancellation)
    {
        var bodies = interactions / BodySize;
        var next = -1;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            while (Interlocked.Increment(ref next) is var body && body < bodies) await SendAsync(nodes[client % nodes.Count].Http, Body(body), cancellation);
        }));
        var rate = bodies * BodySize / Stopwatch.GetElapsedTime(started).TotalSeconds;
        await AskAsync(nodes, new Latencies("warm-up"), queries / 4, cancellation);
        var latencies = new Latencies("ties");
        await AskAsync(nodes, latencies, queries, cancellation);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{shape}: {rate:N0} interactions/s acknowledged; ties of a person: {latencies.Count / queries.TotalSeconds:N0}/s, p50 {latencies.PercentileMs(0.5):N2} ms, p99 {latencies.PercentileMs(0.99):N2} ms, {latencies.Failures} failed"));
    }

    private static Task AskAsync(List<ServerUnderTest> nodes, Latencies latencies, TimeSpan queries, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            var random = new Random(client);
            while (Stopwatch.GetElapsedTime(started) < queries)
            {
                var asked = Stopwatch.GetTimestamp();
                using var answer = await nodes[client % nodes.Count].Http.GetAsync(new Uri($"v1/people/p{random.Next(People)}/ties", UriKind.Relative), cancellation);
                if (answer.IsSuccessStatusCode) latencies.Add(asked);
                else latencies.AddFailure(answer.StatusCode.ToString());
            }
        }));
    }

    /// <summary>The first answer of people with long histories beside the second.</summary>
    private static async Task ActivationAsync(ServerUnderTest silo, TextWriter output, CancellationToken cancellation)
    {
        for (var person = 0; person < Heavy; person++) await SendAsync(silo.Http, HeavyBody(person), cancellation);
        var cold = new Latencies("cold");
        var warm = new Latencies("warm");
        foreach (var latencies in (Latencies[])[cold, warm])
        {
            for (var person = 0; person < Heavy; person++)
            {
                var asked = Stopwatch.GetTimestamp();
                (await silo.Http.GetAsync(new Uri($"v1/people/heavy{person}", UriKind.Relative), cancellation)).Dispose();
                latencies.Add(asked);
            }
        }
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"activation with {HeavyInteractions} interactions: first answer p50 {cold.PercentileMs(0.5):N2} ms, second {warm.PercentileMs(0.5):N2} ms"));
    }

    /// <summary>Resident memory before and after many people who were not asked about yet are active.</summary>
    private static async Task MemoryAsync(ServerUnderTest silo, TextWriter output, CancellationToken cancellation)
    {
        // Those who receive were not asked about: their ids end in 'x'.
        await ActivateAsync(silo, 0, People / 5, cancellation);
        var before = WorkingSet(silo);
        await ActivateAsync(silo, People / 5, People, cancellation);
        var grains = People - People / 5;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"memory: {(WorkingSet(silo) - before) / grains / 1024.0:N1} kB resident an active grain more, of {grains:N0} grains; the silo has {WorkingSet(silo) >> 20} MiB"));
    }

    private static async Task ActivateAsync(ServerUnderTest silo, int first, int last, CancellationToken cancellation)
    {
        for (var person = first; person < last; person++)
            (await silo.Http.GetAsync(new Uri($"v1/people/p{person}x", UriKind.Relative), cancellation)).Dispose();
    }

    private static long WorkingSet(ServerUnderTest silo)
    {
        using var process = Process.GetProcessById(silo.ProcessId);
        return process.WorkingSet64;
    }

    private static async Task SendAsync(HttpClient http, string body, CancellationToken cancellation)
    {
        while (true)
        {
            using var content = new StringContent(body, Encoding.UTF8, "application/x-ndjson");
            using var answer = await http.PostAsync(new Uri("v1/interactions", UriKind.Relative), content, cancellation);
            if (answer.StatusCode is not System.Net.HttpStatusCode.TooManyRequests)
            {
                answer.EnsureSuccessStatusCode();
                return;
            }
        }
    }

    private static string Body(int number)
    {
        var random = new Random(number);
        return Lines(BodySize, i => ($"b{number}-{i}", $"p{random.Next(People)}", $"p{random.Next(People)}x", number * BodySize + i));
    }

    private static string HeavyBody(int person) => Lines(HeavyInteractions, i => ($"h{person}-{i}", $"heavy{person}", $"friend{i % 50}", i));

    private static string Lines(int count, Func<int, (string Id, string From, string To, int Seconds)> line)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var (id, from, to, seconds) = line(i);
            var at = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(seconds);
            text.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"{id}\",\"at\":\"{at:yyyy-MM-ddTHH:mm:ssZ}\",\"from\":\"{from}\",\"to\":\"{to}\",\"kind\":\"message\"}}\n");
        }
        return text.ToString();
    }
}
