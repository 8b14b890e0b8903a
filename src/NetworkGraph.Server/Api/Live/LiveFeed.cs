using System.Threading.Channels;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;

namespace NetworkGraph.Server.Api.Live;

/// <summary>
/// What happens in the network, for those who listen. Publishing never waits: each listener has room for some events, and one that is
/// slower than they come loses the oldest and gets a <see cref="LiveResync"/>. A listener gets only what its viewer sees.
/// The last changes are kept, so that a listener who comes back within minutes misses none; one who was away for longer, or on
/// another server, has to read anew.
/// </summary>
internal sealed class LiveFeed(TimeProvider time)
{
    /// <summary>How many changes are kept for those who come back.</summary>
    public const int Kept = 1000;

    /// <summary>Room of a listener: for everything that is kept, and some more.</summary>
    private const int Room = Kept + 256;

    private readonly Lock _gate = new();
    private readonly HashSet<LiveListener> _listeners = [];
    private readonly Queue<KeptChange> _kept = new();
    private readonly LiveIds _ids = new(time);
    private long _completeAfter = long.MaxValue;
    private long _skipped;

    /// <summary>How many listen.</summary>
    public int Count
    {
        get
        {
            lock (_gate) return _listeners.Count;
        }
    }

    /// <summary>Events that slow listeners have lost since the start.</summary>
    public long Skipped => Volatile.Read(ref _skipped);

    /// <summary>Begins to listen; null where already so many do.</summary>
    /// <param name="viewer">Who listens, and sees what.</param>
    /// <param name="most">How many may listen.</param>
    /// <param name="after">The id of the event heard last, as text; null for who was not here before.</param>
    /// <param name="people">Those whose events may be sent again: not those erased since.</param>
    /// <param name="now">Where to read from, if events were missed.</param>
    public LiveListener? Listen(Viewer viewer, int most, string? after, EmbeddedPeople people, Func<LiveResync> now)
    {
        var listener = new LiveListener(this, viewer, Room);
        lock (_gate)
        {
            if (_listeners.Count >= most) return null;
            _listeners.Add(listener);
            if (after is null) return listener;
            if (!_ids.TryRead(after, out var last) || last < _completeAfter)
            {
                listener.Take(LiveEvent.Of(_ids.Next(), now()));
                return listener;
            }
            foreach (var kept in _kept)
                if (kept.Id > last && IsKnown(kept, people) && Sees(listener, kept, people.Boundaries)) listener.Take(kept.Published);
        }
        return listener;
    }

    /// <summary>From now on every change is published here; after what was published before there may be gaps.</summary>
    public void StartFollowing()
    {
        lock (_gate)
        {
            _kept.Clear();
            _completeAfter = _ids.Next();
        }
    }

    /// <summary>Changes are not followed any more: a listener who comes back from now on has missed some.</summary>
    public void StopFollowing()
    {
        lock (_gate)
        {
            _kept.Clear();
            _completeAfter = long.MaxValue;
        }
    }

    public void Publish(LiveCounters counters)
    {
        lock (_gate)
        {
            var published = LiveEvent.Of(_ids.Next(), counters);
            foreach (var listener in _listeners)
                if (listener.SeesNetwork) listener.Take(published);
        }
    }

    /// <summary>Sends the counters to one listener, who has just come.</summary>
    public void Publish(LiveCounters counters, LiveListener listener)
    {
        lock (_gate) listener.Take(LiveEvent.Of(_ids.Next(), counters));
    }

    public void PublishHeartbeat()
    {
        lock (_gate)
            foreach (var listener in _listeners) listener.Take(LiveEvent.Heartbeat);
    }

    /// <summary>Publishes what has changed with people and ties. Cost: looked at by each listener.</summary>
    public void Publish(IReadOnlyList<HabitChange> changes, BoundaryStore boundaries)
    {
        // In one step with the numbering, so that no listener gets a lower id after a higher one.
        lock (_gate)
        {
            foreach (var change in changes)
            {
                var id = _ids.Next();
                var published = EventOf(id, change);
                foreach (var listener in _listeners)
                    if (listener.Sees(change, boundaries)) listener.Take(published);
                Keep(new KeptChange(id, change, null, published));
            }
        }
    }

    /// <summary>Publishes what was said of ids.</summary>
    public void Publish(IReadOnlyList<LiveIdentity> changes)
    {
        lock (_gate)
        {
            foreach (var change in changes)
            {
                var id = _ids.Next();
                var published = LiveEvent.Of(id, change);
                foreach (var listener in _listeners)
                    if (listener.Sees(change)) listener.Take(published);
                Keep(new KeptChange(id, null, change, published));
            }
        }
    }

    private void Keep(KeptChange change)
    {
        _kept.Enqueue(change);
        if (_kept.Count > Kept) _completeAfter = _kept.Dequeue().Id;
    }

    internal void Leave(LiveListener listener)
    {
        lock (_gate) _listeners.Remove(listener);
    }

    internal void CountSkipped() => Interlocked.Increment(ref _skipped);

    private static bool Sees(LiveListener listener, KeptChange kept, BoundaryStore boundaries) =>
        kept.Habit is { } habit ? listener.Sees(habit, boundaries) : listener.Sees(kept.Identity!);

    /// <summary>Whoever was erased since is not named again.</summary>
    private static bool IsKnown(KeptChange kept, EmbeddedPeople people) =>
        kept.Habit is { } habit ? IsKnown(habit, people) : IsKnown(kept.Identity!, people);

    private static bool IsKnown(LiveIdentity change, EmbeddedPeople people) =>
        people.Aliases.History.ChangesAfter(change.Position - 1, 1) is [var placed] && placed.Position == change.Position
        && change.Ids.All(id => people.Histories.People.TryGetAnyNumber(id, out _));

    private static bool IsKnown(HabitChange change, EmbeddedPeople people) =>
        people.Histories.People.TryGetNumber(change.Person, out _)
            && (change.Other is null || people.Histories.People.TryGetNumber(change.Other, out _));

    private static LiveEvent EventOf(long id, HabitChange change)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(change.AtMs);
        var ended = change.Kind is HabitChangeKind.WarningEnded or HabitChangeKind.ArchetypeEnded;
        return change.Kind switch
        {
            HabitChangeKind.StatusChanged =>
                LiveEvent.Of(id, new LiveStatus(change.Person, change.Other ?? "", change.Before, change.Name, at)),
            HabitChangeKind.ArchetypeAppeared or HabitChangeKind.ArchetypeEnded =>
                LiveEvent.Of(id, new LiveArchetype(change.Person, change.Name, ended, at)),
            _ => LiveEvent.Of(id, new LiveWarning(change.Person, change.Other, change.Name, ended, at)),
        };
    }

    /// <summary>A change that is sent again to who comes back: of a habit or a status, or of who is who.</summary>
    private readonly record struct KeptChange(long Id, HabitChange? Habit, LiveIdentity? Identity, LiveEvent Published);
}
