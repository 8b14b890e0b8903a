namespace NetworkGraph.Analytics.Nudges;

/// <summary>
/// Help that was not thanked for. Worth: stake × freshness (half a week, after a day).
/// </summary>
internal sealed class ThankForHelpRule : ITieNudgeRule
{
    public string Name => NudgeRules.ThankForHelp;

    public Nudge? Of(in TieCase tie)
    {
        if (tie.Loops.Unthanked is not { } help) return null;
        return tie.Nudge("thank", Name,
            NudgeText.Text(
                $"{tie.Name} helped you {tie.Ago(help.LatestMs)}, and has not heard from you since. Say thank you, and what came of it."),
            [("stake", tie.Thresholds.ThankWorth), ("freshness", NudgeText.Halved(help.AgeDays(tie.AsOfMs) - 1, 7))], help,
                ("help", help.Count));
    }
}
