using System.Diagnostics;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics;

/// <summary>A published view of the network.</summary>
/// <param name="Snapshot">The network at its date.</param>
/// <param name="Position">Up to which position of the log.</param>
/// <param name="PublishedAtMs">When it was published, Unix ms.</param>
/// <param name="PublishDuration">What publishing took until readers had it.</param>
/// <param name="Totals">People and interactions up to the position; null where interactions dated later are among them.</param>
public sealed record NetworkView(
    NetworkSnapshot Snapshot, long Position, long PublishedAtMs, TimeSpan PublishDuration, NetworkTotals? Totals);

/// <summary>
/// The network as it is now: renews the current snapshot from the dyads that changed. One writer calls
/// <see cref="Build"/>, <see cref="Publish"/> and <see cref="Applied"/>; any thread reads <see cref="Current"/>.
/// </summary>
public sealed class LiveNetwork
{
    private readonly HistoryStore _histories;
    private readonly PeopleOptions _measures;
    private readonly TimeProvider _time;
    private readonly long _largeFromTies;
    private readonly DyadReader _reader;
    private readonly List<int> _changed = [];
    private readonly PriorityQueue<int, long> _ahead = new();
    private SnapshotWriter _writer;
    private TieDecay _decay;
    private int _regroupings;
    private NetworkView _current;
    private long _earliestAppliedMs = long.MaxValue;
    private InteractionDates? _dates;

    public LiveNetwork(
        HistoryStore histories, PeopleOptions measures, LiveNetworkOptions options, TimeProvider time, ModelStore? models = null)
    {
        Models = models ?? new ModelStore();
        _histories = histories;
        _measures = measures;
        _time = time;
        _largeFromTies = options.Structure.AlwaysFreshUpToTies;
        _reader = new DyadReader(histories);
        var nowMs = NowMs;
        _decay = Models.DecayFor(nowMs, measures);
        _writer = new SnapshotWriter(histories.People.Ids, _decay);
        _current = new NetworkView(_writer.Publish(nowMs), 0, nowMs, TimeSpan.Zero, null);
        Habits = new LiveHabits(histories, measures);
        AsOf = new AsOfSnapshots(histories, measures, Models, options.AsOfCacheBytes);
    }

    /// <summary>What was learned from the past.</summary>
    public ModelStore Models { get; }

    public NetworkView Current => Volatile.Read(ref _current);

    public AsOfSnapshots AsOf { get; }

    /// <summary>Everybody's habits, a little behind <see cref="Current"/>; kept up by their runner.</summary>
    public LiveHabits Habits { get; }

    /// <summary>Snapshots of the network: how many were published.</summary>
    public long Publications { get; private set; }

    /// <summary>How often the network was built anew from all histories: at the start, and when somebody was erased.</summary>
    public long Builds { get; private set; }

    /// <summary>
    /// Whether what takes the whole network takes so long that it may be a few minutes old where nothing was recorded since.
    /// </summary>
    public bool IsLarge => Current.Snapshot.Entries > _largeFromTies;

    private long NowMs => _time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>
    /// The network as of a date, or as it is now where none is given. Where nothing has happened after
    /// <paramref name="asOfMs"/> (Unix ms), the current one serves, seen at that date; else one is built from histories.
    /// </summary>
    public ValueTask<NetworkSnapshot> SnapshotAsync(long? asOfMs, CancellationToken cancellation)
    {
        var current = Current.Snapshot;
        if (asOfMs is not { } date || date == current.AsOfMs) return new(current);
        return _histories.LatestAtMs <= Math.Min(date, current.AsOfMs)
            && Models.DecayFor(date, _measures, _histories.VisiblePosition) == current.Decay
            ? new(current.WithAsOf(date))
            : new(AsOf.GetAsync(date, cancellation));
    }

    /// <summary>How many interactions there were on which day, as far as readers see.</summary>
    public InteractionDates Dates => Volatile.Read(ref _dates) ?? _histories.Dates;

    /// <summary>How the probability of a hop is made in a snapshot.</summary>
    public HopFit HopOf(NetworkSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Models.HopAt(snapshot.AsOfMs, _measures.Introductions, _histories.VisiblePosition);
    }

