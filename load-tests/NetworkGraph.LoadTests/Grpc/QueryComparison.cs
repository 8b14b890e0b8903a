using System.Diagnostics;
using NetworkGraph.LoadTests.Http;
using Spectre.Console;

namespace NetworkGraph.LoadTests.Grpc;

/// <summary>
/// Latencies of the same queries about the same people over HTTP/1.1 and gRPC. So many askers ask without a pause, all with
/// one client for each protocol, as an application has one: .NET's own for both, which over HTTP/1.1 keeps a connection for
/// each asker, and over gRPC one for all. Answers are read to their end and not decoded. Slices of a third of a
/// second in turns, each protocol first in every other pair, so that both meet the same machine; percentiles are of all
/// slices together. Beside them: in how many pairs of slices gRPC's p99 was the lower one, which a few bad moments of the
/// machine cannot decide.
/// </summary>
internal sealed class QueryComparison(
    Uri server, Uri grpcServer, Func<CancellationToken, Task<ServerUse>> lookAsync, GrpcComparisonOptions options)
{
    private const int WarmUpPasses = 3;
    private static readonly TimeSpan s_slice = TimeSpan.FromSeconds(1.0 / 3);
    private static readonly TimeSpan s_warmUp = TimeSpan.FromSeconds(1);
    private static readonly string[] s_queries = ["GetPerson", "GetReciprocity", "GetTies"];

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = server };
        using var grpc = new GrpcConnection(grpcServer);
        var askers = Enumerable.Range(0, options.Connections).Select(number => new Asker(http, grpc, options.People, number)).ToList();
        var table = new Table().AddColumns(
            "query", "over", "answers/s", "p50 ms", "p99 ms", "samples", "lower p99 in", "processor of the server, µs an answer",
            "allocated there, KiB an answer");
        var all = (Http: new Side("HTTP"), Grpc: new Side("gRPC"));
        // All of them before the first is timed, so that none pays for what is compiled and counted in the background.
        for (var pass = 0; pass < WarmUpPasses; pass++)
            foreach (var query in s_queries)
                foreach (var isGrpc in new[] { false, true }) await AskAsync(askers, query, isGrpc, s_warmUp, [], cancellation);
        foreach (var query in s_queries)
        {
            var (overHttp, overGrpc) = (new Side("HTTP"), new Side("gRPC"));
            for (var slice = 0; slice < options.Slices; slice++)
            {
                var p99 = new Dictionary<bool, double>();
                foreach (var isGrpc in slice % 2 == 0 ? new[] { false, true } : [true, false])
                    p99[isGrpc] = await SliceAsync(
                        askers, query, isGrpc, isGrpc ? [overGrpc, all.Grpc] : [overHttp, all.Http], cancellation);
                var lower = p99[true] < p99[false] ? (overGrpc, all.Grpc) : (overHttp, all.Http);
                lower.Item1.LowerSlices++;
                lower.Item2.LowerSlices++;
            }
            AddRows(table, query, overHttp, overGrpc, options.Slices);
        }
        AddRows(table, "all", all.Http, all.Grpc, s_queries.Length * options.Slices);
        AnsiConsole.Write(table);
        AnsiConsole.WriteLine(
            $"Over gRPC the p50 of all queries is {Ratio(all.Http, all.Grpc, 0.5):F2} times that over HTTP, the p99 "
            + $"{Ratio(all.Http, all.Grpc, 0.99):F2} times");
    }

    /// <summary>Returns the p99 of the slice, ms.</summary>
    private async Task<double> SliceAsync(List<Asker> askers, string query, bool grpc, Side[] sides, CancellationToken cancellation)
    {
        var one = new Latencies("slice");
        var before = await lookAsync(cancellation);
        await AskAsync(askers, query, grpc, s_slice, [one, .. sides.Select(side => side.Latencies)], cancellation);
        var used = await lookAsync(cancellation) - before;
        foreach (var side in sides) side.Used += used;
        return one.PercentileMs(0.99);
    }

    private static double Ratio(Side http, Side grpc, double share) =>
        grpc.Latencies.PercentileMs(share) / http.Latencies.PercentileMs(share);

    private static void AddRows(Table table, string query, Side http, Side grpc, int slices)
    {
        foreach (var side in new[] { http, grpc })
        {
            table.AddRow(
                query, side.Latencies.Name, $"{side.Latencies.Count / (slices * s_slice.TotalSeconds):N0}",
                    $"{side.Latencies.PercentileMs(0.5):F3}", $"{side.Latencies.PercentileMs(0.99):F3}",
                $"{side.Latencies.Count:N0}", $"{side.LowerSlices} of {slices}",
                side.Used.Processor is { } processor ? $"{processor.TotalMicroseconds / side.Latencies.Count:F1}" : "",
                    $"{side.Used.AllocatedBytes / 1024.0 / side.Latencies.Count:F1}");
        }
        table.AddRow("", "gRPC/HTTP", "", $"{Ratio(http, grpc, 0.5):F2}", $"{Ratio(http, grpc, 0.99):F2}");
    }

    private static Task AskAsync(
        List<Asker> askers, string query, bool grpc, TimeSpan duration, Latencies[] latencies, CancellationToken cancellation)
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

    /// <summary>What came of one protocol.</summary>
    private sealed class Side(string name)
    {
        public Latencies Latencies { get; } = new(name);

        public ServerUse Used { get; set; } = new(TimeSpan.Zero, 0);

        /// <summary>In how many pairs of slices its p99 was the lower one.</summary>
        public int LowerSlices { get; set; }
    }

    /// <summary>Asks about the same people over both protocols.</summary>
    private sealed class Asker(HttpClient http, GrpcConnection grpcConnection, int people, int number)
    {
        private readonly Dictionary<bool, Random> _random = new() { [false] = new Random(number), [true] = new Random(number) };

        /// <summary>Asks once. Returns the time stamp at which it began.</summary>
        public async Task<long> AskAsync(string query, bool grpc, CancellationToken cancellation)
        {
            var person = InteractionBodies.Person(_random[grpc].Next(people));
            var asked = Stopwatch.GetTimestamp();
            if (grpc) await grpcConnection.AskAsync($"/networkgraph.v1.People/{query}", Request(query, person), cancellation);
            else await http.GetByteArrayAsync(Address(query, person), cancellation);
            return asked;
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
