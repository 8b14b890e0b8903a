using NetworkGraph.Engine.Ties;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Referrals;

/// <summary>How far a referral has come.</summary>
public enum ReferralState : byte
{
    Made = 0,

    /// <summary>Receiver and referred person were in touch in time.</summary>
    Acted = 1,

    /// <summary>The referrer heard from the receiver about it, whether something came of it or not: the loop is closed.</summary>
    Reported = 2,
}

/// <summary>The names of the states as answers give them.</summary>
public static class ReferralStates
{
    private static readonly string[] s_names = ["made", "acted", "reported"];

    public static IReadOnlyList<string> Names => s_names;

    public static string WireName(this ReferralState state) => s_names[(int)state];
}

/// <summary>
/// Problem: was a referral acted on, and did the referrer hear of it?
/// Preconditions: the two dyads' events up to the date, ordered by (AtMs, Position); the referral is one of the events of
/// receiver and referrer.
/// Method: acted on by the first interaction of any kind between receiver and referred person after the referral and
/// within the option's days. Reported by the first interaction from the receiver to the referrer after it that answers it
/// (inReplyTo) or is about the referred person. The two are independent: to report that nothing came of it closes the
/// loop as well.
/// Cost: O(events), no allocation.
/// </summary>
public readonly record struct ReferralLoop
{
    /// <summary>When it was made, Unix ms.</summary>
    public required long MadeMs { get; init; }

    /// <summary>When it was acted on, Unix ms; null where it was not.</summary>
    public required long? ActedMs { get; init; }

    public required uint ActedPosition { get; init; }

    /// <summary>When it was reported back, Unix ms; null where it was not.</summary>
    public required long? ReportedMs { get; init; }

    public required uint ReportedPosition { get; init; }

    public ReferralState State => ReportedMs is not null ? ReferralState.Reported : ActedMs is not null
        ? ReferralState.Acted : ReferralState.Made;

    /// <summary>Not reported back, and not so long ago that no one waits for it any more.</summary>
    public bool IsOpen(long asOfMs, ReferralThresholds thresholds) =>
        ReportedMs is null && asOfMs - MadeMs <= thresholds.OpenForDays * TieDecay.DayMs;

    /// <summary>Follows one referral towards one receiver.</summary>
    public static ReferralLoop Of(
        in DyadEvent referral, ReadOnlySpan<DyadEvent> receiverAndReferred, ReadOnlySpan<DyadEvent> receiverAndReferrer,
            bool receiverIsLowToReferrer,
        ReferralThresholds thresholds)
    {
        var acted = FirstAfter(in referral, receiverAndReferred, thresholds.ActedWithinDays);
        var reported = ReportOf(in referral, receiverAndReferrer, receiverIsLowToReferrer);
        return new ReferralLoop
        {
            MadeMs = referral.AtMs,
            ActedMs = acted < 0 ? null : receiverAndReferred[acted].AtMs,
            ActedPosition = acted < 0 ? 0 : receiverAndReferred[acted].Position,
            ReportedMs = reported < 0 ? null : receiverAndReferrer[reported].AtMs,
            ReportedPosition = reported < 0 ? 0 : receiverAndReferrer[reported].Position,
        };
    }

    /// <summary>Index of the first event after another of some other dyad, within days of it; -1 for none.</summary>
    internal static int FirstAfter(in DyadEvent brokered, ReadOnlySpan<DyadEvent> events, double withinDays)
    {
        for (var i = 0; i < events.Length; i++)
        {
            if (!IsAfter(in events[i], in brokered)) continue;
            return events[i].AtMs - brokered.AtMs <= withinDays * TieDecay.DayMs ? i : -1;
        }
        return -1;
    }

    private static int ReportOf(in DyadEvent referral, ReadOnlySpan<DyadEvent> events, bool receiverIsLow)
    {
        for (var i = 0; i < events.Length; i++)
        {
            ref readonly var happened = ref events[i];
            if (!happened.IsOut(receiverIsLow) || !IsAfter(in happened, in referral)) continue;
            if (happened.ReplyTag == referral.IdTag || (happened.About >= 0 && happened.About == referral.About)) return i;
        }
        return -1;
    }

    private static bool IsAfter(in DyadEvent happened, in DyadEvent than) =>
        happened.AtMs > than.AtMs || (happened.AtMs == than.AtMs && happened.Position > than.Position);
}
