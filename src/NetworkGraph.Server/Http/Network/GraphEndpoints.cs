using System.Globalization;
using NetworkGraph.Analytics.Graphs;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Network;

/// <summary>What QuikGraph's algorithms answer: cores, the backbone, introduction chains, and who should meet at a venue.</summary>
internal static class GraphEndpoints
{
    public static void MapGraphs(this IEndpointRouteBuilder routes)
    {
        routes.MapGroup("/v1/people/{id}").WithTags("Introductions").MapGet("/introduction-chains", ChainsAsync)
            .Takes(QueryParameters.To, QueryParameters.MaxHops, QueryParameters.AsOf).IsHeavy()
            .Describe("getIntroductionChains", "Find introduction chains that share no broker",
                "The most chains of mutual ties to one person (to) that have no broker in common, through people who lie on a way of at most "
                + "maxHops hops. As many brokers would have to decline before no way is left.")
            .Produces<ChainsAnswer>().MayNotFind();
        var network = routes.MapGroup("/v1/network").WithTags("Network");
        network.MapGet("/cores", CoresAsync).Takes(QueryParameters.AsOf, QueryParameters.Limit, QueryParameters.Cursor).IsHeavy()
            .Describe("getCores", "Get the network's cores",
                "Groups in which everyone reaches everyone else along ties in their direction (strongly connected components), those of five "
                + "people and more, largest first, and which of them lead to which others without a way back (the condensation).")
            .Produces<CoresAnswer>();
        network.MapGet("/backbone", BackboneAsync).Takes(QueryParameters.AsOf, QueryParameters.Limit, QueryParameters.Cursor).IsHeavy()
            .Describe("getBackbone", "Get the network's backbone",
                "The fewest and strongest mutual ties that still connect everyone whom mutual ties connect (a maximum spanning forest), strongest first.")
            .Produces<BackboneAnswer>();
        routes.MapGroup("/v1/venues").WithTags("Venues").MapGet("/{id}/pairings", PairingsAsync).Takes(QueryParameters.AsOf).IsHeavy()
            .Describe("getPairings", "Get who should meet at a venue",
                "The half of its people who know fewest of the others, each paired with one of the other half they have no tie with yet and "
                + "something in common: as many pairs as there can be with nobody in two (a maximum matching). The id is the venue's exact name, "
                + "percent-encoded. Of venues with fewer than 5 people nothing is told.")
            .Produces<PairingsAnswer>().MayNotFind();
    }

    private static async Task<Reply> ChainsAsync(QueryReader query, GraphQueries graphs, TimeProvider clock, CancellationToken cancellation)
    {
        var from = query.PersonInPath();
        var to = query.Person(QueryParameters.To);
        var maxHops = query.Number(QueryParameters.MaxHops);
        var asOfMs = query.AsOf(clock);
        if (to is null) query.Fail(QueryParameters.To.Name, "is missing");
        if (to is not null && to == from) query.Fail(QueryParameters.To.Name, "is the person who asks");
        if (query.Problem is { } problem) return problem;
        var (answer, unknown) = await graphs.ChainsAsync(from, to!, maxHops, asOfMs, cancellation);
        return answer is not null
            ? Answer.Of(answer, AnswersJson.Plain.ChainsAnswer)
            : Answer.NobodyHas(unknown == from ? "id" : QueryParameters.To.Name, unknown!);
    }

    private static async Task<Reply> CoresAsync(QueryReader query, GraphQueries graphs, TimeProvider clock, CancellationToken cancellation)
    {
        var page = query.Page();
        var asOfMs = query.AsOf(clock) ?? page.Cursor?.AsOfMs;
        if (query.Problem is { } problem) return problem;
        var cores = await graphs.CoresAsync(asOfMs, cancellation);
        var shown = Listing.PageOf(cores.Items, core => (-core.Core, ""), page, cores.AsOf.ToUnixTimeMilliseconds());
        return Answer.Of(cores with { Items = shown.Items, NextCursor = shown.NextCursor }, AnswersJson.Plain.CoresAnswer);
    }

    private static async Task<Reply> BackboneAsync(QueryReader query, GraphQueries graphs, TimeProvider clock, CancellationToken cancellation)
    {
        var page = query.Page();
        var asOfMs = query.AsOf(clock) ?? page.Cursor?.AsOfMs;
        var first = page.Cursor is { } cursor && int.TryParse(cursor.After, NumberStyles.None, CultureInfo.InvariantCulture, out var after) ? after : 0;
        if (query.Problem is { } problem) return problem;
        var backbone = await graphs.BackboneAsync(asOfMs, first, page.Limit, cancellation);
        var next = first + backbone.Items.Count;
        var nextCursor = next < backbone.Ties && backbone.Items.Count > 0
            ? page.Next(backbone.AsOf.ToUnixTimeMilliseconds(), next.ToString(CultureInfo.InvariantCulture))
            : null;
        return Answer.Of(backbone with { NextCursor = nextCursor }, AnswersJson.Plain.BackboneAnswer);
    }

    private static async Task<Reply> PairingsAsync(QueryReader query, PairingQueries pairings, TimeProvider clock, CancellationToken cancellation)
    {
        var venue = query.PersonInPath();
        var asOfMs = query.AsOf(clock);
        if (query.Problem is { } problem) return problem;
        return await pairings.PairingsAsync(venue, asOfMs, cancellation) is { } answer
            ? Answer.Of(answer, AnswersJson.Plain.PairingsAnswer)
            : Answer.Problem(Outcome.NotFound, $"Nothing is known to have happened at a venue called '{venue}'.", "id");
    }
}
