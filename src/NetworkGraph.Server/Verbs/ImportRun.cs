using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Importers.Sources;
using NetworkGraph.Importers.Tables;
using NetworkGraph.Server.Api.Ingest;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Verbs;

/// <summary>One import, from the file to the report.</summary>
internal sealed class ImportRun(ImportRequest request, TimeProvider time, TextWriter output, TextWriter errors)
{
    private const int HashedBytes = 4096;
    private const int MaxHashedFiles = 1000;
    private const int MaxNameChars = 100;

    /// <summary>No caller waits for an answer, so a log at capacity is given time.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <summary>Returns an exit code. Cancelling stops it after what is under way.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            using var source = await OpenAsync(cancellation);
            var plan = ImportPlan.Recognise(source, request.Format);
            if (plan.Parts.Count == 0) return await NothingRecognisedAsync(source);
            await using var rejects = request.Errors is { } path
                ? new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16) : null;
            var tally = new IngestTally((line, _) =>
            {
                if (rejects is not null) Write(rejects, line);
            });
            var batch = request.Batch ?? BatchOf(source);
            request = request with { Batch = batch, Options = request.Options with { Batch = batch } };
            if (request.IsDryRun)
                return await ImportAsync(source, plan, NowhereAsync, new IngestPipelineOptions().BatchRows, tally, cancellation);
            if (request.Server is { } server)
            {
                using var http = new HttpClient { BaseAddress = server };
                using var append = new ServerAppend(http, batch);
                return await ImportAsync(source, plan, append.AppendAsync, ServerAppend.MaxRecords, tally, cancellation);
            }
            await using var log = await SqliteLog.OpenAsync(request.Data, cancellation);
            var replaces = plan.Parts.All(part => part.Format is NdjsonFormat or PeopleCsvFormat);
            using var profiles = new ImportedProfiles(new LogAppend(log, time, null).AppendAsync, log, replaces);
            await log.AppendAsync([Changed(BatchPhase.Started, plan, tally)], CancellationToken.None);
            var code = await ImportAsync(source, plan, profiles.AppendAsync, new IngestPipelineOptions().BatchRows, tally, cancellation);
            await log.AppendAsync(
                [Changed(tally.WasReadToEnd ? BatchPhase.Finished : BatchPhase.Stopped, plan, tally)], CancellationToken.None);
            return code;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await errors.WriteLineAsync("Stopped before anything was read.");
            return ExitCodes.Stopped;
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

    private BatchChanged Changed(BatchPhase phase, ImportPlan plan, IngestTally tally) => new()
    {
        AtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
        Batch = request.Batch!,
        Phase = phase,
        Format = string.Join('+', plan.Parts.Select(part => part.Format.Name)),
        FileName = request.File == ImportRequest.StandardInput ? null : Path.GetFileName(Path.TrimEndingDirectorySeparator(request.File)),
        Counts = tally.Counts,
    };

    /// <summary>
    /// An id for the import: the same for the same file, also after more was appended to it, so that importing it again adds to the
    /// same import. The standard input is an import of its own each time.
    /// </summary>
    private string BatchOf(ImportSource source)
    {
        if (request.File == ImportRequest.StandardInput)
            return "stdin-" + time.GetUtcNow().UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in source.Files.Take(MaxHashedFiles))
        {
            if (source.Files.Count > 1) hash.AppendData(Encoding.UTF8.GetBytes(file.Path));
            else hash.AppendData(file.Head[..Math.Min(file.Head.Length, HashedBytes)]);
        }
        var name = ItemBuilder.Text(source.Name, MaxNameChars) ?? "import";
        return $"{name}-{Convert.ToHexStringLower(hash.GetHashAndReset())[..8]}";
    }

    private async Task<ImportSource> OpenAsync(CancellationToken cancellation)
    {
        if (request.File != ImportRequest.StandardInput) return ImportSource.Open(request.File);
        await using var input = Console.OpenStandardInput();
        return await ImportSource.SpoolAsync(input, "standard input", long.MaxValue, cancellation);
    }

    private async Task<int> NothingRecognisedAsync(ImportSource source)
    {
        var names = string.Join(", ", ImportPlan.FormatNames.Skip(1));
        await errors.WriteLineAsync(source.Files.Count == 1
            ? $"{request.File} is not in a known format. --format names one ({names})."
            : $"None of the {source.Files.Count} files in {request.File} is of a format known here ({names}).");
        return ExitCodes.Failed;
    }

    private static ValueTask<AppendAnswer> NowhereAsync(IReadOnlyList<LogRecord> records, CancellationToken cancellation) =>
        ValueTask.FromResult(new AppendAnswer(records.Count, 0, []));

    private async Task<int> ImportAsync(
        ImportSource source, ImportPlan plan, AppendRecords append, int batchRows, IngestTally tally, CancellationToken cancellation)
    {
        var summary = new ImportSummary();
        var context = new ImportContext(request.Options, source.Name, time.GetUtcNow().ToUnixTimeMilliseconds(), cancellation);
        var progress = new ImportProgress(source, tally, time, errors);
        var report = new ImportReportText(request, plan, summary, context.Report, tally, output, errors);
        var pipeline = new IngestPipeline(
            Counted(append, summary), time,
            new IngestPipelineOptions { BatchRows = batchRows, Patience = s_patience, OneBatchWaits = true });
        var rows = plan.Open(context);
        try
        {
            // On another thread: where files and logs are quick enough, reading and parsing never wait.
            await progress.ShowAsync(
                Task.Run(() => pipeline.RunAsync(rows, tally, cancellation, CancellationToken.None), CancellationToken.None));
        }
        catch (ImportFailedException failed)
        {
            await errors.WriteLineAsync(failed.Message);
            await report.WriteAsync(progress);
            return ExitCodes.Failed;
        }
        finally
        {
            (rows as IDisposable)?.Dispose();
        }
        await report.WriteAsync(progress);
        return await CodeOfAsync(tally, context.Report);
    }

    private static AppendRecords Counted(AppendRecords append, ImportSummary summary)
    {
        IReadOnlyList<LogRecord>? last = null;
        return (records, cancellation) =>
        {
            // A batch that is sent again, because the log was at capacity, counts once.
            if (!ReferenceEquals(last, records) || last.Count == 0) summary.Add(records);
            last = records;
            return append(records, cancellation);
        };
    }

    private async Task<int> CodeOfAsync(IngestTally tally, ImportReport report)
    {
        if (tally.WasStopped)
        {
            await errors.WriteLineAsync(request.IsDryRun
                ? "Stopped before the end."
                : "Stopped before the end. What was accepted is kept; importing the file again goes on from there.");
            return ExitCodes.Stopped;
        }
        if (tally.Unreadable is { } unreadable)
        {
            var what = unreadable.Cause?.Message
                ?? (unreadable.Field == InteractionFields.Line ? $"it {unreadable.Reason}" : $"{unreadable.Field} {unreadable.Reason}");
            await errors.WriteLineAsync(
                $"{request.File} could not be parsed past line {unreadable.Line}: "
                + $"{what}.{(tally.HasKept && !request.IsDryRun ? " What was accepted is kept." : "")}");
            return ExitCodes.Failed;
        }
        if (tally.OverloadedAtLine > 0)
        {
            await errors.WriteLineAsync(
                $"The log stayed at capacity; nothing was kept from line {tally.OverloadedAtLine} on. Importing the file again "
                + $"goes on from there.");
            return ExitCodes.Failed;
        }
        if (tally.RejectedCount + tally.Conflicts == 0) return ExitCodes.Done;
        return tally.HasKept || report.LeftOutCount > 0 ? ExitCodes.Partly : ExitCodes.Failed;
    }

    private static void Write(FileStream rejects, RejectedLine line)
    {
        using (var json = new Utf8JsonWriter(rejects))
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
