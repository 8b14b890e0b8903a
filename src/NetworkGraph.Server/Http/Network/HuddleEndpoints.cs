using NetworkGraph.Analytics.Huddles;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;

namespace NetworkGraph.Server.Http.Network;

/// <summary>Groups that people could form.</summary>
internal static class HuddleEndpoints
{
    public static void MapHuddles(this IEndpointRouteBuilder routes) => routes.MapGroup("/v1/network").WithTags("Network")
        .MapGet("/huddles", HuddlesAsync).Takes(QueryParameters.Audience, QueryParameters.HuddlePerson, QueryParameters.HuddleSize, QueryParameters.Huddles, QueryParameters.AsOf).IsHeavy()
        .Describe("getHuddles", "Propose huddles",
            "Groups of people who serve the same audience, none of whom offers what another does, chosen so that favours are likely to pass between them. Says whether a group is proved the best, and else how much better one could be at most.")
        .Produces<HuddlesAnswer>().MayNotFind();

    private static async Task<Reply> HuddlesAsync(QueryReader query, HuddleQueries huddles, TimeProvider clock, CancellationToken cancellation)
    {
        var request = new HuddlesRequest
        {
            Audience = query.Text(QueryParameters.Audience),
            Person = query.Person(QueryParameters.HuddlePerson),
            Size = query.Number(QueryParameters.HuddleSize),
            Huddles = query.Number(QueryParameters.Huddles),
            AsOfMs = query.AsOf(clock),
        };
        if (query.Problem is { } problem) return problem;
        return await huddles.HuddlesAsync(request, cancellation) is { } answer
            ? Answer.Of(answer, AnswersJson.Plain.HuddlesAnswer)
            : Answer.NobodyHas(QueryParameters.HuddlePerson.Name, request.Person!);
    }
}
