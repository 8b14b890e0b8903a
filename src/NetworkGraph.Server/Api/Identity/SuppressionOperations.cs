using NetworkGraph.Events.Log;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Host.Options;

namespace NetworkGraph.Server.Api.Identity;

/// <summary>Who was erased and stays out when sent again.</summary>
/// <param name="SuppressErased">Whether an erasure keeps the person out from then on (the option of that name).</param>
/// <param name="People">People who stay out.</param>
/// <param name="Ids">Ids that stay out.</param>
/// <param name="Items">The last 1,000, in the order of their erasure.</param>
public sealed record SuppressionsAnswer(bool SuppressErased, int People, int Ids, IReadOnlyList<SuppressionAnswer> Items)
{
    private const int MaxListed = 1000;

    internal static SuppressionsAnswer Of(IReadOnlyList<SuppressedPerson> people, bool suppressErased) => new(
        suppressErased, people.Count, people.Sum(static person => person.Ids),
        [.. people.TakeLast(MaxListed).Select(SuppressionAnswer.Of)]);
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
internal static class SuppressionOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getSuppressions", "/v1/suppressions", ListAsync).In("Identity").For(Scopes.Admin)
            .Described("Count erased people who stay out",
                "Who was erased and stays out when sent again: how many people and ids, and when each was erased, but not whose. Of an id "
                + "only a keyed hash is known."),
        Operation.Delete("liftSuppression", "/v1/suppressions/{id}", LiftAsync).In("Identity").For(Scopes.Admin).MayNotFind()
            .Described("Let an erased person in again",
                "Lets an erased person come in again, with all ids that were erased together; nothing of what was erased comes back."),
    ];

    private static async Task<Reply<SuppressionsAnswer>> ListAsync(
        IInteractionLog log, ServerOptions options, CancellationToken cancellation) =>
        SuppressionsAnswer.Of(await log.SuppressedAsync(cancellation), options.SuppressErased);

    private static async Task<Reply<LiftAnswer>> LiftAsync(LiftRequest request, IInteractionLog log, CancellationToken cancellation)
    {
        var ids = await log.LiftAsync(request.Id, cancellation);
        return ids > 0 ? new LiftAnswer(ids) : Problem.NotFound("id", "No erased person who stays out had this id.");
    }
}

internal sealed record LiftRequest([AnyId] string Id) : IOperationRequest;
