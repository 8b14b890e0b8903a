using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace NetworkGraph.LoadTests.Http;

internal static class HttpCommand
{
    private static readonly HttpLoadOptions s_defaults = new() { Server = new Uri("http://127.0.0.1:5080") };

    private static readonly Option<Uri> s_server = new("--server")
    {
        Description = "Where the server listens.",
        DefaultValueFactory = _ => s_defaults.Server,
        CustomParser = ReadServer,
    };

    private static readonly Option<int> s_people = new("--people")
    { Description = "People in the interactions sent.", DefaultValueFactory = _ => s_defaults.People };

    private static readonly Option<ulong> s_seed = new("--seed")
    {
        Description = "Of the interactions and queries. A seed that was sent before yields duplicates.",
        DefaultValueFactory = _ => s_defaults.Seed,
    };

    private static readonly Option<double> s_duration = new("--duration")
    { Description = "Seconds to send for.", DefaultValueFactory = _ => s_defaults.Duration.TotalSeconds };

    private static readonly Option<int> s_batch = new("--batch")
    { Description = "Interactions in a request.", DefaultValueFactory = _ => s_defaults.Batch };

    private static readonly Option<double?> s_ingestRate = new("--ingest-rate")
    {
        Description = "Interactions per second, 0 for none, or max (default) for as many as are taken.",
        HelpName = "number|max",
        CustomParser = ReadRate,
    };

    private static readonly Option<double> s_queryRate = new("--query-rate")
    { Description = "Queries per second; 0 for none.", DefaultValueFactory = _ => s_defaults.QueryRate };

    private static readonly Option<int> s_connections = new("--connections")
    {
        Description = "Connections that send interactions without a pause, with --ingest-rate max.",
        DefaultValueFactory = _ => s_defaults.Connections,
    };

    private static readonly Option<FileInfo?> s_idsFrom = new("--ids-from")
    { Description = "A file with the ids of people to ask about, one a line (default: people of the interactions sent)." };

    private static readonly Option<string> s_queryParameters = new("--query-parameters")
    {
        Description = "Added to every query, for instance asOf=2025-06-01T00:00:00Z.",
        DefaultValueFactory = _ => s_defaults.QueryParameters,
    };

    public static Command Create()
    {
        var command = new Command(
            "http",
            "Sends interactions and queries to a running server at once, and shows durable interactions per second and percentiles of "
                + "latencies. "
            + "At a fixed rate a latency runs from when its request was due, so that a server that stalls is charged for all it kept "
                + "waiting.")
        { s_server, s_people, s_seed, s_duration, s_batch, s_ingestRate, s_queryRate, s_connections, s_idsFrom, s_queryParameters };
        foreach (var option in new[] { s_people, s_batch, s_connections }) option.Validators.Add(AtLeastOne);
        s_queryRate.Validators.Add(result => NotNegative(result, result.GetValueOrDefault<double>()));
        s_duration.Validators.Add(result => NotNegative(result, result.GetValueOrDefault<double>()));
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var idsFrom = parsed.GetValue(s_idsFrom);
        if (idsFrom is { Exists: false })
        {
            await Console.Error.WriteLineAsync($"--ids-from: there is no file {idsFrom.FullName}.");
            return 2;
        }
        var ids = idsFrom is null ? [] : await File.ReadAllLinesAsync(idsFrom.FullName, cancellation);
        return await HttpLoad.RunAsync(
            new HttpLoadOptions
            {
                Server = parsed.GetRequiredValue(s_server),
                People = parsed.GetValue(s_people),
                Seed = parsed.GetValue(s_seed),
                Duration = TimeSpan.FromSeconds(parsed.GetValue(s_duration)),
                Batch = parsed.GetValue(s_batch),
                IngestRate = parsed.GetValue(s_ingestRate) ?? s_defaults.IngestRate,
                QueryRate = parsed.GetValue(s_queryRate),
                Connections = parsed.GetValue(s_connections),
                Ids = [.. ids.Where(id => id.Length > 0)],
                QueryParameters = parsed.GetRequiredValue(s_queryParameters),
            },
            cancellation);
    }

    internal static Uri ReadServer(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Uri.TryCreate(text, UriKind.Absolute, out var server) && server.Scheme is "http" or "https") return server;
        result.AddError($"'{text}' is not an address; write http://127.0.0.1:5080.");
        return s_defaults.Server;
    }

    private static double? ReadRate(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (text == "max") return double.PositiveInfinity;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var rate) && double.IsFinite(rate) && rate >= 0)
            return rate;
        result.AddError($"--ingest-rate '{text}' is neither a number, 0 or more, nor max.");
        return null;
    }

    private static void AtLeastOne(OptionResult result)
    {
        if (result.GetValueOrDefault<int>() < 1) result.AddError($"{result.Option.Name} must be at least 1.");
    }

    private static void NotNegative(OptionResult result, double value)
    {
        if (!(double.IsFinite(value) && value >= 0)) result.AddError($"{result.Option.Name} must be a number, 0 or more.");
    }
}
