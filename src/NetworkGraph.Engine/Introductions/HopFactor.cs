using System.Runtime.Intrinsics;

namespace NetworkGraph.Engine.Introductions;

/// <summary>
/// What one hop multiplies a path by: q = δ·p, p = 1 − exp(−m/κ), from the mutual strength at the landmark. A path of h
/// hops has h − 1 brokers, so its score is Π q/δ: every hop has the same form.
/// Method: in double; where m/κ is small, 1 − exp(−x) by its series, since the difference would lose its digits.
/// </summary>
internal readonly struct HopFactor(double strengthFactor, double kappa, double delta)
{
    /// <summary>Below this the series is used; its error is under 1e-12 of the value.</summary>
    private const double SmallExponent = 0.05;

    private readonly double _scale = strengthFactor / kappa;

    /// <summary>No hop multiplies by more.</summary>
    public double Most => delta;

    public double Probability(float mutual)
    {
        var x = mutual * _scale;
        return x < SmallExponent ? x * (1 - x / 2 * (1 - x / 3 * (1 - x / 4 * (1 - x / 5 * (1 - x / 6))))) : 1 - Math.Exp(-x);
    }

    public double Of(float mutual) => delta * Probability(mutual);

    /// <summary>The factors of a stretch of entries.</summary>
    public void Fill(ReadOnlySpan<float> mutual, Span<double> factors)
    {
        var entry = 0;
        if (Vector512.IsHardwareAccelerated)
        {
            for (; entry <= mutual.Length - Vector512<double>.Count; entry += Vector512<double>.Count)
            {
                var (lower, upper) = Vector256.Widen(Vector256.Create(mutual[entry..]));
                var x = Vector512.Create(lower, upper) * _scale;
                var series = x * (Vector512<double>.One - x * (1 / 2.0) * (Vector512<double>.One - x * (1 / 3.0)
                    * (Vector512<double>.One - x * (1 / 4.0) * (Vector512<double>.One - x * (1 / 5.0)
                    * (Vector512<double>.One - x * (1 / 6.0))))));
                var probability = Vector512.ConditionalSelect(
                    Vector512.LessThan(x, Vector512.Create(SmallExponent)), series, Vector512<double>.One - Vector512.Exp(-x));
                (probability * delta).CopyTo(factors[entry..]);
            }
        }
        else if (Vector256.IsHardwareAccelerated)
        {
            for (; entry <= mutual.Length - Vector256<double>.Count; entry += Vector256<double>.Count)
            {
                var (lower, upper) = Vector128.Widen(Vector128.Create(mutual[entry..]));
                var x = Vector256.Create(lower, upper) * _scale;
                var series = x * (Vector256<double>.One - x * (1 / 2.0) * (Vector256<double>.One - x * (1 / 3.0)
                    * (Vector256<double>.One - x * (1 / 4.0) * (Vector256<double>.One - x * (1 / 5.0)
                    * (Vector256<double>.One - x * (1 / 6.0))))));
                var probability = Vector256.ConditionalSelect(
                    Vector256.LessThan(x, Vector256.Create(SmallExponent)), series, Vector256<double>.One - Vector256.Exp(-x));
                (probability * delta).CopyTo(factors[entry..]);
            }
        }
        for (; entry < mutual.Length; entry++) factors[entry] = Of(mutual[entry]);
    }

    /// <summary>
    /// A mutual strength below which no hop's factor reaches <paramref name="factor"/>; a little too low rather than too
    /// high. Infinite where no hop's can.
    /// </summary>
    public float LeastMutual(double factor)
    {
        var probability = factor / delta;
        if (probability <= 0) return 0;
        if (probability >= 1) return probability > 1 + 1e-9 ? float.PositiveInfinity : 0;
        // 1 − exp(−x) ≤ x, so where the logarithm would lose its digits the probability itself is low enough.
        var x = probability < 1e-4 ? probability : -Math.Log(1 - probability);
        return (float)(x / _scale * (1 - 1e-6));
    }
}
