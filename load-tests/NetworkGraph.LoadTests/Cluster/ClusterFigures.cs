using System.Diagnostics;
using System.Globalization;
using System.Text;
using NetworkGraph.LoadTests.Crash;
using NetworkGraph.LoadTests.Http;
using NetworkGraph.LoadTests.Postgres;

namespace NetworkGraph.LoadTests.Cluster;

/// <summary>The figures of the shapes side by side: embedded, one silo, two silos; and what a grain costs.</summary>
internal static class ClusterFigures
{
    private const int Clients = 4;
    private const int BodySize = 2_000;
    private const int WarmUpBodies = 100;
    private const int WarmUpPeople = 2_000;
    private const int People = 5_000;
    private const int Heavy = 20;
    private const int HeavyInteractions = 1_000;

    public static async Task RunAsync(int interactions, TimeSpan queries, TextWriter output, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-embedded-");
        try
        {
            await using var embedded = await ServerUnderTest.StartAsync(folder.FullName, cancellation);
            await embedded.UntilReadyAsync(cancellation);
            await MeasureAsync("embedded (SQLite)", [embedded], null, interactions, queries, output, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
        for (var silos = 1; silos <= 2; silos++)
        {
            await using var cluster = await ClusterUnderTest.StartAsync(cancellation);
            var nodes = new List<ServerUnderTest>();
            for (var silo = 0; silo < silos; silo++) nodes.Add(await cluster.StartSiloAsync(cancellation));
            await MeasureAsync($"{silos} silo{(silos > 1 ? "s" : "")} (PostgreSQL)", nodes, cluster.Postgres, interactions, queries,
                output, cancellation);
            if (silos != 1) continue;
            await ActivationAsync(nodes[0], output, cancellation);
            await MemoryAsync(nodes[0], output, cancellation);
        }
    }

    private static async Task MeasureAsync(
        string shape, List<ServerUnderTest> nodes, PostgresServer? postgres, int interactions, TimeSpan queries, TextWriter output,
            CancellationToken cancellation)
    {
        var bodies = interactions / BodySize;
        interactions = bodies * BodySize;
        // What has just started compiles its own code beside: that is not what is asked here.
        await SendAllAsync(bodies, WarmUpBodies);
        var used = Used(nodes, postgres);
        var started = Stopwatch.GetTimestamp();
        await SendAllAsync(0, bodies);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        foreach (var node in nodes) await ClusterComparison.PositionAsync(node, (WarmUpBodies + bodies) * (long)BodySize, cancellation);
        var cost = Since(used, nodes, postgres, interactions);
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"{shape}: {interactions / seconds:N0} interactions/s acknowledged; {cost} an interaction"));
        // Those who receive are another's first question: the code is warm, and no one who is measured is.
        var next = -1;
        await AskAsync(nodes, _ => Interlocked.Increment(ref next) is var person && person < WarmUpPeople ? $"p{person}x" : null,
            new Latencies("warm-up"), TimeSpan.MaxValue, cancellation);
        await AskAsync(nodes, static random => $"p{random.Next(WarmUpPeople)}x", new Latencies("warm-up"), queries / 4, cancellation);
        var order = Enumerable.Range(0, People).ToArray();
        new Random(1).Shuffle(order);
        next = -1;
        await TellAsync("first question about a person", _ =>
            Interlocked.Increment(ref next) is var at && at < People ? $"p{order[at]}" : null);
        await TellAsync("once asked", static random => $"p{random.Next(People)}");

        Task SendAllAsync(int first, int count)
        {
            var sent = -1;
            return Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
            {
                while (Interlocked.Increment(ref sent) is var body && body < count)
                    await SendAsync(nodes[client % nodes.Count].Http, Body(first + body), cancellation);
            }));
        }

        async Task TellAsync(string what, Func<Random, string?> whom)
        {
            used = Used(nodes, postgres);
            started = Stopwatch.GetTimestamp();
            var latencies = new Latencies(what);
            await AskAsync(nodes, whom, latencies, what is "once asked" ? queries : TimeSpan.MaxValue, cancellation);
            seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            await output.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{shape}, ties, {what}: {latencies.Count / seconds:N0}/s, p50 {latencies.PercentileMs(0.5):N2} ms, p99 "
                    + $"{latencies.PercentileMs(0.99):N2} ms, {latencies.Failures} failed; "
                    + $"{Since(used, nodes, postgres, latencies.Count)} each"));
        }
    }

    private static (TimeSpan Nodes, TimeSpan Postgres) Used(List<ServerUnderTest> nodes, PostgresServer? postgres) =>
        (nodes.Aggregate(TimeSpan.Zero, static (sum, node) => sum + node.ProcessorTime), postgres?.ProcessorTime ?? TimeSpan.Zero);

    private static string Since(
        (TimeSpan Nodes, TimeSpan Postgres) before, List<ServerUnderTest> nodes, PostgresServer? postgres, int count)
    {
        var now = Used(nodes, postgres);
        var database = postgres is null
            ? "" : string.Create(
            CultureInfo.InvariantCulture, $" and {(now.Postgres - before.Postgres).TotalMicroseconds / count:N1} µs of PostgreSQL's");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{(now.Nodes - before.Nodes).TotalMicroseconds / count:N1} µs of the servers' processors{database}");
    }

    /// <summary>Asks for ties until the time is over or no one is left to ask about.</summary>
    private static Task AskAsync(
        List<ServerUnderTest> nodes, Func<Random, string?> whom, Latencies latencies, TimeSpan most, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        return Task.WhenAll(Enumerable.Range(0, Clients).Select(async client =>
        {
            var random = new Random(client);
            while (Stopwatch.GetElapsedTime(started) < most && whom(random) is { } person)
            {
                var asked = Stopwatch.GetTimestamp();
                using var answer = await nodes[client % nodes.Count].Http.GetAsync(
                    new Uri($"v1/people/{person}/ties", UriKind.Relative), cancellation);
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
            $"activation with {HeavyInteractions} interactions: first answer p50 {cold.PercentileMs(0.5):N2} ms, second "
                + $"{warm.PercentileMs(0.5):N2} ms"));
    }

    /// <summary>Resident memory before and after many people who were not asked about yet are active.</summary>
    private static async Task MemoryAsync(ServerUnderTest silo, TextWriter output, CancellationToken cancellation)
    {
        // Of those who receive, the first were asked about before.
        var before = WorkingSet(silo);
        await ActivateAsync(silo, WarmUpPeople, People, cancellation);
        var grains = People - WarmUpPeople;
        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture,
            $"memory: {(WorkingSet(silo) - before) / grains / 1024.0:N1} kB resident an active grain more, of {grains:N0} grains; the "
                + $"silo has {WorkingSet(silo) >> 20} MiB"));
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

    private static string HeavyBody(int person) =>
        Lines(HeavyInteractions, i => ($"h{person}-{i}", $"heavy{person}", $"friend{i % 50}", i));

    private static string Lines(int count, Func<int, (string Id, string From, string To, int Seconds)> line)
    {
        var text = new StringBuilder();
        for (var i = 0; i < count; i++)
        {
            var (id, from, to, seconds) = line(i);
            var at = new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero).AddSeconds(seconds);
            text.Append(CultureInfo.InvariantCulture,
                $"{{\"id\":\"{id}\",\"at\":\"{at:yyyy-MM-ddTHH:mm:ssZ}\",\"from\":\"{from}\",\"to\":\"{to}\",\"kind\":\"message\"}}\n");
        }
        return text.ToString();
    }
}
