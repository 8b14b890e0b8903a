using NetworkGraph.Analytics.Groups;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Network;

/// <summary>How groups of people are tied to each other.</summary>
internal static class GroupOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getGroups", "/v1/network/groups", GroupsAsync).In("Network").For(Access.Analysts).Heavy()
            .Described("Get the ties between groups",
                "How many ties lead from each organisation (or industry, role, tag) to each, how strong they are and how many are "
                + "returned. Figures "
                + "that rest on fewer than five people are null, and so are those that they could be worked out from."),
    ];

    private static async Task<Reply<GroupsAnswer>> GroupsAsync(
        GroupsRequest request, GroupQueries groups, CancellationToken cancellation) =>
        await groups.GroupsAsync(request.By, request.AsOfMs, cancellation);
}

internal sealed record GroupsRequest(
    [Query(nameof(QueryParameters.GroupedBy))] string By, [Query(nameof(QueryParameters.AsOf))] long? AsOfMs) : IOperationRequest;
