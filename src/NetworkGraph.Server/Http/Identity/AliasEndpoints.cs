using NetworkGraph.Analytics;
using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Identity;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.Identity;

/// <summary>Who is who: the ids of one person.</summary>
/// <param name="Canonical">The id by which the person is known.</param>
/// <param name="Ids">All of the person's ids, ordinal.</param>
/// <param name="Merges">The merges that stand between them.</param>
/// <param name="Distinct">Ids said to be other people's than one of these.</param>
public sealed record AliasesAnswer(string Canonical, IReadOnlyList<string> Ids, IReadOnlyList<AliasMergeAnswer> Merges, IReadOnlyList<string> Distinct)
{
    internal static AliasesAnswer Of(AliasStore aliases, string id) => new(
        aliases.CanonicalOf(id), aliases.IdsOf(id), [.. aliases.EdgesOf(id).Select(AliasMergeAnswer.Of)],
        [.. aliases.IdsOf(id).SelectMany(aliases.DistinctFrom).Distinct().Order(StringComparer.Ordinal)]);
}

/// <summary>A standing merge of two ids.</summary>
/// <param name="One">One of the two.</param>
/// <param name="Other">The other.</param>
/// <param name="Canonical">By which id the person was to be known.</param>
/// <param name="Since">Since when.</param>
/// <param name="Rule">The rule whose suggestion was accepted; null where nothing was suggested.</param>
/// <param name="Batch">The import that shows the two to be of one card or account; null where it was decided.</param>
public sealed record AliasMergeAnswer(string One, string Other, string Canonical, DateTimeOffset Since, string? Rule, string? Batch)
{
    internal static AliasMergeAnswer Of(AliasEdge edge) =>
        new(edge.One, edge.Other, edge.Canonical, DateTimeOffset.FromUnixTimeMilliseconds(edge.SinceMs), edge.Rule, edge.Batch);
}

/// <summary>The ids of a person: read, merged, and split again. Any id answers for the whole person.</summary>
internal static class AliasEndpoints
{
    public static void MapAliases(this IEndpointRouteBuilder routes)
    {
        var aliases = routes.MapGroup("/v1/people/{id}/aliases").WithTags("Identity");
        aliases.MapGet("", Get).Takes()
            .Describe("getAliases", "List a person's ids", "All ids of a person, the merges that make them one, and the ids said to be other people's.")
            .Produces<AliasesAnswer>().MayNotFind();
        aliases.MapPut("/{other}", MergeAsync).Takes(QueryParameters.CanonicalId, QueryParameters.MergeBatch)
            .Describe("mergeAlias", "Merge two ids",
                "Says that two ids are one person's: everything measured is then of the one person, at every date. Takes back what said that they are two. Answered when it is durable; saying it again changes nothing.")
            .Produces<AliasesAnswer>();
        aliases.MapDelete("/{other}", SplitAsync).Takes(QueryParameters.Distinct)
            .Describe("splitAlias", "Split two ids",
                "Takes back the merge of exactly these two ids, and gives back what was before; with distinct=true also says that they are two people's. Answered when it is durable.")
            .Produces<AliasesAnswer>().MayNotFind();
    }

    private static Reply Get(QueryReader query, EmbeddedPeople people)
    {
        var id = query.IdInPath();
        if (query.Problem is { } problem) return problem;
        var isKnown = people.Histories.People.TryGetNumber(id, out _) || people.Aliases.DistinctFrom(id).Count > 0;
        return isKnown ? Answer.Of(AliasesAnswer.Of(people.Aliases, id), AnswersJson.Plain.AliasesAnswer) : Answer.NobodyHas("id", id);
    }

    private static async Task<Reply> MergeAsync(
        QueryReader query, EmbeddedPeople people, IInteractionLog log, LogFold fold, TimeProvider clock, CancellationToken cancellation)
    {
        var (id, other) = Two(query);
        var canonical = query.Id(QueryParameters.CanonicalId);
        var batch = query.Text(QueryParameters.MergeBatch);
        if (batch is not null && InteractionRules.BrokenId(batch, QueryParameters.MergeBatch.Name) is { } broken) query.Fail(QueryParameters.MergeBatch.Name, broken.Reason);
        var aliases = people.Aliases;
        if (query.Problem is null && canonical is not null && !aliases.IdsOf(id).Concat(aliases.IdsOf(other)).Contains(canonical, StringComparer.Ordinal))
            query.Fail(QueryParameters.CanonicalId.Name, "is none of the ids that become one");
        if (query.Problem is { } problem) return problem;
        if (batch is not null)
        {
            // Of an import the record is kept even where it adds nothing now: undoing the import asks for what it said.
            var shown = new AliasChanged
            {
                AtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                One = id,
                Other = other,
                Change = AliasChange.Merged,
                Canonical = canonical ?? id,
                Batch = batch,
            };
            return await RecordAsync(shown, log, fold, cancellation) ?? Answer.Of(AliasesAnswer.Of(aliases, id), AnswersJson.Plain.AliasesAnswer);
        }
        // Recorded again only where it says something new: it would become the newest, which decides the canonical id.
        if (aliases.EdgeOf(id, other) is null || aliases.AreDistinct(id, other) || (canonical is not null && aliases.CanonicalOf(id) != canonical))
        {
            var merge = AliasDecisions.Merge(people, id, other, canonical, null, clock.GetUtcNow().ToUnixTimeMilliseconds());
            if (await RecordAsync(merge, log, fold, cancellation) is { } failed) return failed;
        }
        return Answer.Of(AliasesAnswer.Of(aliases, id), AnswersJson.Plain.AliasesAnswer);
    }

    private static async Task<Reply> SplitAsync(
        QueryReader query, EmbeddedPeople people, IInteractionLog log, LogFold fold, TimeProvider clock, CancellationToken cancellation)
    {
        var (id, other) = Two(query);
        var isDistinct = query.Word(QueryParameters.Distinct) == "true";
        if (query.Problem is { } problem) return problem;
        var aliases = people.Aliases;
        var stands = aliases.EdgeOf(id, other) is not null;
        if (!stands && !isDistinct) return Answer.Problem(Outcome.NotFound, $"'{id}' and '{other}' were not merged with each other.", "other");
        var nowMs = clock.GetUtcNow().ToUnixTimeMilliseconds();
        if (stands && await RecordAsync(new AliasChanged { AtMs = nowMs, One = id, Other = other, Change = AliasChange.Split }, log, fold, cancellation) is { } failed) return failed;
        if (isDistinct && !aliases.AreDistinct(id, other)
            && await RecordAsync(new AliasChanged { AtMs = nowMs, One = id, Other = other, Change = AliasChange.Distinct }, log, fold, cancellation) is { } notRecorded) return notRecorded;
        return Answer.Of(AliasesAnswer.Of(aliases, id), AnswersJson.Plain.AliasesAnswer);
    }

    private static (string Id, string Other) Two(QueryReader query)
    {
        var id = query.IdInPath();
        var other = query.IdInPath("other");
        if (query.Problem is null && id == other) query.Fail("other", "is the same id");
        return (id, other);
    }

    /// <summary>Returns when the record is durable and folded; with a reply where it could not be recorded.</summary>
    internal static async Task<Reply?> RecordAsync(LogRecord record, IInteractionLog log, LogFold fold, CancellationToken cancellation)
    {
        var receipt = await log.AppendAsync([record], cancellation);
        if (Answer.NotRecorded(receipt) is { } notRecorded) return notRecorded;
        await fold.UntilFoldedAsync(receipt.Results[0].Position, cancellation);
        return null;
    }
}
