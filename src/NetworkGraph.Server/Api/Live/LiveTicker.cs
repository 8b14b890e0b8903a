using System.Diagnostics.Metrics;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Log;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Identity;
using NetworkGraph.Server.Host.Health;

namespace NetworkGraph.Server.Api.Live;

/// <summary>Publishes the counters every second, a heartbeat now and then, and what changes with people and ties.</summary>
internal sealed class LiveTicker : BackgroundService
{
    private const int HeartbeatEverySeconds = 15;
    private static readonly TimeSpan s_every = TimeSpan.FromSeconds(1);

    /// <summary>How long changes are followed, and kept, for one who may come back, while there are no listeners.</summary>
    private static readonly TimeSpan s_followOn = TimeSpan.FromMinutes(5);
    private readonly LiveFeed _feed;
    private readonly LiveNetwork _network;
    private readonly LogFold _fold;
    private readonly HistoryStore _histories;
    private readonly BoundaryStore _boundaries;
    private readonly AliasStore _aliases;
    private readonly Readiness _readiness;
    private readonly TimeProvider _time;
    private readonly Meter _meter = new(Tracing.SourceName);
    private (long Interactions, long At)? _before;
    private long _lastHeard;
    private long _aliasesPublished;

    public LiveTicker(
        LiveFeed feed, LiveNetwork network, LogFold fold, HistoryStore histories, BoundaryStore boundaries, Readiness readiness,
        TimeProvider time)
    {
        (_feed, _network, _fold, _histories, _boundaries, _readiness, _time) =
            (feed, network, fold, histories, boundaries, readiness, time);
        _aliases = boundaries.Aliases;
        _meter.CreateObservableGauge("networkgraph.live.clients", () => feed.Count, "{client}", "Clients that listen to the live feed.");
        _meter.CreateObservableCounter(
            "networkgraph.live.skipped", () => feed.Skipped, "{event}", "Events that slow listeners have lost since the start.");
    }

    public override void Dispose()
    {
        _meter.Dispose();
        base.Dispose();
    }

    /// <summary>The counters as they are now.</summary>
    public LiveCounters Count()
    {
        var view = _network.Current;
        var (interactions, at) = (_histories.Interactions, _time.GetTimestamp());
        var seconds = _before is { } before ? _time.GetElapsedTime(before.At, at).TotalSeconds : 0;
        return new LiveCounters
        {
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(view.Snapshot.AsOfMs),
            // Of what answers see, so that the feed knows nothing that they do not.
            People = view.Totals?.People ?? _histories.PeopleSeen,
            Interactions = view.Totals?.Interactions ?? interactions,
            InteractionsPerSecond = seconds > 0 ? Math.Max(0, interactions - _before!.Value.Interactions) / seconds : 0,
            Position = view.Position,
            Lag = _fold.Lag,
            SnapshotAgeMs = Math.Max(0, _time.GetUtcNow().ToUnixTimeMilliseconds() - view.PublishedAtMs),
            Clients = _feed.Count,
        };
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(s_every, _time);
        IDisposable? changes = null;
        try
        {
            for (var second = 1; await timer.WaitForNextTickAsync(stoppingToken); second++)
            {
                if (!_readiness.IsReady) continue;
                changes = Follow(changes);
                if (changes is not null) PublishIdentity();
                else _aliasesPublished = _fold.Progress.Position;
                if (_feed.Count > 0) _feed.Publish(Count());
                _before = (_histories.Interactions, _time.GetTimestamp());
                if (second % HeartbeatEverySeconds == 0) _feed.PublishHeartbeat();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping: the server ends the listeners' requests.
        }
        finally
        {
            changes?.Dispose();
        }
    }

    /// <summary>Publishes the merges and splits folded since the last second.</summary>
    private void PublishIdentity()
    {
        var placed = _aliases.History.ChangesAfter(_aliasesPublished, LiveFeed.Kept);
        if (placed.Count == 0) return;
        _aliasesPublished = placed[^1].Position;
        _feed.Publish([.. placed.Select(IdentityOf)]);
    }

    private LiveIdentity IdentityOf(PlacedAlias placed)
    {
        var record = placed.Record;
        return new LiveIdentity(
            placed.Position, AliasNames.Of(record.Change), record.One, record.Other, _aliases.CanonicalOf(record.One),
            _aliases.IdsOf(record.One), DateTimeOffset.FromUnixTimeMilliseconds(record.AtMs));
    }

    /// <summary>Where to read from who has missed events.</summary>
    public LiveResync Resync()
    {
        var view = _network.Current;
        return new LiveResync(view.Position, DateTimeOffset.FromUnixTimeMilliseconds(view.Snapshot.AsOfMs));
    }

    /// <summary>Follows what changes only while somebody listens, or did until lately: to find it out costs.</summary>
    private IDisposable? Follow(IDisposable? changes)
    {
        if (_feed.Count > 0) _lastHeard = _time.GetTimestamp();
        else if (changes is null) return null;
        if (changes is null)
        {
            changes = _network.Habits.Subscribe(batch => _feed.Publish(batch, _boundaries));
            _feed.StartFollowing();
        }
        if (_time.GetElapsedTime(_lastHeard) < s_followOn) return changes;
        _feed.StopFollowing();
        changes.Dispose();
        return null;
    }
}
