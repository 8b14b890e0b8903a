using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Reciprocity;

/// <summary>
/// How reciprocity is spread over a network.
/// Problem: of how many people how much comes back of what they put in, and of how many dyads which balance they have. A
/// network whose strength is half returned can be one in which all are half even, or half of all give for nothing.
/// Method: one pass over the rows, each a person; parts of the network in parallel, each thread with counts of its own.
/// Every dyad stands in two rows with the same balance, and is counted in both and halved.
/// Invariants: every dyad counts once in the balances; people who put nothing in are not in Returned, those who get nothing
/// not in Given.
/// Cost: O(entries).
/// Source: Squartini et al., "Reciprocity of weighted networks", 2013, for one node; the balance of a dyad is
/// 2·min(c_uv, c_vu)/(c_uv + c_vu).
/// </summary>
/// <param name="Returned">Over people who put something in: Σ min(c_ij, c_ji)/Σ c_ij.</param>
/// <param name="Given">Over people who get something: Σ min(c_ij, c_ji)/Σ c_ji.</param>
/// <param name="Balance">Over dyads with contacts.</param>
public sealed record ReciprocityDistribution(ShareHistogram Returned, ShareHistogram Given, ShareHistogram Balance)
{
    private const int PeoplePerPart = 4096;

    public static ReciprocityDistribution Compute(NetworkSnapshot snapshot, CancellationToken cancellation = default)
    {
        var whole = Empty();
        var gate = new Lock();
        Parallel.For(
            0,
            (snapshot.People + PeoplePerPart - 1) / PeoplePerPart,
            new ParallelOptions { CancellationToken = cancellation },
            Empty,
            (part, _, counts) =>
            {
                var end = Math.Min(snapshot.People, (part + 1) * PeoplePerPart);
                for (var person = part * PeoplePerPart; person < end; person++) counts.Add(snapshot.Row(person));
                return counts;
            },
            counts =>
            {
                lock (gate) whole.Add(counts);
            });
        return whole with { Balance = whole.Balance.Halved() };
    }

    private static ReciprocityDistribution Empty() => new(new ShareHistogram(), new ShareHistogram(), new ShareHistogram());

    private void Add(ReciprocityDistribution other)
    {
        Returned.Add(other.Returned);
        Given.Add(other.Given);
        Balance.Add(other.Balance);
    }

    private void Add(in TieRow row)
    {
        if (row.Count == 0) return;
        var strengthOut = row.ContactOut;
        var strengthIn = row.ContactIn;
        var sums = default(TieSums);
        sums.Add(strengthOut, strengthIn);
        if (sums.Out > 0) Returned.Add(sums.MinSum / sums.Out);
        if (sums.In > 0) Given.Add(sums.MinSum / sums.In);
        for (var entry = 0; entry < strengthOut.Length; entry++)
        {
            var (towards, back) = ((double)strengthOut[entry], (double)strengthIn[entry]);
            if (towards + back > 0) Balance.Add(2 * Math.Min(towards, back) / (towards + back));
        }
    }
}
