using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Layout;

/// <summary>One tie that is kept for drawing: people by their place among those shown, and the entry in the first one's row.</summary>
/// <param name="From">Place of the one whose row it stands in.</param>
/// <param name="To">Place of the other.</param>
/// <param name="Entry">Index in the row of <see cref="From"/>.</param>
/// <param name="Strength">a_ij + a_ji at the landmark.</param>
public readonly record struct SparsifiedEdge(int From, int To, int Entry, float Strength);

/// <summary>
/// Problem: few enough ties to draw that everyone's place still shows: each person's strongest few, to people shown too.
/// Preconditions: every person is named once.
/// Method: one scan of each row keeps the strongest few (a_ij + a_ji; equal ones by person); rows in parallel. A tie both
/// keep is kept once.
/// Cost: O(entries of the people shown); 4 bytes a person of the snapshot.
/// Source: nearest-neighbour thinning, as in any text on graph drawing.
/// </summary>
public static class SparsifiedEdges
{
    private const int PeoplePerBlock = 1 << 10;

    /// <summary>The ties kept, by <see cref="SparsifiedEdge.From"/> and then strongest first.</summary>
    /// <param name="snapshot">The network.</param>
    /// <param name="people">Numbers of the people shown.</param>
    /// <param name="perPerson">How many each keeps at most.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="threads">0: all processors.</param>
    public static SparsifiedEdge[] Compute(
        NetworkSnapshot snapshot, int[] people, int perPerson, CancellationToken cancellation, int threads = 0)
    {
        var placeOf = new int[snapshot.People];
        for (var place = 0; place < people.Length; place++) placeOf[people[place]] = place + 1;
        var kept = new SparsifiedEdge[people.Length * perPerson];
        var counts = new int[people.Length];
        ParallelBlocks.Run(people.Length, PeoplePerBlock, threads, (from, to) =>
        {
            for (var place = from; place < to; place++)
                counts[place] = Keep(snapshot.Row(people[place]), place, placeOf, kept.AsSpan(place * perPerson, perPerson));
        }, cancellation);
        var ties = new List<SparsifiedEdge>(people.Length * perPerson);
        for (var place = 0; place < people.Length; place++)
        {
            foreach (ref readonly var tie in kept.AsSpan(place * perPerson, counts[place]))
            {
                // The other kept it too, and comes first.
                if (tie.To < place && Holds(kept.AsSpan(tie.To * perPerson, counts[tie.To]), place)) continue;
                ties.Add(tie);
            }
        }
        return [.. ties];
    }

    private static int Keep(TieRow row, int place, int[] placeOf, Span<SparsifiedEdge> kept)
    {
        var count = 0;
        var neighbours = row.Neighbours;
        var strengthsOut = row.Out;
        var strengthsIn = row.In;
        for (var entry = 0; entry < neighbours.Length; entry++)
        {
            var other = placeOf[neighbours[entry]] - 1;
            if (other < 0) continue;
            var strength = strengthsOut[entry] + strengthsIn[entry];
            var at = count;
            while (at > 0 && (strength > kept[at - 1].Strength || (strength == kept[at - 1].Strength && other < kept[at - 1].To))) at--;
            if (at == kept.Length) continue;
            for (var i = Math.Min(count, kept.Length - 1); i > at; i--) kept[i] = kept[i - 1];
            kept[at] = new SparsifiedEdge(place, other, entry, strength);
            if (count < kept.Length) count++;
        }
        return count;
    }

    private static bool Holds(ReadOnlySpan<SparsifiedEdge> ties, int place)
    {
        foreach (ref readonly var tie in ties)
            if (tie.To == place) return true;
        return false;
    }
}
