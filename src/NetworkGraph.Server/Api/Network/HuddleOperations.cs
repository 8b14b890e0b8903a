using NetworkGraph.Analytics.Huddles;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Network;

/// <summary>Groups that people could form.</summary>
internal static class HuddleOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getHuddles", "/v1/network/huddles", HuddlesAsync).In("Network").For(Access.Analysts).Heavy().MayNotFind()
            .Described("Propose huddles",
                "Groups of people who serve the same audience, none of whom offers what another does, chosen so that favours are likely "
                + "to pass between them. "
                + "Says whether a group is proved the best, and else how much better one could be at most."),
    ];

    private static async Task<Reply<HuddlesAnswer>> HuddlesAsync(
        HuddleRequest request, HuddleQueries huddles, CancellationToken cancellation)
    {
        var question = new HuddlesRequest
        {
            Audience = request.Audience,
            Person = request.Person,
            Size = request.Size,
            Huddles = request.Huddles,
            AsOfMs = request.AsOfMs,
        };
        var answer = await huddles.HuddlesAsync(question, cancellation);
        return answer is not null ? answer : Problem.PersonNotFound("person", request.Person!);
    }
}

internal sealed record HuddleRequest(
    [Query(nameof(QueryParameters.Audience))] string? Audience,
    [Query(nameof(QueryParameters.HuddlePerson))] string? Person,
    [Query(nameof(QueryParameters.HuddleSize))] int Size,
    [Query(nameof(QueryParameters.Huddles))] int Huddles,
    [Query(nameof(QueryParameters.AsOf))] long? AsOfMs) : IOperationRequest;
