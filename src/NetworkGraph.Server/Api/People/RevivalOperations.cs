using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Analytics.Revival;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.People;

/// <summary>What would be if a tie were revived.</summary>
internal static class RevivalOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getRevival", "/v1/people/{id}/dormant-ties/{other}/what-if", WhatIfAsync).In("Ties").For(Access.Readers, Own.Person)
            .Heavy().MayNotFind()
            .Described("Ask what reviving a tie would change",
                "Whom introductions would reach (score of at least 0.3, four hops) if the tie were as strong again as it ever was, who "
                + "are out of reach or further off now."),
    ];

    private static async Task<Reply<RevivalAnswer>> WhatIfAsync(
        RevivalRequest request, Viewer viewer, PersonGrains people, CancellationToken cancellation)
    {
        var (answer, unknown) = await people.AskAsync(
            viewer, request.Id, request.AsOfMs, (person, asked, stop) =>
                person.RevivalAsync(asked, request.Other, request.Limit, stop), cancellation);
        if (answer is not null) return answer;
        return unknown is null
            ? Problem.NotFound("other", $"'{request.Id}' and '{request.Other}' have had nothing with each other by then.")
            : Problem.PersonNotFound(unknown == request.Id ? "id" : "other", unknown);
    }
}

internal sealed record RevivalRequest(
    [Person] string Id, [Person] string Other, [Query(nameof(QueryParameters.AsOf))] long? AsOfMs,
    [Query(nameof(QueryParameters.Reached))] int Limit) : IOperationRequest
{
    public void Check(QueryReader query)
    {
        if (Id == Other) query.Fail("other", "is the person who asks");
    }
}
