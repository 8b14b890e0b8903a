using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Events.Log;
using NetworkGraph.People;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Referrals;
using NetworkGraph.People.Venues;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;

namespace NetworkGraph.Server.Http.People;

/// <summary>What a person made of first contacts, of going to venues, and of referrals.</summary>
internal static class FollowUpEndpoints
{
    public static void MapFollowUps(this IEndpointRouteBuilder routes)
    {
        var person = routes.MapGroup("/v1/people/{id}").WithTags("Follow-ups");
        person.MapGet("/follow-ups", FollowUpsAsync)
            .Takes(QueryParameters.AtVenue, QueryParameters.FollowUpState, QueryParameters.AsOf, QueryParameters.Limit, QueryParameters.Cursor)
            .Describe("getFollowUps", "Get a person's follow-ups",
                "Whom the person met for the first time (a meeting or an accepted request), the latest first, and whether either of the two "
                + "followed it up: within 24 h, within 48 h, late (14 days), due, overdue or never.")
            .Produces<FollowUpsAnswer>().MayNotFind();
        person.MapGet("/venues", VenuesAsync).Takes(QueryParameters.AsOf, QueryParameters.Limit, QueryParameters.Cursor)
            .Describe("getPersonVenues", "Get what going to venues brought a person",
                "The venues the person was at, the best return a visit first: whom they met there, what was followed up and what lasted.")
            .Produces<ListAnswer<PersonVenue>>().MayNotFind();
        person.MapGet("/referrals", ReferralsAsync).IsHeavy()
            .Takes(QueryParameters.ReferralRole, QueryParameters.ReferralState, QueryParameters.OpenLoops, QueryParameters.AsOf, QueryParameters.Limit, QueryParameters.Cursor)
            .Describe("getReferrals", "Get a person's referral loops",
                "Referrals the person made, received or is the subject of, the latest first: made, acted on (receiver and referred person in "
                + "touch within 30 days), reported back to the referrer. And what came of the introductions the person made.")
            .Produces<ReferralsAnswer>().MayNotFind();
    }

    private static async Task<Reply> FollowUpsAsync(
        QueryReader query, PersonGrains people, NetworkQueries queries, PersonNames names, IInteractionLog log, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var venue = query.Text(QueryParameters.AtVenue);
        var state = query.WordIfGiven(QueryParameters.FollowUpState);
        var page = query.Page();
        var asOfMs = query.AsOf(clock) ?? page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs;
        if (query.Problem is { } problem) return problem;
        var all = await people.AskAsync(query.Viewer, id, asOfMs, (person, request, stop) => person.FollowUpsAsync(request, venue, stop), cancellation);
        if (all is null) return Answer.NobodyHas("id", id);
        var chosen = state is null ? all.Items : [.. all.Items.Where(item => item.State == state)];
        var shown = Listing.PageOf(chosen, item => (item.Met.ToUnixTimeMilliseconds(), item.Person), page, asOfMs);
        var ids = await InteractionIds.ReadAsync(log, shown.Items.SelectMany(item => item.Evidence.Positions), cancellation);
        return Answer.Of(
            new FollowUpsAnswer
            {
                Person = all.Person,
                Venue = all.Venue,
                RateWithin24h = all.RateWithin24h,
                RateWithin48h = all.RateWithin48h,
                RateFollowedUp = all.RateFollowedUp,
                Bounds = all.Bounds,
                States = all.States,
                Evidence = all.Evidence,
                Items = [.. shown.Items.Select(item => item with { Name = names.Of(item.Person), Entity = names.EntityOf(item.Person), Evidence = item.Evidence with { Interactions = ids.Of(item.Evidence.Positions) } })],
                NextCursor = shown.NextCursor,
                AsOf = shown.AsOf,
            },
            AnswersJson.Plain.FollowUpsAnswer);
    }

    private static async Task<Reply> VenuesAsync(QueryReader query, PersonGrains people, NetworkQueries queries, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var page = query.Page();
        var asOfMs = query.AsOf(clock) ?? page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs;
        if (query.Problem is { } problem) return problem;
        var venues = await people.AskAsync(query.Viewer, id, asOfMs, static (person, request, stop) => person.VenuesAsync(request, stop), cancellation);
        if (venues is null) return Answer.NobodyHas("id", id);
        return Answer.Of(Listing.PageOf(venues, venue => (venue.TieStrengthPerVisit, venue.Venue), page, asOfMs), AnswersJson.Plain.ListAnswerPersonVenue);
    }

    private static async Task<Reply> ReferralsAsync(
        QueryReader query, PersonGrains people, NetworkQueries queries, IInteractionLog log, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var role = query.WordIfGiven(QueryParameters.ReferralRole);
        var state = query.WordIfGiven(QueryParameters.ReferralState);
        var open = query.WordIfGiven(QueryParameters.OpenLoops);
        var page = query.Page();
        var asOfMs = query.AsOf(clock) ?? page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs;
        if (query.Problem is { } problem) return problem;
        var all = await people.AskAsync(query.Viewer, id, asOfMs, static (person, request, stop) => person.ReferralsAsync(request, stop), cancellation);
        if (all is null) return Answer.NobodyHas("id", id);
        var chosen = all.Items.Where(loop => (role ?? loop.Role) == loop.Role && (state ?? loop.State) == loop.State && (open is null || loop.Open == (open == "true"))).ToList();
        var shown = Listing.PageOf(chosen, loop => (loop.Made.ToUnixTimeMilliseconds(), ReferralQueries.Key(loop)), page, asOfMs);
        var positions = shown.Items.SelectMany(loop => loop.Evidence.Positions).Concat(all.Introductions.Items.Select(made => made.Position));
        var ids = await InteractionIds.ReadAsync(log, positions, cancellation);
        return Answer.Of(
            new ReferralsAnswer
            {
                Person = all.Person,
                Made = all.Made,
                Received = all.Received,
                About = all.About,
                Introductions = all.Introductions with { Items = [.. all.Introductions.Items.Select(made => made with { Interaction = ids.Of(made.Position) })] },
                Items = [.. shown.Items.Select(loop => loop with { Evidence = loop.Evidence with { Interactions = ids.Of(loop.Evidence.Positions) } })],
                NextCursor = shown.NextCursor,
                AsOf = shown.AsOf,
            },
            AnswersJson.Plain.ReferralsAnswer);
    }
}

/// <summary>A page of a person's first contacts, with the rates of all of them.</summary>
public sealed record FollowUpsAnswer
{
    public required string Person { get; init; }

    /// <summary>Only first contacts at this venue; null for all.</summary>
    public required string? Venue { get; init; }

    /// <summary>Share followed up within 24 h, in [0,1] (Kaplan-Meier: the pending count for as long as they were watched); null where there are none.</summary>
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
