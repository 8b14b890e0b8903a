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
    private static readonly string[] s_names =
    [
        "card-collector", "self-promoter", "demander", "gossip", "know-it-all", "wallflower", "ghost", "crisis-networker",
        "connector", "nurturer", "giver",
    ];

    /// <summary>All names, by number.</summary>
    public static IReadOnlyList<string> All => s_names;

    public static string WireName(this ArchetypeKind kind) => s_names[(int)kind];
}
