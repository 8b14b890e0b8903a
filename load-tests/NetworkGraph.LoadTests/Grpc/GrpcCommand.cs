using System.CommandLine;
using NetworkGraph.LoadTests.Crash;
using NetworkGraph.LoadTests.Http;

namespace NetworkGraph.LoadTests.Grpc;

internal static class GrpcCommand
{
    private static readonly GrpcComparisonOptions s_defaults = new();

    public static Command Create()
    {
        var server = new Option<Uri?>("--server")
        {
            Description = "Where a running server listens for HTTP (default: a server of its own in a fresh folder).",
            CustomParser = HttpCommand.ReadServer
        };
        var grpcServer = new Option<Uri?>("--grpc-server")
        { Description = "Where it listens for gRPC.", CustomParser = HttpCommand.ReadServer };
        var people = new Option<int>("--people")
        { Description = "People in the interactions sent.", DefaultValueFactory = _ => s_defaults.People };
        var seed = new Option<ulong>("--seed")
        {
            Description = "Of the interactions. A seed that was sent before yields duplicates.",
            DefaultValueFactory = _ =>
        s_defaults.Seed
        };
        var messages = new Option<int>("--messages")
        { Description = "Requests or messages in a step of recording.", DefaultValueFactory = _ => s_defaults.Messages };
        var batch = new Option<int>("--batch")
        { Description = "Interactions in a request or message.", DefaultValueFactory = _ => s_defaults.Batch };
        var connections = new Option<int>("--connections")
        { Description = "How many send or ask at once without a pause.", DefaultValueFactory = _ => s_defaults.Connections };
        var rounds = new Option<int>("--rounds")
        { Description = "How often recording over HTTP and gRPC take turns.", DefaultValueFactory = _ => s_defaults.Rounds };
        var slices = new Option<int>("--slices")
        {
            Description = "How often each query over HTTP and gRPC take turns, a third of a second each.",
            DefaultValueFactory = _ =>
        s_defaults.Slices
        };
        foreach (var option in new[] { people, messages, batch, connections, rounds, slices })
        {
            option.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() < 1) result.AddError($"{option.Name} must be at least 1.");
            });
        }
        var command = new Command(
            "grpc", "Compares gRPC with HTTP in turns: latencies of the same queries, and recording (RecordStream beside NDJSON). Takes "
            + "about three minutes.")
        { server, grpcServer, people, seed, messages, batch, connections, rounds, slices };
        command.Validators.Add(result =>
        {
            if (result.GetValue(server) is null != result.GetValue(grpcServer) is null)
                result.AddError("--server and --grpc-server go together.");
        });
        command.SetAction((parsed, cancellation) =>
        {
            var options = new GrpcComparisonOptions
            {
                People = parsed.GetValue(people),
                Seed = parsed.GetValue(seed),
                Messages = parsed.GetValue(messages),
                Batch = parsed.GetValue(batch),
                Connections = parsed.GetValue(connections),
                Rounds = parsed.GetValue(rounds),
                Slices = parsed.GetValue(slices),
            };
            return parsed.GetValue(server) is { } http
                ? GrpcComparison.RunAsync(http, parsed.GetRequiredValue(grpcServer)!, null, options, cancellation)
                : OnOwnServerAsync(options, cancellation);
        });
        return command;
    }

    private static async Task<int> OnOwnServerAsync(GrpcComparisonOptions options, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-grpc-");
        try
        {
            await using var server = await ServerUnderTest.StartAsync(folder.FullName, cancellation, grpc: true);
            await server.UntilReadyAsync(cancellation);
            return await GrpcComparison.RunAsync(server.Http.BaseAddress!, server.Grpc, () => server.ProcessorTime, options, cancellation);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
