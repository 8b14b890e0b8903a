using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Huddles;

/// <summary>
/// The probability of an introduction's hop along each mutual tie of a snapshot, by row, computed when a row is first asked
/// for; 0 where the tie is too weak to carry anything. Any number of threads: two may compute a row at once, which is then the
/// same.
/// </summary>
public sealed class HopProbabilities(NetworkSnapshot snapshot, HopModel model, double minStrength)
{
    private readonly double[]?[] _rows = new double[snapshot.People][];
    private readonly double _hopFactor = snapshot.HopFactor;
    private readonly double _leastMutual = minStrength / snapshot.StrengthFactor * (1 - 1e-6);

    /// <summary>By entry of the person's row, the mutual ones.</summary>
    public ReadOnlySpan<double> Of(int person) => Volatile.Read(ref _rows[person]) ?? Compute(person);

    private double[] Compute(int person)
    {
        var row = snapshot.Row(person);
        var hop = row.Hop;
        var mutual = row.Mutual;
        var probabilities = new double[row.MutualCount];
        for (var i = 0; i < probabilities.Length; i++)
            probabilities[i] = mutual[i] >= _leastMutual ? model.Probability(hop[i] * _hopFactor) : 0;
        Volatile.Write(ref _rows[person], probabilities);
        return probabilities;
    }
}
