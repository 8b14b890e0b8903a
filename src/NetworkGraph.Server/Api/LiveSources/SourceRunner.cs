using System.Diagnostics.Metrics;
using NetworkGraph.Events.Log;
using NetworkGraph.Importers.Connectors;
using NetworkGraph.Importers.Imports;
using NetworkGraph.Importers.Times;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Imports;
using NetworkGraph.Server.Api.Ingest;
using NetworkGraph.Server.Host.Health;
using NetworkGraph.Server.Host.Telemetry;

namespace NetworkGraph.Server.Api.LiveSources;

/// <summary>
/// Reads the sources of the configuration, each by itself, for as long as the server runs. What fails is tried again, ever more seldom; how
/// far a source was read is kept when
/// what came of it is durable, so that nothing is lost and what is read twice is known by its ids.
/// </summary>
internal sealed partial class SourceRunner : BackgroundService
{
    private static readonly TimeSpan s_firstRetry = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_longestRetry = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan s_untilReady = TimeSpan.FromMilliseconds(100);

    private readonly SourceCheckpoints _checkpoints;
    private readonly IInteractionLog _log;
    private readonly EmbeddedPeople _people;
    private readonly IngestMetrics _ingest;
    private readonly Readiness _readiness;
    private readonly TimeProvider _time;
    private readonly ILogger<SourceRunner> _logger;
    private readonly Meter _meter = new(Observability.Name);
    private readonly Counter<long> _received;

    public SourceRunner(
        LiveSourceList sources, SourceCheckpoints checkpoints, IInteractionLog log, EmbeddedPeople people, IngestMetrics ingest,
            Readiness readiness, TimeProvider time,
        ILogger<SourceRunner> logger)
    {
        (Sources, _checkpoints, _log, _people, _ingest, _readiness, _time, _logger) = (
            sources.Sources, checkpoints, log, people, ingest, readiness, time, logger);
        _received = _meter.CreateCounter<long>(
            "networkgraph.source.received", "{record}", "Interactions and profiles that were new, by source.");
        if (Sources.Count == 0) return;
        _meter.CreateObservableGauge(
            "networkgraph.source.failing", () =>
            Sources.Select(source => Measured(source, source.Current.State is SourceState.Failing ? 1 : 0)), "{source}",
            "1 where a source could not be read at the last try.");
        _meter.CreateObservableGauge("networkgraph.source.age", Ages, "s", "How long ago all of a source was last read.");
    }

    public IReadOnlyList<LiveSource> Sources { get; }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (Sources.Count == 0) return;
        // Profiles are held against those that are there, so these must be known.
        while (!_readiness.IsReady) await Task.Delay(s_untilReady, _time, stoppingToken);
        await Task.WhenAll(Sources.Select(source => RunAsync(source, stoppingToken)));
    }

    private async Task RunAsync(LiveSource source, CancellationToken stop)
    {
        for (var failures = 0; !stop.IsCancellationRequested;)
        {
            TimeSpan? wish = null;
            string error;
            try
            {
                using var connector = source.Settings.Connect(_time);
                while (true)
                {
                    await ReadAsync(source, connector, stop);
                    failures = 0;
                    await connector.WaitAsync(source.Settings.Poll, stop);
                }
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (ConnectorException failure)
            {
                (error, wish) = (failure.Message, failure.TryAgainAfter);
            }
            catch (Exception failure)
            {
                // Of the kind alone: messages may hold ids or paths.
                error = $"Could not go on ({failure.GetType().Name}).";
            }
            var delay = Delay(failures++, wish);
            source.Change(status =>
                status with
                {
                    State = SourceState.Failing,
                    Error = error,
                    ErrorAtMs = Now(),
                    NextTryAtMs = Now()
                + (long)delay.TotalMilliseconds
                });
            LogFailing(source.Name, error, delay.TotalSeconds);
            await Task.Delay(delay, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TimeSpan Delay(int failures, TimeSpan? wish)
    {
        var delay = s_firstRetry * Math.Pow(2, Math.Min(failures, 10));
        if (delay > s_longestRetry) delay = s_longestRetry;
        return wish is { } least && least > delay ? least : delay;
    }

    private async Task ReadAsync(LiveSource source, IConnector connector, CancellationToken stop)
    {
        source.Change(status => status with { State = SourceState.Reading, NextTryAtMs = null });
        var checkpoint = _checkpoints.Of(source.Name);
        await foreach (var arrival in connector.ReadAsync(checkpoint, stop))
        {
            using (arrival)
            {
                await ImportAsync(source, arrival, stop);
                arrival.Keep(checkpoint);
                _checkpoints.Save(source.Name, checkpoint);
            }
        }
        source.Change(status => status with { State = SourceState.Waiting, SucceededAtMs = Now() });
    }

    private async Task ImportAsync(LiveSource source, Arrival arrival, CancellationToken stop)
    {
        NodaTime.DateTimeZone? zone = null;
        if (source.Settings.TimeZone.Length > 0) Zones.TryFind(source.Settings.TimeZone, out zone);
        var request = new ImportRequest
        {
            FileName = source.Name,
            Format = arrival.Format,
            Batch = source.Batch,
            Options = new ImportOptions { Me = source.Settings.Owners, Zone = zone, ReadText = source.Settings.ReadText },
        };
        var run = new ImportRun(request, arrival.Source, _time, rejected => _ingest.Rejected(rejected.Field), stop);
        using (var target = new ImportTarget(_log, _people, Viewer.Admin, _ingest, _time)) await run.RunAsync(target);
        stop.ThrowIfCancellationRequested();
        _received.Add(run.Tally.Accepted, new KeyValuePair<string, object?>("source", source.Name));
        source.Change(status => status with
        {
            Accepted = status.Accepted + run.Tally.Accepted,
            Duplicates = status.Duplicates + run.Tally.Duplicates,
            Rejected = status.Rejected + run.Tally.RejectedCount,
        });
        if (run.State is not ImportRunState.Failed) return;
        // A file that nobody can read stays so until it changes; a log that was too busy will be asked again.
        if (run.Tally.OverloadedAtLine > 0) throw new ConnectorException("The log stayed at capacity.");
        source.Change(status =>
            status with { Error = "Something of it could not be read: it is of no format known here, or broken.", ErrorAtMs = Now() });
        LogUnreadable(source.Name);
    }

    private IEnumerable<Measurement<double>> Ages()
    {
        foreach (var source in Sources)
            if (source.Current.SucceededAtMs is { } at)
                yield return new((Now() - at) / 1000.0, new KeyValuePair<string, object?>("source", source.Name));
    }

    private static Measurement<int> Measured(LiveSource source, int value) =>
        new(value, new KeyValuePair<string, object?>("source", source.Name));

    private long Now() => _time.GetUtcNow().ToUnixTimeMilliseconds();

    [LoggerMessage(1701, LogLevel.Warning, "The source {Source} could not be read: {Reason} It is tried again in {Seconds} s.")]
    private partial void LogFailing(string source, string reason, double seconds);

    [LoggerMessage(1702, LogLevel.Warning, "Something of the source {Source} could not be read.")]
    private partial void LogUnreadable(string source);
}
