using NetworkGraph.Events;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Identity;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Identity;

/// <summary>Who is who: the ids of one person.</summary>
/// <param name="Canonical">The id by which the person is known.</param>
/// <param name="Ids">All of the person's ids, ordinal.</param>
/// <param name="Merges">The merges that stand between them.</param>
/// <param name="Distinct">Ids said to be other people's than one of these.</param>
public sealed record AliasesAnswer(
    string Canonical, IReadOnlyList<string> Ids, IReadOnlyList<AliasMergeAnswer> Merges, IReadOnlyList<string> Distinct)
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
internal static class AliasOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("getAliases", "/v1/people/{id}/aliases", Get).In("Identity").For(Access.Readers, Own.Person).MayNotFind()
            .Described("List a person's ids", "All ids of a person, the merges that make them one, and the ids said to be other people's."),
        Operation.Put("mergeAlias", "/v1/people/{id}/aliases/{other}", MergeAsync).In("Identity").For(Scopes.Admin)
            .Described("Merge two ids",
                "Says that two ids are one person's: everything measured is then of the one person, at every date. Takes back what said "
                + "that they are two. "
                + "Answered when it is durable; saying it again changes nothing."),
        Operation.Delete("splitAlias", "/v1/people/{id}/aliases/{other}", SplitAsync).In("Identity").For(Scopes.Admin).MayNotFind()
            .Described("Split two ids",
                "Takes back the merge of exactly these two ids, and gives back what was before; with distinct=true also says that they "
                + "are two people's. Answered when it is durable."),
    ];

    private static Reply<AliasesAnswer> Get(AliasesRequest request, EmbeddedPeople people)
    {
        var isKnown = people.Histories.People.TryGetNumber(request.Id, out _) || people.Aliases.DistinctFrom(request.Id).Count > 0;
        return isKnown ? AliasesAnswer.Of(people.Aliases, request.Id) : Problem.PersonNotFound("id", request.Id);
    }

    private static async Task<Reply<AliasesAnswer>> MergeAsync(
        MergeRequest request, EmbeddedPeople people, Recorder recorder, CancellationToken cancellation)
    {
        var (id, other, canonical) = (request.Id, request.Other, request.Canonical);
        var aliases = people.Aliases;
        if (canonical is not null && !aliases.IdsOf(id).Concat(aliases.IdsOf(other)).Contains(canonical, StringComparer.Ordinal))
            return Problem.Invalid(QueryParameters.CanonicalId.Name, "is not one of the ids that become one");
        if (request.Batch is { } batch)
        {
            // Of an import the record is kept even where it adds nothing now: undoing the import asks for what it said.
            var shown = new AliasChanged
            {
                AtMs = recorder.NowMs,
                One = id,
                Other = other,
                Change = AliasChange.Merged,
                Canonical = canonical ?? id,
                Batch = batch,
            };
            return await recorder.RecordAsync(cancellation, shown) is { } refused ? refused : AliasesAnswer.Of(aliases, id);
        }
        // Recorded again only where it says something new: it would become the newest, which decides the canonical id.
        if (aliases.EdgeOf(id, other) is null || aliases.AreDistinct(id, other)
            || (canonical is not null && aliases.CanonicalOf(id) != canonical))
        {
            var merge = AliasDecisions.Merge(people, id, other, canonical, null, recorder.NowMs);
            if (await recorder.RecordAsync(cancellation, merge) is { } failed) return failed;
        }
        return AliasesAnswer.Of(aliases, id);
    }

    private static async Task<Reply<AliasesAnswer>> SplitAsync(
        SplitRequest request, EmbeddedPeople people, Recorder recorder, CancellationToken cancellation)
    {
        var (id, other) = (request.Id, request.Other);
        var aliases = people.Aliases;
        var stands = aliases.EdgeOf(id, other) is not null;
        if (!stands && !request.Distinct) return Problem.NotFound("other", $"'{id}' and '{other}' were not merged with each other.");
        var changes = new List<LogRecord>(2);
        if (stands) changes.Add(new AliasChanged { AtMs = recorder.NowMs, One = id, Other = other, Change = AliasChange.Split });
        if (request.Distinct && !aliases.AreDistinct(id, other))
            changes.Add(new AliasChanged { AtMs = recorder.NowMs, One = id, Other = other, Change = AliasChange.Distinct });
        return await recorder.RecordAsync(cancellation, changes) is { } failed ? failed : AliasesAnswer.Of(aliases, id);
    }
}

internal sealed record AliasesRequest([AnyId] string Id) : IOperationRequest;

internal sealed record MergeRequest(
    [AnyId] string Id,
    [AnyId] string Other,
    [Query(nameof(QueryParameters.CanonicalId))] string? Canonical,
    [Query(nameof(QueryParameters.MergeBatch))] string? Batch) : IOperationRequest
{
    public void Check(QueryReader query)
    {
        if (Id == Other) query.Fail("other", "is the same id");
        if (Batch is not null && InteractionRules.BrokenId(Batch, QueryParameters.MergeBatch.Name) is { } broken)
            query.Fail(QueryParameters.MergeBatch.Name, broken.Reason);
    }
}

internal sealed record SplitRequest([AnyId] string Id, [AnyId] string Other, [Query(nameof(QueryParameters.Distinct))] bool Distinct)
    : IOperationRequest
{
    public void Check(QueryReader query)
    {
        if (Id == Other) query.Fail("other", "is the same id");
    }
}