    /// <summary>What is foretold of ties at a snapshot's date, by what the log held up to a position (null: what readers see).</summary>
    public TieForecast ForecastOf(NetworkSnapshot snapshot, long? upToPosition = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return TieForecast.At(Models, Dates, snapshot.AsOfMs, upToPosition ?? _histories.VisiblePosition, snapshot);
    }

    /// <summary>Builds the current snapshot anew from all histories: at start, and after an erasure.</summary>
    public void Build(long position, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        var nowMs = NowMs;
        _changed.Clear();
        _histories.DrainChanged(_changed);
        Habits.Rebuild(position, nowMs);
        Assemble(position, nowMs, started, cancellation);
    }

    private void Assemble(long position, long nowMs, long started, CancellationToken cancellation)
    {
        _changed.Clear();
        _ahead.Clear();
        _regroupings = _histories.Regroupings;
        _decay = Models.DecayFor(nowMs, _measures);
        var builder = SnapshotAssembly.Collect(
            _histories, _measures, _decay, nowMs, long.MaxValue, (dyad, atMs) => _ahead.Enqueue(dyad, atMs), cancellation);
        _writer = new SnapshotWriter(builder.Build(nowMs));
        Builds++;
        Show(_writer.Publish(nowMs), position, nowMs, started);
    }

    /// <summary>Publishes what has been applied up to <paramref name="position"/>, as of now.</summary>
    public void Publish(long position)
    {
        using var activity = Tracing.Source.StartActivity("publish");
        var started = Stopwatch.GetTimestamp();
        var nowMs = Math.Max(NowMs, Current.Snapshot.AsOfMs);
        _histories.DrainChanged(_changed);
        if (_regroupings == _histories.Regroupings)
        {
            Habits.Changed(_changed, position, nowMs);
        }
        else
        {
            // What a dyad counted before can no longer be derived from what it counts now.
            _regroupings = _histories.Regroupings;
            Habits.Rebuild(position, nowMs);
        }
        if (Models.DecayFor(nowMs, _measures) != _decay)
        {
            // Strengths have another landmark from here on; what is known of habits goes on as it was.
            Assemble(position, nowMs, started, CancellationToken.None);
            return;
        }
        while (_ahead.TryPeek(out var dyad, out var atMs) && atMs <= nowMs)
        {
            _ahead.Dequeue();
            _changed.Add(dyad);
        }
        foreach (var dyad in _changed)
        {
            var (low, high) = _histories.PeopleOf(dyad);
            if (low == high) continue;
            var events = _reader.Read(dyad, nowMs, long.MaxValue);
            if (_reader.NextAtMs is { } next) _ahead.Enqueue(dyad, next);
            _writer.Set(low, high,
                events.IsEmpty || !_histories.Entities.AreRelated(low, high) ? default : DyadMeasures.Facts(events, _decay, _measures));
        }
        _changed.Clear();
        Show(_writer.Publish(nowMs), position, nowMs, started);
        _writer.Compact();
    }

    /// <summary>Says that interactions dated from <paramref name="earliestAtMs"/> on were applied.</summary>
    public void Applied(long earliestAtMs)
    {
        _earliestAppliedMs = Math.Min(_earliestAppliedMs, earliestAtMs);
        // Somebody was erased: snapshots that still hold them are not to be handed out until the next is published.
        if (earliestAtMs == long.MinValue) AsOf.Invalidate(earliestAtMs);
    }

    private void Show(NetworkSnapshot snapshot, long position, long nowMs, long started)
    {
        Publications++;
        NetworkTotals? totals = _histories.LatestAtMs <= nowMs ? new NetworkTotals(_histories.PeopleSeen, _histories.Interactions) : null;
        Volatile.Write(ref _current, new NetworkView(snapshot, position, nowMs, Stopwatch.GetElapsedTime(started), totals));
        if (_dates?.Changes != _histories.Dates.Changes) Volatile.Write(ref _dates, _histories.Dates.Copy());
        AsOf.Show(position, _earliestAppliedMs);
        _earliestAppliedMs = long.MaxValue;
    }
}
