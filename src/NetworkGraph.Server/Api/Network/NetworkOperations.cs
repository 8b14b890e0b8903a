using NetworkGraph.Analytics;
using NetworkGraph.Server.Api.Operations;

namespace NetworkGraph.Server.Api.Network;

/// <summary>The network as a whole.</summary>
internal static class NetworkOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getNetwork", "/v1/network", NetworkAsync).In("Network").For(Access.Analysts).Heavy()
            .Described("Get the network in numbers", "People, interactions, ties and dyads by status, and how fresh the answer is."),
        Operation.Get("getNetworkReciprocity", "/v1/network/reciprocity", ReciprocityAsync).In("Network").For(Access.Analysts).Heavy()
            .Described("Get the network's reciprocity", "r, ρ (corrected for chance) and the share of strength that is returned."),
    ];

    private static async Task<Reply<NetworkAnswer>> NetworkAsync(
        DatedRequest request, NetworkQueries queries, CancellationToken cancellation) =>
        await queries.NetworkAsync(request.AsOfMs, cancellation);

    private static async Task<Reply<NetworkReciprocityAnswer>> ReciprocityAsync(
        DatedRequest request, NetworkQueries queries, CancellationToken cancellation) =>
        await queries.ReciprocityAsync(request.AsOfMs, cancellation);
}
