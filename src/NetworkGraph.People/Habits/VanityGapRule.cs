using NetworkGraph.Engine.Ties;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Habits;

/// <summary>
/// Problem: whom of their connections could a person call? Those with a genuine or mentorship tie (private ties are not
/// part of a professional network) that is balanced and strong: balance at least
/// <see cref="RelationshipThresholds.MutualFromBalance"/>, mutual strength √(s_uv·s_vu) at least
/// <see cref="MeasureOptions.CallFromStrength"/>. The vanity gap is all connections less those. Cost: O(n) a dyad.
/// </summary>
public static class VanityGapRule
{
    /// <summary>Whether each of two people could call the other; <paramref name="events"/> are theirs up to the date (Unix ms).</summary>
    public static bool CouldCall(ReadOnlySpan<DyadEvent> events, long asOfMs, MeasureOptions options)
    {
        if (events.IsEmpty) return false;
        var strengths = new RunningStrengths(options);
        foreach (ref readonly var happened in events) strengths.Add(in happened);
        return CouldCall(events, in strengths, asOfMs, options);
    }

    /// <summary>The same where the strengths at the last event are known.</summary>
    internal static bool CouldCall(ReadOnlySpan<DyadEvent> events, in RunningStrengths strengths, long asOfMs, MeasureOptions options)
    {
        var balance = strengths.Balance;
        var strength = strengths.Mutual * Math.Pow(2, (events[^1].AtMs - asOfMs) / (options.HalfLifeDays * TieDecay.DayMs));
        return balance >= options.Relationships.MutualFromBalance
            && DyadMeasures.ReachedStrength(strength, options.CallFromStrength)
            && RelationshipRule.Of(events, balance, true, options.Relationships)
                is RelationshipKind.Genuine or RelationshipKind.Mentorship;
    }
}
