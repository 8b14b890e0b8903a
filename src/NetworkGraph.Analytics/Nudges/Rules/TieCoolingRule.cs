using NetworkGraph.Engine.Ties;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Nudges;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>
/// A tie that is cooling, to be kept warm. Worth: peak (peak/(1 + peak)) × balance × answer (probability that the other answers) ×
/// drift (1 − P(persist)).
/// </summary>
internal sealed class TieCoolingRule : ITieNudgeRule
{
    public string Name => NudgeRules.TieCooling;

    public Nudge? Of(in TieCase tie)
    {
        var options = tie.Options;
        var decay = options.DecayAt(tie.Events[^1].AtMs);
        var facts = DyadMeasures.Facts(tie.Events, decay, options);
        if (TieStatusRule.Of(facts, tie.AsOfMs, options.Status) is not TieStatus.Cooling) return null;
        var strength = (facts.ContactStrengthOut + facts.ContactStrengthIn) * decay.Factor(tie.AsOfMs);
        var alone = TieContext.Alone(facts.SilenceDays(tie.AsOfMs), strength);
        // Where the history is too short to say, the prior of the dyad by itself does.
        var persist = tie.Forecast.Persist(tie.Events, tie.AsOfMs, in alone, options)
            ?? DyadForecast.Prior.Persist(tie.Events, tie.AsOfMs, in alone, options) ?? 0;
        var rhythm = float.IsNaN(facts.RhythmDays) ? "" : NudgeText.Text($"; you usually are every {Elapsed.Days(facts.RhythmDays)}");
        return tie.Nudge("keep-in-touch", Name,
            NudgeText.Text($"You and {tie.Name} were last in touch {tie.Ago(facts.LastContactMs)}{rhythm}."),
            [
                ("peak", tie.PeakShare()), ("balance", DyadMeasures.Balance(facts.ContactStrengthOut, facts.ContactStrengthIn) ?? 0),
                ("answer", tie.Approaches.AnswerProbability), ("drift", 1 - persist),
            ],
            new OpenLoop(facts.LastContactMs, facts.LastContactMs, 1, tie.Events[^1].Position, false),
            ("silenceDays", facts.SilenceDays(tie.AsOfMs)), ("rhythmDays", float.IsNaN(facts.RhythmDays) ? 0 : facts.RhythmDays),
                ("episodes", facts.Episodes));
    }
}
