using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Venues;

/// <summary>
/// Problem: two people met at a venue; did it lead beyond the venue, and did it last?
/// Preconditions: the dyad's events up to the date, ordered by (AtMs, Position), and its first contact among them.
/// Method: *elsewhere* is the first contact after it that does not name the same venue: two who talk
/// again over coffee have not followed up. *Still reciprocated* after 90 days: by then contacts both ways since they
/// met, some of it in the latter half of that time, and not ended by a decline. (Gone quiet, as the status of
/// a tie has it, takes a year: nothing could be that after 90 days.) It is asked as of that day, so the answer does not
/// change later; before that day there is none.
/// Cost: O(events), one binary search for the venue of each message-like event up to the first one elsewhere.
/// </summary>
public readonly record struct VenueContact
{
    public required FirstContact Contact { get; init; }

    /// <summary>When they spoke elsewhere, Unix ms; null where they have not.</summary>
    public required long? ElsewhereMs { get; init; }

    /// <summary>Null where they met too lately to tell.</summary>
    public required bool? IsStillReciprocated { get; init; }

    /// <summary>Mean of the strengths both ways at the date.</summary>
    public required double Strength { get; init; }

    public static VenueContact Of(
        ReadOnlySpan<DyadEvent> events, in FirstContact contact, int venue, VenueTable venues, long asOfMs, VenueSettings settings)
    {
        var facts = DyadMeasures.Facts(events, settings.Measures.DecayAt(asOfMs), settings.Measures);
        return new VenueContact
        {
            Contact = contact,
            ElsewhereMs = ElsewhereAfter(events, in contact, venue, venues, settings.Measures.WeightTable),
            IsStillReciprocated = IsStill(events, in contact, asOfMs, settings),
            Strength = (facts.StrengthOut + facts.StrengthIn) / 2,
        };
    }

    /// <summary>Spoke elsewhere within the time of a follow-up.</summary>
    public bool IsFollowedUpElsewhere(FollowUpThresholds thresholds) =>
        ElsewhereMs is { } at && at - Contact.MetMs <= thresholds.LateWithinDays * TieDecay.DayMs;

    private static long? ElsewhereAfter(
        ReadOnlySpan<DyadEvent> events, in FirstContact contact, int venue, VenueTable venues, InteractionWeights weights)
    {
        var isAfter = false;
        var met = default(DyadEvent);
        foreach (ref readonly var happened in events)
        {
            if (isAfter && weights.IsContact(in happened) && IsElsewhere(in met, in happened, venue, venues)) return happened.AtMs;
            if (happened.Position != contact.MetPosition) continue;
            isAfter = true;
            met = happened;
        }
        return null;
    }

    private static bool IsElsewhere(in DyadEvent met, in DyadEvent later, int venue, VenueTable venues) =>
        (!later.HasVenue || venues.Of(later.Position) != venue) && FirstContact.IsAnotherOccasion(in met, in later, venues);

    private static bool? IsStill(ReadOnlySpan<DyadEvent> events, in FirstContact contact, long asOfMs, VenueSettings settings)
    {
        var dayMs = contact.MetMs + (long)(settings.Venues.StillAfterDays * TieDecay.DayMs);
        if (dayMs > asOfMs) return null;
        var recentMs = contact.MetMs + (dayMs - contact.MetMs) / 2;
        bool isAfter = false, toHigh = false, toLow = false, isRecent = false, isBurnt = false;
        foreach (ref readonly var happened in events)
        {
            if (happened.AtMs > dayMs) break;
            if (isAfter && settings.Measures.WeightTable.IsContact(in happened))
            {
                toHigh |= happened.Direction is not DyadDirection.HighToLow;
                toLow |= happened.Direction is not DyadDirection.LowToHigh;
                isRecent |= happened.AtMs > recentMs;
            }
            isAfter |= happened.Position == contact.MetPosition;
            if (happened.Kind is not InteractionKind.Reaction) isBurnt = happened.Kind is InteractionKind.Decline && !happened.HasVenue;
        }
        return toHigh && toLow && isRecent && !isBurnt;
    }
}
