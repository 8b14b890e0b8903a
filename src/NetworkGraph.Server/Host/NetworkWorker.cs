using NetworkGraph.Analytics;
using NetworkGraph.Server.Host.Health;

namespace NetworkGraph.Server.Host;

/// <summary>
/// The work behind the answers: folds the log while the server already listens, keeps checkpoints of the fold, counts
/// habits and warms caches. The first of these that fails stops the server; <see cref="ServerFailure"/> says why.
/// </summary>
internal sealed partial class NetworkWorker : BackgroundService
{
    private static readonly TimeSpan s_reportEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_logEvery = TimeSpan.FromSeconds(2);
    private readonly DataFolder _data;
    private readonly LogFold _fold;
    private readonly CheckpointKeeper _checkpoints;
    private readonly LiveNetwork _network;
    private readonly LiveNetworkOptions _options;
    private readonly CacheWarmup _warmup;
    private readonly Readiness _readiness;
    private readonly ServerFailure _failure;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _time;
    private readonly ILogger<NetworkWorker> _logger;

    public NetworkWorker(
        DataFolder data, LogFold fold, CheckpointKeeper checkpoints, LiveNetwork network, LiveNetworkOptions options,
        CacheWarmup warmup, Readiness readiness, ServerFailure failure, IHostApplicationLifetime lifetime, TimeProvider time,
            ILogger<NetworkWorker> logger)
    {
        (_data, _fold, _checkpoints, _network, _options) = (data, fold, checkpoints, network, options);
        (_warmup, _readiness, _failure, _lifetime, _time, _logger) = (warmup, readiness, failure, lifetime, time, logger);
        _fold.StartAfter(data.Restored.Position);
        _checkpoints.StartedFrom(data.Restored.Position);
        _fold.Forgotten = _checkpoints.DiscardAsync;
    }

    /// <summary>
    /// Stops the work, writes the last checkpoint and closes the log: this is the first service started and the last one stopped.
    /// </summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (_failure.Reason is null) await _checkpoints.FinishAsync(CancellationToken.None);
        await _data.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_data.Notice is { } notice) LogNotice(notice);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task[] work =
        [
            // Each on a thread of its own: reading the log may not wait for anything for long.
            Task.Run(() => _fold.RunAsync(stop.Token), stop.Token),
            ReportAsync(stop.Token),
            Task.Run(() => _checkpoints.RunAsync(stop.Token), stop.Token),
            Task.Run(() => _network.Habits.RunAsync(_options.CountHabitsEvery, _time, stop.Token), stop.Token),
            Task.Run(() => _warmup.RunAsync(stop.Token), stop.Token),
        ];
        try
        {
            await foreach (var ended in Task.WhenEach(work)) await ended;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopping();
        }
        catch (Exception failure)
        {
            _failure.Set(failure);
            _lifetime.StopApplication();
        }
        await stop.CancelAsync();
        await Task.WhenAll(work).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Says how far the log is folded, until all of it is.</summary>
    private async Task ReportAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(s_reportEvery, _time);
        var logged = _time.GetTimestamp();
        var ready = _fold.Ready;
        Report();
        while (!ready.IsCompleted && await Task.WhenAny(ready, timer.WaitForNextTickAsync(cancellation).AsTask()) != ready)
        {
            cancellation.ThrowIfCancellationRequested();
            var (position, of) = Report();
            if (_time.GetElapsedTime(logged) < s_logEvery) continue;
            logged = _time.GetTimestamp();
            LogReading(position, of, of == 0 ? 100 : position * 100 / of);
        }
        await ready;
        Report();
        _readiness.MarkReady();
        LogReady(_fold.Progress.Position, _network.Current.Snapshot.People);
    }

    private FoldProgress Report()
    {
        var progress = _fold.Progress;
        _readiness.Report(progress.Position, progress.Target);
        return progress;
    }

    [LoggerMessage(1001, LogLevel.Information, "Reading the log: {Position} of {Of} records ({Percent} %).")]
    private partial void LogReading(long position, long of, long percent);

    [LoggerMessage(1002, LogLevel.Information, "Ready: {Position} records, {People} people.")]
    private partial void LogReady(long position, int people);

    [LoggerMessage(1003, LogLevel.Warning, "{Notice}")]
    private partial void LogNotice(string notice);

    [LoggerMessage(1004, LogLevel.Debug, "Stopping.")]
    private partial void LogStopping();
}
