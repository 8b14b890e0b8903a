using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Huddles;

/// <summary>
/// The probability of an introduction's hop along each mutual tie of a snapshot, 1 − exp(−m/κ), by row, computed when a row
/// is first asked for. Any number of threads: two may compute a row at once, which is then the same.
/// </summary>
public sealed class HopProbabilities(NetworkSnapshot snapshot, double kappa)
{
    private readonly double[]?[] _rows = new double[snapshot.People][];
    private readonly double _perKappa = snapshot.StrengthFactor / kappa;

    /// <summary>By entry of the person's row, the mutual ones.</summary>
    public ReadOnlySpan<double> Of(int person) => Volatile.Read(ref _rows[person]) ?? Compute(person);

    private double[] Compute(int person)
    {
        var row = snapshot.Row(person);
        var mutual = row.Mutual;
        var probabilities = new double[row.MutualCount];
        for (var i = 0; i < probabilities.Length; i++) probabilities[i] = -double.ExpM1(-mutual[i] * _perKappa);
        Volatile.Write(ref _rows[person], probabilities);
        return probabilities;
    }
}
