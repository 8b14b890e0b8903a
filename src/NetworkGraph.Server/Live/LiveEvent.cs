using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace NetworkGraph.Server.Live;

/// <summary>The counters of the network, once a second.</summary>
public sealed record LiveCounters
{
    /// <summary>The date of the current snapshot.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>People with an interaction.</summary>
    public required int People { get; init; }

    /// <summary>Interactions folded.</summary>
    public required long Interactions { get; init; }

    /// <summary>Interactions folded a second, since the counters before.</summary>
    public required double InteractionsPerSecond { get; init; }

    /// <summary>Position of the last record that the snapshot holds.</summary>
    public required long Position { get; init; }

    /// <summary>Records durable but not folded yet.</summary>
    public required long Lag { get; init; }

    public required long SnapshotAgeMs { get; init; }

    /// <summary>How many listen.</summary>
    public required int Clients { get; init; }
}

/// <summary>A tie has come to another status, seen from one of the two.</summary>
public sealed record LiveStatus(string Person, string Other, string? Before, string Status, DateTimeOffset At);

/// <summary>A warning on a person, or on a tie of theirs, was raised or has ended.</summary>
public sealed record LiveWarning(string Person, string? Other, string Warning, bool Ended, DateTimeOffset At);

/// <summary>A person has come to carry an archetype, or carries it no more.</summary>
public sealed record LiveArchetype(string Person, string Archetype, bool Ended, DateTimeOffset At);

/// <summary>One event of the feed, in the bytes that every listener is sent.</summary>
internal sealed class LiveEvent
{
    /// <summary>A comment, which keeps connections open and shows that they are.</summary>
    public static readonly LiveEvent Heartbeat = new(": still here\n\n"u8.ToArray());

    private LiveEvent(byte[] bytes) => Bytes = bytes;

    public ReadOnlyMemory<byte> Bytes { get; }

    public static LiveEvent Of<T>(long number, string name, T data, JsonTypeInfo<T> type)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {number}\nevent: {name}\ndata: "), bytes);
        // JSON escapes line ends, so the data is one line.
        using (var writer = new Utf8JsonWriter(bytes)) JsonSerializer.Serialize(writer, data, type);
        bytes.Write("\n\n"u8);
        return new LiveEvent(bytes.WrittenSpan.ToArray());
    }
}
