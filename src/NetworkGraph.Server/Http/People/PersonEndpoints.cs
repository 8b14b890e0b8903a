using Microsoft.AspNetCore.Mvc;
using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Json;
using NetworkGraph.Importers.Ndjson;
using NetworkGraph.Importers.Tables;
using NetworkGraph.People;
using NetworkGraph.People.Profiles;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Ingest;
using NetworkGraph.Server.Keys;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Options;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.People;

/// <summary>People themselves: profiles, search, erasure.</summary>
internal static class PersonEndpoints
{
    public static void MapPeople(this IEndpointRouteBuilder routes)
    {
        var people = routes.MapGroup("/v1/people").WithTags("People");
        people.MapGet("", Search)
            .Takes(
                QueryParameters.Text, QueryParameters.Organisation, QueryParameters.Role, QueryParameters.Tag, QueryParameters.Ids, QueryParameters.Limit,
                QueryParameters.Cursor)
            .Describe("searchPeople", "Search people",
                "Everyone known, by id (ordinal): who took part in an interaction, was named in one, or has a profile. All filters given must match, "
                + "ids exactly and the others regardless of case. Where nobody has the text as it stands, those whose name and organisation hold its words in any order, "
                + "without accents and with one wrong letter a word, the closest first, on one page; of somebody without a profile there is the id alone.")
            .Produces<ListAnswer<Profile>>();
        people.MapPost("", PutManyAsync).Takes()
            .Accepts<Profile>(BodyFormats.Ndjson, BodyFormats.Json, BodyFormats.Csv)
            .Describe("putPeople", "Put many profiles", "One profile a line (NDJSON), one or an array of them (JSON), or CSV as the export writes it. A bad line rejects that line, not the others; answered when all others are durable.")
            .Produces<ProfilesAnswer>().Produces<ProfilesAnswer>(StatusCodes.Status422UnprocessableEntity)
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType).Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType);
        people.MapGet("/{id}", GetAsync).Takes(QueryParameters.AsOf)
            .Describe("getPerson", "Get a person", "The current profile, and what the person took part in up to the date.")
            .Produces<PersonAnswer>().MayNotFind();
        people.MapPut("/{id}", PutAsync).Takes()
            .Accepts<Profile>("application/json")
            .Describe("putPerson", "Put a profile", "Replaces the person's profile; what is left out is absent from then on. Answered when it is durable.")
            .Produces<Profile>()
            .Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType).Produces<Problem>(StatusCodes.Status415UnsupportedMediaType, Problem.ContentType);
        people.MapDelete("/{id}", EraseAsync).Takes()
            .Describe("erasePerson", "Erase a person", "Removes the person, with all ids, everywhere and for good: log, histories, snapshots, checkpoints. An erased person stays out when sent again (SuppressErased), until that is lifted.")
            .Produces<ErasureAnswer>().MayNotFind();
    }

    private static Reply Search(QueryReader query, EmbeddedPeople people, NetworkQueries queries, CancellationToken cancellation)
    {
        var filter = new PersonFilter
        {
            Query = query.Text(QueryParameters.Text) is { } text ? query.PersonOf(SearchText(text)) : null,
            Organisation = query.Text(QueryParameters.Organisation),
            Role = query.Text(QueryParameters.Role),
            Tag = query.Text(QueryParameters.Tag),
            Among = query.People(QueryParameters.Ids) is { } ids ? queries.NumbersOf(ids) : null,
        };
        var page = query.Page();
        if (query.Problem is { } problem) return problem;
        var asOfMs = queries.CurrentAsOfMs;
        var found = people.Search.Find(filter, page.Cursor?.After, page.Limit + 1, cancellation);
        // Nobody has the text as it stands: who is called nearly so, on one page.
        if (found.Count == 0 && page.Cursor is null) found = people.Search.FindClose(filter, page.Limit, cancellation);
        var items = found.Take(page.Limit).Select(profile => profile with { Entity = queries.EntityOf(profile.Id) }).ToList();
        var next = found.Count > page.Limit ? page.Next(asOfMs, items[^1].Id) : null;
        return Answer.Of(new ListAnswer<Profile>(items, next, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs)), AnswersJson.Plain.ListAnswerProfile);
    }

    /// <summary>An address or a URL finds whom it names however it is written; anything else is searched for as it is.</summary>
    private static string SearchText(string text) => text.Contains('@') || text.Contains("://", StringComparison.Ordinal) ? PersonId.CanonicalOrSame(text) : text;

    private static async Task<Reply> GetAsync(QueryReader query, PersonGrains people, NetworkQueries queries, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var asOfMs = query.AsOf(clock) ?? queries.CurrentAsOfMs;
        if (query.Problem is { } problem) return problem;
        return await people.AskAsync(query.Viewer, id, asOfMs, static (grain, request, stop) => grain.PersonAsync(request, stop), cancellation) is { } person
            ? Answer.Of(person, AnswersJson.Plain.PersonAnswer)
            : Answer.NobodyHas("id", id);
    }

    private static async Task<Reply> PutAsync(QueryReader query, JsonBody body, IInteractionLog log, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.IdInPath();
        if ((query.Problem ?? body.Problem) is { } problem) return problem;
        var parsed = ProfileJson.Parse(body.Utf8.Span, id);
        if (parsed.Rejection is { } rejection) return Answer.Problem(Outcome.InvalidArgument, $"{rejection.Field} {rejection.Reason}", rejection.Field);
        var changed = new ProfileChanged { AtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(), Profile = parsed.Profile! };
        var receipt = await log.AppendAsync([changed], cancellation);
        return Answer.NotRecorded(receipt) ?? Answer.Of(changed.Profile, AnswersJson.Plain.Profile);
    }

    private static async Task<IResult> PutManyAsync(HttpContext http, [FromServices] IInteractionLog log, [FromServices] TimeProvider clock)
    {
        var (format, problem) = BodyFormats.Of(http.Request);
        if (problem is not null) return new ProblemResult(problem);
        var options = http.RequestServices.GetService<IngestOptions>() ?? IngestOptions.Default;
        var tally = new IngestTally();
        var intake = new BodyIntake(new LogAppend(log, clock, null), clock, options with { Limits = options.Limits with { MaxLineBytes = JsonBody.MaxBytes } }, tally);
        return await intake.RunAsync(http, (body, limits) => format switch
        {
            BodyFormat.Json => JsonDocumentRows.OfProfiles(body, limits),
            BodyFormat.Ndjson => NdjsonRows.OfProfiles(body, limits),
            _ => new PeopleCsvRows(body),
        }) ?? ProfilesAnswer.Of(tally);
    }

    private static async Task<Reply> EraseAsync(
        QueryReader query, LogFold fold, EmbeddedPeople people, ServerOptions options, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        if (query.Problem is { } problem) return problem;
        // A person's own keys end before the person does: afterwards nothing may fail any more.
        KeyFile.RemoveOf(options.Data, [id, .. people.Aliases.IdsOf(id)]);
        return await fold.EraseAsync(id, options.SuppressErased, cancellation) is { } records
            ? Answer.Of(new ErasureAnswer(records, options.SuppressErased), AnswersJson.Plain.ErasureAnswer)
            : Answer.NobodyHas("id", id);
    }
}

/// <summary>What an erasure took away.</summary>
/// <param name="Records">How many records of the log became tombstones.</param>
/// <param name="Suppressed">Whether the person stays out from now on, under every id they had.</param>
public sealed record ErasureAnswer(int Records, bool Suppressed);

/// <summary>What became of many profiles.</summary>
/// <param name="Accepted">Profiles that are durable now.</param>
/// <param name="Suppressed">Profiles of erased people who stay out: nothing of them was recorded.</param>
/// <param name="RejectedCount">Profiles that broke a rule.</param>
/// <param name="Rejected">The first 1,000 rejected.</param>
public sealed record ProfilesAnswer(long Accepted, long Suppressed, long RejectedCount, IReadOnlyList<RejectedLine> Rejected)
{
    internal static Reply Of(IngestTally tally) => Answer.Of(
        new ProfilesAnswer(tally.Accepted, tally.Suppressed, tally.RejectedCount, tally.Listed), AnswersJson.Plain.ProfilesAnswer,
        tally is { HasKept: false, RejectedCount: > 0 } ? Outcome.AllRejected : Outcome.Ok);
}
