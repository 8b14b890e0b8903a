namespace NetworkGraph.Engine.Introductions;

/// <summary>
/// How likely a hop carries an introduction: p = σ(α + β·ln(1 + m)), m the mutual strength of the contacts. β is 0 or more, so
/// that p rises with m.
/// </summary>
/// <param name="Alpha">The log odds of a tie of next to no strength.</param>
/// <param name="Beta">How much a stronger tie adds; 0 or more.</param>
public readonly record struct HopModel(double Alpha, double Beta)
{
    /// <summary>
    /// What stands in where a network has too short a past to learn from: fitted on who answers messages to at most five people
    /// within 14 days, in two companies' mail and on an answers site.
    /// </summary>
    public static HopModel Prior { get; } = new(-0.7, 1.0);

    /// <summary>The half-life of the prior's strengths, days.</summary>
    public const double PriorHalfLifeDays = 90;

    /// <summary>p in (0,1) of a mutual strength, 0 or more.</summary>
    public double Probability(double mutual) => 1 / (1 + Math.Exp(-Alpha - Beta * Math.Log(1 + mutual)));

    /// <summary>What is wrong with it; null where nothing is.</summary>
    public string? Validate()
    {
        if (!double.IsFinite(Alpha)) return $"{nameof(Alpha)} is {Alpha}; it must be a finite number";
        return double.IsFinite(Beta) && Beta >= 0
            ? null : $"{nameof(Beta)} is {Beta}; it must be a finite number, 0 or more, so that stronger ties carry more";
    }
}
