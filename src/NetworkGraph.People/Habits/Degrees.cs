namespace NetworkGraph.People.Habits;

/// <summary>
/// How far a condition is met, in [0,1], 0.5 at its threshold. Conditions that must all hold are put together by the
/// least of them (Zadeh's fuzzy "and", 1965), so a score of 0.5 means: every condition has reached its threshold.
/// </summary>
internal static class Degrees
{
    /// <summary>Grows with <paramref name="value"/>, 0 or more.</summary>
    public static double AtLeast(double value, double threshold, double steepness)
    {
        if (value <= 0) return 0;
        var ratio = threshold / value;
        // The default steepness without the price of a power: this is asked several times a dyad.
        return 1 / (1 + (steepness == 3 ? ratio * ratio * ratio : Math.Pow(ratio, steepness)));
    }

    /// <summary>Falls with <paramref name="value"/>, 0 or more: 1 at 0.</summary>
    public static double AtMost(double value, double threshold, double steepness) => 1 - AtLeast(value, threshold, steepness);

    /// <summary>
    /// Lower bound of the share <paramref name="part"/>/<paramref name="whole"/> by Wilson's score interval ("Probable
    /// inference, the law of succession, and statistical inference", 1927); 0 where there is nothing.
    /// </summary>
    public static double ShareAtLeast(double part, double whole, double standardErrors)
    {
        if (whole <= 0) return 0;
        var share = part / whole;
        var z2 = standardErrors * standardErrors;
        var centre = share + z2 / (2 * whole);
        var spread = standardErrors * Math.Sqrt((share * (1 - share) + z2 / (4 * whole)) / whole);
        return Math.Clamp((centre - spread) / (1 + z2 / whole), 0, 1);
    }

    /// <summary>Upper bound of the same share; 0 where there is nothing.</summary>
    public static double ShareAtMost(double part, double whole, double standardErrors) =>
        whole <= 0 ? 0 : 1 - ShareAtLeast(whole - part, whole, standardErrors);

    /// <summary>
    /// Upper bound of the rate <paramref name="count"/>/<paramref name="occasions"/> of a Poisson count, by its score
    /// interval (Garwood 1936 gives the exact one); 0 where there is nothing.
    /// </summary>
    public static double RateAtMost(double count, double occasions, double standardErrors)
    {
        if (occasions <= 0) return 0;
        var z2 = standardErrors * standardErrors;
        return (count + z2 / 2 + standardErrors * Math.Sqrt(count + z2 / 4)) / occasions;
    }

    /// <summary>part/whole; 0 where there is nothing.</summary>
    public static double Share(double part, double whole) => whole > 0 ? part / whole : 0;
}
