using NetworkGraph.Analytics;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.People;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Interactions;

/// <summary>One interaction: to read, to put right, to take back.</summary>
internal static class InteractionEndpoints
{
    public static void MapInteractions(this IEndpointRouteBuilder routes)
    {
        var interactions = routes.MapGroup("/v1/interactions").WithTags("Interactions");
        interactions.MapGet("/{interaction}", GetAsync).Takes()
            .Describe("getInteraction", "Get an interaction", "The interaction as it counts now, and its sources. One that was retracted, or whose sources were all undone, is not found.")
            .Produces<InteractionDetail>().MayNotFind();
        interactions.MapPut("/{interaction}", AmendAsync).Takes().Accepts<InteractionAnswer>("application/json")
            .Describe("amendInteraction", "Amend an interaction",
                "Puts new content under an id that is there, or was retracted; every measure is then as if it had always been this. The rules are those of POST. "
                + "Answered when it is durable; the same content again changes nothing. With an ingest key, only what that key wrote.")
            .Produces<InteractionDetail>().MayNotFind();
        interactions.MapDelete("/{interaction}", RetractAsync).Takes()
            .Describe("retractInteraction", "Retract an interaction",
                "Takes the interaction back: every measure, at every date, is then as if it had never been. Sending or importing it again changes nothing, until it is amended. "
                + "Answered when it is durable; retracting again changes nothing.")
            .Produces<RetractionAnswer>().MayNotFind();
    }

    private static async Task<Reply> GetAsync(QueryReader query, IInteractionLog log, CancellationToken cancellation)
    {
        var id = query.TextInPath("interaction");
        if (query.Problem is { } problem) return problem;
        var state = InteractionState.Of(id, await log.FindAsync(id, cancellation));
        return state is { Stands: true, Current: { } interaction } && MaySee(query, interaction)
            ? Answer.Of(InteractionDetail.Of(state), AnswersJson.Plain.InteractionDetail)
            : NoInteraction(id);
    }

    private static async Task<Reply> AmendAsync(
        QueryReader query, JsonBody body, IInteractionLog log, LogFold fold, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.TextInPath("interaction");
        if ((query.Problem ?? body.Problem) is { } problem) return problem;
        var draft = new InteractionDraft { DefaultId = id, Key = query.Viewer.KeyId, IsAmendment = true };
        var parsed = InteractionJson.Parse(body.Utf8.Span, draft, clock.GetUtcNow().ToUnixTimeMilliseconds());
        if (parsed.Rejection is { } rejection) return Answer.Problem(Outcome.InvalidArgument, $"{rejection.Field} {rejection.Reason}", rejection.Field);
        if (parsed.Interaction!.Id != id) return Answer.Problem(Outcome.InvalidArgument, "id is not that of the path", "id");
        if (!query.Viewer.MaySeeAllInteractions)
        {
            var before = InteractionState.Of(id, await log.FindAsync(id, cancellation));
            if (before.Current is not { } written || written.Key != query.Viewer.KeyId) return NoInteraction(id);
        }
        var receipt = await log.AppendAsync([parsed.Interaction], cancellation);
        if (Answer.NotRecorded(receipt) is { } notRecorded) return notRecorded;
        if (receipt.Results[0].Outcome is AppendOutcome.NotFound) return NoInteraction(id);
        await fold.UntilFoldedAsync(receipt.Results[0].Position, cancellation);
        var state = InteractionState.Of(id, await log.FindAsync(id, cancellation));
        return state.Stands ? Answer.Of(InteractionDetail.Of(state), AnswersJson.Plain.InteractionDetail) : NoInteraction(id);
    }

    private static async Task<Reply> RetractAsync(QueryReader query, IInteractionLog log, LogFold fold, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.TextInPath("interaction");
        if (query.Problem is { } problem) return problem;
        var asked = new InteractionWithdrawn
        {
            AtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
            Id = id,
            Key = query.Viewer.KeyId,
            Reason = WithdrawalReason.Retracted,
        };
        var receipt = await log.AppendAsync([asked], cancellation);
        if (Answer.NotRecorded(receipt) is { } notRecorded) return notRecorded;
        var (outcome, position) = receipt.Results[0];
        if (outcome is AppendOutcome.NotFound) return NoInteraction(id);
        await fold.UntilFoldedAsync(position, cancellation);
        return Answer.Of(new RetractionAnswer(id, outcome is AppendOutcome.Accepted), AnswersJson.Plain.RetractionAnswer);
    }

    /// <summary>A person's own key sees what that person took part in.</summary>
    private static bool MaySee(QueryReader query, Interaction interaction) =>
        query.Viewer.Scopes is not Scopes.None || query.Viewer.Person is not { } person || query.PersonOf(interaction.From) == person
        || Array.Exists(interaction.To, recipient => query.PersonOf(recipient) == person);

    private static Reply NoInteraction(string id) => Answer.Problem(Outcome.NotFound, $"There is no interaction '{id}' that counts.", "interaction");
}

/// <summary>An interaction with its sources.</summary>
public sealed record InteractionDetail : InteractionAnswer
{
    /// <summary>What brought it, in the order it came: it counts while one of them stands.</summary>
    public required IReadOnlyList<InteractionSourceAnswer> Sources { get; init; }

    /// <summary>Its content was put right after it had been sent.</summary>
    public required bool Amended { get; init; }

    internal static InteractionDetail Of(InteractionState state) => new(Of(state.Current!))
    {
        Sources = [.. state.Sources.Select(source => new InteractionSourceAnswer(source.Batch))],
        Amended = state.IsAmended,
    };

    [System.Diagnostics.CodeAnalysis.SetsRequiredMembers]
    private InteractionDetail(InteractionAnswer interaction) : base(interaction) => Sources = [];
}

/// <summary>A source of an interaction.</summary>
/// <param name="Batch">The import; null for a direct call.</param>
public sealed record InteractionSourceAnswer(string? Batch);

/// <summary>What a retraction came to.</summary>
/// <param name="Id">The interaction.</param>
/// <param name="Changed">Whether it counted before.</param>
public sealed record RetractionAnswer(string Id, bool Changed);
