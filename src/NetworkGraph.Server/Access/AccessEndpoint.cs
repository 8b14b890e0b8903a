using NetworkGraph.Analytics;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.Server.Http;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Options;

namespace NetworkGraph.Server.Access;

/// <summary>That somebody asked about a person, once a day for each caller and operation.</summary>
/// <param name="At">When they asked first that day.</param>
/// <param name="Role">In which role they asked: team, analyst or assistant.</param>
/// <param name="Key">What their key is called; empty where no keys were configured.</param>
/// <param name="Operation">Id of the operation that they asked.</param>
public sealed record AccessAnswer(DateTimeOffset At, string Role, string Key, string Operation);

/// <summary>Who has asked about a person.</summary>
internal static class AccessEndpoint
{
    public static void MapAccess(this IEndpointRouteBuilder routes) => routes.MapGet("/v1/people/{id}/access", Get).WithTags("People")
        .Takes(QueryParameters.Limit, QueryParameters.Cursor)
        .Describe("getAccess", "List who has asked about a person",
            "Each answer to a team, an analyst or an assistant that named the person or used their ties, once a day for each caller and operation, newest first. "
            + "Says nothing of the other people in the question. Shown for a configurable time (AccessKeptDays). Only the person and administrators see it.")
        .Produces<ListAnswer<AccessAnswer>>().MayNotFind();

    private static Reply Get(QueryReader query, EmbeddedPeople people, NetworkQueries queries, ServerOptions options, TimeProvider clock)
    {
        var id = query.PersonInPath();
        var page = query.Page();
        if (query.Problem is { } problem) return problem;
        if (!people.Histories.People.TryGetNumber(id, out _)) return Answer.NobodyHas("id", id);
        var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var sinceMs = nowMs - options.AccessKeptDays * 86_400_000L;
        var records = people.Aliases.IdsOf(id).SelectMany(people.Outreach.AccessTo).Where(record => record.AtMs >= sinceMs)
            .OrderByDescending(record => record.AtMs).ThenBy(Key, StringComparer.Ordinal).ToList();
        var shown = Listing.PageOf(records, record => (record.AtMs, Key(record)), page, page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs);
        var items = shown.Items.Select(record => new AccessAnswer(DateTimeOffset.FromUnixTimeMilliseconds(record.AtMs), record.Role, record.KeyName, record.Operation));
        return Answer.Of(new ListAnswer<AccessAnswer>([.. items], shown.NextCursor, shown.AsOf), AnswersJson.Plain.ListAnswerAccessAnswer);
    }

    private static string Key(AccessRecorded record) => $"{record.Role} {record.Operation} {record.KeyName}";
}
