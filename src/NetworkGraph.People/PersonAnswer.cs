using NetworkGraph.Events.Interactions;
using NetworkGraph.People.Habits;

namespace NetworkGraph.People;

/// <summary>A person: the current profile, and what they took part in up to a date.</summary>
[GenerateSerializer, Immutable]
public sealed record PersonAnswer
{
    [Id(0)] public required string Id { get; init; }

    /// <summary>Their further ids, ordinal.</summary>
    [Id(16)] public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>
    /// What stands behind the id: person, role, list, room, bot or organisation. Only people and roles have relationships.
    /// </summary>
    [Id(17)] public string Entity { get; init; } = EntityKinds.Names[0];

    /// <summary>What says so; null for a person, which is what an id stands for where nothing speaks against it.</summary>
    [Id(18)] public string? EntityReason { get; init; }

    [Id(1)] public required string? Name { get; init; }

    [Id(2)] public required string? Organisation { get; init; }

    [Id(3)] public required string? Role { get; init; }

    [Id(4)] public required string? Industry { get; init; }

    [Id(5)] public required IReadOnlyList<string> Offers { get; init; }

    [Id(6)] public required IReadOnlyList<string> Audience { get; init; }

    [Id(7)] public required IReadOnlyList<string> Tags { get; init; }

    [Id(8)] public required bool OpenToIntroductions { get; init; }

    /// <summary>The first interaction they took part in; null where there is none.</summary>
    [Id(9)] public required DateTimeOffset? FirstSeen { get; init; }

    [Id(10)] public required DateTimeOffset? LastSeen { get; init; }

    /// <summary>Interactions by this person, each once however many recipients it had; a mutual one counts here and in.</summary>
    [Id(11)] public required int InteractionsOut { get; init; }

    /// <summary>Interactions towards this person; a mutual one counts here and out.</summary>
    [Id(12)] public required int InteractionsIn { get; init; }

    /// <summary>People they ever interacted with.</summary>
    [Id(13)] public required int Contacts { get; init; }

    /// <summary>The person's ties, and how many of those are people they could call.</summary>
    [Id(14)] public VanityGap? VanityGap { get; init; }

    [Id(15)] public required DateTimeOffset AsOf { get; init; }
}
