namespace NetworkGraph.People.Habits;

/// <summary>
/// Which archetypes cannot be found in a person, since their interactions do not say what it takes: an empty list of
/// archetypes would read as praise.
/// </summary>
/// <param name="Missing">What no interaction of the person says: <c>exchange</c> (what moved), <c>kind</c> (nothing but messages and
/// replies).</param>
/// <param name="Archetypes">Wire names of the archetypes that rest on it.</param>
[GenerateSerializer, Immutable]
public sealed record CannotTell(IReadOnlyList<string> Missing, IReadOnlyList<string> Archetypes)
{
    /// <summary>What is missing; null where nothing is.</summary>
    public static CannotTell? Of(in HabitCounts counts, in PersonFacts person)
    {
        var hasExchange = counts[HabitFact.SaidExchange] > 0;
        var hasKinds = counts[HabitFact.OtherKinds] > 0 || person.Attendances > 0;
        if (hasExchange && hasKinds) return null;
        var missing = new List<string>();
        if (!hasExchange) missing.Add("exchange");
        if (!hasKinds) missing.Add("kind");
        var archetypes = ArchetypeRules.All.Where(rule => rule.Needs is { } needs && missing.Contains(needs)).Select(rule => rule.Name);
        return new CannotTell(missing, [.. archetypes.Order(StringComparer.Ordinal)]);
    }
}
