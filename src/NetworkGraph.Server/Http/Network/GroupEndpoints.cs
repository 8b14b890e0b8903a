using NetworkGraph.Analytics.Groups;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;

namespace NetworkGraph.Server.Http.Network;

/// <summary>How groups of people are tied to each other.</summary>
internal static class GroupEndpoints
{
    public static void MapGroups(this IEndpointRouteBuilder routes) => routes.MapGroup("/v1/network").WithTags("Network")
        .MapGet("/groups", GroupsAsync).Takes(QueryParameters.GroupedBy, QueryParameters.AsOf).IsHeavy()
        .Describe("getGroups", "Get the ties between groups",
            "How many ties lead from each organisation (or industry, role, tag) to each, how strong they are and how many are returned. Figures "
            + "that rest on fewer than five people are null, and so are those that they could be worked out from.")
        .Produces<GroupsAnswer>();

    private static async Task<Reply> GroupsAsync(QueryReader query, GroupQueries groups, TimeProvider clock, CancellationToken cancellation)
    {
        var by = query.Word(QueryParameters.GroupedBy);
        var asOfMs = query.AsOf(clock);
        if (query.Problem is { } problem) return problem;
        return Answer.Of(await groups.GroupsAsync(by, asOfMs, cancellation), AnswersJson.Plain.GroupsAnswer);
    }
}
