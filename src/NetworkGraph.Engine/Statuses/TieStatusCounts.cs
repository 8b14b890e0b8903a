using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Statuses;

/// <summary>
/// Problem: how many dyads of a network stand in each status?
/// Method: one pass over the entries, each dyad from its person with the lower number; parts of the network in parallel,
/// added up in a fixed order.
/// Invariants: the counts add up to the dyads of the snapshot.
/// Cost: O(entries); a few comparisons an entry.
/// Source: <see cref="TieStatusRule"/>.
/// </summary>
public static class TieStatusCounts
{
    private const int PeoplePerPart = 4096;

    /// <summary>Dyads by status, indexed by <see cref="TieStatus"/>, at the snapshot's own date.</summary>
    public static long[] Compute(NetworkSnapshot snapshot, StatusThresholds thresholds, CancellationToken cancellation = default)
    {
        var statuses = Enum.GetValues<TieStatus>().Length;
        var parts = new long[(snapshot.People + PeoplePerPart - 1) / PeoplePerPart][];
        Parallel.For(0, parts.Length, new ParallelOptions { CancellationToken = cancellation }, part =>
        {
            var counts = new long[statuses];
            var end = Math.Min(snapshot.People, (part + 1) * PeoplePerPart);
            for (var person = part * PeoplePerPart; person < end; person++) Add(snapshot, person, thresholds, counts);
            parts[part] = counts;
        });
        var total = new long[statuses];
        foreach (var counts in parts)
            for (var status = 0; status < statuses; status++) total[status] += counts[status];
        return total;
    }

    private static void Add(NetworkSnapshot snapshot, int person, StatusThresholds thresholds, long[] counts)
    {
        var row = snapshot.Row(person);
        var neighbours = row.Neighbours;
        for (var entry = 0; entry < neighbours.Length; entry++)
            if (neighbours[entry] > person) counts[(int)TieStatusRule.Of(row.FactsAt(entry), snapshot.AsOfMs, thresholds)]++;
    }
}
