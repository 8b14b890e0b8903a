namespace NetworkGraph.Engine.Statistics;

/// <summary>
/// Problem: do two shares differ, and by how much, given how few cases each rests on?
/// Preconditions: those of <see cref="WilsonInterval"/> for both; the cases of one are not cases of the other.
/// Method: Newcombe's hybrid score interval ("method 10"): with Wilson's bounds l, u of each share p, the difference p1 − p2
/// lies between d − √((p1−l1)² + (u2−p2)²) and d + √((u1−p1)² + (p2−l2)²). They differ clearly where that leaves out 0.
/// Cost: O(1).
/// Source: R. G. Newcombe, "Interval estimation for the difference between independent proportions: comparison of eleven
/// methods", Statistics in Medicine 17, 1998.
/// </summary>
public static class NewcombeDifference
{
    /// <summary>Bounds in [-1,1] of share 1 less share 2.</summary>
    public static Interval Of(int successes1, int trials1, int successes2, int trials2)
        => Of((double)successes1 / trials1, WilsonInterval.Of(successes1, trials1), (double)successes2 / trials2,
            WilsonInterval.Of(successes2, trials2));

    /// <summary>The same from shares with bounds of their own.</summary>
    public static Interval Of(double share1, Interval bounds1, double share2, Interval bounds2) => new(
        Math.Max(-1, share1 - share2 - Hypotenuse(share1 - bounds1.Low, bounds2.High - share2)),
        Math.Min(1, share1 - share2 + Hypotenuse(bounds1.High - share1, share2 - bounds2.Low)));

    private static double Hypotenuse(double a, double b) => Math.Sqrt(a * a + b * b);
}
