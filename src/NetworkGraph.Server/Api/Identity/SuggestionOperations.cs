using NetworkGraph.Analytics;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Identity;

/// <summary>Which ids may be one person's, and what is decided of it.</summary>
internal static class SuggestionOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("listIdentitySuggestions", "/v1/identity/suggestions", List).In("Identity").For(Access.Analysts).Heavy()
            .Described("List suggested duplicates",
                "Pairs of ids that may be one person's, the most probable first, each with the rule it comes from and what it rests on. "
                + "With first and second: what speaks for those two, or why nothing does, whatever was decided."),
        Operation.Post("decideIdentitySuggestion", "/v1/identity/suggestions/{suggestion}", DecideAsync).In("Identity").For(Scopes.Admin)
            .MayNotFind()
            .Described("Decide on a suggestion",
                "Merges the two ids, or says that they are two people's. Each decision recalibrates the rule. "
                + "Answered when it is durable."),
    ];

    private static Reply<ListAnswer<IdentitySuggestion>> List(
        SuggestionsRequest request, IdentitySuggestions suggestions, NetworkQueries queries, CancellationToken cancellation)
    {
        var all = request is { First: { } one, Second: { } other } ? [suggestions.Of(one, other)] : suggestions.Open(cancellation);
        return Listing.PageOf(all, static item => (item.Probability ?? 0, item.Id), request.Page, queries.CurrentAsOfMs);
    }

    private static async Task<Reply<IdentitySuggestion>> DecideAsync(
        DecisionRequest request, EmbeddedPeople people, IdentitySuggestions suggestions, Recorder recorder, CancellationToken cancellation)
    {
        var (decision, canonical) = (request.Decision, request.Canonical);
        if (IdentitySuggestions.Read(request.Suggestion) is not var (one, other)
            || !PersonId.TryCanonical(one, out _, out _) || !PersonId.TryCanonical(other, out _, out _))
            return Problem.NotFound("suggestion", "There is no such suggestion.");
        if (canonical is not null && !people.Aliases.IdsOf(one).Concat(people.Aliases.IdsOf(other))
            .Contains(canonical, StringComparer.Ordinal))
            return Problem.Invalid(QueryParameters.CanonicalId.Name, "is not one of the ids that become one");
        var suggestion = suggestions.Of(one, other);
        if (suggestion.State == (decision == "merge" ? "merged" : "distinct")) return suggestion;
        LogRecord record = decision == "merge"
            ? AliasDecisions.Merge(people, one, other, canonical, suggestion.Rule, recorder.NowMs)
            : new AliasChanged { AtMs = recorder.NowMs, One = one, Other = other, Change = AliasChange.Distinct, Rule = suggestion.Rule };
        return await recorder.RecordAsync(cancellation, record) is { } failed ? failed : suggestions.Of(one, other);
    }
}

internal sealed record SuggestionsRequest(
    [Query(nameof(QueryParameters.SuggestionOne))] string? First, [Query(nameof(QueryParameters.SuggestionOther))] string? Second,
    Page Page) : IOperationRequest
{
    public void Check(QueryReader query)
    {
        if (First is null != Second is null)
            query.Fail(First is null ? "first" : "second", "is missing: first and second are given together");
        if (First is not null && First == Second) query.Fail("second", "is the same id");
    }
}

internal sealed record DecisionRequest(
    [Name] string Suggestion,
    [Query(nameof(QueryParameters.Decision))] string? Decision,
    [Query(nameof(QueryParameters.CanonicalId))] string? Canonical) : IOperationRequest
{
    public void Check(QueryReader query)
    {
        if (Decision is null) query.Fail("decision", "is required: merge or distinct");
    }
}
