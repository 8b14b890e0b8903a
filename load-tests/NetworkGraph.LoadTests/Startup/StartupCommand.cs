using System.CommandLine;

namespace NetworkGraph.LoadTests.Startup;

internal static class StartupCommand
{
    public static Command Create()
    {
        var interactions = new Option<int>("--interactions")
        { Description = "How many interactions the log holds.", DefaultValueFactory = _ => 1_000_000 };
        var runs = new Option<int>("--runs") { Description = "Starts of each sort; medians are shown.", DefaultValueFactory = _ => 3 };
        var command = new Command(
            "startup",
            "Measures the time from the start of the server's process until it is ready, with and without a checkpoint, and the "
            + "bytes that an interaction takes in memory and on disk.")
        { interactions, runs };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(interactions), parsed.GetValue(runs), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int interactions, int runs, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-startup-");
        try
        {
            await new StartupMeasurement(folder.FullName, interactions, runs, Console.Out).RunAsync(cancellation);
            return 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
