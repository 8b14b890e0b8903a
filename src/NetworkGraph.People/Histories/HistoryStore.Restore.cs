namespace NetworkGraph.People.Histories;

// Taking back what a checkpoint keeps. Only the one writer calls these.
public sealed partial class HistoryStore
{
    /// <summary>Gives the next number to a person of a checkpoint; an empty id is one that was erased.</summary>
    internal void RestorePerson(string id)
    {
        if (id.Length == 0) People.Ids.Add(id);
        else Entities.Add(People.NumberOf(id), id);
        _people.Add(new PersonLists { LastDyad = -1, OwnList = -1 });
    }

    /// <summary>Appends an event of a checkpoint to a dyad's chain.</summary>
    internal void RestoreEvent(int dyad, in DyadEvent entry) => Chain(dyad, entry);

    internal void RestoreTotals(long interactions, long latestAtMs)
    {
        (_interactions, _latestAtMs) = (interactions, latestAtMs);
        CountDates();
    }
}
