using NetworkGraph.Engine.Introductions;

namespace NetworkGraph.People.Measures;

/// <summary>
/// The probability of a hop p = σ(Alpha + Beta·ln(1 + m)), m = √(c_xy·c_yx) at a half-life of its own, and the strength a tie
/// needs to carry anything. Learned from the network's own past where that is long enough, else the documented prior; fixed where
/// Alpha, Beta or HalfLifeDays are given, or Learn is off.
/// </summary>
public sealed record IntroductionModelOptions
{
    /// <summary>The half-lives that m may have, days.</summary>
    public static IReadOnlyList<double> HalfLives { get; } = [15, 30, 90, 180, 365];

    /// <summary>Whether Alpha, Beta and HalfLifeDays are learned from the network's own past.</summary>
    public bool Learn { get; init; } = true;

    public double Alpha { get; init; } = HopModel.Prior.Alpha;

    /// <summary>0 or more.</summary>
    public double Beta { get; init; } = HopModel.Prior.Beta;

    /// <summary>Half-life of the strengths that hops rest on, days; one of <see cref="HalfLives"/>.</summary>
    public double HalfLifeDays { get; init; } = HopModel.PriorHalfLifeDays;

    /// <summary>The mutual strength √(c_xy·c_yx) at the ties' own half-life that a tie needs to carry an introduction.</summary>
    public double MinStrength { get; init; } = 0.05;

    /// <summary>Paths with a lower score are left out of an answer where it does not ask for another limit.</summary>
    public double MinScore { get; init; } = 0.01;

    /// <summary>Whether the configured numbers hold, whatever was learned.</summary>
    public bool IsFixed => !Learn || Hop != HopModel.Prior || HalfLifeDays != HopModel.PriorHalfLifeDays;

    /// <summary>The hop's model where none was learned.</summary>
    public HopModel Hop => new(Alpha, Beta);

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new List<string>();
        if (Hop.Validate() is { } wrong) errors.Add(wrong);
        if (!HalfLives.Contains(HalfLifeDays))
            errors.Add($"{nameof(HalfLifeDays)} is {HalfLifeDays}; it must be one of {string.Join(", ", HalfLives)}");
        if (!(double.IsFinite(MinStrength) && MinStrength >= 0))
            errors.Add($"{nameof(MinStrength)} is {MinStrength}; it must be a finite number, 0 or more");
        if (!(MinScore is >= 0 and <= 1)) errors.Add($"{nameof(MinScore)} is {MinScore}; it must lie between 0 and 1");
        return errors;
    }
}
