using System.Security.Cryptography;
using System.Text.Json;
using NetworkGraph.Analytics;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.Server.Http;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.People;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Asks;

using Rules = NetworkGraph.People.Outreach.Asks;

/// <summary>Introductions that people ask for: proposed with a drafted message, sent, answered. Others than who asks see an ask once it came to them.</summary>
internal static class AskEndpoints
{
    private static readonly QueryParameter s_state = new("state", "Only the asks in this state.") { Words = Rules.States };

    public static void MapAsks(this IEndpointRouteBuilder routes)
    {
        var asks = routes.MapGroup("/v1/people/{id}/asks").WithTags("Introductions");
        asks.MapGet("", ListAsync).Takes(s_state, QueryParameters.Limit, QueryParameters.Cursor)
            .Describe("getAsks", "List a person's asks",
                "Introductions that the person asked for, and those that came to them as a broker or as the target, the one changed last first. A broker sees an ask once it was sent, "
                + "the others on the path and the target once the broker has accepted.")
            .Produces<ListAnswer<AskAnswer>>().MayNotFind();
        asks.MapPost("", ProposeAsync).Takes().Accepts<AskRequest>("application/json").IsHeavy()
            .Describe("proposeAsk", "Propose an ask",
                "Asks for an introduction along a path: the one named, or the best there is. Answers a drafted message; nobody else sees it yet. Asking the same again answers the ask there is.")
            .Produces<AskAnswer>().MayNotFind();
        asks.MapPut("/{ask}", ChangeAsync).Takes().Accepts<AskChangeRequest>("application/json")
            .Describe("putAsk", "Say what became of an ask",
                "proposed, asked (it was sent), accepted, introduced, declined: one after the other. Who asks may say all of them; a broker answers what was sent to them. "
                + "An introduction is recorded as an interaction from the broker to both, unless record is false. Answered when it is durable.")
            .Produces<AskAnswer>().MayNotFind();
    }

    private static async Task<Reply> ListAsync(
        QueryReader query, EmbeddedPeople people, PersonNames names, NetworkQueries queries, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var state = query.WordIfGiven(s_state);
        var page = query.Page();
        if (query.Problem is { } problem) return problem;
        if (!people.Histories.People.TryGetNumber(id, out _)) return Answer.NobodyHas("id", id);
        var nowMs = page.Cursor?.AsOfMs ?? queries.CurrentAsOfMs;
        var seen = people.Outreach.Asks.Select(records => Current(people, records)).Where(records => Rules.IsSeenBy(id, records))
            .Where(records => state is null || Rules.States[(int)records[^1].State] == state)
            .OrderByDescending(records => records[^1].AtMs).ThenBy(records => records[0].Id, StringComparer.Ordinal).ToList();
        var shown = Listing.PageOf(seen, records => (records[^1].AtMs, records[0].Id), page, nowMs);
        var items = new List<AskAnswer>();
        foreach (var records in shown.Items) items.Add(await ShowAsync(records, id, people, names, nowMs, cancellation));
        return Answer.Of(new ListAnswer<AskAnswer>(items, shown.NextCursor, shown.AsOf), AnswersJson.Plain.ListAnswerAskAnswer);
    }

    private static async Task<Reply> ProposeAsync(
        QueryReader query, JsonBody body, PersonGrains grains, EmbeddedPeople people, PersonNames names, IInteractionLog log, LogFold fold, TimeProvider clock,
        CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        if ((query.Problem ?? body.Problem) is { } problem) return problem;
        if (!TryRead(body, out var target, out var brokers, out var wrong)) return Answer.Problem(Outcome.InvalidArgument, $"{wrong.Field} {wrong.Reason}", wrong.Field);
        target = people.Aliases.CanonicalOf(target);
        brokers = brokers?.ConvertAll(people.Aliases.CanonicalOf);
        if (target == id) return Answer.Problem(Outcome.InvalidArgument, "target is the person who asks", "target");
        var question = new IntroductionsRequest { Viewer = query.Viewer, From = id, To = target, Target = null, Paths = 10, MaxHops = brokers is { Count: > 2 } ? brokers.Count + 1 : 3, MinScore = 0, AsOfMs = null };
        var (answer, unknown) = await grains.AskAsync(query.Viewer, id, null, (person, request, stop) => person.IntroductionsAsync(request, question, stop), cancellation);
        if (answer is null) return Answer.NobodyHas(unknown == id ? "id" : "target", unknown!);
        if (answer.Paths.FirstOrDefault(path => brokers is null || path.Brokers.SequenceEqual(brokers)) is not { } path)
            return Answer.Problem(Outcome.InvalidArgument, brokers is null ? "target cannot be reached along any path" : "brokers is none of the paths that introductions answers", brokers is null ? "target" : "brokers");
        var open = people.Outreach.Asks.Select(records => Current(people, records))
            .FirstOrDefault(records => records[^1] is { State: not (AskState.Declined or AskState.Introduced) } last && last.From == id && last.Target == target && last.Brokers.SequenceEqual(path.Brokers));
        var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (open is not null) return Answer.Of(await ShowAsync(open, id, people, names, nowMs, cancellation), AnswersJson.Plain.AskAnswer);
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
        return await RecordAsync([ask], [ask], id, people, names, log, fold, cancellation);
    }

