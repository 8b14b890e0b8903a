namespace NetworkGraph.Engine.Ties;

/// <summary>
/// Problem: how likely is it that a dyad has another contact within <see cref="WindowDays"/>, where the network's own past was
/// not learned from?
/// Method: a logistic in silence, episodes, silence in the dyad's own rhythm and the contacts of late:
/// x = −3.487 − 0.196·ln(1 + silence) + 1.496·ln(1 + episodes) − 0.495·ln(1 + silence/rhythm) + 0.838·ln(1 + r90) +
/// 0.401·ln(1 + r365), P = 1/(1 + e^−x); rₕ = Σ 2^(−age/h) over the contacts. Fitted by ridge regression on four networks of
/// different kinds (two organisations' mail, an answers site, a rating network), each at several dates from what was known then.
/// Left out one at a time, the others predict it with AUC .81-.82 and .88-.90 (mail), .80-.84 and .74-.83; where next to no one
/// comes back (the last two) it says too much.
/// Properties: in (0,1), falls with silence, rises with episodes and contacts.
/// Cost: O(1).
/// Source: this project's own fit; the features after Fader, Hardie &amp; Lee, "Counting your customers the easy way", 2005, and
/// Raeder, Lizardo, Hachen &amp; Chawla, "Predictors of short-term decay of cell phone contacts", 2011.
/// </summary>
public static class PersistencePrior
{
    /// <summary>The span of time the probability is about, days.</summary>
    public const double WindowDays = 90;

    /// <summary>The half-lives of the contacts of late, days.</summary>
    public const double RecentHalfLifeDays = 90;

    /// <summary>See <see cref="RecentHalfLifeDays"/>.</summary>
    public const double YearHalfLifeDays = 365;

    private const double UnknownRhythmDays = 30;

    /// <summary>P in (0,1).</summary>
    /// <param name="silenceDays">Days since the last contact; a negative one counts as none.</param>
    /// <param name="rhythmDays">Days between episodes; NaN where there is no rhythm, at least 1 is taken.</param>
    /// <param name="episodes">Episodes of contacts.</param>
    /// <param name="recent">Contacts, each halved every 90 days.</param>
    /// <param name="year">Contacts, each halved every 365 days.</param>
    public static double Probability(double silenceDays, double rhythmDays, int episodes, double recent, double year)
    {
        var silence = Math.Max(0, silenceDays);
        var rhythm = double.IsNaN(rhythmDays) ? UnknownRhythmDays : Math.Max(1, rhythmDays);
        var score = -3.487 - 0.196 * Math.Log(1 + silence) + 1.496 * Math.Log(1 + episodes) - 0.495 * Math.Log(1 + silence / rhythm)
            + 0.838 * Math.Log(1 + recent) + 0.401 * Math.Log(1 + year);
        return 1 / (1 + Math.Exp(-score));
    }
}
