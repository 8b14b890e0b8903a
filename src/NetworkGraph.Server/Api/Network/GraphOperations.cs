using System.Globalization;
using NetworkGraph.Analytics.Graphs;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Network;

/// <summary>What QuikGraph's algorithms answer: cores, the backbone, introduction chains, and who should meet at a venue.</summary>
internal static class GraphOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getIntroductionChains", "/v1/people/{id}/introduction-chains", ChainsAsync).In("Introductions")
            .For(Access.Readers, Own.Person).Heavy().MayNotFind()
            .Described("Find introduction chains that share no broker",
                "The most chains of mutual ties to one person (to) that have no broker in common, through people who lie "
                + "on a way of at most "
                + "maxHops hops. As many brokers would have to decline before no way is left."),
        Operation.Get("getCores", "/v1/network/cores", CoresAsync).In("Network").For(Access.Analysts).Heavy()
            .Described("Get the network's cores",
                "Groups in which everyone reaches everyone else along ties in their direction (strongly connected "
                + "components), those of five "
                + "people and more, largest first, and which of them lead to which others without a way back (the condensation)."),
        Operation.Get("getBackbone", "/v1/network/backbone", BackboneAsync).In("Network").For(Access.Analysts).Heavy()
            .Described("Get the network's backbone",
                "The fewest and strongest mutual ties that still connect everyone whom mutual ties connect (a maximum spanning "
                + "forest), strongest first."),
        // Names people who were at a venue, and contacts they have in common.
        Operation.Get("getPairings", "/v1/venues/{id}/pairings", PairingsAsync).In("Venues").For(Access.Analysts).Heavy().MayNotFind()
            .Described("Get who should meet at a venue",
                "The half of its people who know fewest of the others, each paired with one of the other half they have "
                + "no tie with yet and "
                + "something in common: as many pairs as there can be with nobody in two (a maximum matching). The id is the "
                + "venue's exact name, "
                + "percent-encoded. Of venues with fewer than 5 people nothing is told."),
    ];

    private static async Task<Reply<ChainsAnswer>> ChainsAsync(ChainsRequest request, GraphQueries graphs, CancellationToken cancellation)
    {
        var (answer, unknown) = await graphs.ChainsAsync(request.Id, request.To!, request.MaxHops, request.AsOfMs, cancellation);
        return answer is not null ? answer : Problem.PersonNotFound(unknown == request.Id ? "id" : "to", unknown!);
    }

    private static async Task<Reply<CoresAnswer>> CoresAsync(DatedPageRequest request, GraphQueries graphs, CancellationToken cancellation)
    {
        var cores = await graphs.CoresAsync(request.AsOfMs, cancellation);
        var shown = Listing.PageOf(cores.Items, core => (-core.Core, ""), request.Page, cores.AsOf.ToUnixTimeMilliseconds());
        return cores with { Items = shown.Items, NextCursor = shown.NextCursor };
    }

    private static async Task<Reply<BackboneAnswer>> BackboneAsync(
        DatedPageRequest request, GraphQueries graphs, CancellationToken cancellation)
    {
        var page = request.Page;
        var first = page.Cursor is { } cursor && int.TryParse(cursor.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after)
            ? after : 0;
        var backbone = await graphs.BackboneAsync(request.AsOfMs, first, page.Limit, cancellation);
        var next = first + backbone.Items.Count;
        var nextCursor = next < backbone.Ties && backbone.Items.Count > 0
            ? page.Next(backbone.AsOf.ToUnixTimeMilliseconds(), next.ToString(CultureInfo.InvariantCulture))
            : null;
        return backbone with { NextCursor = nextCursor };
    }

    private static async Task<Reply<PairingsAnswer>> PairingsAsync(
        OnePersonRequest request, PairingQueries pairings, CancellationToken cancellation)
    {
        var answer = await pairings.PairingsAsync(request.Id, request.AsOfMs, cancellation);
        return answer is not null ? answer : Problem.NotFound("id", $"Nothing is known to have happened at a venue called '{request.Id}'.");
    }
}

internal sealed record ChainsRequest(
    [Person] string Id,
    [Query(nameof(QueryParameters.To))] string? To,
    [Query(nameof(QueryParameters.MaxHops))] int MaxHops,
    [Query(nameof(QueryParameters.AsOf))] long? AsOfMs) : IOperationRequest
{
    public void Check(QueryReader query)
    {
        if (To is null) query.Fail("to", "is missing");
        if (To == Id) query.Fail("to", "is the person who asks");
    }
}
