using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using NetworkGraph.LoadTests.Crash;

namespace NetworkGraph.LoadTests.Cluster;

/// <summary>
/// Holds the answers of a cluster's nodes against those of a server whose people are in its own process, byte for byte. All
/// are asked as of a date, so that no answer depends on when it was given.
/// </summary>
internal static class ClusterComparison
{
    private const string Mail = "email-eu/email-Eu-core-temporal.txt.gz";
    private const string MailAsOf = "asOf=2004-12-01T00:00:00Z";
    private const string LoadAsOf = "asOf=2026-01-01T04:00:00Z";
    private const int BodyLines = 4_000;
    private const int MailPeople = 900;
    private static readonly DateTimeOffset s_mailEpoch = new(2003, 10, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>
    /// Imports the e-mails of an institution into an embedded server and, through the API silo, into the cluster, and
    /// compares. Returns how many interactions there are.
    /// </summary>
    /// <param name="dataFolder">The folder of the data sets.</param>
    /// <param name="nodes">The API silo, then silos.</param>
    /// <param name="broken">Receives what differs.</param>
    /// <param name="output">Where it says what it saw.</param>
    /// <param name="cancellation">Stops everything.</param>
    public static async Task<long> OfMailAsync(
        string dataFolder, ServerUnderTest[] nodes, List<string> broken, TextWriter output, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-embedded-");
        try
        {
            await using var embedded = await ServerUnderTest.StartAsync(folder.FullName, cancellation);
            await embedded.UntilReadyAsync(cancellation);
            var position = 0L;
            // One body after the other, so that both logs have the same order.
            foreach (var body in Bodies(Path.Combine(dataFolder, Mail)))
            {
                position += await ClusterLoad.AcceptedAsync(embedded.Http, body);
                await ClusterLoad.AcceptedAsync(nodes[0].Http, body);
            }
            var compared = await CompareAsync(
                embedded, nodes, position, [.. OfNetwork(MailAsOf), .. OfPeople(MailPeople, "", 60, MailAsOf)], broken, cancellation);
            await output.WriteLineAsync(
                $"{position:N0} interactions of {Mail} imported through the API silo: {compared} answers of API silo and silos are, byte "
                + $"for byte, those of an embedded server; {broken.Count} differ.");
            return position;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Compares what came of the load with a server that reads the same log and has its people in its own process.</summary>
    public static async Task OfLoadAsync(
        ClusterUnderTest cluster, ServerUnderTest[] nodes, long position, List<string> broken, TextWriter output,
        CancellationToken cancellation)
    {
        var before = broken.Count;
        var single = await cluster.StartSingleAsync(cancellation);
        var compared = await CompareAsync(
            single, nodes, position, [.. OfNetwork(LoadAsOf), .. OfPeople(ClusterLoad.People, "load", 40, LoadAsOf)], broken, cancellation);
        await output.WriteLineAsync(
            $"After all of it: {compared} answers of API silo and silos are those of a single server over the same log; "
            + $"{broken.Count - before} differ.");
    }

    /// <summary>How long the log is, as a server's queries see it, once that is at least so much or half a minute has passed.</summary>
    public static async Task<long> PositionAsync(ServerUnderTest server, long atLeast, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            using var json = JsonDocument.Parse(await server.Http.GetStringAsync(new Uri("v1/network", UriKind.Relative), cancellation));
            var position = json.RootElement.GetProperty("position").GetInt64();
            if (position >= atLeast || patience.IsCancellationRequested) return position;
        }
    }

    private static async Task<int> CompareAsync(
        ServerUnderTest expected, ServerUnderTest[] nodes, long position, List<string> paths, List<string> broken,
            CancellationToken cancellation)
    {
        foreach (var server in nodes.Append(expected)) await PositionAsync(server, position, cancellation);
        foreach (var path in paths)
        {
            var answer = await AnswerAsync(expected, path, cancellation);
            if (!answer.StartsWith("200 ", StringComparison.Ordinal) && !answer.StartsWith("404 ", StringComparison.Ordinal))
                broken.Add($"{path} is answered {answer}");
            foreach (var node in nodes)
            {
                var other = await AnswerAsync(node, path, cancellation);
                if (other == answer) continue;
                var same = answer.AsSpan().CommonPrefixLength(other);
                broken.Add($"{path} differs between a single server and the cluster: '{Excerpt(answer, same)}' and "
                    + $"'{Excerpt(other, same)}'.");
            }
        }
        return paths.Count * nodes.Length;
    }

    private static string Excerpt(string answer, int at) => answer[Math.Max(0, at - 60)..Math.Min(answer.Length, at + 60)];

    private static IEnumerable<string> OfNetwork(string asOf) =>
    [
        $"v1/network/reciprocity?{asOf}", $"v1/network/communities?{asOf}", $"v1/network/brokers?{asOf}", $"v1/network/map?{asOf}",
            $"v1/venues?{asOf}",
    ];

    private static IEnumerable<string> OfPeople(int people, string prefix, int asked, string asOf)
    {
        var random = new Random(1);
        for (var i = 0; i < asked; i++)
        {
            var number = random.Next(people);
            var (person, other) = ($"{prefix}{number}", $"{prefix}{(number + 1 + random.Next(people - 1)) % people}");
            foreach (var list in (
                string[])["ties", "dormant-ties", "interactions", "follow-ups", "referrals", "archetypes", "warnings", "nudges", "venues"])
                yield return $"v1/people/{person}/{list}?limit=1000&{asOf}";
            foreach (var question in (string[])["", "/reciprocity", "/structure", $"/ties/{other}", $"/brief/{other}"])
                yield return $"v1/people/{person}{question}?{asOf}";
            yield return $"v1/people/{person}/introductions?to={other}&{asOf}";
        }
    }

    private static async Task<string> AnswerAsync(ServerUnderTest server, string path, CancellationToken cancellation)
    {
        while (true)
        {
            using var answer = await server.Http.GetAsync(new Uri(path, UriKind.Relative), cancellation);
            if (answer.StatusCode is not System.Net.HttpStatusCode.TooManyRequests)
                return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync(cancellation)}";
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
            body.Append(CultureInfo.InvariantCulture, $"{{\"id\":\"mail-{line}\",\"at\":\"{at:yyyy-MM-ddTHH:mm:ssZ}\",");
            body.Append(CultureInfo.InvariantCulture, $"\"from\":\"{fields[0]}\",\"to\":\"{fields[1]}\",\"kind\":\"message\"}}\n");
            if (line % BodyLines != 0) continue;
            yield return body.ToString();
            body.Clear();
        }
        if (body.Length > 0) yield return body.ToString();
    }
}
