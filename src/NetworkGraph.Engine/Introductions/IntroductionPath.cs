namespace NetworkGraph.Engine.Introductions;

/// <summary>A way from a person to another over at least one broker.</summary>
/// <param name="Score">Π p over the hops × δ^(brokers), in (0,1].</param>
/// <param name="Hops">Each starts where the one before ends.</param>
public sealed record IntroductionPath(double Score, IReadOnlyList<IntroductionHop> Hops)
{
    public int Source => Hops[0].From;

    /// <summary>Whom to ask first.</summary>
    public int FirstBroker => Hops[0].To;

    public int Target => Hops[^1].To;

    public IEnumerable<int> Brokers => Hops.Take(Hops.Count - 1).Select(hop => hop.To);
}

/// <summary>One tie on a path.</summary>
/// <param name="From">Person number.</param>
/// <param name="To">Person number.</param>
/// <param name="Probability">p = σ(α + β·ln(1+m)).</param>
/// <param name="Strength">m = √(s_xy·s_yx) at the snapshot's date.</param>
/// <param name="LastContactMs">Unix ms of the two's last interaction.</param>
public readonly record struct IntroductionHop(int From, int To, double Probability, double Strength, long LastContactMs);
