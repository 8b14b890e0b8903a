namespace NetworkGraph.Engine.Ties;

/// <summary>
/// Problem: how does a dyad stand at a date? First match wins: new, burnt, nominal, one-sided, dormant, lapsed, cooling,
/// active. Whether somebody blocked somebody is not known here: that belongs to one person's view.
/// Preconditions: the facts hold the interactions up to the date and at least one.
/// Cost: O(1). Both people of a dyad see the same status.
/// </summary>
public static class TieStatusRule
{
    /// <summary>The status with P(persist) from the prior.</summary>
    public static TieStatus Of(in DyadFacts facts, long asOfMs, StatusThresholds thresholds) =>
        Of(in facts, asOfMs, PersistencePrior.Of(in facts, asOfMs), thresholds);

    /// <summary>The status with a P(persist) in [0,1] that the caller knows better than the prior.</summary>
    public static TieStatus Of(in DyadFacts facts, long asOfMs, double persistProbability, StatusThresholds thresholds)
    {
        if ((asOfMs - facts.FirstContactMs) / TieDecay.DayMs <= thresholds.NewWithinDays) return TieStatus.New;
        if (facts.Burnt) return TieStatus.Burnt;
        if (facts.MessageLikeOut == 0 && facts.MessageLikeIn == 0) return TieStatus.Nominal;
        if (facts.MessageLikeOut == 0 || facts.MessageLikeIn == 0) return TieStatus.OneSided;

        var silenceDays = facts.SilenceDays(asOfMs);
        var goneQuiet = silenceDays > Math.Max(thresholds.QuietAfterDays, thresholds.QuietAfterGaps * facts.MedianGapDays)
            || persistProbability < thresholds.QuietBelowProbability;
        if (goneQuiet)
        {
            return Math.Min(facts.MessageLikeOut, facts.MessageLikeIn) >= thresholds.DormantMessagesEachWay
                ? TieStatus.Dormant
                : TieStatus.Lapsed;
        }
        var cooling = silenceDays > Math.Max(thresholds.CoolingAfterDays, thresholds.CoolingAfterGaps * facts.MedianGapDays)
            || persistProbability < thresholds.CoolingBelowProbability;
        return cooling ? TieStatus.Cooling : TieStatus.Active;
    }
}
