using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Analytics.Structure;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Network;

/// <summary>Where people stand in the network, and what it falls into.</summary>
internal static class StructureOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getStructure", "/v1/people/{id}/structure", OfPersonAsync).In("Structure").For(Access.Readers, Own.Person).Heavy()
            .MayNotFind()
            .Described("Get a person's place in the network",
                "Burt's constraint and effective size, local bridges, Simmelian ties, betweenness, community and PageRank. Communities of "
                + "a large network are "
                + "renewed in the background; evidence.communitiesAsOf says of when they are. One person's own archive says egoOnly and "
                + "no more than the degree."),
        // Shows what one's contacts have with each other, which is theirs.
        Operation.Get("getEgo", "/v1/people/{id}/ego", EgoAsync).In("Structure").For(Access.Readers).MayNotFind()
            .Described("Get a person's network close up", "The neighbours with the strongest ties, and the ties among them."),
        Operation.Get("getCommunities", "/v1/network/communities", CommunitiesAsync).In("Structure").For(Access.Analysts).Heavy()
            .Described("Get the network's communities",
                "Communities of five people and more (Leiden), largest first: what their people have in common, what holds them together, "
                + "and what bridges them to others."),
        Operation.Get("getBrokers", "/v1/network/brokers", BrokersAsync).In("Structure").For(Access.Analysts).Heavy()
            .Described("Get the network's brokers",
            "The people between others who do not know each other: of those with at least three ties the least constrained."),
    ];

    private static async Task<Reply<PersonStructureAnswer>> OfPersonAsync(
        StructureRequest request, Viewer viewer, PersonGrains people, CancellationToken cancellation)
    {
        var weighted = IsWeighted(request.Weights);
        var answer = await people.AskAsync(
            viewer, request.Id, request.AsOfMs, (person, asked, stop) => person.StructureAsync(asked, weighted, stop), cancellation);
        return answer is not null ? answer : Problem.PersonNotFound("id", request.Id);
    }

    private static async Task<Reply<EgoAnswer>> EgoAsync(
        EgoRequest request, Viewer viewer, PersonGrains people, CancellationToken cancellation)
    {
        var answer = await people.AskAsync(
            viewer, request.Id, request.AsOfMs, (person, asked, stop) => person.EgoAsync(asked, request.Limit, stop), cancellation);
        return answer is not null ? answer : Problem.PersonNotFound("id", request.Id);
    }

    private static async Task<Reply<CommunitiesAnswer>> CommunitiesAsync(
        CommunitiesRequest request, StructureQueries structure, CancellationToken cancellation)
    {
        var communities = await structure.CommunitiesAsync(request.AsOfMs, IsWeighted(request.Weights), cancellation);
        // Pages of the communities known now: finding them anew as of the first page's date would take far longer than they change.
        var shown = Listing.PageOf(
            communities.Items, community => (-community.Community, ""), request.Page, communities.AsOf.ToUnixTimeMilliseconds());
        return communities with { Items = shown.Items, NextCursor = shown.NextCursor };
    }

    private static async Task<Reply<ListAnswer<BrokerAnswer>>> BrokersAsync(
        BrokersRequest request, StructureQueries structure, CancellationToken cancellation)
    {
        var (brokers, seenAtMs) = await structure.BrokersAsync(request.AsOfMs, IsWeighted(request.Weights), request.Limit, cancellation);
        return new ListAnswer<BrokerAnswer>(brokers, null, DateTimeOffset.FromUnixTimeMilliseconds(seenAtMs));
    }

    private static bool IsWeighted(string weights) => weights == QueryParameters.Weights.Words![0];
}

internal sealed record StructureRequest(
    [Person] string Id, [Query(nameof(QueryParameters.AsOf))] long? AsOfMs,
    [Query(nameof(QueryParameters.Weights))] string Weights) : IOperationRequest;

internal sealed record EgoRequest(
    [Person] string Id, [Query(nameof(QueryParameters.AsOf))] long? AsOfMs,
    [Query(nameof(QueryParameters.Neighbours))] int Limit) : IOperationRequest;

internal sealed record CommunitiesRequest(
    [Query(nameof(QueryParameters.AsOf))] long? AsOfMs, [Query(nameof(QueryParameters.Weights))] string Weights,
    Page Page) : IOperationRequest;

internal sealed record BrokersRequest(
    [Query(nameof(QueryParameters.AsOf))] long? AsOfMs,
    [Query(nameof(QueryParameters.Weights))] string Weights,
    [Query(nameof(QueryParameters.Brokers))] int Limit) : IOperationRequest;
