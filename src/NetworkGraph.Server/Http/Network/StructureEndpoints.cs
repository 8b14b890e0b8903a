using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Analytics.Structure;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;

namespace NetworkGraph.Server.Http.Network;

/// <summary>Where people stand in the network, and what it falls into.</summary>
internal static class StructureEndpoints
{
    public static void MapStructure(this IEndpointRouteBuilder routes)
    {
        var person = routes.MapGroup("/v1/people/{id}").WithTags("Structure");
        person.MapGet("/structure", OfPersonAsync).Takes(QueryParameters.AsOf, QueryParameters.Weights).IsHeavy()
            .Describe("getStructure", "Get a person's place in the network",
                "Burt's constraint and effective size, local bridges, Simmelian ties, betweenness, community and PageRank. Communities of a large network are "
                + "renewed in the background; evidence.communitiesAsOf says of when they are. One person's own archive says egoOnly and no more than the degree.")
            .Produces<PersonStructureAnswer>().MayNotFind();
        person.MapGet("/ego", EgoAsync).Takes(QueryParameters.AsOf, QueryParameters.Neighbours)
            .Describe("getEgo", "Get a person's network close up", "The neighbours with the strongest ties, and the ties among them.")
            .Produces<EgoAnswer>().MayNotFind();
        var network = routes.MapGroup("/v1/network").WithTags("Structure");
        network.MapGet("/communities", CommunitiesAsync).Takes(QueryParameters.AsOf, QueryParameters.Weights, QueryParameters.Limit, QueryParameters.Cursor).IsHeavy()
            .Describe("getCommunities", "Get the network's communities",
                "Communities of five people and more (Leiden), largest first: what their people have in common, what holds them together, and what bridges them to others.")
            .Produces<CommunitiesAnswer>();
        network.MapGet("/brokers", BrokersAsync).Takes(QueryParameters.AsOf, QueryParameters.Weights, QueryParameters.Brokers).IsHeavy()
            .Describe("getBrokers", "Get the network's brokers", "The people between others who do not know each other: of those with at least three ties the least constrained.")
            .Produces<ListAnswer<BrokerAnswer>>();
    }

    private static async Task<Reply> OfPersonAsync(QueryReader query, PersonGrains people, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var asOfMs = query.AsOf(clock);
        var weighted = IsWeighted(query);
        if (query.Problem is { } problem) return problem;
        return await people.AskAsync(query.Viewer, id, asOfMs, (person, request, stop) => person.StructureAsync(request, weighted, stop), cancellation) is { } answer
            ? Answer.Of(answer, AnswersJson.Plain.PersonStructureAnswer)
            : Answer.NobodyHas("id", id);
    }

    private static async Task<Reply> EgoAsync(QueryReader query, PersonGrains people, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var asOfMs = query.AsOf(clock);
        var limit = query.Number(QueryParameters.Neighbours);
        if (query.Problem is { } problem) return problem;
        return await people.AskAsync(query.Viewer, id, asOfMs, (person, request, stop) => person.EgoAsync(request, limit, stop), cancellation) is { } answer
            ? Answer.Of(answer, AnswersJson.Plain.EgoAnswer)
            : Answer.NobodyHas("id", id);
    }

    private static async Task<Reply> CommunitiesAsync(QueryReader query, StructureQueries structure, TimeProvider clock, CancellationToken cancellation)
    {
        var asOfMs = query.AsOf(clock);
        var weighted = IsWeighted(query);
        var page = query.Page();
        if (query.Problem is { } problem) return problem;
        var communities = await structure.CommunitiesAsync(asOfMs, weighted, cancellation);
        // Pages of the communities known now: finding them anew as of the first page's date would take far longer than they change.
        var shown = Listing.PageOf(communities.Items, community => (-community.Community, ""), page, communities.AsOf.ToUnixTimeMilliseconds());
        return Answer.Of(communities with { Items = shown.Items, NextCursor = shown.NextCursor }, AnswersJson.Plain.CommunitiesAnswer);
    }

    private static async Task<Reply> BrokersAsync(QueryReader query, StructureQueries structure, TimeProvider clock, CancellationToken cancellation)
    {
        var asOfMs = query.AsOf(clock);
        var weighted = IsWeighted(query);
        var limit = query.Number(QueryParameters.Brokers);
        if (query.Problem is { } problem) return problem;
        var (brokers, seenAtMs) = await structure.BrokersAsync(asOfMs, weighted, limit, cancellation);
        return Answer.Of(new ListAnswer<BrokerAnswer>(brokers, null, DateTimeOffset.FromUnixTimeMilliseconds(seenAtMs)), AnswersJson.Plain.ListAnswerBrokerAnswer);
    }

    private static bool IsWeighted(QueryReader query) => query.Word(QueryParameters.Weights) == QueryParameters.Weights.Words![0];
}
