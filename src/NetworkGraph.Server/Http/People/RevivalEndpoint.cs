using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Analytics.Revival;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.People;

/// <summary>What would be if a tie were revived.</summary>
internal static class RevivalEndpoint
{
    public static void MapRevival(this IEndpointRouteBuilder routes) => routes.MapGroup("/v1/people/{id}").WithTags("Ties")
        .MapGet("/dormant-ties/{other}/what-if", WhatIfAsync).Takes(QueryParameters.AsOf, QueryParameters.Reached).IsHeavy()
        .Describe("getRevival", "Ask what reviving a tie would change",
            "Whom introductions would reach (score of at least 0.3, four hops) if the tie were as strong again as it ever was, who are out of reach or further off now.")
        .Produces<RevivalAnswer>().MayNotFind();

    private static async Task<Reply> WhatIfAsync(QueryReader query, PersonGrains people, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var other = query.PersonInPath("other");
        var asOfMs = query.AsOf(clock);
        var limit = query.Number(QueryParameters.Reached);
        if (id == other) query.Fail("other", "is the person who asks");
        if (query.Problem is { } problem) return problem;
        var (answer, unknown) = await people.AskAsync(
            query.Viewer, id, asOfMs, (person, request, stop) => person.RevivalAsync(request, other, limit, stop), cancellation);
        if (answer is not null) return Answer.Of(answer, AnswersJson.Plain.RevivalAnswer);
        return unknown is null
            ? Answer.Problem(Outcome.NotFound, $"'{id}' and '{other}' have had nothing with each other by then.", "other")
            : Answer.NobodyHas(unknown == id ? "id" : "other", unknown);
    }
}
