using System.Threading.Channels;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;

namespace NetworkGraph.Server.Api.Live;

/// <summary>
/// What happens in the network, for those who listen. Telling never waits: each listener has room for some events, and one that is
/// slower than they come loses the oldest and is told so (<see cref="LiveResync"/>). A listener is told only what its viewer sees.
/// The changes told last are kept, so that a listener who comes back within minutes misses none; who was away for longer, or on
/// another server, is told to read anew.
/// </summary>
internal sealed class LiveFeed(TimeProvider time)
{
    /// <summary>How many changes are kept for those who come back.</summary>
    public const int Kept = 1000;

    /// <summary>Room of a listener: for everything that is kept, and some more.</summary>
    private const int Room = Kept + 256;

    private readonly Lock _gate = new();
    private readonly HashSet<LiveListener> _listeners = [];
    private readonly Queue<(long Id, HabitChange Change, LiveEvent Told)> _kept = new();
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
    /// <param name="people">Those whose events may be told again: not those erased since.</param>
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
            foreach (var (id, change, told) in _kept)
                if (id > last && IsKnown(change, people) && listener.Sees(change, people.Boundaries)) listener.Take(told);
        }
        return listener;
    }

    /// <summary>From now on every change is told here; what was told before may have gaps after it.</summary>
    public void BeginToFollow()
    {
        lock (_gate)
        {
            _kept.Clear();
            _completeAfter = _ids.Next();
        }
    }

    /// <summary>Changes are not followed any more: whoever comes back from now on has missed some.</summary>
    public void EndToFollow()
    {
        lock (_gate)
        {
            _kept.Clear();
            _completeAfter = long.MaxValue;
        }
    }

    public void Tell(LiveCounters counters)
    {
        lock (_gate)
        {
            var told = LiveEvent.Of(_ids.Next(), counters);
            foreach (var listener in _listeners)
                if (listener.SeesNetwork) listener.Take(told);
        }
    }

    /// <summary>Tells the counters to one who has just come.</summary>
    public void Tell(LiveCounters counters, LiveListener listener)
    {
        lock (_gate) listener.Take(LiveEvent.Of(_ids.Next(), counters));
    }

    public void TellHeartbeat()
    {
        lock (_gate)
            foreach (var listener in _listeners) listener.Take(LiveEvent.Heartbeat);
    }

    /// <summary>Tells what has changed with people and ties. Cost: looked at by each listener.</summary>
    public void Tell(IReadOnlyList<HabitChange> changes, BoundaryStore boundaries)
    {
        // In one step with the numbering, so that a listener is never told a lower id after a higher one.
        lock (_gate)
        {
            foreach (var change in changes)
            {
                var id = _ids.Next();
                var told = EventOf(id, change);
                foreach (var listener in _listeners)
                    if (listener.Sees(change, boundaries)) listener.Take(told);
                _kept.Enqueue((id, change, told));
                if (_kept.Count > Kept) _completeAfter = _kept.Dequeue().Id;
            }
        }
    }

    internal void Leave(LiveListener listener)
    {
        lock (_gate) _listeners.Remove(listener);
    }

    internal void CountSkipped() => Interlocked.Increment(ref _skipped);

    private static bool IsKnown(HabitChange change, EmbeddedPeople people) =>
        people.Histories.People.TryGetNumber(change.Person, out _) && (change.Other is null || people.Histories.People.TryGetNumber(change.Other, out _));

    private static LiveEvent EventOf(long id, HabitChange change)
    {
        var at = DateTimeOffset.FromUnixTimeMilliseconds(change.AtMs);
        var ended = change.Kind is HabitChangeKind.WarningEnded or HabitChangeKind.ArchetypeEnded;
        return change.Kind switch
        {
            HabitChangeKind.StatusChanged => LiveEvent.Of(id, new LiveStatus(change.Person, change.Other ?? "", change.Before, change.Name, at)),
            HabitChangeKind.ArchetypeAppeared or HabitChangeKind.ArchetypeEnded => LiveEvent.Of(id, new LiveArchetype(change.Person, change.Name, ended, at)),
            _ => LiveEvent.Of(id, new LiveWarning(change.Person, change.Other, change.Name, ended, at)),
        };
    }
}
