using NetworkGraph.Histories;

namespace NetworkGraph.Network;

/// <summary>How many people had how many interactions up to a date.</summary>
public readonly record struct NetworkTotals(int People, long Interactions)
{
    /// <summary>
    /// Counts up to <paramref name="asOfMs"/>, Unix ms. Nothing to count where no interaction is later; else one visit
    /// of every event.
    /// </summary>
    public static NetworkTotals Of(HistoryStore histories, long asOfMs, CancellationToken cancellation)
    {
        if (histories.LatestAtMs <= asOfMs) return new NetworkTotals(histories.PeopleSeen, histories.Interactions);
        var seen = new bool[histories.People.Count];
        var interactions = 0L;
        var reader = new DyadReader(histories);
        var dyads = histories.DyadCount;
        for (var dyad = 0; dyad < dyads; dyad++)
        {
            if ((dyad & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            var takesPart = false;
            foreach (ref readonly var happened in reader.Read(dyad, asOfMs))
            {
                if (happened.IsFirstOfInteraction) interactions++;
                takesPart |= happened.Direction is not DyadDirection.Mentioned;
            }
            if (!takesPart) continue;
            var (low, high) = histories.PeopleOf(dyad);
            // People who came after the count began are left for the next one.
            if (high >= seen.Length || low >= seen.Length) continue;
            seen[low] = true;
            seen[high] = true;
        }
        return new NetworkTotals(seen.Count(static person => person), interactions);
    }
}
