using NetworkGraph.Analytics.Venues;
using NetworkGraph.People.Venues;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Network;

/// <summary>What comes of venues, in the whole network.</summary>
internal static class VenueEndpoints
{
    public static void MapVenues(this IEndpointRouteBuilder routes)
    {
        var venues = routes.MapGroup("/v1/venues").WithTags("Venues");
        venues.MapGet("", VenuesAsync).IsHeavy()
            .Takes(QueryParameters.VenueText, QueryParameters.VenueVerdict, QueryParameters.VenueSort, QueryParameters.AsOf, QueryParameters.Limit, QueryParameters.Cursor)
            .Describe("searchVenues", "Search venues",
                "Events and places at which something happened, each with how many came, met for the first time, followed up and kept in exchange. "
                + "Of venues with fewer than 5 people nothing but the name is told.")
            .Produces<ListAnswer<VenueSummary>>();
        venues.MapGet("/{id}", VenueAsync).IsHeavy().Takes(QueryParameters.CompareWith, QueryParameters.AsOf)
            .Describe("getVenue", "Get a venue in full",
                "Was it worth it? Whom attendees met, how soon they followed up (Kaplan-Meier), what lasted, and how that compares with other venues. "
                + "The id is the venue's exact name, percent-encoded.")
            .Produces<VenueAnswer>().MayNotFind();
    }

    private static async Task<Reply> VenuesAsync(QueryReader query, VenueQueries venues, TimeProvider clock, CancellationToken cancellation)
    {
        var text = query.Text(QueryParameters.VenueText);
        var verdict = query.WordIfGiven(QueryParameters.VenueVerdict);
        var sort = query.Word(QueryParameters.VenueSort);
        var page = query.Page();
        var asOfMs = query.AsOf(clock) ?? page.Cursor?.AsOfMs ?? venues.CurrentAsOfMs;
        if (query.Problem is { } problem) return problem;
        var words = text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var chosen = (await venues.AllAsync(asOfMs, cancellation))
            .Where(v => (verdict ?? v.Verdict) == v.Verdict && words.All(word => v.Venue.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .OrderByDescending(v => Rank(v, sort)).ThenBy(v => v.Venue, StringComparer.Ordinal).ToList();
        return Answer.Of(Listing.PageOf(chosen, v => (Rank(v, sort), v.Venue), page, asOfMs), AnswersJson.Plain.ListAnswerVenueSummary);
    }

    private static async Task<Reply> VenueAsync(QueryReader query, VenueQueries venues, TimeProvider clock, CancellationToken cancellation)
    {
        var name = query.TextInPath();
        var with = query.Text(QueryParameters.CompareWith);
        var asOfMs = query.AsOf(clock) ?? venues.CurrentAsOfMs;
        if (with is not null && with == name) query.Fail(QueryParameters.CompareWith.Name, "is the venue itself");
        if (query.Problem is { } problem) return problem;
        var (answer, unknown) = await venues.OfAsync(name, with, asOfMs, cancellation);
        return answer is not null
            ? Answer.Of(answer, AnswersJson.Plain.VenueAnswer)
            : Answer.Problem(Outcome.NotFound, $"Nothing is known to have happened at a venue called '{unknown}'.", unknown == name ? "id" : QueryParameters.CompareWith.Name);
    }

    /// <summary>What a venue is ordered by; of suppressed ones nothing, so that their place tells nothing either.</summary>
    private static double Rank(VenueSummary venue, string sort) => sort switch
    {
        "name" => 0,
        _ when venue.Suppressed => -1,
        "people" => venue.People!.Value,
        "firstContacts" => venue.FirstContacts!.Value,
        "within24h" => venue.Within24h!.Low ?? -0.5,
        "followedUp" => venue.FollowedUp!.Low ?? -0.5,
        "followedUpElsewhere" => venue.FollowedUpElsewhere!.Low ?? -0.5,
        "stillReciprocated" => venue.StillReciprocated!.Low ?? -0.5,
        "medianTieStrength" => venue.MedianTieStrength ?? -0.5,
        "helpGiven" => venue.HelpGiven!.Value,
        _ => venue.LastSeen!.Value.ToUnixTimeMilliseconds(),
    };
}
