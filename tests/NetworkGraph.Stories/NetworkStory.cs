using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Venues;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;
using NetworkGraph.People.Referrals;
using NetworkGraph.People.Venues;

namespace NetworkGraph.Stories;

/// <summary>What a few people did, told in days after the start; ids of interactions are given in the order told, from 1.</summary>
public sealed class NetworkStory
{
    public const long DayMs = 86_400_000;
    public static readonly DateTimeOffset Start = new(2025, 1, 6, 9, 0, 0, TimeSpan.Zero);

    public List<Interaction> Told { get; } = [];

    public PeopleOptions Options { get; init; } = PeopleOptions.Default;

    public static long At(double day) => Start.ToUnixTimeMilliseconds() + (long)Math.Round(day * DayMs);

    /// <summary>The day (UTC) of a time, counted from 1970.</summary>
    public static long DayOf(long atMs) => atMs / DayMs;

    public NetworkStory Meet(double day, string? venue, params string[] people) =>
        Tell(day, people[0], InteractionKind.Meeting, people[1..], venue);

    public NetworkStory Attend(double day, string venue, params string[] people)
    {
        foreach (var person in people) Tell(day, person, InteractionKind.Attendance, [], venue);
        return this;
    }

    public NetworkStory Write(
        double day, string from, string to, InteractionKind kind = InteractionKind.Message, string? venue = null, string? inReplyTo = null,
        string? about = null, Exchange exchange = Exchange.None) =>
        Tell(day, from, kind, [to], venue, inReplyTo, about, exchange);

    /// <summary>Both write, again and again.</summary>
    public NetworkStory Talk(double fromDay, double toDay, double everyDays, string one, string other)
    {
        for (var day = fromDay; day <= toDay; day += everyDays) Write(day, one, other).Write(day + 0.1, other, one);
        return this;
    }

    public NetworkStory Refer(double day, string referrer, string receiver, string referred) =>
        Tell(day, referrer, InteractionKind.Referral, [receiver], null, null, referred, Exchange.Give);

    public NetworkStory Introduce(double day, string broker, string first, string second) =>
        Tell(day, broker, InteractionKind.Introduction, [first, second], null, null, null, Exchange.Give);

    public NetworkStory Tell(
        double day, string from, InteractionKind kind, string[] to, string? venue, string? inReplyTo = null, string? about = null,
        Exchange exchange = Exchange.None)
    {
        Told.Add(new Interaction
        {
            Id = $"i{Told.Count + 1}",
            AtMs = At(day),
            From = from,
            To = to,
            Kind = kind,
            Venue = venue,
            InReplyTo = inReplyTo,
            About = about,
            Exchange = exchange,
        });
        return this;
    }

    /// <summary>The same story with its interactions in another order of arrival, some days later, or with others among them.</summary>
    public NetworkStory Retold(Func<List<Interaction>, IEnumerable<Interaction>> retell)
    {
        var story = new NetworkStory { Options = Options };
        story.Told.AddRange(retell(Told));
        return story;
    }

    public HistoryStore Fold()
    {
        var store = new HistoryStore();
        for (var i = 0; i < Told.Count; i++) store.Apply(Told[i], i + 1);
        return store;
    }

    public EmbeddedPeople People() => new(Fold(), new ProfileStore(), new BoundaryStore(), Options);

    public FollowUpList FollowUpsOf(string person, double asOfDay, string? venue = null) =>
        People().FollowUpsAsync(person, venue, At(asOfDay), default).AsTask().GetAwaiter().GetResult().ShouldNotBeNull();

    public IReadOnlyList<PersonVenue> VenuesOf(string person, double asOfDay) =>
        People().VenuesAsync(person, At(asOfDay), default).AsTask().GetAwaiter().GetResult().ShouldNotBeNull();

    public ReferralList ReferralsOf(string person, double asOfDay) =>
        new ReferralQueries(Fold(), Options.Referrals).Of(person, At(asOfDay), default).ShouldNotBeNull();

    public VenueQueries Venues() => VenuesIn(Fold(), Options);

    public VenueAnswer Venue(string venue, double asOfDay, string? with = null) =>
        Venues().OfAsync(venue, with, At(asOfDay), default).AsTask().GetAwaiter().GetResult().Answer.ShouldNotBeNull();

    public static VenueQueries VenuesIn(HistoryStore store, PeopleOptions options) =>
        new(store, new LiveNetwork(store, options, new LiveNetworkOptions(), TimeProvider.System), options);
}
