namespace NetworkGraph.Engine.Statistics;

/// <summary>Where a share in [0,1] lies with a confidence of 95 %.</summary>
public readonly record struct Interval(double Low, double High);

/// <summary>
/// Problem: within what bounds does a share lie of which only some cases were seen?
/// Preconditions: 0 ≤ successes ≤ trials, at least one trial; independent cases of one kind.
/// Method: Wilson's score interval, (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n) with z = 1.96: never outside [0,1],
/// and right for few cases and for shares near 0 or 1, where the textbook's p ± 1.96·SE is not.
/// Cost: O(1).
/// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", JASA 22, 1927.
/// </summary>
public static class WilsonInterval
{
    /// <summary>The normal distribution's 97.5 % quantile.</summary>
    public const double Z = 1.959963984540054;

    /// <exception cref="ArgumentOutOfRangeException">No trials, or more successes than trials.</exception>
    public static Interval Of(int successes, int trials) => Of((double)successes, trials);

    /// <summary>The same where cases count in parts: an estimate that is worth so many cases.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than one trial, or more successes than trials.</exception>
    public static Interval Of(double successes, double trials)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, trials);
        var n = trials;
        var p = successes / n;
        var middle = p + Z * Z / (2 * n);
        var half = Z * Math.Sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        var scale = 1 + Z * Z / n;
        // At the ends the bound is exact; rounding must not say otherwise.
        return new Interval(
            successes == 0 ? 0 : (middle - half) / scale,
            successes == trials ? 1 : (middle + half) / scale);
    }
}
