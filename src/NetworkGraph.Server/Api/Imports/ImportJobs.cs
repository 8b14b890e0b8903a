using NetworkGraph.Analytics;
using NetworkGraph.Events.Log;
using NetworkGraph.Importers.Sources;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Ingest;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Api.Imports;

/// <summary>An import that this server runs, or ran.</summary>
internal sealed class ImportJob(string id, ImportRun run, string? key, CancellationTokenSource stop)
{
    public string Id => id;

    public ImportRun Run => run;

    /// <summary>The API key that sent it, by its public id; null where none is known.</summary>
    public string? Key => key;

    public CancellationTokenSource Stop => stop;

    /// <summary>Completes when it has ended, however, and what it brought is folded.</summary>
    public Task Work { get; set; } = Task.CompletedTask;

    public bool HasEnded => Work.IsCompleted;
}

/// <summary>
/// The imports that this server runs: each from a file that was sent, which lies in the data folder for its owner alone, and goes when the
/// import has ended. Several run at once, a bounded number in all and for each client. What became of the last ones is kept for those who
/// ask.
/// </summary>
internal sealed partial class ImportJobs : IHostedService, IDisposable
{
    private const string UploadsFolder = "uploads";

    /// <summary>So many imports that have ended are remembered with what was understood of them.</summary>
    private const int MostRemembered = 50;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, ImportJob> _jobs = new(StringComparer.Ordinal);
    private readonly List<string> _order = [];
    private readonly Dictionary<string, int> _inHand = new(StringComparer.Ordinal);
    private readonly BatchesInHand _bodies;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ServerOptions _options;
    private readonly IInteractionLog _log;
    private readonly EmbeddedPeople _people;
    private readonly LogFold _fold;
    private readonly IngestMetrics _metrics;
    private readonly TimeProvider _time;
    private readonly ILogger<ImportJobs> _logger;
    private long _uploads;
    private int _running;

    public ImportJobs(
        ServerOptions options, IInteractionLog log, EmbeddedPeople people, LogFold fold, IngestMetrics metrics, BatchesInHand bodies,
            TimeProvider time,
        ILogger<ImportJobs> logger)
    {
        (_options, _log, _people, _fold, _metrics, _bodies, _time, _logger) = (options, log, people, fold, metrics, bodies, time, logger);
    }

    /// <summary>What may be sent at once, bytes.</summary>
    public long MaxBytes => _options.ImportMaxBytes;

    private string Uploads => Path.Combine(_options.Data, UploadsFolder);

