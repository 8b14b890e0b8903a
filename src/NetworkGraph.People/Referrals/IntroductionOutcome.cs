using NetworkGraph.Engine.Ties;
using NetworkGraph.People.Histories;

namespace NetworkGraph.People.Referrals;

/// <summary>
/// Problem: did an introduction lead to contact?
/// Preconditions: the events of the two who were introduced, up to the date, ordered by (AtMs, Position).
/// Method: the first interaction of any kind between the two after the introduction and within the option's days. Where
/// they had interacted before it, no one brought them together, and the broker earns no credit.
/// Cost: O(events), no allocation.
/// </summary>
public readonly record struct IntroductionOutcome
{
    /// <summary>When the two were in touch, Unix ms; null where they were not.</summary>
    public required long? ContactMs { get; init; }

    public required uint ContactPosition { get; init; }

    /// <summary>The two had interacted before.</summary>
    public required bool KnewEachOther { get; init; }

    /// <summary>Not in touch, and there is still time for it.</summary>
    public required bool IsPending { get; init; }

    public bool LedToContact => ContactMs is not null && !KnewEachOther;

    public static IntroductionOutcome Of(
        in DyadEvent introduction, ReadOnlySpan<DyadEvent> introduced, long asOfMs, ReferralThresholds thresholds)
    {
        var contact = ReferralLoop.FirstAfter(in introduction, introduced, thresholds.IntroductionLedWithinDays);
        var knew = introduced.Length > 0
            && (introduced[0].AtMs < introduction.AtMs
                || (introduced[0].AtMs == introduction.AtMs && introduced[0].Position < introduction.Position));
        return new IntroductionOutcome
        {
            ContactMs = contact < 0 ? null : introduced[contact].AtMs,
            ContactPosition = contact < 0 ? 0 : introduced[contact].Position,
            KnewEachOther = knew,
            IsPending = contact < 0 && asOfMs - introduction.AtMs < thresholds.IntroductionLedWithinDays * TieDecay.DayMs,
        };
    }
}
