using NetworkGraph.Engine.Ties;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Venues;

/// <summary>
/// What going to a venue brought one person. These are the person's own ties, so nothing is suppressed, however few.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record PersonVenue
{
    [Id(0)] public required string Venue { get; init; }

    /// <summary>Days (UTC) on which the person attended, or took part in something there.</summary>
    [Id(1)] public required int Visits { get; init; }

    [Id(2)] public required DateTimeOffset FirstVisit { get; init; }

    [Id(3)] public required DateTimeOffset LastVisit { get; init; }

    /// <summary>People the person had something with there.</summary>
    [Id(4)] public required int People { get; init; }

    /// <summary>People the person met for the first time there.</summary>
    [Id(5)] public required int NewPeople { get; init; }

    [Id(6)] public required double? RateWithin24h { get; init; }

    [Id(7)] public required double? RateWithin48h { get; init; }

    /// <summary>Of the new people, followed up within 14 days.</summary>
    [Id(8)] public required Proportion FollowedUp { get; init; }

    /// <summary>The same, counting only what was not said at this venue again.</summary>
    [Id(9)] public required Proportion FollowedUpElsewhere { get; init; }

    /// <summary>Of the new people met at least 90 days ago, those still in exchange 90 days later.</summary>
    [Id(10)] public required Proportion StillReciprocated { get; init; }

    /// <summary>Interactions there in which the person gave something, advised, or did a favour.</summary>
    [Id(11)] public required int HelpGiven { get; init; }

    /// <summary>Interactions there in which the person was given something, advised, or done a favour.</summary>
    [Id(12)] public required int HelpReceived { get; init; }

    /// <summary>What the ties that began there amount to now: Σ of their strengths (the mean of both ways).</summary>
    [Id(13)] public required double TieStrength { get; init; }

    /// <summary>The return on attending: <see cref="TieStrength"/> / <see cref="Visits"/>.</summary>
    [Id(14)] public required double TieStrengthPerVisit { get; init; }
}

/// <summary>
/// Problem: at which venues has a person been, and what did going there bring them?
/// Method: sums by venue over the person's dyads and own list, added in any order.
/// Cost: O(events), each with a binary search for its venue.
/// </summary>
public sealed class PersonVenueFold(HistoryStore histories, long asOfMs, VenueSettings settings)
{
    private readonly Dictionary<int, Sums> _venues = [];

    /// <summary>Takes in a dyad of the person, or their own list (where they are the other themselves).</summary>
    public void Add(int other, ReadOnlySpan<DyadEvent> events, bool selfIsLow, bool isOwnList)
    {
        foreach (ref readonly var happened in events)
        {
            if (happened.Direction is DyadDirection.Mentioned || histories.Venues.Of(happened.Position) is not (>= 0 and var venue))
                continue;
            var sums = At(venue);
            sums.Days.Add(happened.AtMs / (long)TieDecay.DayMs);
            sums.FirstMs = Math.Min(sums.FirstMs, happened.AtMs);
            sums.LastMs = Math.Max(sums.LastMs, happened.AtMs);
            if (isOwnList) continue;
            sums.People.Add(other);
            if (!VenueFigures.IsHelp(in happened)) continue;
            if (happened.IsOut(selfIsLow)) sums.Given.Add(happened.Position);
            if (happened.IsIn(selfIsLow)) sums.Received.Add(happened.Position);
        }
        if (!isOwnList && FirstContact.Of(
            events, asOfMs, histories.Venues, settings.Measures.WeightTable, settings.FollowUps) is { } contact
            && histories.Venues.Of(contact.MetPosition) is >= 0 and var met)
            At(met).Contacts.Add(VenueContact.Of(events, in contact, met, histories.Venues, asOfMs, settings));
    }

    /// <summary>The venues, the one with the best return first, then by name.</summary>
    public IReadOnlyList<PersonVenue> Finish()
    {
        var venues = new List<PersonVenue>(_venues.Count);
        foreach (var (venue, sums) in _venues)
            if (histories.Venues.NameOf(venue) is { Length: > 0 } name) venues.Add(sums.Finish(name));
        venues.Sort(static (a, b) =>
        {
            var byReturn = b.TieStrengthPerVisit.CompareTo(a.TieStrengthPerVisit);
            return byReturn != 0 ? byReturn : string.CompareOrdinal(a.Venue, b.Venue);
        });
        return venues;
    }

    private Sums At(int venue)
    {
        if (!_venues.TryGetValue(venue, out var sums)) _venues.Add(venue, sums = new Sums(asOfMs, settings));
        return sums;
    }

    private sealed class Sums(long asOfMs, VenueSettings settings)
    {
        public VenueContactSums Contacts { get; } = new(asOfMs, settings);

        public long FirstMs { get; set; } = long.MaxValue;

        public long LastMs { get; set; } = long.MinValue;

        public HashSet<long> Days { get; } = [];

        public HashSet<int> People { get; } = [];

        public HashSet<uint> Given { get; } = [];

        public HashSet<uint> Received { get; } = [];

        public PersonVenue Finish(string name) => new()
        {
            Venue = name,
            Visits = Days.Count,
            FirstVisit = DateTimeOffset.FromUnixTimeMilliseconds(FirstMs),
            LastVisit = DateTimeOffset.FromUnixTimeMilliseconds(LastMs),
            People = People.Count,
            NewPeople = Contacts.Rates.FirstContacts,
            RateWithin24h = Contacts.Rates.ShareWithin24h.Value,
            RateWithin48h = Contacts.Rates.ShareWithin48h.Value,
            FollowedUp = Contacts.FollowedUp,
            FollowedUpElsewhere = Contacts.FollowedUpElsewhere,
            StillReciprocated = Contacts.StillReciprocated,
            HelpGiven = Given.Count,
            HelpReceived = Received.Count,
            TieStrength = Contacts.Strength,
            TieStrengthPerVisit = Contacts.Strength / Days.Count,
        };
    }
}
