using System.CommandLine;
using System.Globalization;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.Server.Host;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Verbs.Export;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Verbs;

/// <summary><c>export</c>: what a data folder holds, as a file others can read. The folder must not be served meanwhile.</summary>
public static class ExportVerb
{
    private static readonly Option<string?> s_what = new("--what")
    {
        Description = "interactions (all, in the log's order; what 'import' takes), people (everybody known, with their profile) or "
            + "ties (every dyad with its measures) or aliases (which ids are one person's). Default: ties for graphml and gexf, aliases "
            + "for mailmap, else interactions.",
        HelpName = "interactions|people|ties|aliases",
    };

    private static readonly Option<string?> s_format = new("--format")
    {
        Description = "graphml and gexf are for ties, mailmap is for aliases. Default: by the ending of --out, else ndjson.",
        HelpName = "ndjson|csv|graphml|gexf|mailmap",
    };

    private static readonly Option<string?> s_asOf = new("--as-of")
    {
        Description = "Ties as of this date, 2026-01-31 or 2026-01-31T12:00:00Z (default: now).",
        HelpName = "date",
    };

    private static readonly Option<string> s_out = new("--out")
    {
        Description = "The file to write, compressed where its name ends in .gz; it appears when it is complete. '-' (default) is "
            + "the standard output.",
        HelpName = "file|-",
        DefaultValueFactory = _ => "-",
    };

    private static readonly Option<string?> s_data = new(
        "--data") { Description = "Where the log lives (default ./data).", HelpName = "dir" };

    public static Command Create()
    {
        var fields = string.Join('\n', TieColumns.All.Select(column => $"  {column.Name}: {column.Meaning}"));
        var export = new Command(
            "export",
            "Write what a data folder holds, as a file others can read. The folder must not be served meanwhile.\n\n"
            + "Fields of a tie (out: by person, in: by other; in graphml and gexf the two are source and target):\n"
            + $"  person, other: ids of the two, the one the log named first before the other\n{fields}")
        { s_what, s_format, s_asOf, s_out, s_data, LogChoice.Log, LogChoice.Postgres };
        export.SetAction((parsed, cancellation) => ExportAsync(parsed, TimeProvider.System, cancellation));
        return export;
    }

