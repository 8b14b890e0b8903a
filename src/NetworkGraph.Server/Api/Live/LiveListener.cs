using System.Threading.Channels;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Habits;

namespace NetworkGraph.Server.Api.Live;

/// <summary>One who listens to the <see cref="LiveFeed"/>.</summary>
internal sealed class LiveListener : IDisposable
{
    private const Scopes Readers = Scopes.Analyst | Scopes.Safety | Scopes.Admin;
    private readonly LiveFeed _feed;
    private readonly Viewer _viewer;
    private readonly Channel<LiveEvent> _events;
    private int _missed;

    public LiveListener(LiveFeed feed, Viewer viewer, int room)
    {
        (_feed, _viewer) = (feed, viewer);
        _events = Channel.CreateBounded<LiveEvent>(
            new BoundedChannelOptions(room) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true }, _ =>
        {
            feed.CountSkipped();
            Volatile.Write(ref _missed, 1);
        });
    }

    public ChannelReader<LiveEvent> Events => _events.Reader;

    /// <summary>Hears of everybody, and of the network as a whole; else of one person alone.</summary>
    public bool SeesNetwork => (_viewer.Scopes & Readers) != 0;

    /// <summary>Whether events were lost since this was last asked, because they were not taken in time.</summary>
    public bool TakeMissed() => Interlocked.Exchange(ref _missed, 0) != 0;

    /// <summary>Whether this is for the listener to know.</summary>
    public bool Sees(HabitChange change, BoundaryStore boundaries)
    {
        if (SeesNetwork)
        {
            // A tie's status comes from both of its sides; once is enough.
            if (change.Kind is HabitChangeKind.StatusChanged && string.CompareOrdinal(change.Person, change.Other) > 0) return false;
        }
        else if (_viewer.Person != change.Person)
        {
            return false;
        }
        // Of a tie that the viewer sees as blocked there is nothing new: it is blocked.
        if (change.Other is { } other && boundaries.ShowsBlocked(_viewer, change.Person, other)) return false;
        return change.Name != WarningKind.UnwantedPersistence.WireName() || _viewer.SeesSideOf(change.Person);
    }

    /// <summary>Whether who is who is for the listener to know: of anybody, or of themselves.</summary>
    public bool Sees(LiveIdentity change) =>
        SeesNetwork || (_viewer.Person is { } person && change.Ids.Contains(person, StringComparer.Ordinal));

    /// <summary>Takes an event, dropping the oldest where there is no room.</summary>
    public void Take(LiveEvent published) => _events.Writer.TryWrite(published);

    public void Dispose()
    {
        _feed.Leave(this);
        _events.Writer.TryComplete();
    }
}
