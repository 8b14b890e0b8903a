using NetworkGraph.Engine.Ties;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Habits;

/// <summary>
/// Problem: whom of their connections could a person call? Those with contacts both ways, a balance of contacts of at least
/// <see cref="RelationshipThresholds.MutualFromBalance"/>, a mutual strength √(c_uv·c_vu) of at least
/// <see cref="MeasureOptions.CallFromStrength"/>, and at least one contact with at most
/// <see cref="MeasureOptions.CallUpToParticipants"/> participants. The vanity gap is all connections less those.
/// Cost: O(n) a dyad.
/// </summary>
public static class VanityGapRule
{
    /// <summary>Whether each of two people could call the other; <paramref name="events"/> are theirs up to the date (Unix ms).</summary>
    public static bool CouldCall(ReadOnlySpan<DyadEvent> events, long asOfMs, MeasureOptions options)
    {
        if (events.IsEmpty) return false;
        var strengths = new RunningStrengths(options, contactsOnly: true);
        foreach (ref readonly var happened in events) strengths.Add(in happened);
        return CouldCall(events, in strengths, asOfMs, options);
    }

    /// <summary>The same where the contacts' strengths at the last event are known.</summary>
    internal static bool CouldCall(ReadOnlySpan<DyadEvent> events, in RunningStrengths contacts, long asOfMs, MeasureOptions options)
    {
        var strength = contacts.Mutual * Math.Pow(2, (events[^1].AtMs - asOfMs) / (options.HalfLifeDays * TieDecay.DayMs));
        return contacts.Balance >= options.Relationships.MutualFromBalance
            && DyadMeasures.ReachedStrength(strength, options.CallFromStrength)
            && HaveMetInSmallCircle(events, options);
    }

    private static bool HaveMetInSmallCircle(ReadOnlySpan<DyadEvent> events, MeasureOptions options)
    {
        foreach (ref readonly var happened in events)
            if (happened.Participants <= options.CallUpToParticipants && options.WeightTable.IsContact(in happened)) return true;
        return false;
    }
}
