using NetworkGraph.Histories;
using NetworkGraph.Measures;

namespace NetworkGraph.Habits;

/// <summary>
/// Problem: whom of their connections could a person call? Those with a genuine or mentorship tie (private ties are not
/// part of a professional network) that is balanced and strong: balance at least
/// <see cref="RelationshipThresholds.MutualFromBalance"/>, mutual strength √(s_uv·s_vu) at least
/// <see cref="MeasureOptions.CallFromStrength"/>. The vanity gap is all connections less those.
/// </summary>
public static class VanityGapRule
{
    /// <param name="events">The dyad's events up to the date.</param>
    /// <param name="balance">Of the strengths.</param>
    /// <param name="strength">√(s_uv·s_vu) at the date.</param>
    /// <param name="options">Thresholds.</param>
    public static bool CouldCall(ReadOnlySpan<DyadEvent> events, double balance, double strength, MeasureOptions options) =>
        IsStrong(balance, strength, options) && IsOfKind(events, balance, options);

    public static bool IsStrong(double balance, double strength, MeasureOptions options) =>
        balance >= options.Relationships.MutualFromBalance && DyadMeasures.ReachedStrength(strength, options.CallFromStrength);

    internal static bool IsOfKind(ReadOnlySpan<DyadEvent> events, double balance, MeasureOptions options) =>
        RelationshipRule.Of(RelationshipRule.Evidence(events, true, balance), true, options.Relationships)
            is RelationshipKind.Genuine or RelationshipKind.Mentorship;
}
