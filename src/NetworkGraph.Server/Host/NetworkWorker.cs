using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Models;
using NetworkGraph.Analytics.Proof;
using NetworkGraph.Server.Host.Cluster;
using NetworkGraph.Server.Host.Health;

namespace NetworkGraph.Server.Host;

/// <summary>
/// The work behind the answers: folds the log while the server already listens, keeps checkpoints of the fold, counts
/// habits, warms caches and learns models. The first of these that fails stops the server; <see cref="ServerFailure"/> says why.
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
    private readonly ModelKeeper _models;
    private readonly FoldProof _proof;
    private readonly Readiness _readiness;
    private readonly ServerFailure _failure;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly TimeProvider _time;
    private readonly ILogger<NetworkWorker> _logger;

    public NetworkWorker(
        DataFolder data, LogFold fold, CheckpointKeeper checkpoints, LiveNetwork network, LiveNetworkOptions options,
        CacheWarmup warmup, ModelKeeper models, TrainerElection trainer, FoldProof proof, Readiness readiness, ServerFailure failure,
        IHostApplicationLifetime lifetime, TimeProvider time, ILogger<NetworkWorker> logger)
    {
        (_data, _fold, _checkpoints, _network, _options) = (data, fold, checkpoints, network, options);
        (_warmup, _models, _proof, _readiness, _failure) = (warmup, models, proof, readiness, failure);
        (_lifetime, _time, _logger) = (lifetime, time, logger);
        _fold.StartAfter(data.Restored.Position);
        _checkpoints.StartedFrom(data.Restored.Position);
        _models.IsTrainer = trainer.IsHere;
        _fold.Forgotten = _checkpoints.DiscardAsync;
        _proof.Found = Found;
        _proof.LogDamaged = damage => LogLogDamaged(damage.Message);
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
            Task.Run(() => _models.RunAsync(stop.Token), stop.Token),
            Task.Run(() => _proof.RunAsync(stop.Token), stop.Token),
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
        WarnOfClock();
    }

    /// <summary>A clock that is behind hides what is dated after it: an old one serves an empty network, and looks well.</summary>
    private void WarnOfClock()
    {
        var now = _time.GetUtcNow();
        var latestMs = _data.Restored.Histories.LatestAtMs;
        if (latestMs <= now.AddHours(25).ToUnixTimeMilliseconds()) return;
        var latest = DateTimeOffset.FromUnixTimeMilliseconds(latestMs);
        LogClockBehind(now, latest, (latest - now).TotalDays);
    }

    private void Found(ProofPass pass)
    {
        if (pass.Differing > 0) LogDiffering(pass.Differing, pass.People, pass.Mended);
        else LogCheckpointDamaged();
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

    [LoggerMessage(1005, LogLevel.Warning,
        "The clock says {Now:u}, but the newest interaction is dated {Latest:u}, {Days:0} days later. Is the clock right? Until then "
        + "answers leave out what is dated after it.")]
    private partial void LogClockBehind(DateTimeOffset now, DateTimeOffset latest, double days);

    [LoggerMessage(1006, LogLevel.Critical,
        "{Differing} of {People} histories differed from the log: memory or a disk may be faulty. {Mended} are put right; the others are "
        + "not answered until the server is started again.")]
    private partial void LogDiffering(int differing, int people, int mended);

    [LoggerMessage(1007, LogLevel.Error, "The checkpoint on the disk was damaged, and is discarded.")]
    private partial void LogCheckpointDamaged();

    [LoggerMessage(1008, LogLevel.Critical,
        "The log is damaged on the disk, under the running server. Back up what is served ('export'), and restore a backup. {Reason}")]
    private partial void LogLogDamaged(string reason);

    [LoggerMessage(1004, LogLevel.Debug, "Stopping.")]
    private partial void LogStopping();
}
