namespace NetworkGraph.People.Habits;

/// <summary>What a person is warned of. The first six are about one tie, the rest about the person.</summary>
public enum WarningKind : byte
{
    Exploitation,
    Transactional,
    Superficial,
    PrematurePitch,
    OneWayMentorship,

    /// <summary>Shown to the one who is persisted upon, never to the one who persists.</summary>
    UnwantedPersistence,
    Spamming,
    BurningBridges,
    NoFollowUp,
    Monologue,
}

/// <summary>The names of warnings as answers give them.</summary>
public static class WarningNames
{
    /// <summary>How many kinds are about a tie; they come first.</summary>
    public const int OfTies = (int)WarningKind.UnwantedPersistence + 1;

    /// <summary>All names, by number.</summary>
    public static IReadOnlyList<string> All { get; } = WarningRules.Names();

    public static string WireName(this WarningKind kind) => All[(int)kind];

    /// <summary>The fact that counts the ties with this warning.</summary>
    public static HabitFact CountedAs(this WarningKind kind) => HabitFact.WarnedExploitation + (int)kind;
}
