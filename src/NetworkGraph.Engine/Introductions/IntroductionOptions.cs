namespace NetworkGraph.Engine.Introductions;

/// <summary>What an introduction search looks for. The score of a path is Π p over its hops × δ^(brokers).</summary>
public sealed record IntroductionOptions
{
    /// <summary>Hops of the longest path, 2 to 6.</summary>
    public int MaxHops { get; init; } = 4;

    /// <summary>How many paths (k), 1 to 10; no two have the same first broker.</summary>
    public int Paths { get; init; } = 3;

    /// <summary>κ in p = 1 − exp(−m/κ), m the mutual strength of a tie; above 0.</summary>
    public double Kappa { get; init; } = 10;

    /// <summary>δ, what is left of a score for each broker; above 0, at most 1.</summary>
    public double Delta { get; init; } = 0.9;

    /// <summary>Who and what carries no introduction.</summary>
    public IntroductionConstraints Constraints { get; init; } = IntroductionConstraints.None;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the name says which.</exception>
    internal void Check()
    {
        if (MaxHops is < 2 or > 6) throw new ArgumentOutOfRangeException(nameof(MaxHops), MaxHops, "maxHops is 2 to 6.");
        if (Paths is < 1 or > 10) throw new ArgumentOutOfRangeException(nameof(Paths), Paths, "k is 1 to 10.");
        if (!(Kappa > 0 && double.IsFinite(Kappa))) throw new ArgumentOutOfRangeException(nameof(Kappa), Kappa, "κ is above 0.");
        if (!(Delta is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(Delta), Delta, "δ is above 0 and at most 1.");
    }
}
