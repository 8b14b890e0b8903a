using System.CommandLine;

namespace NetworkGraph.LoadTests.Crash;

internal static class CrashCommand
{
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often to kill the server.", DefaultValueFactory = _ => 50 };
        var seed = new Option<int>("--seed")
        { Description = "Of the interactions and of the moments to kill at.", DefaultValueFactory = _ => 1 };
        var clients = new Option<int>("--clients") { Description = "How many clients send at once.", DefaultValueFactory = _ => 4 };
        var over = new Option<string>("--over")
        {
            Description = "What they send over: http (a request a batch) or grpc (RecordStream without end, acknowledged while it runs).",
            DefaultValueFactory = _ => "http",
        };
        over.AcceptOnlyFromAmong("http", "grpc");
        var command = new Command(
            "crash",
            "Kills the server (SIGKILL) again and again while clients send interactions, and checks after each restart "
            + "that every acknowledged interaction is there exactly once. Ends with 1 where one is not.")
        { rounds, seed, clients, over };
        command.SetAction((parsed, cancellation) => RunAsync(
            parsed.GetValue(rounds), parsed.GetValue(seed), parsed.GetValue(clients), parsed.GetValue(over) == "grpc", cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int rounds, int seed, int clients, bool grpc, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-crash-");
        try
        {
            var report = await new CrashRounds(folder.FullName, rounds, seed, clients, grpc, Console.Out).RunAsync(cancellation);
            await Console.Out.WriteLineAsync(report.ToString());
            return report.Faults.Count == 0 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
