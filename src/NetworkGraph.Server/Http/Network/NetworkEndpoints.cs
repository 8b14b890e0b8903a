using NetworkGraph.Analytics;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Network;

/// <summary>The network as a whole.</summary>
internal static class NetworkEndpoints
{
    public static void MapNetwork(this IEndpointRouteBuilder routes)
    {
        var network = routes.MapGroup("/v1/network").WithTags("Network");
        network.MapGet("", NetworkAsync).Takes(QueryParameters.AsOf).IsHeavy()
            .Describe("getNetwork", "Get the network in numbers", "People, interactions, ties and dyads by status, and how fresh the answer is.")
            .Produces<NetworkAnswer>();
        network.MapGet("/reciprocity", ReciprocityAsync).Takes(QueryParameters.AsOf).IsHeavy()
            .Describe("getNetworkReciprocity", "Get the network's reciprocity", "r, ρ (corrected for chance) and the share of strength that is returned.")
            .Produces<NetworkReciprocityAnswer>();
    }

    private static async Task<Reply> NetworkAsync(QueryReader query, NetworkQueries queries, TimeProvider clock, CancellationToken cancellation)
    {
        var asOfMs = query.AsOf(clock);
        if (query.Problem is { } problem) return problem;
        return Answer.Of(await queries.NetworkAsync(asOfMs, cancellation), AnswersJson.Plain.NetworkAnswer);
    }

    private static async Task<Reply> ReciprocityAsync(QueryReader query, NetworkQueries queries, TimeProvider clock, CancellationToken cancellation)
    {
        var asOfMs = query.AsOf(clock);
        if (query.Problem is { } problem) return problem;
        return Answer.Of(await queries.ReciprocityAsync(asOfMs, cancellation), AnswersJson.Plain.NetworkReciprocityAnswer);
    }
}
