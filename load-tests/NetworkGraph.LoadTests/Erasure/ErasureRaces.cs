using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using NetworkGraph.Events.Log;
using NetworkGraph.LoadTests.Crash;

namespace NetworkGraph.LoadTests.Erasure;

/// <summary>
/// Question: does an erasure cover what was acknowledged before it, under load, and does a byte of the person stay?
/// Method: while clients send without a pause, interactions with a new person are posted and, as soon as that is acknowledged, the
/// person is deleted. Afterwards nobody of them may be known, not after a restart either, and once the server has stopped no file of
/// the folder may hold an id of theirs or a hash of one of their interactions.
/// </summary>
internal static class ErasureRaces
{
    private static readonly MediaTypeHeaderValue s_ndjson = new("application/x-ndjson");

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "People posted and deleted.", DefaultValueFactory = _ => 1000 };
        var loaders = new Option<int>("--clients") { Description = "Clients that send meanwhile.", DefaultValueFactory = _ => 4 };
        var command = new Command(
            "erasure-races", "Posts a person's interactions and deletes the person at once, again and again under load. Ends with 1 where "
            + "anything of them is left.") { rounds, loaders };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(rounds), parsed.GetValue(loaders), Console.Out, cancellation));
        return command;
    }

    public static async Task<int> RunAsync(int rounds, int clients, TextWriter output, CancellationToken cancellation)
    {
        var folder = Directory.CreateTempSubdirectory("networkgraph-erasure-");
        try
        {
            var survivors = new List<string>();
            await using (var server = await ServerUnderTest.StartAsync(folder.FullName, cancellation))
            {
                await server.UntilReadyAsync(cancellation);
                using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                var load = Enumerable.Range(0, clients).Select(client => LoadAsync(server.Http, client, stop.Token)).ToList();
                for (var round = 0; round < rounds; round++)
                    if (await RaceAsync(server.Http, round, cancellation) is { } fault) survivors.Add(fault);
                await stop.CancelAsync();
                await Task.WhenAll(load);
                await CheckGoneAsync(server.Http, rounds, "before a restart", survivors, cancellation);
                await server.StopAsync(cancellation);
            }
            await using (var server = await ServerUnderTest.StartAsync(folder.FullName, cancellation))
            {
                await server.UntilReadyAsync(cancellation);
                await CheckGoneAsync(server.Http, rounds, "after a restart", survivors, cancellation);
                await server.StopAsync(cancellation);
            }
            CheckBytes(folder.FullName, rounds, survivors);
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                $"{rounds:N0} people posted and deleted at once under {clients} clients: {survivors.Count:N0} left "
                    + $"over{string.Concat(survivors.Take(10).Select(fault => $"{Environment.NewLine}  {fault}"))}"));
            return survivors.Count == 0 ? 0 : 1;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string PersonOf(int round) => string.Create(CultureInfo.InvariantCulture, $"to-be-erased-{round:D6}@races.example");

    private static string IdOf(int round, int number) => string.Create(CultureInfo.InvariantCulture, $"erasure-race-{round:D6}-{number}");

    private static async Task<string?> RaceAsync(HttpClient http, int round, CancellationToken cancellation)
    {
        var person = PersonOf(round);
        var lines = string.Concat(Enumerable.Range(0, 3).Select(number =>
            $$"""{"id":"{{IdOf(round, number)}}","at":"2026-01-0{{number + 1}}T10:00:00Z","from":"{{person}}","""
            + $"\"to\":\"other{round % 50}@races.example\",\"kind\":\"message\"}}\n"));
        using var sent = await http.PostAsync(
            new Uri("v1/interactions", UriKind.Relative), new StringContent(lines, Encoding.UTF8, s_ndjson), cancellation);
        if (sent.StatusCode != HttpStatusCode.OK) return $"POST of {person} was answered {(int)sent.StatusCode}";
        using var erased = await http.DeleteAsync(new Uri($"v1/people/{person}", UriKind.Relative), cancellation);
        return erased.StatusCode == HttpStatusCode.OK ? null : $"DELETE of {person} was answered {(int)erased.StatusCode}";
    }

    private static async Task CheckGoneAsync(
        HttpClient http, int rounds, string when, List<string> survivors, CancellationToken cancellation)
    {
        for (var round = 0; round < rounds; round++)
        {
            using var asked = await http.GetAsync(new Uri($"v1/people/{PersonOf(round)}", UriKind.Relative), cancellation);
            if (asked.StatusCode != HttpStatusCode.NotFound)
                survivors.Add($"{PersonOf(round)} is answered with {(int)asked.StatusCode} {when}");
        }
    }

    private static void CheckBytes(string folder, int rounds, List<string> survivors)
    {
        foreach (var path in Directory.EnumerateFiles(folder))
        {
            var bytes = File.ReadAllBytes(path);
            // What all of their ids have in common; then the hash by which the log would find each of their interactions.
            foreach (var text in (string[])["to-be-erased-", "erasure-race-"])
                if (bytes.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text)) >= 0) survivors.Add($"{Path.GetFileName(path)} holds '{text}'");
            for (var round = 0; round < rounds; round++)
                if (bytes.AsSpan().IndexOf(BitConverter.GetBytes(InteractionFingerprint.HashOf(IdOf(round, 0)))) >= 0)
                    survivors.Add($"{Path.GetFileName(path)} holds the hash of {IdOf(round, 0)}");
        }
    }

    private static async Task LoadAsync(HttpClient http, int client, CancellationToken cancellation)
    {
        try
        {
            for (var batch = 0; !cancellation.IsCancellationRequested; batch++)
            {
                var lines = new StringBuilder();
                for (var i = 0; i < 100; i++)
                {
                    lines.Append(CultureInfo.InvariantCulture,
                        $$"""{"id":"load-{{client}}-{{batch}}-{{i}}","at":"2026-02-01T10:00:00Z","from":"p{{i}}@load.example",""");
                    lines.Append(CultureInfo.InvariantCulture,
                        $"\"to\":\"p{(i + batch) % 97 + 100}@load.example\",\"kind\":\"message\"}}");
                    lines.Append('\n');
                }
                using var sent = await http.PostAsync(
                    new Uri("v1/interactions", UriKind.Relative), new StringContent(lines.ToString(), Encoding.UTF8, s_ndjson),
                    cancellation);
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            // The load ends with the races.
        }
    }
}
