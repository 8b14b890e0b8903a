using NetworkGraph.People;
using NetworkGraph.People.Identity;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Identity;

/// <summary>What was said of ids, in the order of the log.</summary>
/// <param name="Items">Merges, splits, and pairs called distinct.</param>
/// <param name="Position">Where to go on: after of the next request. Where nothing new is there, that of this one.</param>
public sealed record IdentityChangesAnswer(IReadOnlyList<IdentityChange> Items, long Position);

/// <summary>What was said of two ids.</summary>
/// <param name="Position">Its place in the log.</param>
/// <param name="At">When it was said.</param>
/// <param name="Change">merged, split or distinct.</param>
/// <param name="One">One of the two.</param>
/// <param name="Other">The other.</param>
/// <param name="Batch">The import that shows it; null where it was decided.</param>
/// <param name="People">Who the two ids are now, once where they are one person's.</param>
public sealed record IdentityChange(
    long Position, DateTimeOffset At, string Change, string One, string Other, string? Batch, IReadOnlyList<IdentityPerson> People)
{
    internal static IdentityChange Of(PlacedAlias placed, AliasStore aliases)
    {
        var record = placed.Record;
        string[] ids = [record.One, record.Other];
        return new IdentityChange(
            placed.Position, DateTimeOffset.FromUnixTimeMilliseconds(record.AtMs), AliasNames.Of(record.Change), record.One, record.Other,
            record.Batch,
            [.. ids.Select(aliases.CanonicalOf).Distinct(StringComparer.Ordinal).Select(id => new IdentityPerson(id, aliases.IdsOf(id)))]);
    }
}

/// <summary>A person with all ids.</summary>
/// <param name="Canonical">By which the person is known.</param>
/// <param name="Ids">Ordinal.</param>
public sealed record IdentityPerson(string Canonical, IReadOnlyList<string> Ids);

/// <summary>
/// Merges and splits, for others who keep ids of their own: asking again with the position of the last answer misses none.
/// An entry says who its ids are now, so that applying all of them, in whatever portions, comes to who is who now.
/// </summary>
internal static class IdentityChangeOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("listIdentityChanges", "/v1/identity/changes", List).In("Identity").For(Access.Analysts)
            .Described("Follow who is who",
                "What was said of ids, in the order of the log: merges, splits, and pairs called distinct, each with who the two are now. "
                + "To follow ids, ask again with the position of the answer."),
    ];

    private static Reply<IdentityChangesAnswer> List(IdentityChangesRequest request, EmbeddedPeople people)
    {
        var placed = people.Aliases.History.ChangesAfter(request.After, request.Limit);
        return new IdentityChangesAnswer(
            [.. placed.Select(change => IdentityChange.Of(change, people.Aliases))],
            placed.Count > 0 ? placed[^1].Position : request.After);
    }
}

internal sealed record IdentityChangesRequest(
    [Query(nameof(QueryParameters.ChangesAfter))] int After, [Query(nameof(QueryParameters.Limit))] int Limit) : IOperationRequest;
