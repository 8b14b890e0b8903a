using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;
using NetworkGraph.Server.Api.People;

namespace NetworkGraph.Server.Api.Interactions;

/// <summary>One interaction: to read, to put right, to take back.</summary>
internal static class InteractionOperations
{
    private const string Route = "/v1/interactions/{interaction}";

    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getInteraction", Route, GetAsync).In("Interactions").For(Access.Readers, Own.Participant).MayNotFind()
            .Described("Get an interaction",
                "The interaction as it counts now, and its sources. One that was retracted, "
                + "or whose sources were all undone, is not found."),
        Operation.Put("amendInteraction", Route, AmendAsync).In("Interactions").For(Access.Senders).MayNotFind()
            .Accepting<InteractionAnswer>()
            .Described("Amend an interaction",
                "Puts new content under an id that is there, or was retracted; every measure is then as if it had always been this. The "
                + "rules are those of POST. "
                + "Answered when it is durable; the same content again changes nothing. With an ingest key, only what that key wrote."),
        Operation.Delete("retractInteraction", Route, RetractAsync).In("Interactions").For(Scopes.Admin).MayNotFind()
            .Described("Retract an interaction",
                "Takes the interaction back: every measure, at every date, is then as if it had never been. Sending or importing it again "
                + "changes nothing, until it is amended. "
                + "Answered when it is durable; retracting again changes nothing."),
    ];

    private static async Task<Reply<InteractionDetail>> GetAsync(
        InteractionRequest request, QueryReader query, IInteractionLog log, CancellationToken cancellation)
    {
        var state = InteractionState.Of(request.Interaction, await log.FindAsync(request.Interaction, cancellation));
        return state is { Stands: true, Current: { } interaction } && MaySee(query, interaction)
            ? InteractionDetail.Of(state) : NoInteraction(request.Interaction);
    }

    private static async Task<Reply<InteractionDetail>> AmendAsync(
        InteractionRequest request, JsonBody body, Viewer viewer, IInteractionLog log, Recorder recorder, CancellationToken cancellation)
    {
        var id = request.Interaction;
        var draft = new InteractionDraft { DefaultId = id, Key = viewer.KeyId, IsAmendment = true };
        var parsed = InteractionJson.Parse(body.Utf8.Span, draft, recorder.NowMs);
        if (parsed.Rejection is { } rejection) return Problem.Invalid(rejection.Field, rejection.Reason);
        if (parsed.Interaction!.Id != id) return Problem.Invalid("id", "is not that of the path");
        if (!viewer.MaySeeAllInteractions)
        {
            var before = InteractionState.Of(id, await log.FindAsync(id, cancellation));
            if (before.Current is not { } written || written.Key != viewer.KeyId) return NoInteraction(id);
        }
        var (outcome, problem) = await recorder.AppendAsync(parsed.Interaction, cancellation);
        if (problem is not null) return problem;
        if (outcome is AppendOutcome.NotFound) return NoInteraction(id);
        var state = InteractionState.Of(id, await log.FindAsync(id, cancellation));
        return state.Stands ? InteractionDetail.Of(state) : NoInteraction(id);
    }

    private static async Task<Reply<RetractionAnswer>> RetractAsync(
        InteractionRequest request, Viewer viewer, Recorder recorder, CancellationToken cancellation)
    {
        var withdrawn = new InteractionWithdrawn
        {
            AtMs = recorder.NowMs,
            Id = request.Interaction,
            Key = viewer.KeyId,
            Reason = WithdrawalReason.Retracted,
        };
        var (outcome, problem) = await recorder.AppendAsync(withdrawn, cancellation);
        if (problem is not null) return problem;
        return outcome is AppendOutcome.NotFound
            ? NoInteraction(request.Interaction) : new RetractionAnswer(request.Interaction, outcome is AppendOutcome.Accepted);
    }

    /// <summary>A person's own key sees what that person took part in.</summary>
    private static bool MaySee(QueryReader query, Interaction interaction) =>
        query.Viewer.Scopes is not Scopes.None || query.Viewer.Person is not { } person || query.PersonOf(interaction.From) == person
            || Array.Exists(interaction.To, recipient => query.PersonOf(recipient) == person);

    private static Problem NoInteraction(string id) => Problem.NotFound("interaction", $"There is no interaction '{id}' that counts.");
}

internal sealed record InteractionRequest([Name] string Interaction) : IOperationRequest;

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
