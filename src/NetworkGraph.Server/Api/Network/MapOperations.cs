using NetworkGraph.Analytics.Map;
using NetworkGraph.Analytics.Timeline;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Network;

/// <summary>The whole network to look at: as a map, and over time.</summary>
internal static class MapOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getNetworkMap", "/v1/network/map", MapAsync).In("Network").For(Access.Analysts).Heavy()
            .Described("Get the network as a map",
                "People with positions, drawn so that communities are apart, and everyone's three strongest ties with the backbone that "
                + "connects them, in columns of equal length."),
        Operation.Get("getNetworkTimeline", "/v1/network/timeline", TimelineAsync).In("Network").For(Access.Analysts).Heavy()
            .Described("Get the network over time",
            "People, interactions, ties by status and reciprocity at equal distances between two dates."),
    ];

    private static async Task<Reply<MapAnswer>> MapAsync(MapRequest request, MapQueries maps, CancellationToken cancellation) =>
        request.Places == "now" && request.AsOfMs is { } date
            ? await maps.OnMapOfNowAsync(date, request.Limit, request.Ties, cancellation)
            : await maps.MapAsync(request.AsOfMs, request.Limit, request.Ties, cancellation);

    private static async Task<Reply<TimelineAnswer>> TimelineAsync(
        TimelineRequest request, TimelineQueries timeline, CancellationToken cancellation) =>
        await timeline.TimelineAsync(request.FromMs, request.ToMs, request.Points, cancellation);
}

internal sealed record MapRequest(
    [Query(nameof(QueryParameters.AsOf))] long? AsOfMs,
    [Query(nameof(QueryParameters.MapPeople))] int Limit,
    [Query(nameof(QueryParameters.MapTies))] int Ties,
    [Query(nameof(QueryParameters.MapPlaces))] string Places) : IOperationRequest;

internal sealed record TimelineRequest(
    [Query(nameof(QueryParameters.From))] long? FromMs,
    [Query(nameof(QueryParameters.Through))] long? ToMs,
    [Query(nameof(QueryParameters.Points))] int Points) : IOperationRequest
{
    public void Check(QueryReader query)
    {
        if (ToMs > query.NowMs) query.Fail("to", "lies in the future");
        if (FromMs >= (ToMs ?? query.NowMs)) query.Fail("from", "does not lie before the last date");
    }
}
