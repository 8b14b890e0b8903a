using NetworkGraph.People.Boundaries;
using NetworkGraph.QuikGraph;
using NetworkGraph.Server;
using NetworkGraph.Server.Http;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;

namespace NetworkGraph.Cluster.Graphs;

/// <summary>What QuikGraph's algorithms answer on the live network; served where the project is built with it.</summary>
internal static class GraphEndpoints
{
    /// <summary>Of a smaller group no size is told.</summary>
    private const int LeastGroup = 5;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGroup("/v1/people/{id}").WithTags("Introductions")
            .MapGet("/introduction-chains", ChainsAsync)
            .Takes(QueryParameters.To, QueryParameters.MaxHops, QueryParameters.AsOf)
            .IsHeavy()
            .Describe("getIntroductionChains", "Find introduction chains that share no broker",
                "The most chains of mutual ties to one person (to) that share no broker, through people who lie on a path of at most maxHops hops.")
            .Produces<ChainsAnswer>().MayNotFind();
        routes.MapGroup("/v1/network").WithTags("Network")
            .MapGet("/cores", CoresAsync)
            .Takes(QueryParameters.AsOf)
            .IsHeavy()
            .Describe("getCores", "Get the network's cores", "Sizes of the groups in which everyone reaches everyone else along ties in their direction.")
            .Produces<CoresAnswer>();
    }

    private static async Task<Reply> ChainsAsync(QueryReader query, EmbeddedNode node, TimeProvider clock, CancellationToken cancellation)
    {
        var from = query.PersonInPath();
        var to = query.Person(QueryParameters.To);
        var maxHops = query.Number(QueryParameters.MaxHops);
        var asOfMs = query.AsOf(clock);
        if (to is null) query.Fail(QueryParameters.To.Name, "is missing");
        if (to == from) query.Fail(QueryParameters.To.Name, "is the person who asks");
        if (query.Problem is { } problem) return problem;
        var people = node.People;
        if (!people.Histories.People.TryGetNumber(from, out var source)) return Answer.NobodyHas("id", from);
        if (!people.Histories.People.TryGetNumber(to!, out var target)) return Answer.NobodyHas(QueryParameters.To.Name, to!);
        var snapshot = await node.Network.SnapshotAsync(asOfMs, cancellation);
        var limits = new IntroductionLimits(people.Histories.People, people.Profiles, people.Boundaries).Current;
        var chains = limits.IsBlocked(source, target) ? [] : IndependentChains.Between(snapshot, source, target, maxHops, limits);
        return Answer.Of(
            new ChainsAnswer
            {
                From = from,
                To = to!,
                AsOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs),
                Independent = chains.Count,
                Chains = [.. chains.Select(chain => chain.Select(person => snapshot.Ids[person]).ToArray())],
            },
            GraphJson.Plain.ChainsAnswer);
    }

    private static async Task<Reply> CoresAsync(QueryReader query, EmbeddedNode node, TimeProvider clock, CancellationToken cancellation)
    {
        var asOfMs = query.AsOf(clock);
        if (query.Problem is { } problem) return problem;
        var snapshot = await node.Network.SnapshotAsync(asOfMs, cancellation);
        var sizes = StronglyConnectedCores.Sizes(snapshot);
        return Answer.Of(
            new CoresAnswer
            {
                AsOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs),
                Cores = sizes.Count,
                Sizes = [.. sizes.TakeWhile(static size => size >= LeastGroup)],
                Suppressed = sizes.Any(static size => size < LeastGroup),
            },
            GraphJson.Plain.CoresAnswer);
    }
}
