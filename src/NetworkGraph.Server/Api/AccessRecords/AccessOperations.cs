using NetworkGraph.Analytics;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.AccessRecords;

/// <summary>That somebody asked about a person, once a day for each caller and operation.</summary>
/// <param name="At">When they asked first that day.</param>
/// <param name="Role">In which role they asked: team, analyst or assistant.</param>
/// <param name="Key">What their key is called; empty where no keys were configured.</param>
/// <param name="Operation">Id of the operation that they asked.</param>
public sealed record AccessAnswer(DateTimeOffset At, string Role, string Key, string Operation);

/// <summary>How long access is shown.</summary>
/// <param name="KeptDays">Days; with 0 nothing is recorded.</param>
internal sealed record AccessRetention(int KeptDays);

/// <summary>A page of who asked about a person.</summary>
internal sealed record AccessRequest([Person] string Id, Page Page) : IOperationRequest;

/// <summary>Who has asked about a person.</summary>
internal static class AccessOperations
{
    private const long DayMs = 86_400_000;

    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getAccess", "/v1/people/{id}/access", Get).In("People").For(Scopes.Admin, Own.Person).MayNotFind()
            .Described("List who has asked about a person",
                "Each answer to a team, an analyst or an assistant that named the person or used their ties, once a day for each caller "
                + "and operation, newest first. Says nothing of the other people in the question. Shown for a configurable time "
                + "(AccessKeptDays). Only the person and administrators see it."),
    ];

    private static Reply<ListAnswer<AccessAnswer>> Get(
        AccessRequest request, EmbeddedPeople people, NetworkQueries queries, AccessRetention retention, TimeProvider clock)
    {
        if (!people.Histories.People.TryGetNumber(request.Id, out _)) return Problem.PersonNotFound("id", request.Id);
        var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var sinceMs = nowMs - retention.KeptDays * DayMs;
        var records = people.Aliases.IdsOf(request.Id).SelectMany(people.Outreach.AccessTo).Where(record => record.AtMs > sinceMs)
            .OrderByDescending(record => record.AtMs).ThenBy(Key, StringComparer.Ordinal).ToList();
        var asOfMs = request.Page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs;
        var shown = Listing.PageOf(records, record => (record.AtMs, Key(record)), request.Page, asOfMs);
        var items = shown.Items.Select(record => new AccessAnswer(
            DateTimeOffset.FromUnixTimeMilliseconds(record.AtMs), record.Role, record.KeyName, record.Operation));
        return new ListAnswer<AccessAnswer>([.. items], shown.NextCursor, shown.AsOf);
    }

    private static string Key(AccessRecorded record) => $"{record.Role} {record.Operation} {record.KeyName}";
}
