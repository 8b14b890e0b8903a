namespace NetworkGraph.Analytics.Nudges;

/// <summary>
/// Messages in a row without a sign of life: the next word is the other's. Worth: unlikely (1 − probability that the other
/// answers) × insistence (1 − 2^−(messages − 2)) × recency (half a month).
/// </summary>
internal sealed class StopPushingRule : ITieNudgeRule
{
    public string Name => NudgeRules.StopPushing;

    public Nudge? Of(in TieCase tie)
    {
        if (tie.Loops.Unanswered is not { } run || run.Count < tie.Thresholds.PauseFromUnanswered) return null;
        var age = run.AgeDays(tie.AsOfMs);
        if (age > tie.Thresholds.HoldBackWithinDays) return null;
        return tie.Nudge("pause", Name,
            NudgeText.Text($"{run.Count} messages of yours to {tie.Name} in a row had no answer, the last {tie.Ago(run.LatestMs)}. ")
                + "Leave the next word to them.",
            [("unlikely", 1 - tie.Approaches.AnswerProbability), ("insistence", 1 - Math.Pow(2, 2 - run.Count)),
                ("recency", NudgeText.Halved(age, 15))],
            run, ("unanswered", run.Count));
    }
}
