using NetworkGraph.Analytics.Map;
using NetworkGraph.Analytics.Timeline;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;

namespace NetworkGraph.Server.Http.Network;

/// <summary>The whole network to look at: as a map, and over time.</summary>
internal static class PictureEndpoints
{
    public static void MapPictures(this IEndpointRouteBuilder routes)
    {
        var network = routes.MapGroup("/v1/network").WithTags("Network");
        network.MapGet("/map", MapAsync).Takes(QueryParameters.AsOf, QueryParameters.MapPeople, QueryParameters.MapTies, QueryParameters.MapPlaces).IsHeavy()
            .Describe("getNetworkMap", "Get the network as a map",
                "People with positions, drawn so that communities are apart, and everyone's three strongest ties with the backbone that connects them, in columns of equal length.")
            .Produces<MapAnswer>();
        network.MapGet("/timeline", TimelineAsync).Takes(QueryParameters.From, QueryParameters.Through, QueryParameters.Points).IsHeavy()
            .Describe("getNetworkTimeline", "Get the network over time", "People, interactions, ties by status and reciprocity at equal distances between two dates.")
            .Produces<TimelineAnswer>();
    }

    private static async Task<Reply> MapAsync(QueryReader query, MapQueries maps, TimeProvider clock, CancellationToken cancellation)
    {
        var asOfMs = query.AsOf(clock);
        var limit = query.Number(QueryParameters.MapPeople);
        var ties = query.Number(QueryParameters.MapTies);
        var places = query.Word(QueryParameters.MapPlaces);
        if (query.Problem is { } problem) return problem;
        var map = places == "now" && asOfMs is { } date ? await maps.OnMapOfNowAsync(date, limit, ties, cancellation) : await maps.MapAsync(asOfMs, limit, ties, cancellation);
        return Answer.Of(map, AnswersJson.Plain.MapAnswer);
    }

    private static async Task<Reply> TimelineAsync(QueryReader query, TimelineQueries timeline, TimeProvider clock, CancellationToken cancellation)
    {
        var fromMs = query.Time(QueryParameters.From);
        var toMs = query.Time(QueryParameters.Through);
        var points = query.Number(QueryParameters.Points);
        var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (toMs > nowMs) query.Fail(QueryParameters.Through.Name, "lies in the future");
        if (fromMs >= (toMs ?? nowMs)) query.Fail(QueryParameters.From.Name, "does not lie before the last date");
        if (query.Problem is { } problem) return problem;
        return Answer.Of(await timeline.TimelineAsync(fromMs, toMs, points, cancellation), AnswersJson.Plain.TimelineAnswer);
    }
}
