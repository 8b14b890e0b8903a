using NetworkGraph.People.Habits;

namespace NetworkGraph.Analytics;

/// <summary>The habits of the whole network in numbers.</summary>
public sealed record HabitTotals
{
    /// <summary>The date they are for, Unix ms.</summary>
    public required long AsOfMs { get; init; }

    /// <summary>People carrying an archetype, by its name.</summary>
    public required IReadOnlyDictionary<string, long> Archetypes { get; init; }

    /// <summary>Warnings by name: ties of somebody, or people.</summary>
    public required IReadOnlyDictionary<string, long> Warnings { get; init; }

    /// <summary>Over dyads.</summary>
    public required VanityGap VanityGap { get; init; }
}

/// <summary>What a <see cref="HabitChange"/> tells.</summary>
public enum HabitChangeKind : byte
{
    WarningAppeared,
    WarningEnded,
    ArchetypeAppeared,
    ArchetypeEnded,
    StatusChanged,
}

/// <summary>
/// Something that became different for a person. Of unwanted persistence the person is the one persisted upon, and the
/// other the one who persists.
/// </summary>
/// <param name="Kind">What became different.</param>
/// <param name="Person">Id of whose it is: not shown to viewers who do not see this person's side.</param>
/// <param name="Other">Id of the other of the tie; null where it is about the person.</param>
/// <param name="Name">The warning, the archetype, or the tie's new status.</param>
/// <param name="Before">The tie's status before; null for a tie that is new, and for all but statuses.</param>
/// <param name="AtMs">The date it is seen at, Unix ms.</param>
public sealed record HabitChange(HabitChangeKind Kind, string Person, string? Other, string Name, string? Before, long AtMs);
