using System.Runtime.Intrinsics;

namespace NetworkGraph.Engine.Introductions;

/// <summary>
/// What one hop multiplies a path by: q = δ·p, p = σ(α + β·ln(1 + m)) = 1/(1 + e^(−α)·(1 + m)^(−β)), from the mutual strength
/// at the landmark. A path of h hops has h − 1 brokers, so its score is Π q/δ: every hop has the same form. β is 0 or more, so
/// that p rises with m, and rows in descending order of m are in descending order of p. Searches multiply these factors
/// instead of adding logarithms, since products keep relative precision.
/// </summary>
internal readonly struct HopFactor(double strengthFactor, HopModel model, double delta)
{
    private readonly double _odds = Math.Exp(-model.Alpha);

    /// <summary>No hop multiplies by more.</summary>
    public double Most => delta;

    public double Probability(float mutual) => 1 / (1 + _odds * Math.Exp(-model.Beta * Math.Log(1 + mutual * strengthFactor)));

    public double Of(float mutual) => delta * Probability(mutual);

    /// <summary>The factors of a stretch of entries.</summary>
    public void Fill(ReadOnlySpan<float> mutual, Span<double> factors)
    {
        var entry = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            var (odds, whole) = (Vector512.Create(_odds), Vector512.Create(delta));
            for (; entry <= mutual.Length - Vector512<double>.Count; entry += Vector512<double>.Count)
            {
                var (lower, upper) = Vector256.Widen(Vector256.Create(mutual[entry..]));
                var base1 = Vector512<double>.One + Vector512.Create(lower, upper) * strengthFactor;
                (whole / (Vector512<double>.One + odds * Vector512.Exp(Vector512.Log(base1) * -model.Beta))).CopyTo(factors[entry..]);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            var (odds, whole) = (Vector256.Create(_odds), Vector256.Create(delta));
            for (; entry <= mutual.Length - Vector256<double>.Count; entry += Vector256<double>.Count)
            {
                var (lower, upper) = Vector128.Widen(Vector128.Create(mutual[entry..]));
                var base1 = Vector256<double>.One + Vector256.Create(lower, upper) * strengthFactor;
                (whole / (Vector256<double>.One + odds * Vector256.Exp(Vector256.Log(base1) * -model.Beta))).CopyTo(factors[entry..]);
            }
        }
        for (; entry < mutual.Length; entry++) factors[entry] = Of(mutual[entry]);
    }

    /// <summary>
    /// A mutual strength below which no hop's factor reaches <paramref name="factor"/>; a little too low rather than too
    /// high. Infinite where no hop's can.
    /// </summary>
    public float MinMutual(double factor)
    {
        var probability = factor / delta * (1 - 1e-9);
        if (probability <= 1 / (1 + _odds)) return 0;
        if (probability >= 1 || model.Beta == 0) return float.PositiveInfinity;
        var base1 = Math.Pow(_odds * probability / (1 - probability), 1 / model.Beta);
        return (float)Math.Max(0, (base1 * (1 - 1e-6) - 1) / strengthFactor);
    }
}
