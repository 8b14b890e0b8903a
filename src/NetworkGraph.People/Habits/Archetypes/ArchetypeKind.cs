namespace NetworkGraph.People.Habits;

/// <summary>A habit that a person carries.</summary>
public enum ArchetypeKind : byte
{
    CardCollector,
    SelfPromoter,
    Demander,
    Gossip,
    KnowItAll,
    Wallflower,
    Ghost,
    CrisisNetworker,
    Connector,
    Nurturer,
    Giver,
}

/// <summary>The names of archetypes as answers give them.</summary>
public static class ArchetypeNames
{
    /// <summary>All names, by number.</summary>
    public static IReadOnlyList<string> All { get; } = [.. ArchetypeRules.All.Select(static rule => rule.Name)];

    public static string WireName(this ArchetypeKind kind) => All[(int)kind];
}
