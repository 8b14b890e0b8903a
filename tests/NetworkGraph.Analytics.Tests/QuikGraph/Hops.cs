using NetworkGraph.Analytics.QuikGraph;
using NetworkGraph.Engine.Introductions;

namespace NetworkGraph.Analytics.Tests.QuikGraph;

/// <summary>The probability of a hop and its cost, as the introduction search has them.</summary>
internal static class Hops
{
    public static double Chance(double strength) => new IntroductionOptions().Hop.Probability(strength);

    /// <summary>−ln(δ·p): the cheapest path has the best score.</summary>
    public static Func<DirectedTie, double> CostWith(double delta) => tie => -Math.Log(Chance(tie.Mutual)) - Math.Log(delta);

    /// <summary>A path of h hops has h − 1 brokers, so one δ of its hops' costs is too many.</summary>
    public static double ScoreOf(double cost, double delta) => Math.Exp(-cost) / delta;
}
