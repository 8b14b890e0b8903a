using NetworkGraph.Analytics;
using NetworkGraph.Analytics.Briefs;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Nudges;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.People;

/// <summary>What to do next: nudges, and the brief before a meeting.</summary>
internal static class NudgeEndpoints
{
    public static void MapNudges(this IEndpointRouteBuilder routes)
    {
        var person = routes.MapGroup("/v1/people/{id}").WithTags("Next");
        person.MapGet("/nudges", NudgesAsync).Takes(QueryParameters.NudgeRule, QueryParameters.NudgeState, QueryParameters.AsOf, QueryParameters.Limit, QueryParameters.Cursor).IsHeavy()
            .Describe("getNudges", "Get a person's next best actions",
                "Follow-ups due, answers and thanks owed, referral loops to close, ties to keep warm or to revive, introductions to make, asks and messages to hold back; "
                + "what is expected to be worth most first, each with its reason, its rule and the parts of its worth.")
            .Produces<NudgesAnswer>().MayNotFind();
        person.MapPut("/nudges/{nudge}", ChangeAsync).Takes().Accepts<NudgeChangeRequest>("application/json")
            .Describe("putNudge", "Say what was done about a nudge",
                "done; snoozed until a time; dismissed: this one, all about the same person, or all of the same rule; or open again. A nudge that is done or dismissed stays away until "
                + "its reason changes. With an interaction, what was done is recorded as one from the person to whom the nudge is about. Answered when it is durable.")
            .Produces<Nudge>().MayNotFind();
        person.MapGet("/brief/{other}", BriefAsync).Takes(QueryParameters.AsOf).IsHeavy()
            .Describe("getBrief", "Get a brief before a meeting",
                "What the two have had with each other, what is open between them, whom both know, the best way to be introduced where they have not met, and counsel.")
            .Produces<Brief>().MayNotFind();
    }

    private static async Task<Reply> NudgesAsync(
        QueryReader query, PersonGrains people, PersonNames names, IInteractionLog log, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var rule = query.WordIfGiven(QueryParameters.NudgeRule);
        var state = query.Word(QueryParameters.NudgeState);
        var page = query.Page();
        var asOfMs = query.AsOf(clock) ?? page.Cursor?.AsOfMs;
        if (query.Problem is { } problem) return problem;
        var all = await people.AskAsync(query.Viewer, id, asOfMs, static (person, request, stop) => person.NudgesAsync(request, stop), cancellation);
        if (all is null) return Answer.NobodyHas("id", id);
        var chosen = all.Items.Where(nudge => (rule is null || nudge.Rule == rule) && (state is "all" || nudge.State == state)).ToList();
        var shown = Listing.PageOf(chosen, nudge => (nudge.Worth, NudgeQueries.Key(nudge)), page, all.AsOf.ToUnixTimeMilliseconds());
        var ids = await InteractionIds.ReadAsync(log, shown.Items.SelectMany(nudge => nudge.Evidence.Positions), cancellation);
        return Answer.Of(
            new NudgesAnswer
            {
                Person = all.Person,
                AsOf = all.AsOf,
                Rules = all.Rules,
                Items = [.. shown.Items.Select(nudge => WithIds(nudge, ids) with { WithName = names.Of(nudge.With) })],
                NextCursor = shown.NextCursor,
            },
            AnswersJson.Plain.NudgesAnswer);
    }

    private static async Task<Reply> ChangeAsync(
        QueryReader query, JsonBody body, PersonGrains people, IInteractionLog log, LogFold fold, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var key = query.TextInPath("nudge");
        if ((query.Problem ?? body.Problem) is { } problem) return problem;
        var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var (change, rejection) = NudgeChangeJson.Parse(body.Utf8, nowMs);
        if (rejection is { } wrong) return Answer.Problem(Outcome.InvalidArgument, $"{wrong.Field} {wrong.Reason}", wrong.Field);
        var before = await people.AskAsync(query.Viewer, id, null, static (person, request, stop) => person.NudgesAsync(request, stop), cancellation);
        if (before is null) return Answer.NobodyHas("id", id);
        if (before.Items.FirstOrDefault(nudge => nudge.Id == key) is not { } nudge)
            return Answer.Problem(Outcome.NotFound, $"'{id}' has no nudge '{key}'; what it rested on may have changed.", "nudge");
        var records = new List<LogRecord>(2);
        if (change.Wrote is { } wrote)
        {
            var ids = await InteractionIds.ReadAsync(log, nudge.Evidence.Positions, cancellation);
            var interaction = wrote.Of(id, nudge, ids.Of(nudge.Evidence.Positions), query.Viewer.KeyId);
            if (InteractionRules.FirstBroken(interaction, nowMs) is { } broken)
                return Answer.Problem(Outcome.InvalidArgument, $"interaction: {broken.Field} {broken.Reason}", "interaction");
            records.Add(interaction);
        }
        records.Add(new NudgeChanged
        {
            AtMs = nowMs,
            Person = id,
            Nudge = key,
            Other = nudge.Person,
            Rule = nudge.Rule,
            State = change.State,
            Scope = change.Scope,
            UntilMs = change.UntilMs,
        });
        var receipt = await log.AppendAsync(records, cancellation);
        if (receipt.Overloaded) return Answer.Overloaded();
        await fold.UntilFoldedAsync(receipt.Results[^1].Position, cancellation);
        var changed = nudge with
        {
            State = NudgeIds.NameOf(change.State),
            Until = change.UntilMs is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
        };
        return Answer.Of(WithIds(changed, await InteractionIds.ReadAsync(log, changed.Evidence.Positions, cancellation)), AnswersJson.Plain.Nudge);
    }

    private static async Task<Reply> BriefAsync(
        QueryReader query, PersonGrains people, PersonNames names, IInteractionLog log, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.PersonInPath();
        var other = query.PersonInPath("other");
        var asOfMs = query.AsOf(clock);
        if (id == other) query.Fail("other", "is the person who asks");
        if (query.Problem is { } problem) return problem;
        var (brief, unknown) = await people.AskAsync(query.Viewer, id, asOfMs, (person, request, stop) => person.BriefAsync(request, other, stop), cancellation);
        if (brief is null) return Answer.NobodyHas(unknown == id ? "id" : "other", unknown!);
        var positions = brief.OpenLoops.SelectMany(loop => loop.Positions).Concat(brief.Topics.Select(topic => topic.Position))
            .Concat(brief.Nudges.SelectMany(nudge => nudge.Evidence.Positions));
        var ids = await InteractionIds.ReadAsync(log, positions, cancellation);
        return Answer.Of(
            brief with
            {
                OpenLoops = [.. brief.OpenLoops.Select(loop => loop with { Interactions = ids.Of(loop.Positions) })],
                Topics = [.. brief.Topics.Select(topic => topic with { Interaction = ids.Of(topic.Position) })],
                Nudges = [.. brief.Nudges.Select(nudge => WithIds(nudge, ids) with { WithName = names.Of(nudge.With) })],
            },
            AnswersJson.Plain.Brief);
    }

    private static Nudge WithIds(Nudge nudge, InteractionIds ids) =>
        nudge with { Evidence = nudge.Evidence with { Interactions = ids.Of(nudge.Evidence.Positions) } };
}

/// <summary>A page of a person's next best actions.</summary>
public sealed record NudgesAnswer
{
    public required string Person { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    /// <summary>Nudges by rule, those of other pages among them.</summary>
    public required IReadOnlyDictionary<string, int> Rules { get; init; }

    /// <summary>Worth most first.</summary>
    public required IReadOnlyList<Nudge> Items { get; init; }

    public required string? NextCursor { get; init; }
}
