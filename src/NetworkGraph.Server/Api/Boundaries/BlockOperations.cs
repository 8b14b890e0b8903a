using NetworkGraph.Analytics;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Boundaries;

/// <summary>A block, as the person who placed it sees it.</summary>
/// <param name="Person">Who is blocked.</param>
/// <param name="Since">Since when; null where they are not.</param>
public sealed record BlockAnswer(string Person, DateTimeOffset? Since);

/// <summary>
/// A person's own blocks. The blocked person learns nothing of it, and need not be known: whether they are is not shown either.
/// </summary>
internal static class BlockOperations
{
    // Those who read the metrics must not be able to count them.
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getBlocks", "/v1/people/{id}/blocks", List).In("Boundaries").For(Scopes.Safety | Scopes.Admin, Own.Person)
            .Uncounted().MayNotFind()
            .Described("List a person's blocks", "Whom the person blocks, by id. Who is blocked is never told of it."),
        Operation.Put("placeBlock", "/v1/people/{id}/blocks/{other}", PlaceAsync).In("Boundaries").For(Scopes.Admin, Own.Person).Uncounted()
            .Described("Block somebody",
                "Hides the other from what the person is shown, and cuts introductions between the two. The other is not told, and sees "
                + "their own ties as before. "
                + "Answered when it is durable; placing it again changes nothing."),
        Operation.Delete("liftBlock", "/v1/people/{id}/blocks/{other}", LiftAsync).In("Boundaries").For(Scopes.Admin, Own.Person)
            .Uncounted()
            .Described("Lift a block", "Takes a block back. Answered when that is durable; lifting one that is not there changes nothing."),
    ];

    private static Reply<ListAnswer<BlockAnswer>> List(
        BlocksRequest request, EmbeddedPeople people, BoundaryStore boundaries, NetworkQueries queries)
    {
        var page = request.Page;
        var blocks = boundaries.BlocksBy(request.Id);
        if (blocks.Count == 0 && !people.Histories.People.TryGetNumber(request.Id, out _)) return Problem.PersonNotFound("id", request.Id);
        var asOfMs = queries.CurrentAsOfMs;
        var after = page.Cursor?.After;
        var found = blocks.Where(block => after is null || string.CompareOrdinal(block.Against, after) > 0).Take(page.Limit + 1).ToList();
        var items = found.Take(page.Limit)
            .Select(block => new BlockAnswer(block.Against, DateTimeOffset.FromUnixTimeMilliseconds(block.SinceMs))).ToList();
        var next = found.Count > page.Limit ? page.Next(asOfMs, items[^1].Person) : null;
        return new ListAnswer<BlockAnswer>(items, next, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs));
    }

    private static Task<Reply<BlockAnswer>> PlaceAsync(
        BlockRequest request, Recorder recorder, BoundaryStore boundaries, CancellationToken cancellation) =>
        ChangeAsync(request, isPlaced: true, recorder, boundaries, cancellation);

    private static Task<Reply<BlockAnswer>> LiftAsync(
        BlockRequest request, Recorder recorder, BoundaryStore boundaries, CancellationToken cancellation) =>
        ChangeAsync(request, isPlaced: false, recorder, boundaries, cancellation);

    private static async Task<Reply<BlockAnswer>> ChangeAsync(
        BlockRequest request, bool isPlaced, Recorder recorder, BoundaryStore boundaries, CancellationToken cancellation)
    {
        var changed = new BlockChanged { AtMs = recorder.NowMs, By = request.Id, Against = request.Other, IsPlaced = isPlaced };
        // Recorded even where it changes nothing: what came just before may not be folded yet.
        if (await recorder.RecordAsync(cancellation, changed) is { } failed) return failed;
        var since = boundaries.BlocksBy(request.Id).Where(block => block.Against == request.Other).Select(block => (long?)block.SinceMs)
            .FirstOrDefault();
        return new BlockAnswer(request.Other, isPlaced ? DateTimeOffset.FromUnixTimeMilliseconds(since ?? changed.AtMs) : null);
    }
}

internal sealed record BlocksRequest([Person] string Id, Page Page) : IOperationRequest;

internal sealed record BlockRequest([Person] string Id, [Person] string Other) : IOperationRequest
{
    public void Check(QueryReader query)
    {
        if (Id == Other) query.Fail("other", "is the person who blocks");
    }
}
