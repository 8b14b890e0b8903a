using NetworkGraph.Analytics;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.Server.Http.Limits;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Identity;

/// <summary>Which ids may be one person's, and what is decided of it.</summary>
internal static class SuggestionEndpoints
{
    public static void MapSuggestions(this IEndpointRouteBuilder routes)
    {
        var suggestions = routes.MapGroup("/v1/identity/suggestions").WithTags("Identity");
        suggestions.MapGet("", List).Takes(QueryParameters.SuggestionOne, QueryParameters.SuggestionOther, QueryParameters.Limit, QueryParameters.Cursor).IsHeavy()
            .Describe("listIdentitySuggestions", "List suggested duplicates",
                "Pairs of ids that may be one person's, the most probable first, each with the rule it comes from and what it rests on. With first and second: what speaks for those two, or why nothing does, whatever was decided.")
            .Produces<ListAnswer<IdentitySuggestion>>();
        suggestions.MapPost("/{suggestion}", DecideAsync).Takes(QueryParameters.Decision, QueryParameters.CanonicalId)
            .Describe("decideIdentitySuggestion", "Decide on a suggestion",
                "Merges the two ids, or says that they are two people's. Each decision recalibrates the rule. Answered when it is durable.")
            .Produces<IdentitySuggestion>().MayNotFind();
    }

    private static Reply List(QueryReader query, EmbeddedPeople people, IdentitySuggestions suggestions, Analytics.NetworkQueries queries, CancellationToken cancellation)
    {
        var (one, other) = (query.Id(QueryParameters.SuggestionOne), query.Id(QueryParameters.SuggestionOther));
        var page = query.Page();
        if (one is null != other is null) query.Fail((one is null ? QueryParameters.SuggestionOne : QueryParameters.SuggestionOther).Name, "is missing: first and second are given together");
        if (one is not null && one == other) query.Fail(QueryParameters.SuggestionOther.Name, "is the same id");
        if (query.Problem is { } problem) return problem;
        var all = one is not null && other is not null ? [suggestions.Of(one, other)] : suggestions.Open(cancellation);
        return Answer.Of(Listing.PageOf(all, static item => (item.Probability ?? 0, item.Id), page, queries.CurrentAsOfMs), AnswersJson.Plain.ListAnswerIdentitySuggestion);
    }

    private static async Task<Reply> DecideAsync(
        QueryReader query, EmbeddedPeople people, IdentitySuggestions suggestions, IInteractionLog log, LogFold fold, TimeProvider clock, CancellationToken cancellation)
    {
        var id = query.TextInPath("suggestion");
        var decision = query.WordIfGiven(QueryParameters.Decision);
        var canonical = query.Id(QueryParameters.CanonicalId);
        if (decision is null) query.Fail(QueryParameters.Decision.Name, "is required: merge or distinct");
        if (query.Problem is { } problem) return problem;
        if (IdentitySuggestions.Read(id) is not var (one, other)) return Answer.Problem(Outcome.NotFound, "There is no such suggestion.", "suggestion");
        if (!PersonId.TryCanonical(one, out _, out _) || !PersonId.TryCanonical(other, out _, out _)) return Answer.Problem(Outcome.NotFound, "There is no such suggestion.", "suggestion");
        if (canonical is not null && !people.Aliases.IdsOf(one).Concat(people.Aliases.IdsOf(other)).Contains(canonical, StringComparer.Ordinal))
            return Answer.Problem(Outcome.InvalidArgument, "canonical is none of the ids that become one", QueryParameters.CanonicalId.Name);
        var suggestion = suggestions.Of(one, other);
        if (suggestion.State == (decision == "merge" ? "merged" : "distinct")) return Answer.Of(suggestion, AnswersJson.Plain.IdentitySuggestion);
        var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        var record = decision == "merge"
            ? AliasDecisions.Merge(people, one, other, canonical, suggestion.Rule, nowMs)
            : new AliasChanged { AtMs = nowMs, One = one, Other = other, Change = AliasChange.Distinct, Rule = suggestion.Rule };
        return await AliasEndpoints.RecordAsync(record, log, fold, cancellation) ?? Answer.Of(suggestions.Of(one, other), AnswersJson.Plain.IdentitySuggestion);
    }
}
