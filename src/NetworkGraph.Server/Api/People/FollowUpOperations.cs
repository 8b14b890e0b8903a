using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Referrals;
using NetworkGraph.People.Venues;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.People;

/// <summary>What a person made of first contacts, of going to venues, and of referrals.</summary>
internal static class FollowUpOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getFollowUps", "/v1/people/{id}/follow-ups", FollowUpsAsync).In("Follow-ups").For(Access.Readers, Own.Person)
            .MayNotFind()
            .Described("Get a person's follow-ups",
                "Whom the person met for the first time (a meeting or an accepted request), the latest first, and whether "
                + "either of the two "
                + "followed it up: within 24 h, within 48 h, late (14 days), due, overdue or never."),
        Operation.Get("getPersonVenues", "/v1/people/{id}/venues", VenuesAsync).In("Follow-ups").For(Access.Readers, Own.Person)
            .MayNotFind()
            .Described("Get what going to venues brought a person",
                "The venues the person was at, the best return a visit first: whom they met there, what was followed up and what lasted."),
        Operation.Get("getReferrals", "/v1/people/{id}/referrals", ReferralsAsync).In("Follow-ups").For(Access.Readers, Own.Person).Heavy()
            .MayNotFind()
            .Described("Get a person's referral loops",
                "Referrals the person made, received or is the subject of, the latest first: made, acted on (receiver and "
                + "referred person in "
                + "touch within 30 days), reported back to the referrer. And what came of the introductions the person made."),
    ];

    private static async Task<Reply<FollowUpsAnswer>> FollowUpsAsync(
        FollowUpsRequest request, Viewer viewer, PersonGrains people, NetworkQueries queries, PersonNames names, IInteractionLog log,
            CancellationToken cancellation)
    {
        var asOfMs = request.AsOfMs ?? queries.CurrentAsOfMs;
        var all = await people.AskAsync(
            viewer, request.Id, asOfMs, (person, asked, stop) => person.FollowUpsAsync(asked, request.Venue, stop), cancellation);
        if (all is null) return Problem.PersonNotFound("id", request.Id);
        var chosen = request.State is null ? all.Items : [.. all.Items.Where(item => item.State == request.State)];
        var shown = Listing.PageOf(chosen, item => (item.Met.ToUnixTimeMilliseconds(), item.Person), request.Page, asOfMs);
        var ids = await InteractionIds.ReadAsync(log, shown.Items.SelectMany(item => item.Evidence.Positions), cancellation);
        return new FollowUpsAnswer
        {
            Person = all.Person,
            Venue = all.Venue,
            RateWithin24h = all.RateWithin24h,
            RateWithin48h = all.RateWithin48h,
            RateFollowedUp = all.RateFollowedUp,
            Bounds = all.Bounds,
            States = all.States,
            Evidence = all.Evidence,
            Items = [.. shown.Items.Select(item => item with
            {
                Name = names.Of(item.Person),
                Entity = names.EntityOf(item.Person),
                Evidence = item.Evidence with { Interactions = ids.Of(item.Evidence.Positions) },
            })],
            NextCursor = shown.NextCursor,
            AsOf = shown.AsOf,
        };
    }

    private static async Task<Reply<ListAnswer<PersonVenue>>> VenuesAsync(
        PersonPageRequest request, Viewer viewer, PersonGrains people, NetworkQueries queries, CancellationToken cancellation)
    {
        var asOfMs = request.AsOfMs ?? queries.CurrentAsOfMs;
        var venues = await people.AskAsync(
            viewer, request.Id, asOfMs, static (person, asked, stop) => person.VenuesAsync(asked, stop), cancellation);
        if (venues is null) return Problem.PersonNotFound("id", request.Id);
        return Listing.PageOf(venues, venue => (venue.TieStrengthPerVisit, venue.Venue), request.Page, asOfMs);
    }

    private static async Task<Reply<ReferralsAnswer>> ReferralsAsync(
        ReferralsRequest request, Viewer viewer, PersonGrains people, NetworkQueries queries, IInteractionLog log,
            CancellationToken cancellation)
    {
        var asOfMs = request.AsOfMs ?? queries.CurrentAsOfMs;
        var all = await people.AskAsync(
            viewer, request.Id, asOfMs, static (person, asked, stop) => person.ReferralsAsync(asked, stop), cancellation);
        if (all is null) return Problem.PersonNotFound("id", request.Id);
        var chosen = all.Items
            .Where(loop => (request.Role ?? loop.Role) == loop.Role && (request.State ?? loop.State) == loop.State
            && (request.Open ?? loop.Open) == loop.Open)
            .ToList();
        var shown = Listing.PageOf(chosen, loop => (loop.Made.ToUnixTimeMilliseconds(), ReferralQueries.Key(loop)), request.Page, asOfMs);
        var positions = shown.Items.SelectMany(loop => loop.Evidence.Positions)
            .Concat(all.Introductions.Items.Select(made => made.Position));
        var ids = await InteractionIds.ReadAsync(log, positions, cancellation);
        return new ReferralsAnswer
        {
            Person = all.Person,
            Made = all.Made,
            Received = all.Received,
            About = all.About,
            Introductions =
                all.Introductions with
                {
                    Items = [.. all.Introductions.Items.Select(
                made => made with { Interaction = ids.Of(made.Position) })]
                },
            Items = [.. shown.Items.Select(
                loop => loop with { Evidence = loop.Evidence with { Interactions = ids.Of(loop.Evidence.Positions) } })],
            NextCursor = shown.NextCursor,
            AsOf = shown.AsOf,
        };
    }
}

