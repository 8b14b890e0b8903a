using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Overview;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;

namespace NetworkGraph.Server.Http.Network;

/// <summary>How the network is doing as a whole: what is spread how, what changed, who is warned of what.</summary>
internal static class OverviewEndpoints
{
    private const long ChangesWithinMs = 30L * 24 * 60 * 60 * 1000;

    public static void MapOverview(this IEndpointRouteBuilder routes)
    {
        var network = routes.MapGroup("/v1/network").WithTags("Network");
        network.MapGet("/reciprocity/distribution", DistributionAsync).Takes(QueryParameters.AsOf).IsHeavy()
            .Describe("getReciprocityDistribution", "Get how reciprocity is spread",
                "Over people: the share of what they put in that comes back, and of what they get that they return. Over dyads: their balance. In bins of equal width, with quartiles.")
            .Produces<ReciprocityDistributionAnswer>();
        network.MapGet("/changes", ChangesAsync).Takes(QueryParameters.ChangedSince, QueryParameters.AsOf).IsHeavy()
            .Describe("getNetworkChanges", "Get what changed lately", "Which dyads went from which status to which between two dates, 30 days apart where nothing else is asked for, and the strongest of each.")
            .Produces<NetworkChangesAnswer>();
        network.MapGet("/warnings", Warnings).Takes().IsHeavy()
            .Describe("getNetworkWarnings", "Get who shows which warning",
                "How many people show each warning now, and who most; everybody's are at /v1/people/{id}/warnings. Unwanted persistence is told to those it concerns only.")
            .Produces<NetworkWarningsAnswer>();
    }

    private static async Task<Reply> DistributionAsync(QueryReader query, OverviewQueries overview, TimeProvider clock, CancellationToken cancellation)
    {
        var asOfMs = query.AsOf(clock);
        if (query.Problem is { } problem) return problem;
        return Answer.Of(await overview.ReciprocityDistributionAsync(asOfMs, cancellation), AnswersJson.Plain.ReciprocityDistributionAnswer);
    }

    private static async Task<Reply> ChangesAsync(QueryReader query, OverviewQueries overview, NetworkQueries queries, TimeProvider clock, CancellationToken cancellation)
    {
        var asOfMs = query.AsOf(clock);
        var untilMs = asOfMs ?? queries.CurrentAsOfMs;
        var sinceMs = query.Time(QueryParameters.ChangedSince) ?? Math.Max(untilMs - ChangesWithinMs, DateTimeOffset.MinValue.ToUnixTimeMilliseconds());
        if (sinceMs > untilMs) query.Fail(QueryParameters.ChangedSince.Name, "lies after asOf");
        if (query.Problem is { } problem) return problem;
        return Answer.Of(await overview.ChangesAsync(sinceMs, asOfMs, cancellation), AnswersJson.Plain.NetworkChangesAnswer);
    }

    private static Reply Warnings(QueryReader query, OverviewQueries overview, CancellationToken cancellation) =>
        query.Problem is { } problem ? problem : Answer.Of(overview.Warnings(cancellation), AnswersJson.Plain.NetworkWarningsAnswer);
}
