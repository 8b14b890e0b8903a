namespace NetworkGraph.People.Habits;

/// <summary>An archetype or a warning with what it rests on, as a people host finds it.</summary>
[GenerateSerializer, Immutable]
public sealed record HabitFinding
{
    /// <summary>Wire name of the archetype or the warning.</summary>
    [Id(0)] public required string Name { get; init; }

    /// <summary>In [0,1].</summary>
    [Id(1)] public required double Score { get; init; }

    /// <summary>Id of the other, of a warning about a tie; null where it is about the person.</summary>
    [Id(2)] public string? Person { get; init; }

    /// <summary>It is the other's behaviour towards the person whose habits these are.</summary>
    [Id(3)] public bool IsByOther { get; init; }

    /// <summary>What to do, in a sentence.</summary>
    [Id(4)] public required string Counsel { get; init; }

    /// <summary>What was counted, by name.</summary>
    [Id(5)] public required IReadOnlyDictionary<string, double> Counts { get; init; }

    /// <summary>Positions of interactions it rests on, the latest few.</summary>
    [Id(6)] public required IReadOnlyList<long> Positions { get; init; }
}

/// <summary>Two people whom a broker introduced to each other.</summary>
/// <param name="Position">Where in the log.</param>
/// <param name="AtMs">Unix ms.</param>
/// <param name="First">Id of one.</param>
/// <param name="Second">Id of the other.</param>
[GenerateSerializer, Immutable]
public sealed record IntroducedPair(long Position, long AtMs, string First, string Second);

/// <summary>
/// One person's habits, as far as their own history tells. Whether introductions led to contact is yet to be said by
/// someone who sees the network; unwanted persistence is in it both ways, for viewers who may see which.
/// </summary>
[GenerateSerializer, Immutable]
public sealed record PersonHabits
{
    [Id(0)] public required string Person { get; init; }

    /// <summary>The date the habits are seen at, Unix ms.</summary>
    [Id(1)] public required long AsOfMs { get; init; }

    /// <summary>The first interaction that counts, Unix ms; the date itself where there is none.</summary>
    [Id(2)] public required long FromMs { get; init; }

    /// <summary>Interactions by the person, those of any kind and those of all.</summary>
    [Id(3)] public required int Outgoing { get; init; }

    /// <summary>The archetypes carried, but for the connector.</summary>
    [Id(4)] public required IReadOnlyList<HabitFinding> Archetypes { get; init; }

    [Id(5)] public required IReadOnlyList<HabitFinding> Warnings { get; init; }

    /// <summary>What the log does not say of the person, and which archetypes cannot be found without it; null where all can.</summary>
    [Id(6)] public CannotTell? CannotTell { get; init; }

    /// <summary>Introductions the person made, latest first.</summary>
    [Id(7)] public required IReadOnlyList<IntroducedPair> Introductions { get; init; }
}
