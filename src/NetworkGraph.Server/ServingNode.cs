using NetworkGraph.Events.Log;
using NetworkGraph.Server.Health;
using NetworkGraph.Server.Options;

namespace NetworkGraph.Server;

/// <summary>
/// Opens the data folder and folds it while the server already listens, and says how far it is. Where that fails, now or
/// later, the server stops and <see cref="Failure"/> says why.
/// </summary>
public sealed partial class ServingNode(
    ServerOptions options, HostParts parts, IServiceProvider services, TimeProvider time, Readiness readiness, IHostApplicationLifetime lifetime, ILogger<ServingNode> logger) : BackgroundService
{
    private static readonly TimeSpan s_reportEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan s_logEvery = TimeSpan.FromSeconds(2);
    private volatile EmbeddedNode? _node;

    /// <summary>What is served. Not before <see cref="IsOpen"/>.</summary>
    public EmbeddedNode Node => _node ?? throw new InvalidOperationException("The data folder is not open yet.");

    /// <summary>The log is open: it takes records, though queries may have to wait for the fold.</summary>
    public bool IsOpen => _node is not null;

    /// <summary>Why the server cannot serve, in a line; null while it can.</summary>
    public string? Failure { get; private set; }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var node = Interlocked.Exchange(ref _node, null);
        // A failed fold has been told already; closing the log and its folder is still worth it.
        if (node is not null && Failure is null) await node.DisposeAsync();
        else if (node is not null) await ((Task)node.DisposeAsync().AsTask()).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var log = await parts.OpenLog(services, stoppingToken);
            var node = await EmbeddedNode.OpenAsync(log, options.Data, options.Measures, options.Network, time, LogNotice, (people, position) => parts.HostPeople(services, people, position));
            _node = node;
            node.Start();
            await BecomeReadyAsync(node, stoppingToken);
            await node.Running.WaitAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            LogStopping();
        }
        catch (Exception failure)
        {
            Failure = failure is LogUnavailableException or LogCorruptedException or IOException or UnauthorizedAccessException
                ? failure.Message
                : $"The server failed: {failure}";
            lifetime.StopApplication();
        }
    }

    private async Task BecomeReadyAsync(EmbeddedNode node, CancellationToken cancellation)
    {
        var ready = node.Fold.Ready;
        using var timer = new PeriodicTimer(s_reportEvery, time);
        var logged = time.GetTimestamp();
        Report(node);
        while (!ready.IsCompleted && await Task.WhenAny(ready, timer.WaitForNextTickAsync(cancellation).AsTask()) != ready)
        {
            cancellation.ThrowIfCancellationRequested();
            Report(node);
            if (time.GetElapsedTime(logged) < s_logEvery) continue;
            logged = time.GetTimestamp();
            var (position, of) = node.Fold.Progress;
            LogReading(position, of, of == 0 ? 100 : position * 100 / of);
        }
        await ready;
        Report(node);
        readiness.MarkReady();
        WarnOfClock(node);
        LogReady(node.Fold.Progress.Position, node.Network.Current.Snapshot.People);
    }

    /// <summary>What is dated after the clock does not count yet: a clock that is set back far shows a network as it was, or none.</summary>
    private void WarnOfClock(EmbeddedNode node)
    {
        var (now, latestMs) = (time.GetUtcNow(), node.People.Histories.LatestAtMs);
        if (latestMs < 0 || latestMs <= now.AddDays(1).ToUnixTimeMilliseconds()) return;
        var latest = DateTimeOffset.FromUnixTimeMilliseconds(latestMs);
        LogClockBehind((long)(latest - now).TotalDays, latest, now);
    }

    private void Report(EmbeddedNode node)
    {
        var (position, of) = node.Fold.Progress;
        readiness.Report(position, of);
    }

    [LoggerMessage(1001, LogLevel.Information, "Reading the log: {Position} of {Of} records ({Percent} %).")]
    private partial void LogReading(long position, long of, long percent);

    [LoggerMessage(1002, LogLevel.Information, "Ready: {Position} records, {People} people.")]
    private partial void LogReady(long position, int people);

    [LoggerMessage(1003, LogLevel.Warning, "{Notice}")]
    private partial void LogNotice(string notice);

    [LoggerMessage(1005, LogLevel.Warning,
        "This machine's clock is {Days} days behind the log: the newest interaction is dated {Latest:u}, the clock says {Now:u}. "
        + "Interactions dated after the clock do not count yet. Set the clock right.")]
    private partial void LogClockBehind(long days, DateTimeOffset latest, DateTimeOffset now);

    [LoggerMessage(1004, LogLevel.Debug, "Stopping.")]
    private partial void LogStopping();
}
