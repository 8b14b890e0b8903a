using System.Diagnostics.Metrics;
using NetworkGraph.Analytics;
using NetworkGraph.People;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Referrals;

namespace NetworkGraph.Server.Host.Telemetry;

/// <summary>
/// What waits to be done in the whole network: open follow-ups and referral loops. Counting visits every event, so it is
/// done beside the scrapes, and so seldom that it takes a thousandth of one core at most: at least once an hour, at most
/// once a minute. A scrape shows the last count; before the first there is none.
/// </summary>
internal sealed partial class OpenLoopMetrics : IDisposable
{
    private const int IdleForEachBusy = 1000;
    private static readonly TimeSpan s_atMostEvery = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_atLeastEvery = TimeSpan.FromHours(1);
    private readonly LogFold _fold;
    private readonly LiveNetwork _network;
    private readonly HistoryStore _histories;
    private readonly ReferralQueries _referrals;
    private readonly PeopleOptions _measures;
    private readonly TimeProvider _time;
    private readonly ILogger<OpenLoopMetrics> _logger;
    private readonly Meter _meter = new(Observability.Name);
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private Counted? _last;
    private Task _counting = Task.CompletedTask;

    public OpenLoopMetrics(
        LogFold fold, LiveNetwork network, HistoryStore histories, ReferralQueries referrals, PeopleOptions measures, TimeProvider time,
            ILogger<OpenLoopMetrics> logger)
    {
        (_fold, _network, _histories, _referrals, _measures, _time, _logger) =
            (fold, network, histories, referrals, measures, time, logger);
        _meter.CreateObservableGauge(
            "networkgraph.follow_ups.open", FollowUps, "{first contact}", "First contacts that wait for a follow-up, by state.");
        _meter.CreateObservableGauge(
            "networkgraph.referral_loops.open", Loops, "{referral}", "Referral loops that are neither closed nor given up.");
    }

    public void Dispose()
    {
        _meter.Dispose();
        _stop.Cancel();
        _stop.Dispose();
    }

    private IEnumerable<Measurement<int>> FollowUps() => Current() is { } counted
        ?
        [
            new(counted.FollowUps.Due, new KeyValuePair<string, object?>("state", FollowUpState.Due.WireName())),
            new(counted.FollowUps.Overdue, new KeyValuePair<string, object?>("state", FollowUpState.Overdue.WireName())),
        ]
        : [];

    private IEnumerable<Measurement<int>> Loops() => Current() is { } counted ? [new(counted.ReferralLoops)] : [];

    private Counted? Current()
    {
        lock (_gate)
        {
            if (!_fold.Ready.IsCompletedSuccessfully) return null;
            if (_counting.IsCompleted && (_last is not { } last || _time.GetElapsedTime(last.At) >= GoodFor(last.Cost)))
            {
                var cancellation = _stop.Token;
                _counting = Task.Run(() => Count(cancellation), CancellationToken.None);
            }
            return _last;
        }
    }

    private void Count(CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        try
        {
            var asOfMs = _network.Current.Snapshot.AsOfMs;
            var followUps = OpenFollowUps.Count(_histories, asOfMs, _measures.WeightTable, _measures.FollowUps, cancellation);
            var loops = _referrals.OpenLoops(asOfMs, cancellation);
            lock (_gate) _last = new Counted(followUps, loops, _time.GetTimestamp(), _time.GetElapsedTime(started));
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            LogStopped();
        }
        catch (Exception failure)
        {
            LogFailed(failure);
        }
    }

    private static TimeSpan GoodFor(TimeSpan cost)
    {
        var wait = cost * IdleForEachBusy;
        return wait < s_atMostEvery ? s_atMostEvery : wait > s_atLeastEvery ? s_atLeastEvery : wait;
    }

    [LoggerMessage(1201, LogLevel.Debug, "Stopped counting open follow-ups and referral loops.")]
    private partial void LogStopped();

    [LoggerMessage(1202, LogLevel.Error, "Open follow-ups and referral loops could not be counted; the metrics keep the last count.")]
    private partial void LogFailed(Exception failure);

    private sealed record Counted(OpenFollowUps FollowUps, int ReferralLoops, long At, TimeSpan Cost);
}
