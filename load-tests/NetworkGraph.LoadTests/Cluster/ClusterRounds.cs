using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using NetworkGraph.LoadTests.Crash;

namespace NetworkGraph.LoadTests.Cluster;

/// <summary>
/// What must hold of a cluster of processes: a data set imported through the gateway gives the answers of an embedded
/// server, byte for byte; and while four clients send and ask, a silo is killed, another joins, and PostgreSQL stops and
/// comes back, without an acknowledged interaction being lost or doubled.
/// </summary>
public static class ClusterRounds
{
    private const string Mail = "email-eu/email-Eu-core-temporal.txt.gz";
    private const int BodyLines = 4_000;
    private static readonly DateTimeOffset s_mailEpoch = new(2003, 10, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Compares, breaks and counts. Returns what did not hold, none where all did.</summary>
    /// <param name="assembly">NetworkGraph.Cluster.dll, where it was built.</param>
    /// <param name="dataFolder">The data sets; null leaves the comparison out.</param>
    /// <param name="outage">How long PostgreSQL is away.</param>
    /// <param name="settle">How long the load goes on after each event.</param>
    /// <param name="output">Where it says what it saw.</param>
    /// <param name="cancellation">Stops everything.</param>
    public static async Task<IReadOnlyList<string>> RunAsync(
        string assembly, string? dataFolder, TimeSpan outage, TimeSpan settle, TextWriter output, CancellationToken cancellation)
    {
        var broken = new List<string>();
        await using var cluster = await ClusterUnderTest.StartAsync(assembly, cancellation);
        var first = await cluster.StartSiloAsync(cancellation);
        var second = await cluster.StartSiloAsync(cancellation);
        var gateway = await cluster.StartGatewayAsync(cancellation);
        await output.WriteLineAsync("Two silos, a gateway and PostgreSQL are up, from an empty database.");
        var before = 0L;
        if (dataFolder is not null) before = await CompareAsync(Path.Combine(dataFolder, Mail), [gateway, first, second], broken, output, cancellation);

        var load = new ClusterLoad(gateway.Http);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var running = load.RunAsync(stop.Token);
        await Task.Delay(settle, cancellation);

        var moment = Stopwatch.GetTimestamp();
        first.Kill();
        await Task.Delay(settle + TimeSpan.FromSeconds(15), cancellation);
        Tell("a silo was killed (SIGKILL)", moment, load, TimeSpan.FromSeconds(15), broken, output);

        moment = Stopwatch.GetTimestamp();
        await cluster.StartSiloAsync(cancellation);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"A third silo joined and was ready after {Stopwatch.GetElapsedTime(moment).TotalSeconds:N1} s, under load."));
        await Task.Delay(settle, cancellation);
        Tell("a silo joined", moment, load, TimeSpan.FromSeconds(15), broken, output);

        var stopped = Stopwatch.GetTimestamp();
        await cluster.Postgres.StopAsync();
        await Task.Delay(outage, cancellation);
        await cluster.Postgres.StartAsync(cancellation);
        moment = Stopwatch.GetTimestamp();
        await Task.Delay(settle + TimeSpan.FromSeconds(15), cancellation);
        Tell(string.Create(CultureInfo.InvariantCulture, $"PostgreSQL was stopped for {outage.TotalSeconds:N0} s"), stopped, load, outage + TimeSpan.FromSeconds(15), broken, output);
        Tell("it came back", moment, load, TimeSpan.FromSeconds(15), broken, output);

