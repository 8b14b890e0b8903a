using Google.Protobuf.WellKnownTypes;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>Interactions to send.</summary>
internal static class Given
{
    private static readonly Timestamp s_at = Timestamp.FromDateTimeOffset(new DateTimeOffset(2025, 3, 1, 9, 0, 0, TimeSpan.Zero));

    public static V1.Interaction Message(string id, string from = "ada", params string[] to)
    {
        var interaction = new V1.Interaction { Id = id, At = s_at, From = from, Kind = V1.InteractionKind.Message };
        interaction.To.AddRange(to.Length == 0 ? ["bob"] : to);
        return interaction;
    }

    public static V1.RecordRequest Record(params V1.Interaction[] interactions) => new() { Interactions = { interactions } };

    /// <summary>A message of a stream with so many interactions, of its own ids.</summary>
    public static V1.RecordStreamRequest Batch(string name, int count) =>
        new() { Interactions = { Enumerable.Range(0, count).Select(i => Message($"{name}-{i}")) } };
}