    private static async Task<int> ExportAsync(ParseResult parsed, TimeProvider time, CancellationToken cancellation)
    {
        var errors = new List<string>();
        var request = Read(parsed, time, errors);
        var options = ReadSettings(parsed, errors);
        if (errors.Count > 0)
        {
            foreach (var error in errors) await Console.Error.WriteLineAsync(error);
            return ExitCodes.Usage;
        }
        var isToOutput = request.Out == "-";
        try
        {
            var written = 0L;
            if (isToOutput)
            {
                await using var output = Console.OpenStandardOutput();
                written = await WriteAsync(request, options, output, time, cancellation);
            }
            else
            {
                await ExportFile.WriteAsync(
                    request.Out, async file => written = await WriteAsync(request, options, file, time, cancellation));
            }
            var what = request.Content.ToString().ToLowerInvariant();
            await Console.Error.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"Exported {written:N0} {what}{(isToOutput ? "" : $" to {request.Out}")}."));
            return ExitCodes.Done;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(isToOutput ? "Stopped before the end." : $"Stopped. {request.Out} was not written.");
            return ExitCodes.Stopped;
        }
        catch (LogUnavailableException unavailable)
        {
            var hint = unavailable.InnerException is IOException ? " An export needs the folder to itself: stop the server first." : "";
            await Console.Error.WriteLineAsync(unavailable.Message + hint);
        }
        catch (Exception failure) when (failure is LogCorruptedException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
        }
        return ExitCodes.Failed;
    }

    private static async Task<long> WriteAsync(
        Request request, ServerOptions options, Stream to, TimeProvider time, CancellationToken cancellation)
    {
        using var line = new ProgressLine(time);
        if (request.Content is ExportContent.Interactions)
        {
            await using var log = await DataFolder.OpenLogAsync(options, time, cancellation);
            return await InteractionExport.WriteAsync(
                log, request.Format, to, (done, of) => line.Show("Exporting", done, of), cancellation);
        }
        await using var data = await DataFolder.OpenAsync(options, time, cancellation);
        if (data.Notice is { } notice) await Console.Error.WriteLineAsync(notice);
        await using var services = new ServiceCollection().AddSingleton(time).AddNetwork(data, options.Measures, options.Network)
            .BuildServiceProvider();
        var people = services.GetRequiredService<EmbeddedPeople>();
        await FoldAsync(services, data, line, time, cancellation);
        if (request.Content is ExportContent.People)
            return PeopleExport.Write(people, request.Format, to, (done, of) => line.Show("Exporting", done, of), cancellation);
        if (request.Content is ExportContent.Aliases) return AliasExport.Write(people, request.Format, to);
        var asOfMs = request.AsOfMs ?? time.GetUtcNow().ToUnixTimeMilliseconds();
        var ties = new TieExport(people, options.Measures, asOfMs, (done, of) => line.Show("Exporting", done, of), cancellation);
        return ties.Write(request.Format, to);
    }

    /// <summary>Folds all of the log, from the checkpoint on, and leaves a checkpoint for the next start.</summary>
    internal static async Task FoldAsync(
        ServiceProvider services, DataFolder data, ProgressLine line, TimeProvider time, CancellationToken cancellation)
    {
        var fold = services.GetRequiredService<LogFold>();
        var checkpoints = services.GetRequiredService<CheckpointKeeper>();
        fold.StartAfter(data.Restored.Position);
        checkpoints.StartedFrom(data.Restored.Position);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var folding = fold.RunAsync(stop.Token);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100), time);
        while (!fold.Ready.IsCompleted && await Task.WhenAny(fold.Ready, timer.WaitForNextTickAsync(cancellation).AsTask()) != fold.Ready)
        {
            cancellation.ThrowIfCancellationRequested();
            var (position, target) = fold.Progress;
            line.Show("Reading the log", position, target);
        }
        await fold.Ready;
        await stop.CancelAsync();
        await folding;
        await checkpoints.FinishAsync(cancellation);
    }

    private readonly record struct Request(ExportContent Content, ExportFormat Format, long? AsOfMs, string Out);

    private static Request Read(ParseResult parsed, TimeProvider time, List<string> errors)
    {
        var path = parsed.GetRequiredValue(s_out);
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        var format = parsed.GetValue(s_format) is { } given ? Choice<ExportFormat>(given, "--format", errors)
            : Enum.TryParse<ExportFormat>(Path.GetExtension(name).TrimStart('.'), ignoreCase: true, out var byEnding) ? byEnding
            : ExportFormat.Ndjson;
        var isGraph = format is ExportFormat.GraphMl or ExportFormat.Gexf;
        var content = parsed.GetValue(s_what) is { } what ? Choice<ExportContent>(what, "--what", errors)
            : isGraph ? ExportContent.Ties
            : format is ExportFormat.Mailmap ? ExportContent.Aliases
            : ExportContent.Interactions;
        if (isGraph && content is not ExportContent.Ties) errors.Add("--format graphml and gexf are for --what ties.");
        if (format is ExportFormat.Mailmap && content is not ExportContent.Aliases) errors.Add("--format mailmap is for --what aliases.");
        var asOf = parsed.GetValue(s_asOf);
        if (asOf is not null && content is not ExportContent.Ties) errors.Add("--as-of is for --what ties.");
        var asOfMs = asOf is null ? null : VerbDate.Parse(asOf, "--as-of", time, out var reason) ?? Broken(reason, errors);
        if (path.Length == 0) errors.Add("--out must name a file, or be '-'.");
        return new Request(content, format, asOfMs, path);
    }

    private static long? Broken(string reason, List<string> errors)
    {
        errors.Add(reason);
        return null;
    }

    private static T Choice<T>(string text, string option, List<string> errors)
        where T : struct, Enum
    {
        var names = Enum.GetNames<T>();
        var number = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (number >= 0) return Enum.GetValues<T>()[number];
        errors.Add($"{option} '{text}' is unknown; there are {string.Join(", ", names.Select(name => name.ToLowerInvariant()))}.");
        return default;
    }

    /// <summary>The settings of the server: where the data lies, and how measures are tuned. Addresses do not matter here.</summary>
    private static ServerOptions ReadSettings(ParseResult parsed, List<string> errors) =>
        ReadSettings(parsed, parsed.GetValue(s_data), errors);

    internal static ServerOptions ReadSettings(ParseResult parsed, string? folder, List<string> errors)
    {
        var configuration = WebApplication.CreateSlimBuilder().Configuration;
        var given = new Dictionary<string, string?>
        {
            [$"{ServerOptions.Section}:{nameof(ServerOptions.Urls)}"] = ServerOptions.DefaultUrls,
            [$"{ServerOptions.Section}:{nameof(ServerOptions.GrpcUrls)}"] = "",
        };
        foreach (var (setting, value) in LogChoice.Of(parsed)) given[setting] = value;
        if (folder is { } data) given[$"{ServerOptions.Section}:{nameof(ServerOptions.Data)}"] = data;
        configuration.AddInMemoryCollection(given);
        var (options, broken) = ServerOptions.Read(configuration);
        errors.AddRange(broken);
        if (broken.Count == 0 && !options.LogInPostgres && !SqliteLog.Exists(options.Data))
            errors.Add($"There is no log in '{options.Data}'; --data names the folder.");
        return options;
    }
}
