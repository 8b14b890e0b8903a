namespace NetworkGraph.Engine.Ties;

/// <summary>
/// Problem: how does a dyad stand at a date? First match wins: new, burnt, nominal, one-sided, dormant, lapsed, cooling,
/// active. Whether somebody blocked somebody is not known here: that belongs to one person's view. By rule alone: the
/// probability to go on stands beside the status and never changes it.
/// Method: silence since the last contact is held against the dyad's own rhythm, within bounds (<see cref="StatusThresholds"/>).
/// Preconditions: the facts hold the interactions up to the date and at least one.
/// Cost: O(1). Both people of a dyad see the same status.
/// </summary>
public static class TieStatusRule
{
    /// <summary>The status at a date, Unix ms.</summary>
    public static TieStatus Of(in DyadFacts facts, long asOfMs, StatusThresholds thresholds)
    {
        if (facts.HasContact && (asOfMs - facts.FirstContactMs) / TieDecay.DayMs <= thresholds.NewWithinDays) return TieStatus.New;
        if (asOfMs >= facts.BurntFromMs) return TieStatus.Burnt;
        if (!facts.HasContact) return TieStatus.Nominal;
        if (HasGoneQuiet(in facts, asOfMs, thresholds))
        {
            return Math.Min(facts.ContactsOut, facts.ContactsIn) >= thresholds.DormantContactsEachWay
                && facts.Episodes >= thresholds.DormantEpisodes
                ? TieStatus.Dormant
                : TieStatus.Lapsed;
        }
        if (facts.IsOneWay) return TieStatus.OneSided;
        return facts.SilenceDays(asOfMs) > CoolingAfterDays(facts.RhythmDays, thresholds) ? TieStatus.Cooling : TieStatus.Active;
    }

    /// <summary>Whether the silence is longer than the dyad's rhythm allows.</summary>
    public static bool HasGoneQuiet(in DyadFacts facts, long asOfMs, StatusThresholds thresholds) =>
        facts.SilenceDays(asOfMs) > QuietAfterDays(facts.RhythmDays, thresholds);

    /// <summary>Silence in days after which a dyad of this rhythm (NaN: none) has gone quiet.</summary>
    public static double QuietAfterDays(double rhythmDays, StatusThresholds thresholds) => double.IsNaN(rhythmDays)
        ? thresholds.QuietWithoutRhythmDays
        : Math.Clamp(thresholds.QuietAfterRhythms * rhythmDays, thresholds.QuietMinDays, thresholds.QuietMaxDays);

    /// <summary>Silence in days after which a dyad of this rhythm (NaN: none) is cooling.</summary>
    public static double CoolingAfterDays(double rhythmDays, StatusThresholds thresholds) => double.IsNaN(rhythmDays)
        ? thresholds.CoolingWithoutRhythmDays
        : Math.Clamp(thresholds.CoolingAfterRhythms * rhythmDays, thresholds.CoolingMinDays, thresholds.CoolingMaxDays);
}
