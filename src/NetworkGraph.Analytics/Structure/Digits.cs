namespace NetworkGraph.Analytics.Structure;

/// <summary>
/// Numbers to the six significant digits that they mean: strengths are stored in floats, so what lies beyond differs with the
/// order in which sums were taken.
/// </summary>
internal static class Digits
{
    private const int Significant = 6;

    public static double Of(double value)
    {
        if (value == 0 || !double.IsFinite(value)) return value;
        var scale = Math.Pow(10, Significant - 1 - Math.Floor(Math.Log10(Math.Abs(value))));
        return double.IsFinite(scale) ? Math.Round(value * scale) / scale : value;
    }

    public static double? Of(double? value) => value is { } known ? Of(known) : null;
}
