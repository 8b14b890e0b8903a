namespace NetworkGraph.Engine.Statistics;

/// <summary>The share of cases in which something has happened by a time, where some have not been watched that long.</summary>
/// <param name="Value">In [0,1].</param>
/// <param name="Low">Lower 95 % bound.</param>
/// <param name="High">Upper 95 % bound.</param>
/// <param name="Cases">How many complete cases the estimate is worth.</param>
public readonly record struct TimedShare(double Value, double Low, double High, double Cases)
{
    /// <summary>
    /// Problem: which share was followed up within a time, where some met only lately?
    /// Preconditions: times are 0 or more; that a case has not been watched for longer says nothing of how long it will take.
    /// Method: 1 − S(t) by <see cref="KaplanMeier"/>, so a case counts for as long as it was watched. Bounds: Wilson's interval
    /// for as many complete cases as have the same variance, n = S(1 − S)/V with V by Greenwood's formula; where nothing or
    /// everything has happened by then, V is 0 and n the cases watched that long or decided (and so at the end of the curve).
    /// Cost: O(n log n). Null without cases that were watched at all.
    /// Source: Kaplan and Meier 1958; Greenwood 1926; E. B. Wilson 1927; the effective sample size after Cutler and Ederer,
    /// "Maximum utilization of the life table method", 1958.
    /// </summary>
    /// <param name="times">When it happened, or until when the case was watched; in any order.</param>
    /// <param name="happened">Whether it happened then.</param>
    /// <param name="within">The time asked about, in the same unit; inclusive.</param>
    public static TimedShare? Of(ReadOnlySpan<double> times, ReadOnlySpan<bool> happened, double within)
    {
        if (times.IsEmpty) return null;
        double[] sorted = [.. times];
        bool[] events = [.. happened];
        Array.Sort(sorted, events);
        double survival = 1, greenwood = 0;
        int decided = 0, watched = 0;
        for (var start = 0; start < sorted.Length;)
        {
            int end = start, count = 0;
            for (; end < sorted.Length && sorted[end] == sorted[start]; end++)
                if (events[end]) count++;
            if (sorted[start] <= within)
            {
                double atRisk = sorted.Length - start;
                decided += count;
                // A case watched for exactly the time asked about is complete.
                if (sorted[start] == within) watched += end - start - count;
                if (count > 0)
                {
                    survival = count == atRisk ? 0 : survival * (1 - count / atRisk);
                    if (count < atRisk) greenwood += count / (atRisk * (atRisk - count));
                }
            }
            else
            {
                watched += end - start;
            }
            start = end;
        }
        if (decided + watched == 0) return null;
        var share = 1 - survival;
        var cases = survival is > 0 and < 1 && greenwood > 0 ? share / (survival * greenwood) : decided + watched;
        cases = Math.Clamp(cases, 1, times.Length);
        var bounds = WilsonInterval.Of(Math.Min(share * cases, cases), cases);
        return new TimedShare(share, bounds.Low, bounds.High, cases);
    }
}
