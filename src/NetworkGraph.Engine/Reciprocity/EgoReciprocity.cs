using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Reciprocity;

/// <summary>
/// How mutual one person's ties are.
/// Problem: the share of what a person puts in that comes back, and of what they get that they return.
/// Method: one pass over the person's row. Cost: O(degree).
/// Source: Squartini et al., "Reciprocity of weighted networks", 2013, for one node.
/// </summary>
/// <param name="Ties">Dyads tied in either direction.</param>
/// <param name="MutualTies">Dyads with contacts in both.</param>
/// <param name="StrengthOut">Σ c_ij at the snapshot's date.</param>
/// <param name="StrengthIn">Σ c_ji at the snapshot's date.</param>
/// <param name="StrengthReturned">Σ min(c_ij, c_ji) at the snapshot's date.</param>
/// <param name="Returned">Σ min(c_ij, c_ji)/Σ c_ij; null where the person puts nothing in.</param>
/// <param name="Given">Σ min(c_ij, c_ji)/Σ c_ji; null where the person gets nothing.</param>
public sealed record EgoReciprocity(
    int Ties, int MutualTies, double StrengthOut, double StrengthIn, double StrengthReturned, double? Returned, double? Given)
{
    public static EgoReciprocity Compute(NetworkSnapshot snapshot, int person)
    {
        var row = snapshot.Row(person);
        var sums = default(TieSums);
        sums.Add(row.ContactOut, row.ContactIn);
        var factor = snapshot.StrengthFactor;
        return new EgoReciprocity(row.Count, (int)sums.Reciprocated, sums.Out * factor, sums.In * factor, sums.Least * factor,
            sums.Out > 0 ? sums.Least / sums.Out : null, sums.In > 0 ? sums.Least / sums.In : null);
    }
}