    private static async Task<Reply> ChangeAsync(
        QueryReader query, JsonBody body, EmbeddedPeople people, PersonNames names, IInteractionLog log, LogFold fold, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var key = query.TextInPath("ask");
        if ((query.Problem ?? body.Problem) is { } problem) return problem;
        var (change, reason) = JsonObjects.Read(body.Utf8, AnswersJson.Plain.AskChangeRequest);
        if (change is null) return Answer.Problem(Outcome.InvalidArgument, reason);
        var state = (AskState)Rules.States.IndexOf(change.State);
        if (!Rules.States.Contains(change.State)) return Answer.Problem(Outcome.InvalidArgument, $"state is none of {string.Join(", ", Rules.States)}", "state");
        var records = Current(people, people.Outreach.AskOf(key));
        if (!Rules.IsSeenBy(id, records)) return Answer.Problem(Outcome.NotFound, $"'{id}' has no ask '{key}'.", "ask");
        var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var before = records[^1];
        if (before.State == state) return Answer.Of(await ShowAsync(records, id, people, names, nowMs, cancellation), AnswersJson.Plain.AskAnswer);
        if (!Rules.MayFollow(before.State, state))
            return Answer.Problem(Outcome.InvalidArgument, $"state cannot be {change.State} after {Rules.States[(int)before.State]}", "state");
        if (!query.Viewer.MayDoAll && query.Viewer.Person == id && !Rules.MayChange(id, before, state))
            return Answer.Problem(Outcome.PermissionDenied, $"state: {change.State} is for another person of this ask to say", "state");
        var after = new AskChanged { AtMs = nowMs, Id = before.Id, From = before.From, Target = before.Target, Brokers = before.Brokers, State = state, Score = before.Score };
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
                Key = query.Viewer.KeyId,
            });
        }
        return await RecordAsync([.. records, after], written, id, people, names, log, fold, cancellation);
    }

    private static async Task<Reply> RecordAsync(
        IReadOnlyList<AskChanged> shown, IReadOnlyList<LogRecord> records, string id, EmbeddedPeople people, PersonNames names, IInteractionLog log, LogFold fold,
        CancellationToken cancellation)
    {
        var receipt = await log.AppendAsync(records, cancellation);
        if (receipt.Overloaded) return Answer.Overloaded();
        await fold.UntilFoldedAsync(receipt.Results[^1].Position, cancellation);
        return Answer.Of(await ShowAsync(shown, id, people, names, shown[^1].AtMs, cancellation), AnswersJson.Plain.AskAnswer);
    }

    /// <summary>The records of an ask with everyone under the id by which they are known now.</summary>
    private static List<AskChanged> Current(EmbeddedPeople people, IReadOnlyList<PlacedRecord> records) => [.. records.Select(placed => (AskChanged)placed.Record).Select(ask => new AskChanged
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
        var (request, reason) = JsonObjects.Read(body.Utf8, AnswersJson.Plain.AskRequest);
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

/// <summary>Reads small JSON objects that operations take.</summary>
internal static class JsonObjects
{
    /// <summary>The object; null, with the reason, where the text is not one of this shape.</summary>
    public static (T? Value, string Reason) Read<T>(ReadOnlyMemory<byte> utf8, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            return JsonSerializer.Deserialize(utf8.Span, type) is { } value ? (value, "") : (null, "The body must be a JSON object.");
        }
        catch (JsonException wrong)
        {
            return (null, $"The body cannot be read: {wrong.Path ?? "it"} is not what it should be.");
        }
    }
}
