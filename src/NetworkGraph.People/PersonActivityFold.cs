using NetworkGraph.Events.Records;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People;

/// <summary>
/// Problem: how much did a person take part in? An interaction with several recipients stands in several dyads of its
/// sender, a mutual one in several dyads of everyone in it: each counts once.
/// Method: sums over the person's dyads and own list, in any order; positions are remembered only where an interaction
/// can come twice. Not for several threads.
/// Cost: O(events) time, O(group interactions) memory.
/// </summary>
public sealed class PersonActivityFold
{
    private readonly HashSet<uint> _groupPositions = [];
    private long _firstMs = long.MaxValue;
    private long _lastMs = long.MinValue;
    private int _out;
    private int _in;
    private int _contacts;

    /// <summary>
    /// Adds the dyad with one other: its events up to the date, in order. No events add nothing; a room, a list or a program is no
    /// contact, though what was had with it counts.
    /// </summary>
    public void Add(ReadOnlySpan<DyadEvent> events, bool selfIsLow, bool isContact = true)
    {
        if (events.IsEmpty) return;
        if (isContact) _contacts++;
        Saw(events);
        foreach (ref readonly var happened in events)
        {
            var isOut = happened.IsOut(selfIsLow);
            if (isOut && happened.Recipients > 1 && !_groupPositions.Add(happened.Position)) continue;
            if (isOut) _out++;
            if (happened.IsIn(selfIsLow)) _in++;
        }
    }

    /// <summary>
    /// Adds the person's own list: attendances, and meetings and calls too large to say anything of two
    /// people, count as interactions by the person; what only mentions them does not.
    /// </summary>
    public void AddOwn(ReadOnlySpan<DyadEvent> events)
    {
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i].Direction == DyadDirection.Mentioned) continue;
            Saw(events.Slice(i, 1));
            _out++;
        }
    }

    /// <param name="profile">The current profile; of a person without one, just the id.</param>
    /// <param name="asOfMs">Unix ms.</param>
    public PersonAnswer Finish(Profile profile, long asOfMs) => new()
    {
        Id = profile.Id,
        Name = profile.Name,
        Organisation = profile.Organisation,
        Role = profile.Role,
        Industry = profile.Industry,
        Offers = profile.Offers,
        Audience = profile.Audience,
        Tags = profile.Tags,
        OpenToIntroductions = profile.OpenToIntroductions,
        FirstSeen = _lastMs == long.MinValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(_firstMs),
        LastSeen = _lastMs == long.MinValue ? null : DateTimeOffset.FromUnixTimeMilliseconds(_lastMs),
        InteractionsOut = _out,
        InteractionsIn = _in,
        Contacts = _contacts,
        AsOf = DateTimeOffset.FromUnixTimeMilliseconds(asOfMs),
    };

    private void Saw(ReadOnlySpan<DyadEvent> events)
    {
        _firstMs = Math.Min(_firstMs, events[0].AtMs);
        _lastMs = Math.Max(_lastMs, events[^1].AtMs);
    }
}
