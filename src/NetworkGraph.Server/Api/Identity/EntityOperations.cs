using NetworkGraph.Analytics;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Identity;

/// <summary>What stands behind an id: suggested by behaviour, and said by an administrator.</summary>
internal static class EntityOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("listEntitySuggestions", "/v1/identity/entities", List).In("Identity").For(Access.Analysts).Heavy()
            .Described("List ids that behave as no person does",
                "Ids with 30 senders and 200 interactions in 90 days and none back, or that wrote to 50 people one by one in 30 days of "
                + "whom under 2 % answered. Nothing changes until somebody says so in the profile."),
        Operation.Put("confirmEntity", "/v1/people/{id}/entity", ConfirmAsync).In("Identity").For(Scopes.Admin).MayNotFind()
            .Described("Say what stands behind an id",
                "Sets the entity in the profile of the id, of which the rest stays. Answered when it is durable."),
    ];

    private static Reply<ListAnswer<EntitySuggestion>> List(
        PageRequest request, EntitySuggestions suggestions, NetworkQueries queries, CancellationToken cancellation)
    {
        var asOfMs = request.Page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs;
        var found = suggestions.Find(asOfMs, cancellation);
        return Listing.PageOf(found, static item => (EntitySuggestions.RankOf(item), item.Id), request.Page, asOfMs);
    }

    private static async Task<Reply<Profile>> ConfirmAsync(
        EntityRequest request, EmbeddedPeople people, Recorder recorder, CancellationToken cancellation)
    {
        if (!people.Histories.People.TryGetAnyNumber(request.Id, out var number)) return Problem.PersonNotFound("id", request.Id);
        _ = EntityKinds.TryParse(request.Entity!, out var entity);
        var before = people.Profiles.OwnOf(number) ?? new Profile { Id = request.Id };
        var changed = new ProfileChanged { AtMs = recorder.NowMs, Profile = before with { Entity = entity, IsImported = false } };
        return await recorder.RecordAsync(cancellation, changed) is { } failed ? failed : changed.Profile;
    }
}

internal sealed record EntityRequest([AnyId] string Id, [Query(nameof(QueryParameters.Entity))] string? Entity) : IOperationRequest
{
    public void Check(QueryReader query)
    {
        if (Entity is null) query.Fail(QueryParameters.Entity.Name, "is required: what stands behind the id");
    }
}
