using NetworkGraph.Engine.Ties;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Nudges;

namespace NetworkGraph.Analytics.Nudges;

/// <summary>
/// A first contact that can still be followed up. Worth: stake × freshness (1 within a day, 0.85 within two, then from 0.6 down
/// to 0.1 when it is too late).
/// </summary>
internal sealed class FollowUpDueRule : ITieNudgeRule
{
    public string Name => NudgeRules.FollowUpDue;

    public Nudge? Of(in TieCase tie)
    {
        var followUps = tie.Options.FollowUps;
        if (FirstContact.Of(tie.Events, tie.AsOfMs, tie.Venues, tie.Options.WeightTable, followUps) is not { } first
            || !first.State.IsOpen()) return null;
        var ageDays = (tie.AsOfMs - first.MetMs) / TieDecay.DayMs;
        var freshness = ageDays <= 1 ? 1 : ageDays <= 2 ? 0.85 : 0.1 + 0.5 * Math.Max(0, 1 - ageDays / followUps.LateWithinDays);
        var dueDays = ageDays <= 1 ? 1 : ageDays <= 2 ? 2 : followUps.LateWithinDays;
        var nudge = tie.Nudge("follow-up", Name,
            NudgeText.Text($"You met {tie.Name} {tie.Ago(first.MetMs)}, and neither of you has written since. ")
                + "A contact that is not followed up within two days seldom becomes one.",
            [("stake", tie.Thresholds.FollowUpWorth), ("freshness", freshness)],
            new OpenLoop(first.MetMs, first.MetMs, 1, first.MetPosition, false));
        return nudge is null
            ? null : nudge with { Due = DateTimeOffset.FromUnixTimeMilliseconds(first.MetMs + (long)(dueDays * TieDecay.DayMs)) };
    }
}
