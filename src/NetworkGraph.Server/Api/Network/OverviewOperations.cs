using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Overview;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Network;

/// <summary>How the network is doing as a whole: how measures are distributed, what changed, who shows which warning.</summary>
internal static class OverviewOperations
{
    private const long ChangesWithinMs = 30L * 24 * 60 * 60 * 1000;

    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getReciprocityDistribution", "/v1/network/reciprocity/distribution", DistributionAsync).In("Network")
            .For(Access.Analysts).Heavy()
            .Described("Get how reciprocity is spread",
                "Over people: the share of what they put in that comes back, and of what they get that they return. Over dyads: their "
                + "balance. In bins of equal width, with quartiles."),
        Operation.Get("getNetworkChanges", "/v1/network/changes", ChangesAsync).In("Network").For(Access.Analysts).Heavy()
            .Described("Get what changed lately",
                "Which dyads went from which status to which between two dates, 30 days apart where nothing else is asked for, and the "
                + "strongest of each."),
        // Names people: to those who may ask for each person's warnings, and see none that is not for them.
        Operation.Get("getNetworkWarnings", "/v1/network/warnings", Warnings).In("Network").For(Access.Analysts).Heavy()
            .Described("Get who shows which warning",
                "How many people show each warning now, and who most; everybody's are at /v1/people/{id}/warnings. Unwanted persistence "
                + "is told to those it concerns only."),
    ];

    private static async Task<Reply<ReciprocityDistributionAnswer>> DistributionAsync(
        DatedRequest request, OverviewQueries overview, CancellationToken cancellation) =>
        await overview.ReciprocityDistributionAsync(request.AsOfMs, cancellation);

    private static async Task<Reply<NetworkChangesAnswer>> ChangesAsync(
        ChangesRequest request, OverviewQueries overview, NetworkQueries queries, CancellationToken cancellation)
    {
        var untilMs = request.AsOfMs ?? queries.CurrentAsOfMs;
        var sinceMs = request.SinceMs ?? Math.Max(untilMs - ChangesWithinMs, DateTimeOffset.MinValue.ToUnixTimeMilliseconds());
        if (sinceMs > untilMs) return Problem.Invalid("since", "lies after asOf");
        return await overview.ChangesAsync(sinceMs, request.AsOfMs, cancellation);
    }

    private static Reply<NetworkWarningsAnswer> Warnings(OverviewQueries overview, CancellationToken cancellation) =>
        overview.Warnings(cancellation);
}

internal sealed record ChangesRequest(
    [Query(nameof(QueryParameters.ChangedSince))] long? SinceMs, [Query(nameof(QueryParameters.AsOf))] long? AsOfMs) : IOperationRequest;
