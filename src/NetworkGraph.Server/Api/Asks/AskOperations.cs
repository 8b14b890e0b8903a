using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;
using NetworkGraph.Server.Api.People;

namespace NetworkGraph.Server.Api.Asks;

using Rules = NetworkGraph.People.Outreach.Asks;

/// <summary>Introductions that people ask for: proposed with a drafted message, sent, answered. Others than who asks see an ask once it
/// came to them.</summary>
internal static class AskOperations
{
    private const string Route = "/v1/people/{id}/asks";

    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getAsks", Route, ListAsync).In("Introductions").For(Scopes.Admin, Own.Person).MayNotFind()
            .Described("List a person's asks",
                "Introductions that the person asked for, and those that came to them as a broker or as the target, the one changed last "
                + "first. A broker sees an ask once it was sent, the others on the path and the target once the broker has accepted."),
        Operation.Post("proposeAsk", Route, ProposeAsync).In("Introductions").For(Scopes.Admin, Own.Person).Heavy().MayNotFind()
            .Accepting<AskRequest>()
            .Described("Propose an ask",
                "Asks for an introduction along a path: the one named, or the best there is. Answers a drafted message; nobody else sees "
                + "it yet. Asking the same again answers the ask there is."),
        Operation.Put("putAsk", Route + "/{ask}", ChangeAsync).In("Introductions").For(Scopes.Admin, Own.Person).MayNotFind()
            .Accepting<AskChangeRequest>()
            .Described("Say what became of an ask",
                "proposed, asked (it was sent), accepted, introduced, declined: one after the other. Who asks may say all of them; a "
                + "broker answers what was sent to them. An introduction is recorded as an interaction from the broker to both, unless "
                + "record is false. Answered when it is durable."),
    ];

    private static async Task<Reply<ListAnswer<AskAnswer>>> ListAsync(
        AsksRequest request, EmbeddedPeople people, PersonNames names, NetworkQueries queries, CancellationToken cancellation)
    {
        var (id, state, page) = (request.Id, request.State, request.Page);
        if (!people.Histories.People.TryGetNumber(id, out _)) return Problem.PersonNotFound("id", id);
        var nowMs = page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs;
        var seen = people.Outreach.Asks.Select(records => Current(people, records)).Where(records => Rules.IsSeenBy(id, records))
            .Where(records => state is null || Rules.States[(int)records[^1].State] == state)
            .OrderByDescending(records => records[^1].AtMs).ThenBy(records => records[0].Id, StringComparer.Ordinal).ToList();
        var shown = Listing.PageOf(seen, records => (records[^1].AtMs, records[0].Id), page, nowMs);
        var items = new List<AskAnswer>();
        foreach (var records in shown.Items) items.Add(await ShowAsync(records, id, people, names, nowMs, cancellation));
        return new ListAnswer<AskAnswer>(items, shown.NextCursor, shown.AsOf);
    }

    private static async Task<Reply<AskAnswer>> ProposeAsync(
        AskOwner owner, JsonBody body, Viewer viewer, PersonGrains grains, EmbeddedPeople people, PersonNames names, Recorder recorder,
        CancellationToken cancellation)
    {
        var id = owner.Id;
        if (!TryRead(body, out var target, out var brokers, out var wrong)) return Problem.Invalid(wrong.Field, wrong.Reason);
        target = people.Aliases.CanonicalOf(target);
        brokers = brokers?.ConvertAll(people.Aliases.CanonicalOf);
        if (target == id) return Problem.Invalid("target", "is the person who asks");
        var question = new IntroductionsRequest
        {
            Viewer = viewer,
            From = id,
            To = target,
            Target = null,
            Paths = 10,
            MaxHops = brokers is { Count: > 2 } ? brokers.Count + 1 : 3,
            MinScore = 0,
            AsOfMs = null
        };
        var (answer, unknown) = await grains.AskAsync(viewer, id, null, (person, request, stop) => person.IntroductionsAsync(request,
            question, stop), cancellation);
        if (answer is null) return Problem.PersonNotFound(unknown == id ? "id" : "target", unknown!);
        if (answer.Paths.FirstOrDefault(path => brokers is null || path.Brokers.SequenceEqual(brokers)) is not { } path)
            return brokers is null
                ? Problem.Invalid("target", "cannot be reached along any path")
                : Problem.Invalid("brokers", "is none of the paths that introductions answers");
        var open = people.Outreach.Asks.Select(records => Current(people, records))
            .FirstOrDefault(records => records[^1] is { State: not (AskState.Declined or AskState.Introduced) } last && last.From == id
                && last.Target == target && last.Brokers.SequenceEqual(path.Brokers));
        var nowMs = recorder.NowMs;
        if (open is not null) return await ShowAsync(open, id, people, names, nowMs, cancellation);
        var ask = new AskChanged
        {
            AtMs = nowMs,
            Id = $"a-{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}",
            From = id,
            Target = target,
            Brokers = [.. path.Brokers],
            State = AskState.Proposed,
            Score = path.Score,
        };
        return await RecordAsync([ask], [ask], id, people, names, recorder, cancellation);
    }

    private static async Task<Reply<AskAnswer>> ChangeAsync(
        AskKey asked, JsonBody body, Viewer viewer, EmbeddedPeople people, PersonNames names, Recorder recorder,
            CancellationToken cancellation)
    {
        var (id, key) = (asked.Id, asked.Ask);
        var (change, reason) = JsonObjects.Read(body.Utf8, AskJson.Default.AskChangeRequest);
        if (change is null) return Problem.From(Outcome.InvalidArgument, reason);
        var state = (AskState)Rules.States.IndexOf(change.State);
        if (!Rules.States.Contains(change.State)) return Problem.Invalid("state", $"is none of {string.Join(", ", Rules.States)}");
        var records = Current(people, people.Outreach.AskOf(key));
        if (!Rules.IsSeenBy(id, records)) return Problem.NotFound("ask", $"'{id}' has no ask '{key}'.");
        var nowMs = recorder.NowMs;
        var before = records[^1];
        if (before.State == state) return await ShowAsync(records, id, people, names, nowMs, cancellation);
        if (!Rules.MayFollow(before.State, state))
            return Problem.Invalid("state", $"cannot be {change.State} after {Rules.States[(int)before.State]}");
        if (!viewer.MayDoAll && viewer.Person == id && !Rules.MayChange(id, before, state))
            return Problem.From(Outcome.PermissionDenied, $"state: {change.State} is for another person of this ask to say", "state");
        var after = new AskChanged
        {
            AtMs = nowMs,
            Id = before.Id,
            From = before.From,
            Target = before.Target,
            Brokers = before.Brokers,
            State = state,
            Score = before.Score
        };
        var written = new List<LogRecord> { after };
        if (state is AskState.Introduced && change.Record is not false)
        {
            written.Add(new Interaction
            {
                Id = $"ask:{before.Id}",
                AtMs = nowMs,
                From = before.Brokers[^1],
                To = [before.From, before.Target],
                Kind = InteractionKind.Introduction,
                Key = viewer.KeyId,
            });
        }
        return await RecordAsync([.. records, after], written, id, people, names, recorder, cancellation);
    }

    private static async Task<Reply<AskAnswer>> RecordAsync(
        IReadOnlyList<AskChanged> shown, IReadOnlyList<LogRecord> records, string id, EmbeddedPeople people, PersonNames names,
        Recorder recorder, CancellationToken cancellation) =>
        await recorder.RecordAsync(cancellation, records) is { } failed
            ? failed
            : await ShowAsync(shown, id, people, names, shown[^1].AtMs, cancellation);

    /// <summary>The records of an ask with everyone under the id by which they are known now.</summary>
    private static List<AskChanged> Current(EmbeddedPeople people, IReadOnlyList<PlacedRecord> records) => [.. records.Select(placed =>
        (AskChanged)placed.Record).Select(ask => new AskChanged
    {
        AtMs = ask.AtMs,
        Id = ask.Id,
        From = people.Aliases.CanonicalOf(ask.From),
        Target = people.Aliases.CanonicalOf(ask.Target),
        Brokers = [.. ask.Brokers.Select(people.Aliases.CanonicalOf)],
        State = ask.State,
        Score = ask.Score,
    })];

    private static async ValueTask<AskAnswer> ShowAsync(
        IReadOnlyList<AskChanged> records, string id, EmbeddedPeople people, PersonNames names, long nowMs, CancellationToken cancellation)
    {
        var ask = records[^1];
        var tie = ask.From == id ? await people.TieAsync(ask.From, ask.Brokers[0], nowMs, cancellation) : null;
        return AskAnswer.Of(records, id, names, tie?.LastContact);
    }

    private static bool TryRead(JsonBody body, out string target, out List<string>? brokers, out Rejection wrong)
    {
        (target, brokers, wrong) = ("", null, default);
        var (request, reason) = JsonObjects.Read(body.Utf8, AskJson.Default.AskRequest);
        if (request is null) wrong = new Rejection("body", reason);
        else if (!PersonId.TryCanonical(request.Target ?? "", out target!, out var why)) wrong = new Rejection("target", why);
        else if (request.Brokers is { Count: > 0 } given)
        {
            brokers = [];
            foreach (var broker in given)
            {
                if (PersonId.TryCanonical(broker, out var id, out why)) brokers.Add(id);
                else wrong = new Rejection("brokers", why);
            }
        }
        return wrong.Field is null;
    }
}

/// <summary>Whose asks, of which state.</summary>
internal sealed record AsksRequest([Person] string Id, [Query(nameof(QueryParameters.AskState))] string? State, Page Page)
    : IOperationRequest;

/// <summary>Who asks.</summary>
internal sealed record AskOwner([Person] string Id) : IOperationRequest;

/// <summary>An ask, and who speaks of it.</summary>
internal sealed record AskKey([Person] string Id, [Name] string Ask) : IOperationRequest;

/// <summary>What asks are made and changed with.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(AskRequest))]
[JsonSerializable(typeof(AskChangeRequest))]
internal sealed partial class AskJson : JsonSerializerContext;
