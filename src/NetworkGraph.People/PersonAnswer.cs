using NetworkGraph.People.Habits;

namespace NetworkGraph.People;

/// <summary>A person: the current profile, and what they took part in up to a date.</summary>
public sealed record PersonAnswer
{
    public required string Id { get; init; }

    public required string? Name { get; init; }

    public required string? Organisation { get; init; }

    public required string? Role { get; init; }

    public required string? Industry { get; init; }

    public required IReadOnlyList<string> Offers { get; init; }

    public required IReadOnlyList<string> Audience { get; init; }

    public required IReadOnlyList<string> Tags { get; init; }

    public required bool OpenToIntroductions { get; init; }

    /// <summary>The first interaction they took part in; null where there is none.</summary>
    public required DateTimeOffset? FirstSeen { get; init; }

    public required DateTimeOffset? LastSeen { get; init; }

    /// <summary>Interactions by this person, each once however many recipients it had; a mutual one counts here and in.</summary>
    public required int InteractionsOut { get; init; }

    /// <summary>Interactions towards this person; a mutual one counts here and out.</summary>
    public required int InteractionsIn { get; init; }

    /// <summary>People they ever interacted with.</summary>
    public required int Contacts { get; init; }

    /// <summary>The person's ties, and how many of those are people they could call.</summary>
    public VanityGap? VanityGap { get; init; }

    public required DateTimeOffset AsOf { get; init; }
}
