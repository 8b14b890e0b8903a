using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>The introductions that a person has made, by pair. Looks at a pair's two dyads with the person when asked.</summary>
internal sealed class MadeIntroductions(HistoryStore histories, int person, long asOfMs)
{
    private readonly DyadReader _reader = new(histories);
    private readonly Dictionary<int, HashSet<uint>> _byContact = [];

    /// <summary>Whether the person introduced these two to each other by then.</summary>
    public bool Includes(int first, int second) => Of(first).Overlaps(Of(second));

    private HashSet<uint> Of(int contact)
    {
        if (_byContact.TryGetValue(contact, out var known)) return known;
        var positions = new HashSet<uint>();
        if (histories.Find(person, contact) is { } dyad)
        {
            foreach (ref readonly var happened in _reader.Read(dyad.Index, asOfMs))
                if (happened.Kind is InteractionKind.Introduction && happened.IsOut(dyad.SelfIsLow)) positions.Add(happened.Position);
        }
        return _byContact[contact] = positions;
    }
}
