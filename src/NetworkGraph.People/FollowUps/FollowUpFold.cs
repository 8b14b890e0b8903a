using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.FollowUps;

/// <summary>
/// Problem: whom did a person meet for the first time, and was it followed up?
/// Method: the first contact of each of the person's dyads, added in any order; at one venue or at all.
/// Cost: O(events up to each follow-up), and one binary search for the venue of each first contact.
/// </summary>
public sealed class FollowUpFold(
    string person, string? venue, long asOfMs, HistoryStore histories, InteractionWeights weights, FollowUpThresholds thresholds)
{
    private readonly List<FollowUp> _items = [];
    private readonly FollowUpRates _rates = new(thresholds);

    /// <summary>Takes in a dyad of the person.</summary>
    /// <param name="other">Id of the other.</param>
    /// <param name="events">Its events up to the date, in order.</param>
    /// <param name="selfIsLow">Whether the person is the low one.</param>
    public void Add(string other, ReadOnlySpan<DyadEvent> events, bool selfIsLow)
    {
        if (FirstContact.Of(events, asOfMs, histories.Venues, weights, thresholds) is not { } contact) return;
        var at = histories.Venues.Of(contact.MetPosition);
        var name = at < 0 ? null : histories.Venues.NameOf(at);
        if (venue is not null && name != venue) return;
        _rates.Add(in contact, asOfMs);
        _items.Add(Item(other, name, in contact, selfIsLow));
    }

    public FollowUpList Finish()
    {
        _items.Sort(static (a, b) => a.Met != b.Met ? b.Met.CompareTo(a.Met) : string.CompareOrdinal(a.Person, b.Person));
        return new FollowUpList
        {
            Person = person,
            Venue = venue,
            RateWithin24h = _rates.ShareWithin24h.Value,
            RateWithin48h = _rates.ShareWithin48h.Value,
            RateFollowedUp = _rates.ShareFollowedUp.Value,
            Bounds = new FollowUpBounds
            {
                Within24h = ShareBounds.Of(_rates.ShareWithin24h),
                Within48h = ShareBounds.Of(_rates.ShareWithin48h),
                FollowedUp = ShareBounds.Of(_rates.ShareFollowedUp),
            },
            States = _rates.ByState(),
            Evidence = new FollowUpListEvidence
            {
                FirstContacts = _rates.FirstContacts,
                FollowedUp = _rates.FollowedUp,
                Open = _rates.Open,
                Within24h = _rates.Within24h,
                Within48h = _rates.Within48h,
            },
            Items = _items,
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(asOfMs),
        };
    }

    private FollowUp Item(string other, string? name, in FirstContact contact, bool selfIsLow) => new()
    {
        Person = other,
        Venue = name,
        Met = DateTimeOffset.FromUnixTimeMilliseconds(contact.MetMs),
        State = contact.State.WireName(),
        FollowedUp = At(contact.FollowedUpMs),
        Hours = contact.Hours,
        Deadline = Deadline(in contact),
        Evidence = new FollowUpEvidence
        {
            MetBy = WireNames.Of(contact.MetBy),
            FollowedUpBy = contact.State.IsFollowedUp() ? By(contact.NextDirection, selfIsLow) : null,
            SpokeAgain = contact.State.IsFollowedUp() ? null : At(contact.NextMs),
            Positions = contact.NextMs is null ? [contact.MetPosition] : [contact.MetPosition, contact.NextPosition],
        },
    };

    private DateTimeOffset? Deadline(in FirstContact contact)
    {
        if (!contact.State.IsOpen()) return null;
        var ageMs = asOfMs - contact.MetMs;
        var days = ageMs <= TieDecay.DayMs ? 1 : ageMs <= 2 * TieDecay.DayMs ? 2 : thresholds.LateWithinDays;
        return At(contact.MetMs + (long)(days * TieDecay.DayMs));
    }

    private static string? By(DyadDirection? direction, bool selfIsLow) => direction switch
    {
        DyadDirection.Both => "both",
        DyadDirection.LowToHigh => selfIsLow ? "self" : "other",
        DyadDirection.HighToLow => selfIsLow ? "other" : "self",
        _ => null,
    };

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;
}
