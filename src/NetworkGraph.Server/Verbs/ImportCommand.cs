using System.Text.Json;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Importers.Sources;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Imports;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Verbs;

/// <summary>What to import, from where, and where to, as the verb was told.</summary>
internal sealed record ImportArguments
{
    public const string StandardInput = "-";

    /// <summary>A file, a folder, a zip archive, or <see cref="StandardInput"/>.</summary>
    public required string File { get; init; }

    public required ImportRequest Request { get; init; }

    /// <summary>What the request's options were read from; a server reads them again.</summary>
    public ImportSettings Settings { get; init; } = new();

    /// <summary>The folder of the log; of no meaning where there is a server.</summary>
    public required string Data { get; init; }

    /// <summary>The server to send to; null for the log in this process.</summary>
    public Uri? Server { get; init; }

    /// <summary>The API key for that server; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>Where to write every row that was not taken; null for nowhere.</summary>
    public string? Errors { get; init; }
}

/// <summary>
/// The verb's import: over a folder by itself, or by a server that it sends the file to. The flow and the report are the same.
/// </summary>
internal sealed class ImportCommand(ImportArguments arguments, TimeProvider time, TextWriter output, TextWriter errors)
{
    private static readonly JsonWriterOptions s_lines = new() { SkipValidation = true };

    /// <summary>Returns an exit code. Cancelling stops it after what is under way.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var started = time.GetTimestamp();
        try
        {
            await using var rejects = arguments.Errors is { } path
                ? new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16) : null;
            var answer = arguments.Server is { } server
                ? await OnServerAsync(server, rejects, cancellation)
                : await InFolderAsync(rejects, cancellation);
            await new ImportReportText(arguments, answer, output, errors).WriteAsync(time.GetElapsedTime(started));
            return CodeOf(answer);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await errors.WriteLineAsync("Stopped before anything was read.");
            return ExitCodes.Stopped;
        }
        catch (ImportFailedException failure)
        {
            await errors.WriteLineAsync(failure.Message);
            return ExitCodes.Failed;
        }
        catch (Exception failure)
            when (failure is LogUnavailableException or LogCorruptedException or IOException or InvalidDataException
                or UnauthorizedAccessException)
        {
            var hint = failure is LogUnavailableException { InnerException: IOException }
                ? " To import into a folder that is being served, name the server (--server)." : "";
            await errors.WriteLineAsync(failure.Message + hint);
            return ExitCodes.Failed;
        }
    }

    private async Task<ImportAnswer> InFolderAsync(FileStream? rejects, CancellationToken cancellation)
    {
        using var source = await OpenAsync(cancellation);
        var run = new ImportRun(arguments.Request, source, time, line => Write(rejects, line), cancellation);
        if (arguments.Request.IsDryRun || run.Plan.Parts.Count == 0)
        {
            await ShowAsync(run, run.RunAsync(null));
            return ImportAnswer.Of(run, isRunning: false);
        }
        await using var log = await SqliteLog.OpenAsync(arguments.Data, cancellation);
        using var target = new ImportTarget(log, null, Viewer.Admin, null, time);
        await ShowAsync(run, run.RunAsync(target));
        return ImportAnswer.Of(run, isRunning: false);
    }

    private Task ShowAsync(ImportRun run, Task work) =>
        new ImportProgress(() => (run.Tally.Lines, run.Source.BytesRead, run.Source.Length), time, errors).ShowAsync(work);

    private async Task<ImportAnswer> OnServerAsync(Uri server, FileStream? rejects, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = server };
        if (arguments.Key is { } key) http.DefaultRequestHeaders.Authorization = new("Bearer", key);
        var answer = await new ImportUpload(http, arguments, time, errors).RunAsync(cancellation);
        foreach (var line in answer.Report?.Rejected ?? []) Write(rejects, line);
        return answer;
    }

    private async Task<ImportSource> OpenAsync(CancellationToken cancellation)
    {
        if (arguments.File != ImportArguments.StandardInput) return ImportSource.Open(arguments.File);
        await using var input = Console.OpenStandardInput();
        return await ImportSource.SpoolAsync(input, "standard input", null, long.MaxValue, cancellation);
    }

    private static int CodeOf(ImportAnswer answer)
    {
        if (answer.State == "cancelled") return ExitCodes.Stopped;
        if (answer.State == "failed") return ExitCodes.Failed;
        if (answer.RejectedCount + answer.Conflicts == 0) return ExitCodes.Done;
        return answer.Accepted + answer.Duplicates + answer.Retracted > 0 || answer.Report?.LeftOut.Count > 0 ? ExitCodes.Partly
            : ExitCodes.Failed;
    }

    private static void Write(FileStream? rejects, RejectedLine line)
    {
        if (rejects is null) return;
        using (var json = new Utf8JsonWriter(rejects, s_lines))
        {
            json.WriteStartObject();
            if (line.File is { } file) json.WriteString("file", file);
            json.WriteNumber("line", line.Line);
            json.WriteString("id", line.Id);
            json.WriteString("field", line.Field);
            json.WriteString("reason", line.Reason);
            json.WriteEndObject();
        }
        rejects.WriteByte((byte)'\n');
    }
}

/// <summary>An import cannot go on, for a reason outside of the file.</summary>
internal sealed class ImportFailedException(string message, Exception? inner = null) : Exception(message, inner);
