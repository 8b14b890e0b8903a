using System.CommandLine;
using NetworkGraph.LoadTests.Http;

namespace NetworkGraph.LoadTests.Grpc;

internal static class GrpcCommand
{
    private static readonly GrpcComparisonOptions s_defaults = new() { Server = new Uri("http://127.0.0.1:5080"), GrpcServer = new Uri("http://127.0.0.1:5081") };

    public static Command Create()
    {
        var server = new Option<Uri>("--server") { Description = "Where the server listens for HTTP.", DefaultValueFactory = _ => s_defaults.Server, CustomParser = HttpCommand.ReadServer };
        var grpcServer = new Option<Uri>("--grpc-server") { Description = "Where it listens for gRPC.", DefaultValueFactory = _ => s_defaults.GrpcServer, CustomParser = HttpCommand.ReadServer };
        var people = new Option<int>("--people") { Description = "People in the interactions sent.", DefaultValueFactory = _ => s_defaults.People };
        var seed = new Option<ulong>("--seed") { Description = "Of the interactions. A seed that was sent before yields duplicates.", DefaultValueFactory = _ => s_defaults.Seed };
        var duration = new Option<double>("--duration") { Description = "Seconds of each step.", DefaultValueFactory = _ => s_defaults.Duration.TotalSeconds };
        var batch = new Option<int>("--batch") { Description = "Interactions in a request or message.", DefaultValueFactory = _ => s_defaults.Batch };
        var connections = new Option<int>("--connections") { Description = "Connections kept busy.", DefaultValueFactory = _ => s_defaults.Connections };
        var rounds = new Option<int>("--rounds") { Description = "How often HTTP and gRPC take turns.", DefaultValueFactory = _ => s_defaults.Rounds };
        var command = new Command("grpc", "Compares gRPC with HTTP on a running server: recording (RecordStream beside NDJSON) and queries, in turns.")
        { server, grpcServer, people, seed, duration, batch, connections, rounds };
        command.SetAction(async (parsed, cancellation) =>
        {
            using var comparison = new GrpcComparison(new GrpcComparisonOptions
            {
                Server = parsed.GetRequiredValue(server),
                GrpcServer = parsed.GetRequiredValue(grpcServer),
                People = parsed.GetValue(people),
                Seed = parsed.GetValue(seed),
                Duration = TimeSpan.FromSeconds(parsed.GetValue(duration)),
                Batch = parsed.GetValue(batch),
                Connections = parsed.GetValue(connections),
                Rounds = parsed.GetValue(rounds),
            });
            return await comparison.RunAsync(cancellation);
        });
        return command;
    }
}
