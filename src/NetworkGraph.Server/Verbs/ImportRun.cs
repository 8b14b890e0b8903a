using System.Globalization;
using System.Text.Json;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Server.Ingest;
using NetworkGraph.Storage.Sqlite;

namespace NetworkGraph.Server.Verbs;

/// <summary>One import, from the file to the report.</summary>
internal sealed class ImportRun(ImportRequest request, TimeProvider time, TextWriter output, TextWriter errors)
{
    private const int ErrorsShown = 20;
    private string? _fileHash;

    /// <summary>Nobody waits for an answer, so a log that is busy is given time.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(10);

    /// <summary>Returns an exit code. Cancelling stops it after what is under way.</summary>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        try
        {
            await using var rejects = request.Errors is { } path ? new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 1 << 16) : null;
            var tally = new IngestTally((line, _) =>
            {
                if (rejects is not null) Write(rejects, line);
            });
            if (request is { IsPeople: false, Batch: null }) request = request with { Batch = ImportInput.BatchOf(request.File, time) };
            if (request.Server is { } server)
            {
                using var http = new HttpClient { BaseAddress = server };
                using var append = new ServerAppend(http, request.Batch);
                return await ImportAsync(append.AppendAsync, ServerAppend.MostRecords, tally, cancellation);
            }
            await using var log = await SqliteLog.OpenAsync(request.Data, cancellation);
            if (request.IsPeople) return await ImportAsync(new LogAppend(log, time, null).AppendAsync, new RowPumpOptions().BatchRows, tally, cancellation);
            await log.AppendAsync([Changed(BatchPhase.Started, tally)], CancellationToken.None);
            var code = await ImportAsync(new LogAppend(log, time, null).AppendAsync, new RowPumpOptions().BatchRows, tally, cancellation);
            await log.AppendAsync([Changed(tally.WasReadToEnd ? BatchPhase.Finished : BatchPhase.Stopped, tally)], CancellationToken.None);
            return code;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await errors.WriteLineAsync("Stopped before anything was read.");
            return ExitCodes.Stopped;
        }
        catch (Exception failure) when (failure is LogUnavailableException or LogCorruptedException or IOException or UnauthorizedAccessException)
        {
            var hint = failure is LogUnavailableException { InnerException: IOException } ? " To import into a folder that is being served, name the server (--server)." : "";
            await errors.WriteLineAsync(failure.Message + hint);
            return ExitCodes.Failed;
        }
    }

    private async Task<int> ImportAsync(AppendRecords append, int batchRows, IngestTally tally, CancellationToken cancellation)
    {
        await using var input = ImportInput.Open(request.File);
        await using var content = await input.ContentAsync(cancellation);
        var source = request.Format.Open(content, request);
        var progress = new ImportProgress(input, tally, time, errors);
        var pump = new RowPump(append, time, new RowPumpOptions { BatchRows = batchRows, Patience = s_patience, OneBatchWaits = true });
        try
        {
            // On another thread: where files and logs are quick enough, reading and parsing never wait.
            await progress.ShowAsync(Task.Run(() => pump.RunAsync(source, tally, cancellation, CancellationToken.None), CancellationToken.None));
        }
        catch (ImportFailedException failed)
        {
            await errors.WriteLineAsync(failed.Message);
            await ReportAsync(tally, progress);
            return ExitCodes.Failed;
        }
        finally
        {
            (source as IDisposable)?.Dispose();
            _fileHash = input.HashOfRead();
        }
        await ReportAsync(tally, progress);
        return await CodeOfAsync(tally);
    }

    private BatchChanged Changed(BatchPhase phase, IngestTally tally) => new()
    {
        AtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
        Batch = request.Batch!,
        Phase = phase,
        Format = request.Format.Name,
        FileName = request.File == ImportRequest.StandardInput ? null : Path.GetFileName(request.File),
        FileHash = phase is BatchPhase.Finished ? _fileHash : null,
        Counts = tally.Counts,
    };

    private async Task ReportAsync(IngestTally tally, ImportProgress progress)
    {
        foreach (var line in tally.Listed.Take(ErrorsShown))
            await errors.WriteLineAsync($"line {line.Line}: {line.Field} {line.Reason}");
        var notTaken = tally.RejectedCount + tally.Conflicts;
        if (notTaken > ErrorsShown)
        {
            var rest = string.Create(CultureInfo.InvariantCulture, $"and {notTaken - ErrorsShown:N0} more");
            await errors.WriteLineAsync(request.Errors is { } path ? $"{rest}, all of them in {path}" : $"{rest}; --errors FILE writes all of them");
        }
        var counts = string.Create(CultureInfo.InvariantCulture,
            $"{tally.Accepted:N0} accepted, {tally.Duplicates:N0} duplicates, {tally.Conflicts:N0} conflicts, {tally.RejectedCount:N0} rejected{(tally.Retracted > 0 ? $", {tally.Retracted:N0} retracted before" : "")}");
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{counts} in {progress.Elapsed.TotalSeconds:N1} s ({progress.Rate})"));
    }

    private async Task<int> CodeOfAsync(IngestTally tally)
    {
        if (tally.WasStopped)
        {
            await errors.WriteLineAsync("Stopped before the end. What was accepted is kept; importing the file again goes on from there.");
            return ExitCodes.Stopped;
        }
        if (tally.Unreadable is { } unreadable)
        {
            var what = unreadable.Cause?.Message ?? (unreadable.Field == InteractionFields.Line ? $"it {unreadable.Reason}" : $"{unreadable.Field} {unreadable.Reason}");
            await errors.WriteLineAsync($"{request.File} cannot be read on at line {unreadable.Line}: {what}.{(tally.HasKept ? " What was accepted is kept." : "")}");
            return ExitCodes.Failed;
        }
        if (tally.OverloadedAtLine > 0)
        {
            await errors.WriteLineAsync($"The log stayed too busy; nothing was taken from line {tally.OverloadedAtLine} on. Importing the file again goes on from there.");
            return ExitCodes.Failed;
        }
        if (tally.RejectedCount + tally.Conflicts == 0) return ExitCodes.Done;
        return tally.HasKept ? ExitCodes.Partly : ExitCodes.Failed;
    }

    private static void Write(FileStream rejects, RejectedLine line)
    {
        using (var json = new Utf8JsonWriter(rejects))
        {
            json.WriteStartObject();
            json.WriteNumber("line", line.Line);
            json.WriteString("id", line.Id);
            json.WriteString("field", line.Field);
            json.WriteString("reason", line.Reason);
            json.WriteEndObject();
        }
        rejects.WriteByte((byte)'\n');
    }
}
