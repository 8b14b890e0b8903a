using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json;
using Spectre.Console;

namespace NetworkGraph.LoadTests.Http;

/// <summary>What to send to a running server, and for how long.</summary>
internal sealed record HttpLoadOptions
{
    public required Uri Server { get; init; }

    public int People { get; init; } = 10_000;

    public ulong Seed { get; init; } = 1;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Interactions in a request.</summary>
    public int Batch { get; init; } = 1000;

    /// <summary>Interactions per second; 0 sends none, <see cref="double.PositiveInfinity"/> as many as are taken.</summary>
    public double IngestRate { get; init; } = double.PositiveInfinity;

    /// <summary>Queries per second; 0 sends none.</summary>
    public double QueryRate { get; init; }

    /// <summary>Connections that send interactions without a pause, where the rate is unlimited.</summary>
    public int Connections { get; init; } = 4;

    /// <summary>Ids of people to ask about; those of the made-up interactions where empty.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Added to every query, e.g. <c>asOf=...</c>.</summary>
    public string QueryParameters { get; init; } = "";
}

/// <summary>Drives a running server over HTTP with interactions and queries at once, and reports rates and latencies.</summary>
internal static class HttpLoad
{
    private const int MaxInFlight = 512;
    private static readonly string[] s_queries = ["introductions", "ties", "reciprocity", "dormant-ties", "introductions", "person", "network"];

    public static async Task<int> RunAsync(HttpLoadOptions options, CancellationToken cancellation)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = MaxInFlight }) { BaseAddress = options.Server };
        var ingest = new Latencies("POST /v1/interactions");
        var queries = s_queries.Distinct().ToDictionary(static query => query, static query => new Latencies(query));
        var started = Stopwatch.GetTimestamp();
        var ingesting = IngestAsync(client, options, ingest, cancellation);
        var querying = QueryAsync(client, options, queries, cancellation);
        var accepted = await ingesting;
        var late = await querying;
        Print(options, ingest, queries.Values, accepted, late, Stopwatch.GetElapsedTime(started));
        return ingest.Failures + queries.Values.Sum(static query => query.Failures) == 0 ? 0 : 1;
    }

    private static async Task<(long Accepted, TimeSpan Took)> IngestAsync(
        HttpClient client, HttpLoadOptions options, Latencies latencies, CancellationToken cancellation)
    {
        if (options.IngestRate == 0) return default;
        var bodies = new InteractionBodies(options.People, options.Seed, DateTimeOffset.FromUnixTimeSeconds(1_760_000_000));
        var accepted = 0L;
        if (double.IsFinite(options.IngestRate))
        {
            var perSecond = options.IngestRate / options.Batch;
            var made = Enumerable.Range(0, (int)(perSecond * options.Duration.TotalSeconds) + 1).Select(_ => bodies.Next(options.Batch)).ToArray();
            var started = Stopwatch.GetTimestamp();
            await OpenLoop.RunAsync(
                perSecond,
                options.Duration,
                MaxInFlight,
                async (number, due) => Interlocked.Add(ref accepted, await SendAsync(client, made[number], latencies, due, cancellation)),
                cancellation);
            return (accepted, Stopwatch.GetElapsedTime(started));
        }
        // Bodies for as long as the fastest server would need are made first; a run ends when they are used up.
        var ready = new byte[(int)(options.Duration.TotalSeconds * 500_000 / options.Batch)][];
        for (var i = 0; i < ready.Length; i++) ready[i] = bodies.Next(options.Batch);
        var next = -1;
        var begun = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(begun) < options.Duration && Interlocked.Increment(ref next) is var number && number < ready.Length)
                Interlocked.Add(ref accepted, await SendAsync(client, ready[number], latencies, Stopwatch.GetTimestamp(), cancellation));
        }));
        return (accepted, Stopwatch.GetElapsedTime(begun));
    }

    private static async Task<int> SendAsync(HttpClient client, byte[] body, Latencies latencies, long due, CancellationToken cancellation)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
        try
        {
            using var response = await client.PostAsync(new Uri("v1/interactions", UriKind.Relative), content, cancellation);
            if (!response.IsSuccessStatusCode)
            {
                latencies.AddFailure($"status {(int)response.StatusCode}");
                return 0;
            }
            using var answer = await JsonDocument.ParseAsync(await response.Content.ReadAsStreamAsync(cancellation), default, cancellation);
            latencies.Add(due);
            return answer.RootElement.GetProperty("accepted").GetInt32();
        }
        catch (HttpRequestException failure)
        {
            latencies.AddFailure(failure.HttpRequestError.ToString());
            return 0;
        }
    }

    private static async Task<int> QueryAsync(
        HttpClient client, HttpLoadOptions options, Dictionary<string, Latencies> latencies, CancellationToken cancellation)
    {
        if (options.QueryRate == 0) return 0;
        var ids = options.Ids.Count > 0 ? options.Ids : [.. Enumerable.Range(0, options.People).Select(InteractionBodies.Person)];
        var random = new Random((int)options.Seed + 1);
        var asked = new (string Query, Uri Address)[(int)(options.QueryRate * options.Duration.TotalSeconds) + 1];
        for (var i = 0; i < asked.Length; i++)
        {
            var query = s_queries[i % s_queries.Length];
            asked[i] = (query, AddressOf(query, ids[random.Next(ids.Count)], ids[random.Next(ids.Count)], options.QueryParameters));
        }
        return await OpenLoop.RunAsync(
            options.QueryRate,
            options.Duration,
            MaxInFlight,
            async (number, due) =>
            {
                var (query, address) = asked[number];
                try
                {
                    using var response = await client.GetAsync(address, cancellation);
                    await response.Content.ReadAsByteArrayAsync(cancellation);
                    // A person who has no interaction yet is a right answer here.
                    if (response.IsSuccessStatusCode || response.StatusCode == System.Net.HttpStatusCode.NotFound) latencies[query].Add(due);
                    else latencies[query].AddFailure($"status {(int)response.StatusCode}");
                }
                catch (HttpRequestException failure)
                {
                    latencies[query].AddFailure(failure.HttpRequestError.ToString());
                }
            },
            cancellation);
    }

    private static Uri AddressOf(string query, string person, string other, string parameters)
    {
        var id = Uri.EscapeDataString(person);
        var path = query switch
        {
            "introductions" => $"v1/people/{id}/introductions?to={Uri.EscapeDataString(person == other ? other + "-2" : other)}&",
            "person" => $"v1/people/{id}?",
            "network" => "v1/network?",
            _ => $"v1/people/{id}/{query}?",
        };
        return new Uri((path + parameters).TrimEnd('?', '&'), UriKind.Relative);
    }

    private static void Print(
        HttpLoadOptions options, Latencies ingest, IEnumerable<Latencies> queries, (long Accepted, TimeSpan Took) accepted, int late, TimeSpan took)
    {
        var table = new Table().AddColumns("request", "answered", "p50 ms", "p90 ms", "p99 ms", "p99.9 ms", "failed");
        foreach (var latencies in queries.Prepend(ingest))
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
        if (accepted.Accepted > 0)
            AnsiConsole.WriteLine($"{accepted.Accepted / accepted.Took.TotalSeconds:N0} durable interactions/s ({accepted.Accepted:N0} in {accepted.Took.TotalSeconds:F1} s, {options.Batch} a request)");
        if (late > 0) AnsiConsole.WriteLine($"{late} queries were sent late: the server could not keep up with {options.QueryRate:N0} queries/s");
        AnsiConsole.WriteLine($"{took.TotalSeconds:F1} s in all");
    }
}
