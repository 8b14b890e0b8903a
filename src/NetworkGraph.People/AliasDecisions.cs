using NetworkGraph.Events.Records;


namespace NetworkGraph.People;

/// <summary>Makes the records of what was decided about two ids.</summary>
public static class AliasDecisions
{
    /// <summary>
    /// A merge. Without a canonical id given it is that of the side with more interactions; of two alike the smaller one, in
    /// ordinal order: chosen here, once, so that the record says it and no fold has to guess.
    /// </summary>
    public static AliasChanged Merge(EmbeddedPeople people, string one, string other, string? canonical, string? rule, long nowMs)
    {
        ArgumentNullException.ThrowIfNull(people);
        var (first, second) = (people.Aliases.CanonicalOf(one), people.Aliases.CanonicalOf(other));
        var (ofFirst, ofSecond) = (InteractionsOf(people, first), InteractionsOf(people, second));
        var chosen = ofFirst != ofSecond ? (ofFirst > ofSecond ? first : second) : string.CompareOrdinal(first, second) <= 0
            ? first : second;
        return new AliasChanged
        {
            AtMs = nowMs,
            One = one,
            Other = other,
            Change = AliasChange.Merged,
            Canonical = canonical ?? chosen,
            Rule = rule
        };
    }

    private static int InteractionsOf(EmbeddedPeople people, string id) =>
        people.Aliases.IdsOf(id).Sum(
            each => people.Histories.People.TryGetAnyNumber(each, out var number) ? people.Histories.PositionsNaming(number).Count() : 0);
}
