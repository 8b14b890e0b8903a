using System.Collections.Concurrent;
using System.Threading.Channels;
using NetworkGraph.Analytics;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Habits;

namespace NetworkGraph.Server.Live;

/// <summary>
/// What happens in the network, told to whoever listens. Whoever tells never waits: each listener has room for some
/// events, and one that is slower than they come loses the oldest. A listener is told only what its viewer sees.
/// </summary>
internal sealed class LiveFeed
{
    private const int Room = 256;
    private readonly ConcurrentDictionary<LiveListener, byte> _listeners = [];
    private long _number;
    private long _skipped;

    /// <summary>How many listen.</summary>
    public int Count => _listeners.Count;

    /// <summary>Events that slow listeners have lost since the start.</summary>
    public long Skipped => Volatile.Read(ref _skipped);

    /// <summary>Begins to listen; null where already so many do.</summary>
    public LiveListener? Listen(Viewer viewer, int most)
    {
        var listener = new LiveListener(this, viewer, Channel.CreateBounded<LiveEvent>(
            new BoundedChannelOptions(Room) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ => Interlocked.Increment(ref _skipped)));
        _listeners[listener] = 0;
        if (_listeners.Count <= most) return listener;
        listener.Dispose();
        return null;
    }

    public void Tell(LiveCounters counters)
    {
        var told = LiveEvent.Of(Next(), counters);
        foreach (var (listener, _) in _listeners)
            if (listener.SeesNetwork) listener.Take(told);
    }

    /// <summary>Tells the counters to one who has just come.</summary>
    public void Tell(LiveCounters counters, LiveListener listener) =>
        listener.Take(LiveEvent.Of(Next(), counters));

    public void TellHeartbeat()
    {
        foreach (var (listener, _) in _listeners) listener.Take(LiveEvent.Heartbeat);
    }

    /// <summary>Tells what has changed with people and ties. Cost: looked at by each listener.</summary>
    public void Tell(IReadOnlyList<HabitChange> changes, BoundaryStore boundaries)
    {
        if (_listeners.IsEmpty) return;
        foreach (var change in changes)
        {
            LiveEvent? told = null;
            foreach (var (listener, _) in _listeners)
                if (listener.Sees(change, boundaries)) listener.Take(told ??= Told(change));
        }
    }

    internal void Leave(LiveListener listener) => _listeners.TryRemove(listener, out _);

    private LiveEvent Told(HabitChange change)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(change.AtMs);
        var ended = change.Kind is HabitChangeKind.WarningEnded or HabitChangeKind.ArchetypeEnded;
        return change.Kind switch
        {
            HabitChangeKind.StatusChanged =>
                LiveEvent.Of(Next(), new LiveStatus(change.Person, change.Other ?? "", change.Before, change.Name, at)),
            HabitChangeKind.ArchetypeAppeared or HabitChangeKind.ArchetypeEnded =>
                LiveEvent.Of(Next(), new LiveArchetype(change.Person, change.Name, ended, at)),
            _ => LiveEvent.Of(Next(), new LiveWarning(change.Person, change.Other, change.Name, ended, at)),
        };
    }

    private long Next() => Interlocked.Increment(ref _number);
}

/// <summary>One who listens to the <see cref="LiveFeed"/>.</summary>
internal sealed class LiveListener(LiveFeed feed, Viewer viewer, Channel<LiveEvent> events) : IDisposable
{
    private const Scopes Readers = Scopes.Analyst | Scopes.Safety | Scopes.Admin;

    public ChannelReader<LiveEvent> Events => events.Reader;

    /// <summary>Is told of everybody, and of the network as a whole; else of one person alone.</summary>
    public bool SeesNetwork => (viewer.Scopes & Readers) != 0;

    /// <summary>Whether this is for the listener to know.</summary>
    public bool Sees(HabitChange change, BoundaryStore boundaries)
    {
        if (SeesNetwork)
        {
            // A tie's status comes from both of its sides; once is enough.
            if (change.Kind is HabitChangeKind.StatusChanged && string.CompareOrdinal(change.Person, change.Other) > 0) return false;
        }
        else if (viewer.Person != change.Person)
        {
            return false;
        }
        // Of a tie that the viewer sees as blocked there is nothing new: it is blocked.
        if (change.Other is { } other && boundaries.ShowsBlocked(viewer, change.Person, other)) return false;
        return change.Name != WarningKind.UnwantedPersistence.WireName() || viewer.SeesSideOf(change.Person);
    }

    /// <summary>Takes an event, dropping the oldest where there is no room.</summary>
    public void Take(LiveEvent told) => events.Writer.TryWrite(told);

    public void Dispose()
    {
        feed.Leave(this);
        events.Writer.TryComplete();
    }
}
