using System.CommandLine;

namespace NetworkGraph.LoadTests.Log;

/// <summary>What can be run against the log from the command line.</summary>
public static class LogCommands
{
    public static IEnumerable<Command> All() => [Benchmark(), Writer(), Crash()];

    private static Command Benchmark()
    {
        var folder = new Option<string>("--folder")
        { Description = "On the disk to measure; a temporary folder in it is used.", DefaultValueFactory = _ => Path.GetTempPath() };
        var command = new Command("log", "Durable interactions a second, start-up and size of the SQLite log, beside the bare disk.")
            { folder };
        command.SetAction((parsed, cancellation) => LogBenchmarks.Run(parsed.GetRequiredValue(folder), cancellation));
        return command;
    }

    private static Command Writer()
    {
        var folder = new Option<string>("--folder") { Required = true, Description = "The data folder." };
        var first = new Option<int>("--first") { Description = "Number of the first interaction." };
        var command = new Command("log-writer", "Appends numbered interactions until killed, and prints each one that is acknowledged.")
            { folder, first };
        command.SetAction((parsed, cancellation) =>
            LogWriterCommand.RunAsync(parsed.GetRequiredValue(folder), parsed.GetValue(first), Console.Out, cancellation));
        return command;
    }

    private static Command Crash()
    {
        var rounds = new Option<int>("--rounds") { Description = "How often to kill and look.", DefaultValueFactory = _ => 50 };
        var seed = new Option<int>("--seed") { Description = "Of the moments to kill at.", DefaultValueFactory = _ => 1 };
        var command = new Command(
            "log-crash", "Kills a writing process again and again and checks that nothing acknowledged is lost or doubled.")
            { rounds, seed };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = Directory.CreateTempSubdirectory("networkgraph-crash-");
            try
            {
                var report = await LogCrashRounds.RunAsync(
                    folder.FullName, parsed.GetRequiredValue(rounds), parsed.GetRequiredValue(seed), Console.Out, cancellation);
                await Console.Out.WriteLineAsync(report.ToString());
                return report.Faults.Count == 0 ? 0 : 1;
            }
            finally
            {
                folder.Delete(recursive: true);
            }
        });
        return command;
    }
}
