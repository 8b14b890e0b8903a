using System.CommandLine;
using System.Globalization;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Server.Host;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Verbs.Export;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Verbs;

/// <summary><c>export</c>: what a data folder or a running server holds, as a file others can read.</summary>
public static class ExportVerb
{
    private static readonly Option<string?> s_what = new("--what")
    {
        Description = "interactions (all, in the log's order; what 'import' takes), people (everybody known, with their profile), "
            + "measures (people with every measure), "
            + "ties (every dyad with its measures), aliases (which ids are one person's), follow-ups (of --person, due), or log (all of "
                + "it as one archive that imports to an equal log). "
            + "Default: what the format is for, else interactions.",
        HelpName = string.Join('|', ExportFormats.ContentNames),
    };

    private static readonly Option<string?> s_format = new("--format")
    {
        Description = "graphml and gexf are for ties, vcard for people, ics for follow-ups, mailmap for aliases, archive for the log. "
            + "Default: by the ending of --out, else ndjson.",
        HelpName = string.Join('|', ExportFormats.FormatNames),
    };

    private static readonly Option<string?> s_person = new("--person") { Description = "Whose follow-ups.", HelpName = "id" };

    private static readonly Option<bool> s_directed = new(
        "--directed")
    { Description = "graphml and gexf: an edge for each direction, with its own strength as weight." };

    private static readonly Option<bool> s_dynamic = new(
        "--dynamic")
    { Description = "graphml and gexf: each edge says from when until when there were interactions." };

    private static readonly Option<string?> s_server = new(
        "--server")
    { Description = $"Ask a running server instead, such as {ServerOptions.DefaultUrls}.", HelpName = "url" };

    private static readonly Option<string?> s_asOf = new("--as-of")
    {
        Description = "Ties and measures as of this date, 2026-01-31 or 2026-01-31T12:00:00Z (default: now).",
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
        "--data")
    { Description = "Where the log lives (default ./data).", HelpName = "dir" };

    public static Command Create()
    {
        var fields = string.Join('\n', TieColumns.All.Select(column => $"  {column.Name}: {column.Meaning}"));
        var export = new Command(
            "export",
            "Write what a data folder holds, or a server (--server) that serves it, as a file others can read.\n\n"
            + "Fields of a tie (out: by person, in: by other; in graphml and gexf the two are source and target):\n"
            + $"  person, other: ids of the two, the one the log named first before the other\n{fields}")
        { s_what, s_format, s_asOf, s_person, s_directed, s_dynamic, s_out, s_data, s_server, ServerKey.Key, LogChoice.Log,
            LogChoice.Postgres };
        export.SetAction((parsed, cancellation) => ExportAsync(parsed, TimeProvider.System, cancellation));
        return export;
    }

