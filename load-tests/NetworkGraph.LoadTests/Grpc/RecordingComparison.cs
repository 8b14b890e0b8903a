using System.Diagnostics;
using NetworkGraph.LoadTests.Http;
using Spectre.Console;

namespace NetworkGraph.LoadTests.Grpc;

/// <summary>
/// How many interactions become durable a second: NDJSON requests one after the other on each connection, beside messages of
/// RecordStream without waiting, which is what each is made for. Its processor time is that of taking and of folding. The server is left alone after each step until it shows all
/// it has taken. Medians over the rounds.
/// </summary>
internal sealed class RecordingComparison(HttpClient http, Uri grpcServer, Func<TimeSpan>? processorTime, GrpcComparisonOptions options, Func<Task> untilVisible)
{
    private static readonly DateTimeOffset s_until = DateTimeOffset.FromUnixTimeSeconds(1_760_000_000);

    /// <summary>Sends so many messages over each, as fast as they are taken.</summary>
    public async Task WarmUpAsync(int messages, CancellationToken cancellation)
    {
        using var connection = new GrpcConnection(grpcServer);
        var made = new InteractionMessages(options.People, options.Seed, stream: 1000, s_until);
        var left = messages;
        await connection.StreamAsync<V1.RecordStreamResponse>(
            GrpcConnection.RecordStream, () => new(left-- > 0 ? made.Next(options.Batch) : default(ReadOnlyMemory<byte>?)), _ => { }, cancellation);
        var bodies = new InteractionBodies(options.People, options.Seed, stream: 1001, s_until);
        for (var i = 0; i < messages; i++)
        {
            using var content = new ReadOnlyMemoryContent(bodies.Next(options.Batch));
            content.Headers.ContentType = new("application/x-ndjson");
            using var response = await http.PostAsync(new Uri("v1/interactions", UriKind.Relative), content, cancellation);
            response.EnsureSuccessStatusCode();
        }
        await untilVisible();
    }

    public async Task RunAsync(CancellationToken cancellation)
    {
        var rates = new Dictionary<bool, List<double>> { [false] = [], [true] = [] };
        var costsUs = new Dictionary<bool, List<double>> { [false] = [], [true] = [] };
        for (var round = 0; round < options.Rounds; round++)
        {
            // Each goes first in every other round, since the log grows meanwhile.
            foreach (var grpc in round % 2 == 0 ? new[] { false, true } : [true, false])
            {
                var seed = options.Seed * 1000 + (ulong)(2 * round + (grpc ? 1 : 0));
                var before = processorTime?.Invoke();
                var (accepted, took) = grpc ? await StreamAsync(seed, cancellation) : await PostAsync(seed, cancellation);
                await untilVisible();
                rates[grpc].Add(accepted / took.TotalSeconds);
                if (processorTime?.Invoke() - before is { } used) costsUs[grpc].Add(used.TotalMicroseconds / accepted);
            }
        }
        var table = new Table().AddColumns("recording", "durable interactions/s (median)", "of all rounds", "processor of the server, µs an interaction");
        foreach (var (grpc, all) in rates) table.AddRow(grpc ? "RecordStream" : "NDJSON", $"{GrpcComparison.Median(all):N0}", string.Join(", ", all.Select(r => $"{r:N0}")), Cost(costsUs[grpc]));
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine($"RecordStream takes {GrpcComparison.Median(rates[true]) / GrpcComparison.Median(rates[false]):F2} times the interactions of NDJSON");
    }

    private static string Cost(List<double> costsUs) => costsUs.Count == 0 ? "" : $"{GrpcComparison.Median(costsUs):F2}";

    private async Task<(long Accepted, TimeSpan Took)> PostAsync(ulong seed, CancellationToken cancellation)
    {
        var load = new HttpLoadOptions
        {
            Server = http.BaseAddress!,
            People = options.People,
            Seed = seed,
            Duration = options.Duration,
            Batch = options.Batch,
            Connections = options.Connections,
        };
        var sent = await new IngestLoad(http, load, new Latencies("POST"), options.Connections).RunAsync(cancellation);
        return (sent.Accepted, sent.Took);
    }

    private async Task<(long Accepted, TimeSpan Took)> StreamAsync(ulong seed, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var accepted = await Task.WhenAll(Enumerable.Range(0, options.Connections).Select(stream => Task.Run(
            async () =>
            {
                using var connection = new GrpcConnection(grpcServer);
                var messages = new InteractionMessages(options.People, seed, stream, s_until);
                var last = 0L;
                await connection.StreamAsync<V1.RecordStreamResponse>(
                    GrpcConnection.RecordStream,
                    () => new(Stopwatch.GetElapsedTime(started) < options.Duration ? messages.Next(options.Batch) : default(ReadOnlyMemory<byte>?)),
                    answer => last = answer.Accepted,
                    cancellation);
                return last;
            },
            cancellation)));
        return (accepted.Sum(), Stopwatch.GetElapsedTime(started));
    }
}
