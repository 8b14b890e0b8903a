namespace NetworkGraph.Engine.Statistics;

/// <summary>One step of a survival curve, at a time at which something happened.</summary>
/// <param name="Time">In the unit of the times given.</param>
/// <param name="AtRisk">Cases whose time is this one or later.</param>
/// <param name="Events">Cases whose event came at this time.</param>
/// <param name="Survival">Share without the event after this time, in [0,1].</param>
/// <param name="Low">Lower 95 % bound of the share; NaN where nothing survives, for which there is none.</param>
/// <param name="High">Upper 95 % bound; NaN as above.</param>
public readonly record struct SurvivalStep(double Time, int AtRisk, int Events, double Survival, double Low, double High);

/// <summary>
/// Problem: how long does it take until something happens, where for some cases it has not happened yet?
/// Preconditions: times are 0 or more; that a case has not been watched for longer says nothing of how long it will take.
/// Method: the product-limit estimate S(t) = Π (1 − d_i/n_i) over the times of events up to t, d_i events among n_i still
/// at risk; a case not watched beyond an event's time counts as at risk at it. Variance by Greenwood's formula,
/// V = S²·Σ d_i/(n_i(n_i − d_i)); bounds on the log(−log S) scale, S^exp(±z·√V/(S·ln S)), which never leave [0,1].
/// Cost: O(n log n) time for the sort, O(n) memory.
/// Source: E. L. Kaplan and P. Meier, "Nonparametric estimation from incomplete observations", JASA 53, 1958; M. Greenwood,
/// "The natural duration of cancer", 1926; J. D. Kalbfleisch and R. L. Prentice for the scale of the bounds, 1980.
/// </summary>
public static class KaplanMeier
{
    /// <summary>The curve's steps in order of time; before the first the survival is 1. Sorts both spans by time.</summary>
    /// <param name="times">When the event came, or until when the case was watched.</param>
    /// <param name="happened">Whether the event came.</param>
    /// <exception cref="ArgumentException">The spans differ in length.</exception>
    public static List<SurvivalStep> Curve(Span<double> times, Span<bool> happened)
    {
        if (times.Length != happened.Length) throw new ArgumentException("There must be as many outcomes as times.", nameof(happened));
        times.Sort(happened);
        var steps = new List<SurvivalStep>();
        double survival = 1, greenwood = 0;
        for (var start = 0; start < times.Length;)
        {
            int end = start, events = 0;
            for (; end < times.Length && times[end] == times[start]; end++)
                if (happened[end]) events++;
            if (events > 0)
            {
                double atRisk = times.Length - start;
                survival *= 1 - events / atRisk;
                greenwood += events / (atRisk * (atRisk - events));
                var (low, high) = Bounds(survival, greenwood);
                steps.Add(new SurvivalStep(times[start], times.Length - start, events, survival, low, high));
            }
            start = end;
        }
        return steps;
    }

    /// <summary>The first time after which at most half are without the event; null where it is never so.</summary>
    public static double? Median(IReadOnlyList<SurvivalStep> curve)
    {
        foreach (var step in curve)
            if (step.Survival <= 0.5) return step.Time;
        return null;
    }

    private static (double Low, double High) Bounds(double survival, double greenwood)
    {
        if (survival <= 0) return (double.NaN, double.NaN);
        var spread = WilsonInterval.Z * Math.Sqrt(greenwood) / Math.Log(survival);
        return (Math.Pow(survival, Math.Exp(-spread)), Math.Pow(survival, Math.Exp(spread)));
    }
}
