using System.Diagnostics;
using NetworkGraph.LoadTests.Http;
using Spectre.Console;

namespace NetworkGraph.LoadTests.Grpc;

/// <summary>
/// Latencies of the same queries about the same people over HTTP/1.1 and gRPC. So many askers each keep one connection of
/// their own busy, with .NET's own client for both; answers are read to their end and not decoded. Slices of a third of a
/// second in turns, each protocol first in every other pair, so that both meet the same machine; percentiles are of all
/// slices together. Beside them: in how many pairs of slices gRPC's p99 was the lower one, which a few bad moments of the
/// machine cannot decide.
/// </summary>
internal sealed class QueryComparison(Uri server, Uri grpcServer, GrpcComparisonOptions options)
{
    private static readonly TimeSpan s_slice = TimeSpan.FromSeconds(1.0 / 3);
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1.5);
    private static readonly string[] s_queries = ["GetPerson", "GetReciprocity", "GetTies"];

    public async Task RunAsync(CancellationToken cancellation)
    {
        var askers = Enumerable.Range(0, options.Connections).Select(number => new Asker(server, grpcServer, options.People, number)).ToList();
        try
        {
            var table = new Table().AddColumns("query", "over", "answers/s", "p50 ms", "p99 ms", "samples", "p50 of HTTP's", "p99 of HTTP's", "slices with the lower p99");
            var all = (Http: new Latencies("HTTP"), Grpc: new Latencies("gRPC"));
            foreach (var query in s_queries)
            {
                await AskAsync(askers, query, grpc: false, s_warmUp, [], cancellation);
                await AskAsync(askers, query, grpc: true, s_warmUp, [], cancellation);
                var (http, grpc) = (new Latencies("HTTP"), new Latencies("gRPC"));
                var lower = 0;
                for (var slice = 0; slice < options.Slices; slice++)
                {
                    var p99 = new Dictionary<bool, double>();
                    foreach (var isGrpc in slice % 2 == 0 ? new[] { false, true } : [true, false])
                    {
                        var one = new Latencies("slice");
                        await AskAsync(askers, query, isGrpc, s_slice, [one, isGrpc ? grpc : http, isGrpc ? all.Grpc : all.Http], cancellation);
                        p99[isGrpc] = one.PercentileMs(0.99);
                    }
                    if (p99[true] <= p99[false]) lower++;
                }
                AddRows(table, query, http, grpc, options.Slices * s_slice.TotalSeconds, $"{options.Slices - lower}", $"{lower}");
            }
            AddRows(table, "all", all.Http, all.Grpc, s_queries.Length * options.Slices * s_slice.TotalSeconds, "", "");
            AnsiConsole.Write(table);
            AnsiConsole.WriteLine($"Over gRPC the p50 of all queries is {Ratio(all.Http, all.Grpc, 0.5):F2} times that over HTTP, the p99 {Ratio(all.Http, all.Grpc, 0.99):F2} times");
        }
        finally
        {
            foreach (var asker in askers) asker.Dispose();
        }
    }

    private static double Ratio(Latencies http, Latencies grpc, double share) => grpc.PercentileMs(share) / http.PercentileMs(share);

    private static void AddRows(Table table, string query, Latencies http, Latencies grpc, double seconds, string httpLower, string grpcLower)
    {
        foreach (var (latencies, lower) in new[] { (http, httpLower), (grpc, grpcLower) })
        {
            table.AddRow(query, latencies.Name, $"{latencies.Count / seconds:N0}", $"{latencies.PercentileMs(0.5):F3}", $"{latencies.PercentileMs(0.99):F3}", $"{latencies.Count:N0}",
                latencies == grpc ? $"{Ratio(http, grpc, 0.5):F2}" : "", latencies == grpc ? $"{Ratio(http, grpc, 0.99):F2}" : "", lower);
        }
    }

    private static Task AskAsync(List<Asker> askers, string query, bool grpc, TimeSpan duration, Latencies[] latencies, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        return Task.WhenAll(askers.Select(asker => Task.Run(
            async () =>
            {
                while (Stopwatch.GetElapsedTime(started) < duration)
                {
                    var asked = await asker.AskAsync(query, grpc, cancellation);
                    foreach (var kept in latencies) kept.Add(asked);
                }
            },
            cancellation)));
    }

    /// <summary>Asks on connections of its own, about the same people over both protocols.</summary>
    private sealed class Asker(Uri server, Uri grpcServer, int people, int number) : IDisposable
    {
        private readonly HttpClient _http = new() { BaseAddress = server };
        private readonly GrpcConnection _grpc = new(grpcServer);
        private readonly Dictionary<bool, Random> _random = new() { [false] = new Random(number), [true] = new Random(number) };

        /// <summary>Asks once. Returns the time stamp at which it began.</summary>
        public async Task<long> AskAsync(string query, bool grpc, CancellationToken cancellation)
        {
            var person = InteractionBodies.Person(_random[grpc].Next(people));
            var asked = Stopwatch.GetTimestamp();
            if (grpc) await _grpc.AskAsync($"/networkgraph.v1.People/{query}", Request(query, person), cancellation);
            else await _http.GetByteArrayAsync(Address(query, person), cancellation);
            return asked;
        }

        public void Dispose()
        {
            _http.Dispose();
            _grpc.Dispose();
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
    }
}