internal sealed record FollowUpsRequest(
    [Person] string Id,
    [Query(nameof(QueryParameters.AtVenue))] string? Venue,
    [Query(nameof(QueryParameters.FollowUpState))] string? State,
    [Query(nameof(QueryParameters.AsOf))] long? Date,
    Page Page) : IOperationRequest
{
    public long? AsOfMs => Date ?? Page.Cursor?.AsOfMs;
}

internal sealed record ReferralsRequest(
    [Person] string Id,
    [Query(nameof(QueryParameters.ReferralRole))] string? Role,
    [Query(nameof(QueryParameters.ReferralState))] string? State,
    [Query(nameof(QueryParameters.OpenLoops))] bool? Open,
    [Query(nameof(QueryParameters.AsOf))] long? Date,
    Page Page) : IOperationRequest
{
    public long? AsOfMs => Date ?? Page.Cursor?.AsOfMs;
}

/// <summary>A page of a person's first contacts, with the rates of all of them.</summary>
public sealed record FollowUpsAnswer
{
    public required string Person { get; init; }

    /// <summary>Only first contacts at this venue; null for all.</summary>
    public required string? Venue { get; init; }

    /// <summary>
    /// Share followed up within 24 h, in [0,1] (Kaplan-Meier: the pending count for as long as they were watched); null where there
    /// are none.
    /// </summary>
    public required double? RateWithin24h { get; init; }

    /// <summary>The same with 48 h.</summary>
    public required double? RateWithin48h { get; init; }

    /// <summary>The same with 14 days.</summary>
    public required double? RateFollowedUp { get; init; }

    /// <summary>95 % bounds of the three rates.</summary>
    public required FollowUpBounds Bounds { get; init; }

    /// <summary>First contacts by state.</summary>
    public required IReadOnlyDictionary<string, int> States { get; init; }

    public required FollowUpListEvidence Evidence { get; init; }

    public required IReadOnlyList<FollowUp> Items { get; init; }

    public required string? NextCursor { get; init; }

    public required DateTimeOffset AsOf { get; init; }
}

/// <summary>A page of a person's referral loops, with the counts of all of them.</summary>
public sealed record ReferralsAnswer
{
    public required string Person { get; init; }

    /// <summary>Loops the person made.</summary>
    public required ReferralCounts Made { get; init; }

    /// <summary>Loops the person received.</summary>
    public required ReferralCounts Received { get; init; }

    /// <summary>Loops in which the person is the one referred.</summary>
    public required ReferralCounts About { get; init; }

    public required IntroductionCredit Introductions { get; init; }

    public required IReadOnlyList<Referral> Items { get; init; }

    public required string? NextCursor { get; init; }

    public required DateTimeOffset AsOf { get; init; }
}
