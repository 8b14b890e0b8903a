using System.Diagnostics;
using System.Globalization;
using NetworkGraph.LoadTests.Crash;

namespace NetworkGraph.LoadTests.Cluster;

/// <summary>
/// What must hold of a cluster of processes: a data set imported through an API silo gives the answers of an embedded
/// server, byte for byte; and while four clients send and ask, a silo is killed, another joins, and PostgreSQL stops and
/// comes back, without an acknowledged interaction being lost or doubled.
/// </summary>
public static class ClusterRounds
{
    private static readonly TimeSpan s_mostToRecover = TimeSpan.FromSeconds(15);

    /// <summary>Compares, breaks and counts. Returns what did not hold, none where all did.</summary>
    /// <param name="dataFolder">The data sets; null leaves the comparison out.</param>
    /// <param name="outage">How long PostgreSQL is away.</param>
    /// <param name="settle">How long the load goes on after each event.</param>
    /// <param name="output">Where it says what it saw.</param>
    /// <param name="cancellation">Stops everything.</param>
    public static async Task<IReadOnlyList<string>> RunAsync(
        string? dataFolder, TimeSpan outage, TimeSpan settle, TextWriter output, CancellationToken cancellation)
    {
        var broken = new List<string>();
        await using var cluster = await ClusterUnderTest.StartAsync(cancellation);
        var first = await cluster.StartSiloAsync(cancellation);
        var second = await cluster.StartSiloAsync(cancellation);
        var api = await cluster.StartApiSiloAsync(cancellation);
        await output.WriteLineAsync("Two silos, an API silo and PostgreSQL are up, from an empty database.");
        var before = 0L;
        if (dataFolder is not null)
            before = await ClusterComparison.OfMailAsync(dataFolder, [api, first, second], broken, output, cancellation);

        var load = new ClusterLoad(api.Http);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = load.RunAsync(stop.Token);
        await Task.Delay(settle, cancellation);

        var moment = Stopwatch.GetTimestamp();
        first.Kill();
        await Task.Delay(settle + s_mostToRecover, cancellation);
        Tell("a silo was killed (SIGKILL)", moment, load, s_mostToRecover, broken, output);

        var third = await JoinAsync("A third silo", cluster, load, settle, broken, output, cancellation);

        var stopped = Stopwatch.GetTimestamp();
        await cluster.Postgres.StopAsync();
        await Task.Delay(outage, cancellation);
        await cluster.Postgres.StartAsync(cancellation);
        moment = Stopwatch.GetTimestamp();
        await Task.Delay(settle + s_mostToRecover, cancellation);
        Tell(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL was stopped for {outage.TotalSeconds:N0} s"), stopped, load,
            outage + s_mostToRecover, broken, output);
        Tell("it came back", moment, load, s_mostToRecover, broken, output);

        await JoinAsync("A fourth silo (three are up)", cluster, load, settle, broken, output, cancellation);
        await stop.CancelAsync();
        await running;
        var position = await CountAsync(load, before, api, broken, output, cancellation);
        await ClusterComparison.OfLoadAsync(cluster, [api, second, third], position, broken, output, cancellation);
        await output.WriteLineAsync(broken.Count == 0 ? "All of it held." : $"{broken.Count} things did not hold:");
        return broken;
    }

    private static async Task<ServerUnderTest> JoinAsync(
        string who, ClusterUnderTest cluster, ClusterLoad load, TimeSpan settle, List<string> broken, TextWriter output,
            CancellationToken cancellation)
    {
        var moment = Stopwatch.GetTimestamp();
        var silo = await cluster.StartSiloAsync(cancellation);
        await output.WriteLineAsync(
            string.Create(CultureInfo.InvariantCulture,
            $"{who} joined and was ready after {Stopwatch.GetElapsedTime(moment).TotalSeconds:N1} s, under load."));
        await Task.Delay(settle, cancellation);
        Tell("it joined", moment, load, s_mostToRecover, broken, output);
        return silo;
    }

    private static void Tell(string what, long moment, ClusterLoad load, TimeSpan most, List<string> broken, TextWriter output)
    {
        var (last, failures, longest, queries) = load.Since(moment);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"After {what}: {queries} queries, {failures} failed, the last {last.TotalSeconds:N1} s after; the longest took "
                + $"{longest.TotalSeconds:N1} s; {load.Interactions} interactions acknowledged so far."));
        if (last > most || longest > most)
            broken.Add($"After {what}, queries took {Math.Max(last.TotalSeconds, longest.TotalSeconds):N1} s to recover.");
    }

    /// <summary>Every acknowledged interaction is there, once: the log holds as many as there are ids, and knows each.</summary>
    private static async Task<long> CountAsync(
        ClusterLoad load, long before, ServerUnderTest api, List<string> broken, TextWriter output, CancellationToken cancellation)
    {
        var acknowledged = load.Acknowledged;
        var position = await ClusterComparison.PositionAsync(api, before + load.Interactions, cancellation);
        if (position != before + load.Interactions)
            broken.Add($"The log holds {position - before} interactions, and {load.Interactions} were acknowledged.");
        foreach (var body in acknowledged)
        {
            if (await ClusterLoad.AcceptedAsync(api.Http, body) == 0)
                broken.Add("A body that was acknowledged is refused when sent again.");
        }
        var after = await ClusterComparison.PositionAsync(api, position, cancellation);
        if (after != position) broken.Add($"{after - position} acknowledged interactions were not in the log.");
        await output.WriteLineAsync(
            $"{load.Interactions} interactions acknowledged, {position - before} in the log, {after - position} new when all are sent "
            + $"again.");
        return after;
    }
}
