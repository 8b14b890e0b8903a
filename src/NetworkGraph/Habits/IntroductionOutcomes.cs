using NetworkGraph.Engine.Ties;
using NetworkGraph.Histories;
using NetworkGraph.Interactions;

namespace NetworkGraph.Habits;

/// <summary>What became of an introduction.</summary>
public enum IntroductionOutcome : byte
{
    /// <summary>The two have not been in touch, and still can be in time.</summary>
    Open,

    /// <summary>The two got in touch, who had not been before.</summary>
    LedToContact,

    /// <summary>The two did not get in touch in time, or knew each other already.</summary>
    LedNowhere,
}

/// <summary>
/// Problem: did an introduction lead to contact?
/// Method: something message-like between the two within <see cref="ArchetypeThresholds.IntroductionWithinDays"/> after
/// it, and nothing message-like before it. Preconditions: the events of the two up to the date, in order. Cost: O(n).
/// </summary>
public static class IntroductionOutcomes
{
    public static IntroductionOutcome Of(ReadOnlySpan<DyadEvent> events, long introducedMs, long asOfMs, ArchetypeThresholds thresholds)
    {
        var untilMs = introducedMs + (long)(thresholds.IntroductionWithinDays * TieDecay.DayMs);
        foreach (ref readonly var happened in events)
        {
            if (!happened.Kind.IsMessageLike()) continue;
            return happened.AtMs > introducedMs && happened.AtMs <= untilMs ? IntroductionOutcome.LedToContact : IntroductionOutcome.LedNowhere;
        }
        return asOfMs < untilMs ? IntroductionOutcome.Open : IntroductionOutcome.LedNowhere;
    }
}
