namespace NetworkGraph.Analytics.Nudges;

/// <summary>
/// The other waits for an answer. Worth: stake (0.4 + 0.6 × peak/(1 + peak) of the tie, at least the option's for a question) ×
/// freshness (half in ten days, after two).
/// </summary>
internal sealed class ReplyOwedRule : ITieNudgeRule
{
    public string Name => NudgeRules.ReplyOwed;

    public Nudge? Of(in TieCase tie)
    {
        if (tie.Loops.OwedByMe is not { } owed) return null;
        var stake = 0.4 + 0.6 * tie.PeakShare();
        if (owed.IsAsk) stake = Math.Max(stake, tie.Thresholds.AnswerWorth);
        var what = owed.IsAsk ? "asked you something" : "wrote to you";
        return tie.Nudge("reply", Name, NudgeText.Text($"{tie.Name} {what} {tie.Ago(owed.LatestMs)} and has no answer yet."),
            [("stake", stake), ("freshness", NudgeText.Halved(owed.AgeDays(tie.AsOfMs) - 2, 10))], owed, ("unanswered", owed.Count));
    }
}
