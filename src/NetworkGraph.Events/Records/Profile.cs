using System.Text.Json.Serialization;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Events.Records;

/// <summary>What a person says of themselves. Every field but the id is optional.</summary>
public sealed record Profile
{
    public required string Id { get; init; }

    public string? Name { get; init; }

    public string? Organisation { get; init; }

    public string? Role { get; init; }

    public string? Industry { get; init; }

    /// <summary>Services they offer.</summary>
    public string[] Offers { get; init; } = [];

    /// <summary>Whom they serve.</summary>
    public string[] Audience { get; init; } = [];

    public string[] Tags { get; init; } = [];

    /// <summary>What stands behind the id; null where that is for the rules to say (<see cref="EntityRules"/>).</summary>
    [JsonIgnore]
    public EntityKind? Entity { get; init; }

    /// <summary>It came with an import: what somebody set by hand on another id of the person outweighs it.</summary>
    [JsonIgnore]
    public bool IsImported { get; init; }

    /// <summary>What stands behind an id, as answers name it: as its person's profile says, else as the rules read it.</summary>
    public static string EntityOf(string id, Profile? profile) => (profile?.Entity ?? EntityRules.Of(id).Kind).WireName();

    /// <summary><see cref="Entity"/> as answers give it.</summary>
    [JsonPropertyName("entity")]
    public string? EntityName => Entity?.WireName();

    /// <summary>Whether introductions may run through this person.</summary>
    public bool OpenToIntroductions { get; init; } = true;
}
