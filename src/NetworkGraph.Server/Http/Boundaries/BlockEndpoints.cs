using NetworkGraph.Analytics;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Boundaries;

/// <summary>A block, as the person who placed it sees it.</summary>
/// <param name="Person">Who is blocked.</param>
/// <param name="Since">Since when; null where they are not.</param>
public sealed record BlockAnswer(string Person, DateTimeOffset? Since);

/// <summary>A person's own blocks. Who is blocked is never told, and need not be known: whether they are is not told either.</summary>
internal static class BlockEndpoints
{
    public static void MapBlocks(this IEndpointRouteBuilder routes)
    {
        // Those who read the metrics must not be able to count them.
        var blocks = routes.MapGroup("/v1/people/{id}/blocks").WithTags("Boundaries").DisableHttpMetrics();
        blocks.MapGet("", List).Takes(QueryParameters.Limit, QueryParameters.Cursor)
            .Describe("getBlocks", "List a person's blocks", "Whom the person blocks, by id. Who is blocked is never told of it.")
            .Produces<ListAnswer<BlockAnswer>>().MayNotFind();
        blocks.MapPut("/{other}", PlaceAsync).Takes()
            .Describe("placeBlock", "Block somebody",
                "Hides the other from what the person is shown, and cuts introductions between the two. The other is not told, and sees their own ties as before. Answered when it is durable; placing it again changes nothing.")
            .Produces<BlockAnswer>();
        blocks.MapDelete("/{other}", LiftAsync).Takes()
            .Describe("liftBlock", "Lift a block", "Takes a block back. Answered when that is durable; lifting one that is not there changes nothing.")
            .Produces<BlockAnswer>();
    }

    private static Reply List(QueryReader query, EmbeddedPeople people, BoundaryStore boundaries, NetworkQueries queries)
    {
        var id = query.PersonInPath();
        var page = query.Page();
        if (query.Problem is { } problem) return problem;
        var blocks = boundaries.BlocksBy(id);
        if (blocks.Count == 0 && !people.Histories.People.TryGetNumber(id, out _)) return Answer.NobodyHas("id", id);
        var asOfMs = queries.CurrentAsOfMs;
        var after = page.Cursor?.After;
        var found = blocks.Where(block => after is null || string.CompareOrdinal(block.Against, after) > 0).Take(page.Limit + 1).ToList();
        var items = found.Take(page.Limit).Select(block => new BlockAnswer(block.Against, DateTimeOffset.FromUnixTimeMilliseconds(block.SinceMs))).ToList();
        var next = found.Count > page.Limit ? page.Next(asOfMs, items[^1].Person) : null;
        return Answer.Of(new ListAnswer<BlockAnswer>(items, next, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs)), AnswersJson.Plain.ListAnswerBlockAnswer);
    }

    private static Task<Reply> PlaceAsync(
        QueryReader query, IInteractionLog log, LogFold fold, BoundaryStore boundaries, TimeProvider clock, CancellationToken cancellation) =>
        ChangeAsync(query, isPlaced: true, log, fold, boundaries, clock, cancellation);

    private static Task<Reply> LiftAsync(
        QueryReader query, IInteractionLog log, LogFold fold, BoundaryStore boundaries, TimeProvider clock, CancellationToken cancellation) =>
        ChangeAsync(query, isPlaced: false, log, fold, boundaries, clock, cancellation);

    private static async Task<Reply> ChangeAsync(
        QueryReader query, bool isPlaced, IInteractionLog log, LogFold fold, BoundaryStore boundaries, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var other = query.PersonInPath("other");
        if (query.Problem is null && id == other) query.Fail("other", "is the person who blocks");
        if (query.Problem is { } problem) return problem;
        var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        // Recorded even where it changes nothing: what came just before may not be folded yet.
        var receipt = await log.AppendAsync([new BlockChanged { AtMs = nowMs, By = id, Against = other, IsPlaced = isPlaced }], cancellation);
        if (Answer.NotRecorded(receipt) is { } notRecorded) return notRecorded;
        await fold.UntilFoldedAsync(receipt.Results[0].Position, cancellation);
        var since = boundaries.BlocksBy(id).Where(block => block.Against == other).Select(block => (long?)block.SinceMs).FirstOrDefault();
        return Answer.Of(new BlockAnswer(other, isPlaced ? DateTimeOffset.FromUnixTimeMilliseconds(since ?? nowMs) : null), AnswersJson.Plain.BlockAnswer);
    }
}
