using NetworkGraph.Events.Log;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Options;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Identity;

/// <summary>Who was erased and stays out when sent again.</summary>
/// <param name="SuppressErased">Whether an erasure keeps the person out from then on (the setting of that name).</param>
/// <param name="People">People who stay out.</param>
/// <param name="Ids">Ids that stay out.</param>
/// <param name="Items">The last 1,000, in the order of their erasure.</param>
public sealed record SuppressionsAnswer(bool SuppressErased, int People, int Ids, IReadOnlyList<SuppressionAnswer> Items)
{
    private const int MaxListed = 1000;

    internal static SuppressionsAnswer Of(IReadOnlyList<SuppressedPerson> people, bool suppressErased) => new(
        suppressErased, people.Count, people.Sum(static person => person.Ids), [.. people.TakeLast(MaxListed).Select(SuppressionAnswer.Of)]);
}

/// <summary>Somebody who was erased and stays out.</summary>
/// <param name="Erasure">Tells erasures apart; says nothing of the person.</param>
/// <param name="ErasedAt">When.</param>
/// <param name="Ids">How many ids stay out.</param>
public sealed record SuppressionAnswer(string Erasure, DateTimeOffset ErasedAt, int Ids)
{
    internal static SuppressionAnswer Of(SuppressedPerson person) =>
        new(person.Erasure.ToString("N"), DateTimeOffset.FromUnixTimeMilliseconds(person.AtMs), person.Ids);
}

/// <summary>What lifting came to.</summary>
/// <param name="Ids">How many ids may come in again.</param>
public sealed record LiftAnswer(int Ids);

/// <summary>Erased people who stay out: counted, and let in again. Of an id only a keyed hash is known, so none can be listed.</summary>
internal static class SuppressionEndpoints
{
    public static void MapSuppressions(this IEndpointRouteBuilder routes)
    {
        var suppressions = routes.MapGroup("/v1/suppressions").WithTags("Identity");
        suppressions.MapGet("", ListAsync).Takes()
            .Describe("getSuppressions", "Count erased people who stay out",
                "Who was erased and stays out when sent again: how many people and ids, and when each was erased, but not whose. Of an id only a keyed hash is known.")
            .Produces<SuppressionsAnswer>();
        suppressions.MapDelete("/{id}", LiftAsync).Takes()
            .Describe("liftSuppression", "Let an erased person in again",
                "Lets an erased person come in again, with all ids that were erased together; nothing of what was erased comes back.")
            .Produces<LiftAnswer>().MayNotFind();
    }

    private static async Task<Reply> ListAsync(QueryReader query, IInteractionLog log, ServerOptions options, CancellationToken cancellation)
    {
        if (query.Problem is { } problem) return problem;
        return Answer.Of(SuppressionsAnswer.Of(await log.SuppressedAsync(cancellation), options.SuppressErased), AnswersJson.Plain.SuppressionsAnswer);
    }

    private static async Task<Reply> LiftAsync(QueryReader query, IInteractionLog log, CancellationToken cancellation)
    {
        var id = query.IdInPath();
        if (query.Problem is { } problem) return problem;
        var ids = await log.LiftAsync(id, cancellation);
        return ids > 0
            ? Answer.Of(new LiftAnswer(ids), AnswersJson.Plain.LiftAnswer)
            : Answer.Problem(Outcome.NotFound, "No erased person who stays out had this id.", "id");
    }
}
