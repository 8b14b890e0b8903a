using System.CommandLine;
using NetworkGraph.LoadTests.Crash;

namespace NetworkGraph.LoadTests.Fuzz;

internal static class FuzzCommand
{
    public static Command Create()
    {
        var requests = new Option<long>("--requests")
        { Description = "Requests, over all operations of the API document.", DefaultValueFactory = _ => 100_000 };
        var lines = new Option<long>("--lines")
        { Description = "Lines of interactions, most of them broken.", DefaultValueFactory = _ => 100_000 };
        var seed = new Option<int>("--seed") { Description = "Same seed, same requests.", DefaultValueFactory = _ => 1 };
        var command = new Command(
            "fuzz-doors", "Asks a server what the API document lists, with snares and broken input. Ends with 1 where it fails or hangs.")
            { requests, lines, seed };
        command.SetAction((parsed, cancellation) =>
            RunAsync(parsed.GetValue(requests), parsed.GetValue(lines), parsed.GetValue(seed), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(long requests, long lines, int seed, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-fuzz-");
        try
        {
            await using var server = await ServerUnderTest.StartAsync(folder.FullName, cancellation);
            await server.UntilReadyAsync(cancellation);
            var report = await new DoorFuzz(server.Http, seed).RunAsync(requests, lines, cancellation);
            await Console.Out.WriteLineAsync(report.ToString());
            return report.Faults.Count == 0 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
