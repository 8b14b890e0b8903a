using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Habits;

/// <summary>Where the warning one-way-mentorship begins.</summary>
public sealed record OneWayMentorshipThresholds
{
    /// <summary>Balance of advice up to which it flows one way.</summary>
    public double BalanceUpTo { get; init; } = 0.25;

    /// <summary>
    /// Share of advice in what the adviser says from which that is what the tie is about: three hints in years of letters make no
    /// mentorship.
    /// </summary>
    public double AdviceShare { get; init; } = 0.4;

    /// <summary>Every broken rule, named by the property; empty where all is well.</summary>
    public IReadOnlyList<string> Validate()
    {
        var errors = new ThresholdErrors();
        errors.Share(BalanceUpTo, nameof(BalanceUpTo));
        errors.Share(AdviceShare, nameof(AdviceShare));
        return errors.All;
    }
}

/// <summary>Advice is a good part of what one of them says, and nearly all one way, between people who both speak. Given to both.</summary>
internal sealed class OneWayMentorshipRule : ITieWarningRule
{
    public WarningKind Kind => WarningKind.OneWayMentorship;

    public string Name => "one-way-mentorship";

    public string Counsel =>
        "Advice between you flows one way: the one who gets it can offer something back, the one who gives it can ask for it.";

    public double Score(in TieFacts tie, HabitSettings settings)
    {
        var t = settings.Habits.Warnings.OneWayMentorship;
        var r = settings.Measures.Relationships;
        var n = settings.Habits.Steepness;
        var (advice, said) = tie.AdviceOut > tie.AdviceIn ? (tie.AdviceOut, tie.SaidOut) : (tie.AdviceIn, tie.SaidIn);
        if (DyadMeasures.Balance(tie.AdviceOut, tie.AdviceIn) > t.BalanceUpTo) return 0;
        if (!(DyadMeasures.Balance(tie.SaidOut, tie.SaidIn) >= r.MutualFromBalance) || tie.AdviceEpisodes < r.MentorshipFromEpisodes)
            return 0;
        return Math.Min(Degrees.AtLeast(advice, r.MentorshipFromAdvice, n), Degrees.AtLeast(Degrees.Share(advice, said), t.AdviceShare, n));
    }

    public Dictionary<string, double> Evidence(in TieFacts tie) => new()
    {
        ["adviceOut"] = tie.AdviceOut,
        ["adviceIn"] = tie.AdviceIn,
        ["adviceBalance"] = DyadMeasures.Balance(tie.AdviceOut, tie.AdviceIn) ?? 0,
        ["messageBalance"] = DyadMeasures.Balance(tie.SaidOut, tie.SaidIn) ?? 0,
    };
}
