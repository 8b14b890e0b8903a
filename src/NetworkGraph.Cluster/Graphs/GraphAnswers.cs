using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NetworkGraph.Server.Http;

namespace NetworkGraph.Cluster.Graphs;

/// <summary>Chains of introductions that share no broker.</summary>
public sealed record ChainsAnswer
{
    public required string From { get; init; }

    public required string To { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    /// <summary>How many chains there are at most: with that many brokers gone, at the least, none would be left.</summary>
    public required int Independent { get; init; }

    /// <summary>Such chains, shortest first, each with both ends.</summary>
    public required IReadOnlyList<IReadOnlyList<string>> Chains { get; init; }
}

/// <summary>Groups in which everyone reaches everyone else along ties in their direction.</summary>
public sealed record CoresAnswer
{
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>How many groups of at least two people.</summary>
    public required int Cores { get; init; }

    /// <summary>Their sizes, largest first, of at least five people.</summary>
    public required IReadOnlyList<int> Sizes { get; init; }

    /// <summary>Whether there are smaller ones, whose sizes are not told.</summary>
    public required bool Suppressed { get; init; }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(ChainsAnswer))]
[JsonSerializable(typeof(CoresAnswer))]
internal sealed partial class GraphJson : JsonSerializerContext
{
    /// <summary>As all answers are written.</summary>
    public static GraphJson Plain { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Converters = { new UtcTimeConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
