using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Profiles;
using NetworkGraph.Server.Api.Ingest;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;
using NetworkGraph.Server.Host.Options;
using NetworkGraph.Server.Keys;

namespace NetworkGraph.Server.Api.People;

/// <summary>People themselves: profiles, search, erasure.</summary>
internal static class PersonOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("searchPeople", "/v1/people", Search).In("People").For(Access.Readers)
            .Described("Search people",
                "Everyone known, by id (ordinal): who took part in an interaction, was named in one, or has a profile. All filters "
                + "given must match, ids exactly and the others regardless of case. Where nobody has the text as it stands, those whose "
                + "name and organisation hold its words in any order, without accents and with one wrong letter a word, the closest "
                + "first, on one page; of somebody without a profile there is the id alone."),
        Operation.Post("putPeople", "/v1/people", ProfileIngest.PostAsync).Method("PutPeople", ProfileIngest.PutPeopleAsync).In("People")
            .For(Access.Senders)
            .Accepting<Profile>(BodyFormats.Ndjson, BodyFormats.Json, BodyFormats.Csv)
            .Answering<ProfilesAnswer>()
            .Answering<ProfilesAnswer>(StatusCodes.Status422UnprocessableEntity)
            .Answering<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType)
            .Answering<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType)
            .Described("Put many profiles",
                "One profile a line (NDJSON), one or an array of them (JSON), or CSV as the export writes it. A bad line rejects that "
                + "line, not the others; answered when all others are durable."),
        Operation.Get("getPerson", "/v1/people/{id}", GetAsync).In("People").For(Access.Readers, Own.Person).MayNotFind()
            .Described("Get a person", "The current profile, and what the person took part in up to the date."),
        Operation.Put("putPerson", "/v1/people/{id}", PutAsync).In("People").For(Access.Senders, Own.Person)
            .Accepting<Profile>()
            .Answering<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType)
            .Answering<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType)
            .Described("Put a profile", "Replaces the person's profile; what is left out is absent from then on. Answered "
            + "when it is durable."),
        // For good, and the one thing that cannot be taken back: not with a key that an application hands to a person.
        Operation.Delete("erasePerson", "/v1/people/{id}", EraseAsync).In("People").For(Scopes.Admin).MayNotFind()
            .Described("Erase a person",
                "Removes the person, with all ids, everywhere and for good: log, histories, snapshots, checkpoints. "
                + "An erased person stays out when sent again (SuppressErased), until that is lifted."),
    ];

    private static Reply<ListAnswer<Profile>> Search(
        SearchRequest request, QueryReader query, EmbeddedPeople people, NetworkQueries queries, CancellationToken cancellation)
    {
        var filter = new PersonFilter
        {
            Query = request.Text is { } text ? query.PersonOf(SearchText(text)) : null,
            Organisation = request.Organisation,
            Role = request.Role,
            Tag = request.Tag,
            Among = request.Ids is { } ids ? queries.NumbersOf(ids) : null,
        };
        var page = request.Page;
        var asOfMs = queries.CurrentAsOfMs;
        var found = people.Search.Find(filter, page.Cursor?.After, page.Limit + 1, cancellation);
        // Nobody has the text as it stands: who is called nearly so, on one page.
        if (found.Count == 0 && page.Cursor is null) found = people.Search.FindClose(filter, page.Limit, cancellation);
        var items = found.Take(page.Limit).Select(profile => profile with { Entity = queries.EntityOf(profile.Id) }).ToList();
        var next = found.Count > page.Limit ? page.Next(asOfMs, items[^1].Id) : null;
        return new ListAnswer<Profile>(items, next, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs));
    }

    /// <summary>An address or a URL finds whom it names however it is written; anything else is searched for as it is.</summary>
    private static string SearchText(string text) =>
        text.Contains('@') || text.Contains("://", StringComparison.Ordinal) ? PersonId.CanonicalOrSame(text) : text;

    private static async Task<Reply<PersonAnswer>> GetAsync(
        OnePersonRequest request, Viewer viewer, PersonGrains people, NetworkQueries queries, CancellationToken cancellation)
    {
        var asOfMs = request.AsOfMs ?? queries.CurrentAsOfMs;
        var person = await people.AskAsync(
            viewer, request.Id, asOfMs, static (grain, asked, stop) => grain.PersonAsync(asked, stop), cancellation);
        return person is not null ? person : Problem.PersonNotFound("id", request.Id);
    }

    private static async Task<Reply<Profile>> PutAsync(
        ProfileRequest request, JsonBody body, IInteractionLog log, TimeProvider clock, CancellationToken cancellation)
    {
        var parsed = ProfileJson.Parse(body.Utf8.Span, request.Id);
        if (parsed.Rejection is { } rejection) return Problem.Invalid(rejection.Field, rejection.Reason);
        var changed = new ProfileChanged { AtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(), Profile = parsed.Profile! };
        var receipt = await log.AppendAsync([changed], cancellation);
        return Problem.NotRecorded(receipt) is { } problem ? problem : changed.Profile;
    }

    private static async Task<Reply<ErasureAnswer>> EraseAsync(
        ErasureRequest request, LogFold fold, EmbeddedPeople people, ServerOptions options, CancellationToken cancellation)
    {
        // A person's own keys end before the person does: afterwards nothing may fail any more.
        KeyFile.RemoveOf(options.Data, [request.Id, .. people.Aliases.IdsOf(request.Id)]);
        return await fold.EraseAsync(request.Id, options.SuppressErased, cancellation) is { } records
            ? new ErasureAnswer(records, options.SuppressErased) : Problem.PersonNotFound("id", request.Id);
    }
}

internal sealed record SearchRequest(
    [Query(nameof(QueryParameters.Text))] string? Text,
    [Query(nameof(QueryParameters.Organisation))] string? Organisation,
    [Query(nameof(QueryParameters.Role))] string? Role,
    [Query(nameof(QueryParameters.Tag))] string? Tag,
    [Query(nameof(QueryParameters.Ids))] IReadOnlyList<string>? Ids,
    Page Page) : IOperationRequest;

internal sealed record ProfileRequest([AnyId] string Id) : IOperationRequest;

internal sealed record ErasureRequest([Person] string Id) : IOperationRequest;

/// <summary>What an erasure took away.</summary>
/// <param name="Records">How many records of the log became tombstones.</param>
/// <param name="Suppressed">Whether the person stays out from now on, under every id they had.</param>
public sealed record ErasureAnswer(int Records, bool Suppressed);
