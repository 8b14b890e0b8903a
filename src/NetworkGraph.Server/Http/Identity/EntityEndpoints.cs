using NetworkGraph.Analytics;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;

namespace NetworkGraph.Server.Http.Identity;

/// <summary>What stands behind an id: suggested by behaviour, and said by an administrator.</summary>
internal static class EntityEndpoints
{
    public static void MapEntitySuggestions(this IEndpointRouteBuilder routes)
    {
        routes.MapGroup("/v1/identity/entities").WithTags("Identity").MapGet("", List).Takes(QueryParameters.Limit, QueryParameters.Cursor).IsHeavy()
            .Describe("listEntitySuggestions", "List ids that behave as no person does",
                "Ids with 30 senders and 200 interactions in 90 days and none back, or that wrote to 50 people one by one in 30 days of whom under 2 % answered. Nothing changes until somebody says so in the profile.")
            .Produces<ListAnswer<EntitySuggestion>>();
        routes.MapGroup("/v1/people/{id}/entity").WithTags("Identity").MapPut("", ConfirmAsync).Takes(QueryParameters.Entity)
            .Describe("confirmEntity", "Say what stands behind an id", "Sets the entity in the profile of the id, of which the rest stays. Answered when it is durable.")
            .Produces<Profile>().MayNotFind();
    }

    private static Reply List(QueryReader query, EntitySuggestions suggestions, NetworkQueries queries, CancellationToken cancellation)
    {
        var page = query.Page();
        if (query.Problem is { } problem) return problem;
        var asOfMs = page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs;
        var found = suggestions.Find(asOfMs, cancellation);
        return Answer.Of(Listing.PageOf(found, static item => (EntitySuggestions.RankOf(item), item.Id), page, asOfMs), AnswersJson.Plain.ListAnswerEntitySuggestion);
    }

    private static async Task<Reply> ConfirmAsync(
        QueryReader query, EmbeddedPeople people, IInteractionLog log, LogFold fold, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.IdInPath();
        var word = query.WordIfGiven(QueryParameters.Entity);
        if (word is null) query.Fail(QueryParameters.Entity.Name, "is required: what stands behind the id");
        if (query.Problem is { } problem) return problem;
        if (!people.Histories.People.TryGetAnyNumber(id, out var number)) return Answer.NobodyHas("id", id);
        _ = EntityKinds.TryParse(word!, out var entity);
        var profile = (people.Profiles.OwnOf(number) ?? new Profile { Id = id }) with { Entity = entity, IsImported = false };
        var record = new ProfileChanged { AtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(), Profile = profile };
        return await AliasEndpoints.RecordAsync(record, log, fold, cancellation) ?? Answer.Of(profile, AnswersJson.Plain.Profile);
    }
}
