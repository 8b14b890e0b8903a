using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.FollowUps;

/// <summary>
/// Problem: how did two people first meet, and was it followed up?
/// Preconditions: the events of one dyad of two people up to a date, ordered by (AtMs, Position).
/// Method: they first met at their first meeting, call or accept, unless a contact came before it. Its follow-up is the next
/// contact of either that is not on the same day (UTC) at the same venue, nor an occurrence of the same series of more than
/// four people, where it comes within <see cref="FollowUpThresholds.LateWithinDays"/>. Deadlines include their last instant:
/// exactly 24 h later is within 24 h.
/// Cost: O(events up to the follow-up), no allocation; a search for the venue of what happened on the day of a meeting.
/// Source: the contract's definition; the rule to follow up within a day or two is common advice to networkers.
/// </summary>
public readonly record struct FirstContact
{
    private const double HourMs = 3_600_000;
    private const long DayMs = 86_400_000;

    /// <summary>When they met, Unix ms.</summary>
    public required long MetMs { get; init; }

    /// <summary>Position of that interaction in the log.</summary>
    public required uint MetPosition { get; init; }

    /// <summary>
    /// <see cref="InteractionKind.Meeting"/>, <see cref="InteractionKind.Call"/> or <see cref="InteractionKind.Accept"/>.
    /// </summary>
    public required InteractionKind MetBy { get; init; }

    /// <summary>When the next contact was, Unix ms, also where it came too late to be a follow-up; null for none.</summary>
    public required long? NextMs { get; init; }

    /// <summary>Position of that interaction; 0 for none.</summary>
    public required uint NextPosition { get; init; }

    /// <summary>Who it came from; null for none.</summary>
    public required DyadDirection? NextDirection { get; init; }

    public required FollowUpState State { get; init; }

    /// <summary>When it was followed up, Unix ms; null where it was not.</summary>
    public long? FollowedUpMs => State.IsFollowedUp() ? NextMs : null;

    /// <summary>Hours to the follow-up; null where there was none, or it came at the same instant.</summary>
    public double? Hours => FollowedUpMs is { } at && at > MetMs ? (at - MetMs) / HourMs : null;

    /// <summary>The first contact of a dyad; null where it has none.</summary>
    public static FirstContact? Of(
        ReadOnlySpan<DyadEvent> events, long asOfMs, VenueTable venues, InteractionWeights weights, FollowUpThresholds thresholds)
    {
        var met = MetAt(events, weights);
        if (met < 0) return null;
        ref readonly var first = ref events[met];
        var next = met + 1;
        while (next < events.Length && !(weights.IsContact(in events[next]) && IsAnotherOccasion(in first, in events[next], venues)))
            next++;
        var isNext = next < events.Length;
        return new FirstContact
        {
            MetMs = first.AtMs,
            MetPosition = first.Position,
            MetBy = first.Kind,
            NextMs = isNext ? events[next].AtMs : null,
            NextPosition = isNext ? events[next].Position : 0,
            NextDirection = isNext ? events[next].Direction : null,
            State = StateOf(first.AtMs, isNext ? events[next].AtMs : null, asOfMs, thresholds),
        };
    }

    /// <summary>
    /// Whether a later event is more than the occasion itself going on: another venue or day, and not the next of the same large series.
    /// </summary>
    internal static bool IsAnotherOccasion(in DyadEvent met, in DyadEvent later, VenueTable venues)
    {
        if (later.SeriesTag != 0 && later.SeriesTag == met.SeriesTag && later.Participants > EventResolver.SmallSeriesParticipants)
            return false;
        if (!met.HasVenue || !later.HasVenue || DayOf(met.AtMs) != DayOf(later.AtMs)) return true;
        var venue = venues.Of(met.Position);
        return venue < 0 || venue != venues.Of(later.Position);
    }

    private static long DayOf(long atMs) => (long)Math.Floor(atMs / (double)DayMs);

    private static int MetAt(ReadOnlySpan<DyadEvent> events, InteractionWeights weights)
    {
        for (var i = 0; i < events.Length; i++)
        {
            if (events[i].Kind is InteractionKind.Meeting or InteractionKind.Accept
                || (events[i].Kind is InteractionKind.Call && !events[i].IsCallAttempt)) return i;
            if (weights.IsContact(in events[i])) return -1;
        }
        return -1;
    }

    private static FollowUpState StateOf(long metMs, long? nextMs, long asOfMs, FollowUpThresholds thresholds)
    {
        var lateMs = (long)(thresholds.LateWithinDays * TieDecay.DayMs);
        if (nextMs - metMs is { } tookMs)
        {
            if (tookMs <= DayMs) return FollowUpState.Within24h;
            if (tookMs <= 2 * DayMs) return FollowUpState.Within48h;
            return tookMs <= lateMs ? FollowUpState.Late : FollowUpState.Never;
        }
        var age = asOfMs - metMs;
        if (age < 2 * DayMs) return FollowUpState.Due;
        return age < lateMs ? FollowUpState.Overdue : FollowUpState.Never;
    }
}
