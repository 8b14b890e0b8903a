using NetworkGraph.Engine.Ties;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Measures;

/// <summary>
/// The measures of one dyad: pure functions of its events up to a date, ordered by (AtMs, Position).
/// A mutual kind counts in both directions; a broker's introduction is directed, from the broker to each of the two.
/// </summary>
public static partial class DyadMeasures
{
    /// <summary>What a strength above 0 is never rounded below, so that tied stays tied as a 32-bit number too.</summary>
    public const double MinStrength = 1e-37;

    // Ten reactions make 1.0, also where their sum in binary is a little less.
    private const double SumTolerance = 1e-9;

    [ThreadStatic]
    private static RunningFacts? t_facts;

    /// <summary>
    /// What a snapshot holds of a dyad, seen from the low person; strengths at the decay's landmark, which lies near or
    /// after the events. The hot loop of building snapshots: one exponential per distinct time, no allocation. No events
    /// give default facts (0 interactions).
    /// </summary>
    public static DyadFacts Facts(ReadOnlySpan<DyadEvent> events, TieDecay decay, MeasureOptions options)
    {
        if (events.IsEmpty) return default;
        if (t_facts is not { } facts || !ReferenceEquals(facts.Options, options)) t_facts = facts = new RunningFacts(options);
        facts.Begin(decay);
        foreach (ref readonly var happened in events) facts.Add(in happened);
        return facts.Of(events);
    }

    /// <summary>2·min/(sum) in [0,1]; null when both are 0.</summary>
    public static double? Balance(double strengthOut, double strengthIn) =>
        Math.Max(strengthOut, strengthIn) > 0 ? 2 / (1 + Math.Max(strengthOut, strengthIn) / Math.Min(strengthOut, strengthIn)) : null;

    /// <summary>Whether a sum of weights has come to a threshold; a little less, from rounding, is as much.</summary>
    internal static bool ReachedStrength(double strength, double threshold) => strength >= threshold - SumTolerance;
}
