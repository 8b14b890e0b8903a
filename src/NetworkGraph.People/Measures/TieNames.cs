using NetworkGraph.Engine.Ties;

namespace NetworkGraph.People.Measures;

/// <summary>The names of statuses and relationships as answers give them.</summary>
public static class TieNames
{
    /// <summary>The status that overrides all others in the view of the person who blocked.</summary>
    public const string Blocked = "blocked";

    private static readonly string[] s_statuses = ["new", "burnt", "nominal", "one-sided", "dormant", "lapsed", "cooling", "active"];

    private static readonly string[] s_relationships =
        ["genuine", "one-sided", "transactional", "superficial", "social", "family", "mentorship", "nominal"];

    /// <summary>All statuses that do not depend on a viewer, by number.</summary>
    public static IReadOnlyList<string> Statuses => s_statuses;

    public static IReadOnlyList<string> Relationships => s_relationships;

    public static string Of(TieStatus status) => s_statuses[(int)status];

    public static string Of(RelationshipKind kind) => s_relationships[(int)kind];
}
