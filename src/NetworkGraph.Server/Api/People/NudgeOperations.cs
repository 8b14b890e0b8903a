using NetworkGraph.Analytics.Briefs;
using NetworkGraph.Analytics.Nudges;
using NetworkGraph.Analytics.PersonGrains;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Nudges;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.People;

/// <summary>What to do next: nudges, and the brief before a meeting.</summary>
internal static class NudgeOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getNudges", "/v1/people/{id}/nudges", NudgesAsync).In("Next").For(Access.Readers, Own.Person).Heavy().MayNotFind()
            .Described("Get a person's next best actions",
                "Follow-ups due, answers and thanks owed, referral loops to close, ties to keep warm or to revive, introductions to make, "
                + "asks and messages to hold back; "
                + "what is expected to be worth most first, each with its reason, its rule and the parts of its worth."),
        Operation.Put("putNudge", "/v1/people/{id}/nudges/{nudge}", ChangeAsync).In("Next").For(Scopes.Admin, Own.Person).MayNotFind()
            .Accepting<NudgeChangeRequest>()
            .Described("Say what was done about a nudge",
                "done; snoozed until a time; dismissed: this one, all about the same person, or all of the same rule; or open again. A "
                + "nudge that is done or dismissed stays away until "
                + "its reason changes. With an interaction, what was done is recorded as one from the person to whom the nudge is about. "
                + "Answered when it is durable."),
        Operation.Get("getBrief", "/v1/people/{id}/brief/{other}", BriefAsync).In("Next").For(Access.Readers, Own.Person).Heavy()
            .MayNotFind()
            .Described("Get a brief before a meeting",
                "What the two have had with each other, what is open between them, whom both know, the best way to be introduced where "
                + "they have not met, and counsel."),
    ];

    private static async Task<Reply<NudgesAnswer>> NudgesAsync(
        NudgesRequest request, Viewer viewer, PersonGrains people, PersonNames names, IInteractionLog log, CancellationToken cancellation)
    {
        var all = await people.AskAsync(
            viewer, request.Id, request.AsOfMs, static (person, asked, stop) => person.NudgesAsync(asked, stop), cancellation);
        if (all is null) return Problem.PersonNotFound("id", request.Id);
        var chosen = all.Items
            .Where(nudge => (request.Rule ?? nudge.Rule) == nudge.Rule && (request.State is "all" || nudge.State == request.State))
            .ToList();
        var shown = Listing.PageOf(
            chosen, nudge => (nudge.Worth, NudgeQueries.Key(nudge)), request.Page, all.AsOf.ToUnixTimeMilliseconds());
        var ids = await InteractionIds.ReadAsync(log, shown.Items.SelectMany(nudge => nudge.Evidence.Positions), cancellation);
        return new NudgesAnswer
        {
            Person = all.Person,
            AsOf = all.AsOf,
            Rules = all.Rules,
            Items = [.. shown.Items.Select(nudge => WithIds(nudge, ids) with { WithName = names.Of(nudge.With) })],
            NextCursor = shown.NextCursor,
        };
    }

    private static async Task<Reply<Nudge>> ChangeAsync(
        NudgeRequest request, JsonBody body, Viewer viewer, PersonGrains people, IInteractionLog log, Recorder recorder,
            CancellationToken cancellation)
    {
        var (id, key) = (request.Id, request.Nudge);
        var (change, rejection) = NudgeChangeJson.Parse(body.Utf8, recorder.NowMs);
        if (rejection is { } wrong) return Problem.Invalid(wrong.Field, wrong.Reason);
        var before = await people.AskAsync(viewer, id, null, static (person, asked, stop) => person.NudgesAsync(asked, stop), cancellation);
        if (before is null) return Problem.PersonNotFound("id", id);
        if (before.Items.FirstOrDefault(nudge => nudge.Id == key) is not { } nudge)
            return Problem.NotFound("nudge", $"'{id}' has no nudge '{key}'; what it rested on may have changed.");
        var records = new List<LogRecord>(2);
        if (change.Wrote is { } wrote)
        {
            var ids = await InteractionIds.ReadAsync(log, nudge.Evidence.Positions, cancellation);
            var interaction = wrote.Of(id, nudge, ids.Of(nudge.Evidence.Positions), viewer.KeyId);
            if (InteractionRules.FirstBroken(interaction, recorder.NowMs) is { } broken)
                return Problem.From(Outcome.InvalidArgument, $"interaction: {broken.Field} {broken.Reason}", "interaction");
            records.Add(interaction);
        }
        records.Add(new NudgeChanged
        {
            AtMs = recorder.NowMs,
            Person = id,
            Nudge = key,
            Other = nudge.Person,
            Rule = nudge.Rule,
            State = change.State,
            Scope = change.Scope,
            UntilMs = change.UntilMs,
        });
        if (await recorder.RecordAsync(cancellation, records) is { } failed) return failed;
        var changed = nudge with
        {
            State = NudgeIds.NameOf(change.State),
            Until = change.UntilMs is { } until ? DateTimeOffset.FromUnixTimeMilliseconds(until) : null,
        };
        return WithIds(changed, await InteractionIds.ReadAsync(log, changed.Evidence.Positions, cancellation));
    }

    private static async Task<Reply<Brief>> BriefAsync(
        BriefRequest request, Viewer viewer, PersonGrains people, PersonNames names, IInteractionLog log, CancellationToken cancellation)
    {
        var (brief, unknown) = await people.AskAsync(
            viewer, request.Id, request.AsOfMs, (person, asked, stop) => person.BriefAsync(asked, request.Other, stop), cancellation);
        if (brief is null) return Problem.PersonNotFound(unknown == request.Id ? "id" : "other", unknown!);
        var positions = brief.OpenLoops.SelectMany(loop => loop.Positions).Concat(brief.Topics.Select(topic => topic.Position))
            .Concat(brief.Nudges.SelectMany(nudge => nudge.Evidence.Positions));
        var ids = await InteractionIds.ReadAsync(log, positions, cancellation);
        return brief with
        {
            OpenLoops = [.. brief.OpenLoops.Select(loop => loop with { Interactions = ids.Of(loop.Positions) })],
            Topics = [.. brief.Topics.Select(topic => topic with { Interaction = ids.Of(topic.Position) })],
            Nudges = [.. brief.Nudges.Select(nudge => WithIds(nudge, ids) with { WithName = names.Of(nudge.With) })],
        };
    }

    private static Nudge WithIds(Nudge nudge, InteractionIds ids) =>
        nudge with { Evidence = nudge.Evidence with { Interactions = ids.Of(nudge.Evidence.Positions) } };
}

internal sealed record NudgesRequest(
    [Person] string Id,
    [Query(nameof(QueryParameters.NudgeRule))] string? Rule,
    [Query(nameof(QueryParameters.NudgeState))] string State,
    [Query(nameof(QueryParameters.AsOf))] long? Date,
    Page Page) : IOperationRequest
{
    public long? AsOfMs => Date ?? Page.Cursor?.AsOfMs;
}

internal sealed record NudgeRequest([Person] string Id, [Name] string Nudge) : IOperationRequest;

internal sealed record BriefRequest([Person] string Id, [Person] string Other, [Query(nameof(QueryParameters.AsOf))] long? AsOfMs)
    : IOperationRequest
{
    public void Check(QueryReader query)
    {
        if (Id == Other) query.Fail("other", "is the person who asks");
    }
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