    private static async Task<int> ExportAsync(ParseResult parsed, TimeProvider time, CancellationToken cancellation)
    {
        var errors = new List<string>();
        var (request, path) = Read(parsed, time, errors);
        var server = ServerAddress.Read(parsed.GetValue(s_server), errors);
        if (server is not null && parsed.GetValue(s_data) is not null) errors.Add("--data and --server exclude each other.");
        var options = server is null ? ReadSettings(parsed, errors) : new ServerOptions();
        if (errors.Count > 0)
        {
            foreach (var error in errors) await Console.Error.WriteLineAsync(error);
            return ExitCodes.Usage;
        }
        var isToOutput = path == "-";
        try
        {
            var written = 0L;
            if (isToOutput)
            {
                await using var output = Console.OpenStandardOutput();
                written = await WriteToAsync(output);
            }
            else
            {
                await ExportFile.WriteAsync(path, async file => written = await WriteToAsync(file));
            }
            var what = server is not null ? "bytes" : request.Content is ExportContent.Log ? "records"
                : ExportFormats.NameOf(request.Content);
            await Console.Error.WriteLineAsync(
                string.Create(CultureInfo.InvariantCulture, $"Exported {written:N0} {what}{(isToOutput ? "" : $" to {path}")}."));
            return ExitCodes.Done;

            Task<long> WriteToAsync(Stream to) => server is null
                ? WriteAsync(request, options, to, time, cancellation)
                : new ExportDownload(server, ServerKey.Of(parsed), time).WriteAsync(request, to, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync(isToOutput ? "Stopped before the end." : $"Stopped. {path} was not written.");
            return ExitCodes.Stopped;
        }
        catch (LogUnavailableException unavailable)
        {
            var hint = unavailable.InnerException is IOException ? " To export from a server that serves the folder, name it (--server)."
                : "";
            await Console.Error.WriteLineAsync(unavailable.Message + hint);
        }
        catch (Exception failure)
            when (failure is LogCorruptedException or IOException or UnauthorizedAccessException or HttpRequestException
                or ImportFailedException)
        {
            await Console.Error.WriteLineAsync(failure.Message);
        }
        return ExitCodes.Failed;
    }

    private static async Task<long> WriteAsync(
        ExportRequest request, ServerOptions options, Stream to, TimeProvider time, CancellationToken cancellation)
    {
        using var line = new ProgressLine(time);
        if (request.Content is ExportContent.Interactions or ExportContent.Log)
        {
            await using var log = await DataFolder.OpenLogAsync(options, time, cancellation);
            return request.Content is ExportContent.Log
                ? await LogArchive.WriteAsync(log, time.GetUtcNow(), to, (done, of) => line.Show("Exporting", done, of), cancellation)
                : await InteractionExport.WriteAsync(log, request.Format, to, (done, of) => line.Show("Exporting", done, of), cancellation);
        }
        await using var data = await DataFolder.OpenAsync(options, time, cancellation);
        if (data.Notice is { } notice) await Console.Error.WriteLineAsync(notice);
        await using var services = new ServiceCollection().AddSingleton(time).AddNetwork(
            data, options.Measures, options.Network).AddSingleton<NetworkExport>().BuildServiceProvider();
        await FoldAsync(services, data, line, time, cancellation);
        return await services.GetRequiredService<NetworkExport>().WriteAsync(
            request, to, (done, of) => line.Show("Exporting", done, of), cancellation);
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

    private static (ExportRequest Request, string Path) Read(ParseResult parsed, TimeProvider time, List<string> errors)
    {
        var path = parsed.GetRequiredValue(s_out);
        if (path.Length == 0) errors.Add("--out must name a file, or be '-'.");
        var name = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? path[..^3] : path;
        var format = parsed.GetValue(s_format) is { } given
            ? ExportFormats.FormatOf(given) ?? Unknown<ExportFormat>("--format", given, ExportFormats.FormatNames, errors)
            : ExportFormats.FormatOf(Path.GetExtension(name).TrimStart('.'));
        var content = parsed.GetValue(s_what) is { } what
            ? ExportFormats.ContentOf(what) ?? Unknown<ExportContent>("--what", what, ExportFormats.ContentNames, errors)
            : ExportFormats.ContentFor(format ?? ExportFormat.Ndjson);
        var written = format ?? ExportFormats.FormatFor(content);
        if (ExportFormats.Fault(content, written) is { } fault) errors.Add($"--format {fault}.");
        var asOf = parsed.GetValue(s_asOf);
        if (asOf is not null && content is not (ExportContent.Ties or ExportContent.Measures or ExportContent.FollowUps))
            errors.Add("--as-of is for --what ties, measures and follow-ups.");
        var asOfMs = asOf is null ? null : VerbDate.Parse(asOf, "--as-of", time, out var reason) ?? Broken(reason, errors);
        string? person = null;
        if (parsed.GetValue(s_person) is { } id && !PersonId.TryCanonical(id, out person, out var unfit))
            errors.Add($"--person '{id}' {unfit}.");
        if (content is ExportContent.FollowUps && parsed.GetValue(s_person) is null)
            errors.Add("--what follow-ups needs --person: whose they are.");
        var isGraph = written is ExportFormat.GraphMl or ExportFormat.Gexf;
        if ((parsed.GetValue(s_directed) || parsed.GetValue(s_dynamic)) && !isGraph)
            errors.Add("--directed and --dynamic are for --format graphml and gexf.");
        return (new ExportRequest(
            content, written)
        {
            AsOfMs = asOfMs,
            Person = person,
            IsDirected = parsed.GetValue(s_directed),
            IsDynamic = parsed.GetValue(s_dynamic)
        }, path);
    }

    private static long? Broken(string reason, List<string> errors)
    {
        errors.Add(reason);
        return null;
    }

    private static T Unknown<T>(string option, string text, IReadOnlyList<string> names, List<string> errors)
        where T : struct, Enum
    {
        errors.Add($"{option} '{text}' is unknown; there are {string.Join(", ", names)}.");
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
