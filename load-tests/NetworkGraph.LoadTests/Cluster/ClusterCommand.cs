using System.CommandLine;

namespace NetworkGraph.LoadTests.Cluster;

/// <summary><c>cluster</c>: what must hold of a cluster of processes; <c>cluster-figures</c>: how fast it is.</summary>
internal static class ClusterCommand
{
    public static Command Rounds()
    {
        var data = new Option<string?>("--data")
        { Description = "The folder of the data sets (default: NETWORKGRAPH_DATA of the environment).", HelpName = "dir" };
        var outage = new Option<int>("--outage") { Description = "Seconds that PostgreSQL is away.", DefaultValueFactory = _ => 20 };
        var settle = new Option<int>("--settle")
        { Description = "Seconds of load before and after each event.", DefaultValueFactory = _ => 5 };
        var command = new Command(
            "cluster", "Two silos, a silo that only answers requests, and PostgreSQL: the same answers as embedded; a silo killed, one "
            + "joining, PostgreSQL away, under load.")
        { data, outage, settle };
        command.SetAction(async (parsed, cancellation) =>
        {
            var broken = await ClusterRounds.RunAsync(
                parsed.GetValue(data) ?? Environment.GetEnvironmentVariable("NETWORKGRAPH_DATA"),
                TimeSpan.FromSeconds(parsed.GetValue(outage)), TimeSpan.FromSeconds(parsed.GetValue(settle)), Console.Out, cancellation);
            foreach (var line in broken) await Console.Error.WriteLineAsync(line);
            return broken.Count == 0 ? 0 : 1;
        });
        return command;
    }

    public static Command Figures()
    {
        var interactions = new Option<int>("--interactions")
        { Description = "To ingest in each shape.", DefaultValueFactory = _ => 100_000 };
        var seconds = new Option<int>("--seconds") { Description = "Of queries in each shape.", DefaultValueFactory = _ => 10 };
        var command = new Command(
            "cluster-figures", "Interactions/s and query latencies embedded, with one silo and with two; what a grain costs.")
        { interactions, seconds };
        command.SetAction(async (parsed, cancellation) => await ClusterFigures.RunAsync(
            parsed.GetValue(interactions), TimeSpan.FromSeconds(parsed.GetValue(seconds)), Console.Out, cancellation));
        return command;
    }
}
