namespace NetworkGraph.Engine.Introductions;

/// <summary>What an introduction search looks for. The score of a path is Π p over its hops × δ^(brokers).</summary>
public sealed record IntroductionOptions
{
    /// <summary>Hops of the longest path, 2 to 6.</summary>
    public int MaxHops { get; init; } = 3;

    /// <summary>How many paths (k), 1 to 10; no two have the same first broker.</summary>
    public int Paths { get; init; } = 3;

    /// <summary>The probability of a hop from the mutual strength of a tie.</summary>
    public HopModel Hop { get; init; } = HopModel.Prior;

    /// <summary>The mutual strength √(c_xy·c_yx) at the tie's own half-life that a tie needs to carry anything; 0 or more.</summary>
    public double MinStrength { get; init; } = 0.05;

    /// <summary>δ, what is left of a score for each broker; above 0, at most 1.</summary>
    public double Delta { get; init; } = 0.9;

    /// <summary>Who and what carries no introduction.</summary>
    public IntroductionConstraints Constraints { get; init; } = IntroductionConstraints.None;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range; the name says which.</exception>
    internal void Check()
    {
        if (MaxHops is < 2 or > 6) throw new ArgumentOutOfRangeException(nameof(MaxHops), MaxHops, "maxHops is 2 to 6.");
        if (Paths is < 1 or > 10) throw new ArgumentOutOfRangeException(nameof(Paths), Paths, "k is 1 to 10.");
        if (Hop.Validate() is { } wrong) throw new ArgumentOutOfRangeException(nameof(Hop), Hop, wrong);
        if (!(MinStrength >= 0 && double.IsFinite(MinStrength)))
            throw new ArgumentOutOfRangeException(nameof(MinStrength), MinStrength, "The least strength is 0 or more.");
        if (!(Delta is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(Delta), Delta, "δ is above 0 and at most 1.");
    }
}