    /// <summary>What a server that was killed left of uploads is nobody's any more.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (Directory.Exists(Uploads)) Directory.Delete(Uploads, recursive: true);
        return Task.CompletedTask;
    }

    /// <summary>Stops what runs, after what is under way.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        ImportJob[] jobs;
        lock (_gate) jobs = [.. _jobs.Values];
        await Task.WhenAll(jobs.Select(job => job.Work)).WaitAsync(cancellationToken).ConfigureAwait(
            ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>An import by its id, while it is remembered.</summary>
    public ImportJob? Of(string id)
    {
        lock (_gate) return _jobs.GetValueOrDefault(id);
    }

    /// <summary>
    /// Whether somebody is at an import: here, by a body that is being sent, or, for all this server knows, on another node.
    /// </summary>
    public bool IsRunning(string batch)
    {
        if (_options.Cluster.Enabled) return true;
        lock (_gate) return _jobs.TryGetValue(batch, out var job) && !job.HasEnded || _bodies.Has(batch);
    }

    /// <summary>Takes a file in and begins to import it. The job, or why there is none.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="body">The file, read to its end before anything of it is imported.</param>
    /// <param name="viewer">Who sends it.</param>
    /// <param name="cancellation">Cancelled where the sender goes away before all of it is here; the import itself goes on without
    /// them.</param>
    public async Task<(ImportJob? Job, Problem? Refused)> StartAsync(
        ImportRequest request, Stream body, Viewer viewer, CancellationToken cancellation)
    {
        var client = viewer.KeyId ?? "";
        if (!TryTake(client))
            return (null, Problem.From(
                Outcome.Overloaded, "As many imports are running as may at once. Try again when one of them has ended."));
        var isHandedOver = false;
        ImportSource? source = null;
        try
        {
            source = await SpoolAsync(request, body, cancellation);
            if (source.Length == 0) return (null, Problem.From(Outcome.InvalidArgument, "The body is empty; it is the file to import."));
            var (job, refused) = Begin(request, source, viewer, client);
            isHandedOver = job is not null;
            return (job, refused);
        }
        catch (InvalidDataException invalid)
        {
            return (null, invalid.Message.StartsWith("is larger", StringComparison.Ordinal) ? TooLarge(MaxBytes)
                : Problem.From(Outcome.InvalidArgument, $"The file cannot be read: {invalid.Message}"));
        }
        catch (IOException failure)
            when (failure is not Microsoft.AspNetCore.Connections.ConnectionResetException && !cancellation.IsCancellationRequested)
        {
            LogNoRoom(failure.Message);
            return (null, Problem.From(
                Outcome.Unavailable,
                "The file cannot be kept while it is imported: the server has no room for it, or could not read all of it. Nothing was "
                + "imported."));
        }
        finally
        {
            if (!isHandedOver)
            {
                source?.Dispose();
                GiveBack(client);
            }
        }
    }

    /// <summary>Waits for an import to end. False where it has not by then.</summary>
    public async Task<bool> WaitAsync(ImportJob job, TimeSpan wait, CancellationToken cancellation)
    {
        if (job.Work.IsCompleted || wait <= TimeSpan.Zero) return job.Work.IsCompleted;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await Task.WhenAny(job.Work, Task.Delay(wait, _time, patience.Token));
        await patience.CancelAsync();
        return job.Work.IsCompleted;
    }

    public void Dispose() => _stopping.Dispose();

    /// <summary>Stops an import after what is under way, and waits until it has ended.</summary>
    public static async Task CancelAsync(ImportJob job, CancellationToken cancellation)
    {
        await job.Stop.CancelAsync();
        await job.Work.WaitAsync(cancellation);
    }

    public static Problem TooLarge(long maxBytes) =>
        Problem.From(Outcome.TooLarge, $"The file has more than {maxBytes} bytes (the setting ImportMaxBytes). Nothing was imported.");

    private async Task<ImportSource> SpoolAsync(ImportRequest request, Stream body, CancellationToken cancellation)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(Uploads);
        else Directory.CreateDirectory(Uploads, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _stopping.Token);
        var path = Path.Combine(Uploads, $"upload-{Interlocked.Increment(ref _uploads)}");
        return await ImportSource.SpoolAsync(body, request.FileName ?? "upload", path, MaxBytes, stop.Token);
    }

    private (ImportJob? Job, Problem? Refused) Begin(ImportRequest request, ImportSource source, Viewer viewer, string client)
    {
        var stop = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        var run = new ImportRun(request, source, _time, rejected => _metrics.Rejected(rejected.Field), stop.Token);
        if (run.RestoresImports && !viewer.MaySeeAllInteractions)
            return (null, Problem.From(Outcome.PermissionDenied, "An archive of a whole log is for a key with the scope admin to import."));
        var id = request.IsDryRun ? $"preview-{Interlocked.Increment(ref _uploads)}-{run.Request.Batch}" : run.Request.Batch!;
        lock (_gate)
        {
            if (_jobs.TryGetValue(id, out var before) && !before.HasEnded)
                return (null, Problem.From(Outcome.InvalidArgument, $"The import '{id}' is running already.", "batch"));
            if (request.IsDryRun) run.Rename(id);
            var job = new ImportJob(id, run, viewer.KeyId, stop);
            _jobs[id] = job;
            _order.Remove(id);
            _order.Add(id);
            job.Work = Task.Run(() => WorkAsync(job, source, viewer, client), CancellationToken.None);
            Forget();
            return (job, null);
        }
    }

    private async Task WorkAsync(ImportJob job, ImportSource source, Viewer viewer, string client)
    {
        try
        {
            using var target = new ImportTarget(_log, _people, viewer, _metrics, _time);
            await job.Run.RunAsync(target);
            // Whoever is told that it is done finds what it brought.
            await _fold.UntilFoldedAsync(target.LastPosition, _stopping.Token);
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            LogStopped();
        }
        catch (Exception failure)
        {
            // Of the kind alone: messages may hold ids.
            LogFailed(failure.GetType().Name);
        }
        finally
        {
            source.Dispose();
            GiveBack(client);
        }
    }

    private bool TryTake(string client)
    {
        lock (_gate)
        {
            var most = _options.ImportsAtOnce;
            var ofClient = _inHand.GetValueOrDefault(client);
            // Where there are no keys, all are one client, and may have all of it.
            var mostOfClient = client.Length == 0 ? most : Math.Max(1, most * _options.ClientSharePercent / 100);
            if (_running >= most || ofClient >= mostOfClient || _stopping.IsCancellationRequested) return false;
            _running++;
            _inHand[client] = ofClient + 1;
            return true;
        }
    }

    private void GiveBack(string client)
    {
        lock (_gate)
        {
            _running--;
            if (--_inHand[client] == 0) _inHand.Remove(client);
        }
    }

    private void Forget()
    {
        for (var i = 0; i < _order.Count && _order.Count > MostRemembered;)
        {
            if (!_jobs[_order[i]].HasEnded)
            {
                i++;
                continue;
            }
            _jobs.Remove(_order[i]);
            _order.RemoveAt(i);
        }
    }

    [LoggerMessage(1601, LogLevel.Warning, "A file that was sent to be imported could not be kept: {Reason}")]
    private partial void LogNoRoom(string reason);

    [LoggerMessage(1602, LogLevel.Error, "An import failed: {Kind}")]
    private partial void LogFailed(string kind);

    [LoggerMessage(1603, LogLevel.Information, "An import was stopped with the server; what had come in stays.")]
    private partial void LogStopped();
}
