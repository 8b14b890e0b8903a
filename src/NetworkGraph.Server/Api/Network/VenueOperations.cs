using NetworkGraph.Analytics.Venues;
using NetworkGraph.People.Venues;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Network;

/// <summary>What comes of venues, in the whole network.</summary>
internal static class VenueOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("searchVenues", "/v1/venues", VenuesAsync).In("Venues").For(Access.Analysts).Heavy()
            .Described("Search venues",
                "Events and places at which something happened, each with how many came, met for the first time, followed up and "
                + "kept in exchange. "
                + "Of venues with fewer than 5 people nothing but the name is told."),
        Operation.Get("getVenue", "/v1/venues/{id}", VenueAsync).In("Venues").For(Access.Analysts).Heavy().MayNotFind()
            .Described("Get a venue in full",
                "Was it worth it? Whom attendees met, how soon they followed up (Kaplan-Meier), what lasted, and how that compares "
                + "with other venues. "
                + "The id is the venue's exact name, percent-encoded."),
    ];

    private static async Task<Reply<ListAnswer<VenueSummary>>> VenuesAsync(
        VenuesRequest request, VenueQueries venues, CancellationToken cancellation)
    {
        var (verdict, sort) = (request.Verdict, request.Sort);
        var asOfMs = request.Date ?? request.Page.Cursor?.AsOfMs ?? venues.CurrentAsOfMs;
        var words = request.Text?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [];
        var chosen = (await venues.AllAsync(asOfMs, cancellation))
            .Where(v => (verdict ?? v.Verdict) == v.Verdict
            && words.All(word => v.Venue.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .OrderByDescending(v => Rank(v, sort)).ThenBy(v => v.Venue, StringComparer.Ordinal).ToList();
        return Listing.PageOf(chosen, v => (Rank(v, sort), v.Venue), request.Page, asOfMs);
    }

    private static async Task<Reply<VenueAnswer>> VenueAsync(VenueRequest request, VenueQueries venues, CancellationToken cancellation)
    {
        var (answer, unknown) = await venues.OfAsync(request.Id, request.With, request.AsOfMs ?? venues.CurrentAsOfMs, cancellation);
        return answer is not null
            ? answer
            : Problem.NotFound(unknown == request.Id ? "id" : "with", $"Nothing is known to have happened at a venue called '{unknown}'.");
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

internal sealed record VenuesRequest(
    [Query(nameof(QueryParameters.VenueText))] string? Text,
    [Query(nameof(QueryParameters.VenueVerdict))] string? Verdict,
    [Query(nameof(QueryParameters.VenueSort))] string Sort,
    [Query(nameof(QueryParameters.AsOf))] long? Date,
    Page Page) : IOperationRequest;

internal sealed record VenueRequest(
    [Name] string Id, [Query(nameof(QueryParameters.CompareWith))] string? With,
        [Query(nameof(QueryParameters.AsOf))] long? AsOfMs) : IOperationRequest
{
    public void Check(QueryReader query)
    {
        if (With == Id) query.Fail("with", "is the venue itself");
    }
}
