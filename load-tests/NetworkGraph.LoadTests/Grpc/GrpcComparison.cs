using System.Diagnostics;
using System.Text.Json;
using NetworkGraph.LoadTests.Http;
using Spectre.Console;

namespace NetworkGraph.LoadTests.Grpc;

/// <summary>What to compare.</summary>
internal sealed record GrpcComparisonOptions
{
    public required Uri Server { get; init; }

    public required Uri GrpcServer { get; init; }

    public int People { get; init; } = 10_000;

    public ulong Seed { get; init; } = 1;

    /// <summary>Of each step.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(8);

    public int Batch { get; init; } = 2000;

    public int Connections { get; init; } = 4;

    public int Rounds { get; init; } = 3;
}

/// <summary>
/// Question: is gRPC worth it? Method: the same interactions as NDJSON over HTTP and through RecordStream, then the same
/// queries over both, in turns against one running server, which is left alone between two steps until it shows all it has
/// taken. Each step keeps its connections busy without a pause; medians over the rounds.
/// </summary>
internal sealed class GrpcComparison(GrpcComparisonOptions options) : IDisposable
{
    private static readonly DateTimeOffset s_until = DateTimeOffset.FromUnixTimeSeconds(1_760_000_000);
    private static readonly TimeSpan s_lookEvery = TimeSpan.FromMilliseconds(50);
    private static readonly string[] s_queries = ["GetPerson", "GetReciprocity", "GetTies"];
    private readonly HttpClient _http = new() { BaseAddress = options.Server };

    public void Dispose() => _http.Dispose();

    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var rates = new Dictionary<string, List<double>> { ["NDJSON"] = [], ["RecordStream"] = [] };
        for (var round = 0; round < options.Rounds; round++)
        {
            // Each goes first in every other round, since the log grows meanwhile.
            foreach (var grpc in round % 2 == 0 ? new[] { false, true } : [true, false])
            {
                var seed = options.Seed * 1000 + (ulong)(2 * round + (grpc ? 1 : 0));
                rates[grpc ? "RecordStream" : "NDJSON"].Add(grpc ? await StreamAsync(seed, cancellation) : await PostAsync(seed, cancellation));
                await UntilVisibleAsync(cancellation);
            }
        }
        var table = new Table().AddColumns("ingest", "durable interactions/s (median)", "of all rounds");
        foreach (var (name, all) in rates) table.AddRow(name, $"{Median(all):N0}", string.Join(", ", all.Select(r => $"{r:N0}")));
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"RecordStream takes {Median(rates["RecordStream"]) / Median(rates["NDJSON"]):F2} times the interactions of NDJSON");
        await CompareQueriesAsync(cancellation);
        return 0;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    private async Task<double> PostAsync(ulong seed, CancellationToken cancellation)
    {
        var load = new HttpLoadOptions
        {
            Server = options.Server,
            People = options.People,
            Seed = seed,
            Duration = options.Duration,
            Batch = options.Batch,
            Connections = options.Connections,
        };
        var sent = await new IngestLoad(_http, load, new Latencies("POST"), options.Connections).RunAsync(cancellation);
        return sent.Accepted / sent.Took.TotalSeconds;
    }

    private async Task<double> StreamAsync(ulong seed, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var accepted = await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(stream => Task.Run(
            async () =>
            {
                using var connection = new GrpcConnection(options.GrpcServer);
                var messages = new InteractionMessages(options.People, seed, stream, s_until);
                var last = await connection.StreamAsync<V1.RecordStreamResponse>(
                    GrpcConnection.RecordStream, () => Stopwatch.GetElapsedTime(started) < options.Duration ? messages.Next(options.Batch) : default(ReadOnlyMemory<byte>?), cancellation);
                return last.Accepted;
            },
            cancellation)));
        return accepted.Sum() / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private async Task CompareQueriesAsync(CancellationToken cancellation)
    {
        var table = new Table().AddColumns("query", "over", "answers/s", "p50 ms", "p99 ms");
        foreach (var query in s_queries)
        {
            var steps = new Dictionary<bool, List<(double Rate, Latencies Latencies)>> { [false] = [], [true] = [] };
            for (var round = 0; round < options.Rounds; round++)
                foreach (var grpc in round % 2 == 0 ? new[] { false, true } : [true, false]) steps[grpc].Add(await AskAsync(query, grpc, cancellation));
            foreach (var (grpc, all) in steps)
            {
                table.AddRow(query, grpc ? "gRPC" : "HTTP", $"{Median(all.Select(s => s.Rate)):N0}",
                    $"{Median(all.Select(s => s.Latencies.PercentileMs(0.5))):F2}", $"{Median(all.Select(s => s.Latencies.PercentileMs(0.99))):F2}");
            }
        }
        AnsiConsole.Write(table);
    }

    private async Task<(double Rate, Latencies Latencies)> AskAsync(string query, bool grpc, CancellationToken cancellation)
    {
        var latencies = new Latencies(query);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(stream => Task.Run(
            async () =>
            {
                using var connection = new GrpcConnection(options.GrpcServer);
                // The same people over both.
                var random = new Random(stream);
                while (Stopwatch.GetElapsedTime(started) < options.Duration / 2)
                {
                    var person = InteractionBodies.Person(random.Next(options.People));
                    var due = Stopwatch.GetTimestamp();
                    if (grpc) await connection.AskAsync($"/networkgraph.v1.People/{query}", Request(query, person), cancellation);
                    else await _http.GetByteArrayAsync(Address(query, person), cancellation);
                    latencies.Add(due);
                }
            },
            cancellation)));
        return (latencies.Count / Stopwatch.GetElapsedTime(started).TotalSeconds, latencies);
    }

    private static byte[] Request(string query, string person) => query switch
    {
        "GetPerson" => GrpcConnection.Frame(new V1.GetPersonRequest { Id = person }),
        "GetReciprocity" => GrpcConnection.Frame(new V1.GetReciprocityRequest { Id = person }),
        _ => GrpcConnection.Frame(new V1.GetTiesRequest { Id = person, Limit = 20 }),
    };

    private static Uri Address(string query, string person) => new(query switch
    {
        "GetPerson" => $"v1/people/{Uri.EscapeDataString(person)}",
        "GetReciprocity" => $"v1/people/{Uri.EscapeDataString(person)}/reciprocity",
        _ => $"v1/people/{Uri.EscapeDataString(person)}/ties?limit=20",
    }, UriKind.Relative);

    /// <summary>Returns when the number of records that queries see stands still.</summary>
    private async Task UntilVisibleAsync(CancellationToken cancellation)
    {
        for (var (last, calm) = (-1L, 0); calm < 40;)
        {
            await using var body = await _http.GetStreamAsync(new Uri("v1/network", UriKind.Relative), cancellation);
            using var json = await JsonDocument.ParseAsync(body, default, cancellation);
            var position = json.RootElement.GetProperty("position").GetInt64();
            calm = position == last ? calm + 1 : 0;
            last = position;
            await Task.Delay(s_lookEvery, cancellation);
        }
    }
}