        await stop.CancelAsync();
        await running;
        await CountAsync(load, before, gateway, broken, output, cancellation);
        return broken;
    }

    private static void Tell(string what, long moment, ClusterLoad load, TimeSpan most, List<string> broken, TextWriter output)
    {
        var (last, failures, longest, queries) = load.Since(moment);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"After {what}: {queries} queries, {failures} failed, the last {last.TotalSeconds:N1} s after; the longest took {longest.TotalSeconds:N1} s; {load.Interactions} interactions acknowledged so far."));
        if (last > most || longest > most) broken.Add($"After {what}, queries took {Math.Max(last.TotalSeconds, longest.TotalSeconds):N1} s to recover.");
    }

    /// <summary>Every acknowledged interaction is there, once: the log holds as many as there are ids, and knows each.</summary>
    private static async Task CountAsync(ClusterLoad load, long before, ServerUnderTest gateway, List<string> broken, TextWriter output, CancellationToken cancellation)
    {
        var acknowledged = load.Acknowledged;
        var position = await PositionAsync(gateway, before + load.Interactions, cancellation);
        if (position != before + load.Interactions) broken.Add($"The log holds {position - before} interactions, and {load.Interactions} were acknowledged.");
        foreach (var body in acknowledged)
        {
            if (await ClusterLoad.TakenAsync(gateway.Http, body) == 0) broken.Add("A body that was acknowledged is refused when sent again.");
        }
        var after = await PositionAsync(gateway, position, cancellation);
        if (after != position) broken.Add($"{after - position} acknowledged interactions were not in the log.");
        await output.WriteLineAsync($"{load.Interactions} interactions acknowledged, {position - before} in the log, {after - position} new when all are sent again.");
    }

    private static async Task<long> PositionAsync(ServerUnderTest server, long atLeast, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            using var json = JsonDocument.Parse(await server.Http.GetStringAsync(new Uri("v1/network", UriKind.Relative), cancellation));
            var position = json.RootElement.GetProperty("position").GetInt64();
            if (position >= atLeast || Stopwatch.GetElapsedTime(started) > TimeSpan.FromSeconds(30)) return position;
        }
    }

    private static async Task<long> CompareAsync(string file, ServerUnderTest[] nodes, List<string> broken, TextWriter output, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-embedded-");
        try
        {
            await using var embedded = await ServerUnderTest.StartAsync(folder.FullName, cancellation);
            await embedded.UntilReadyAsync(cancellation);
            var position = 0L;
            // One body after the other, so that both logs have the same order.
            foreach (var body in Bodies(file))
            {
                position += await ClusterLoad.TakenAsync(embedded.Http, body);
                await ClusterLoad.TakenAsync(nodes[0].Http, body);
            }
            await PositionAsync(embedded, position, cancellation);
            foreach (var node in nodes) await PositionAsync(node, position, cancellation);
            var compared = 0;
            foreach (var path in Paths())
            {
                var expected = await AnswerAsync(embedded, path, cancellation);
                foreach (var node in nodes)
                {
                    compared++;
                    if (await AnswerAsync(node, path, cancellation) != expected) broken.Add($"{path} differs between the cluster and an embedded server.");
                }
            }
            await output.WriteLineAsync($"{position} interactions of {Mail}: {compared} answers from gateway and silos compared with those of an embedded server, {broken.Count} differences.");
            return position;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IEnumerable<string> Bodies(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        var body = new StringBuilder();
        for (var line = 1; reader.ReadLine() is { } text; line++)
        {
            var fields = text.Split(' ');
            var at = s_mailEpoch.AddSeconds(long.Parse(fields[2], CultureInfo.InvariantCulture));
            body.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"mail-{line}\",\"at\":\"{at:yyyy-MM-ddTHH:mm:ssZ}\",\"from\":\"{fields[0]}\",\"to\":\"{fields[1]}\",\"kind\":\"message\"}}\n");
            if (line % BodyLines != 0) continue;
            yield return body.ToString();
            body.Clear();
        }
        if (body.Length > 0) yield return body.ToString();
    }

    private static IEnumerable<string> Paths()
    {
        const string AsOf = "asOf=2004-12-01T00:00:00Z";
        yield return $"v1/network/reciprocity?{AsOf}";
        var random = new Random(1);
        for (var i = 0; i < 40; i++)
        {
            var person = random.Next(900);
            yield return $"v1/people/{person}/introductions?to={random.Next(900)}&{AsOf}";
            yield return $"v1/people/{person}?{AsOf}";
            yield return $"v1/people/{person}/ties?limit=1000&{AsOf}";
            yield return $"v1/people/{person}/ties/{random.Next(900)}?{AsOf}";
            yield return $"v1/people/{person}/reciprocity?{AsOf}";
            yield return $"v1/people/{person}/dormant-ties?{AsOf}";
            yield return $"v1/people/{person}/interactions?limit=100&{AsOf}";
        }
    }

    private static async Task<string> AnswerAsync(ServerUnderTest server, string path, CancellationToken cancellation)
    {
        using var answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative), cancellation);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellation)}";
    }
}
