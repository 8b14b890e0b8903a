using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Operations;

namespace NetworkGraph.Server.Api.Live;

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

/// <summary>Two ids were merged, split or called distinct. GET /identity/changes lists all of them.</summary>
/// <param name="Position">Its place in the log.</param>
/// <param name="Change">merged, split or distinct.</param>
/// <param name="One">One of the two.</param>
/// <param name="Other">The other.</param>
/// <param name="Canonical">By which id the person of the first is known now.</param>
/// <param name="Ids">All ids of that person now.</param>
/// <param name="At">When it was said.</param>
public sealed record LiveIdentity(
    long Position, string Change, string One, string Other, string Canonical, IReadOnlyList<string> Ids, DateTimeOffset At);

/// <summary>
/// Events were missed: the listener was away for longer than they are kept, comes from another server, or was too slow. Whatever
/// it shows should be read anew; answers hold everything up to the position.
/// </summary>
/// <param name="Position">Position of the last record that answers hold now.</param>
/// <param name="AsOf">The date of the current snapshot.</param>
public sealed record LiveResync(long Position, DateTimeOffset AsOf);

/// <summary>
/// One event of the feed. It is put into the form that a protocol sends when the first listener of that protocol takes it,
/// and all others are sent the same; should two take it at the same moment, one of two equal forms is dropped.
/// </summary>
internal sealed class LiveEvent
{
    /// <summary>A comment, which keeps connections open and shows that they are. HTTP/2 has pings for that.</summary>
    public static readonly LiveEvent Heartbeat = new(() => ": still here\n\n"u8.ToArray(), () => null);

    private readonly Lazy<byte[]> _bytes;
    private readonly Lazy<V1.LiveEvent?> _message;

    private LiveEvent(Func<byte[]> bytes, Func<V1.LiveEvent?> message)
    {
        _bytes = new Lazy<byte[]>(bytes, LazyThreadSafetyMode.PublicationOnly);
        _message = new Lazy<V1.LiveEvent?>(message, LazyThreadSafetyMode.PublicationOnly);
    }

    /// <summary>As a server-sent event.</summary>
    public ReadOnlyMemory<byte> Bytes => _bytes.Value;

    /// <summary>As a message of gRPC; null for what is not sent over gRPC. Not to be changed.</summary>
    public V1.LiveEvent? Message => _message.Value;

    public static LiveEvent Of(long number, LiveCounters counters) => Of(number, "counters", counters, LiveJson.Plain.LiveCounters,
        data => new V1.LiveEvent { Counters = AnswerMessage<LiveCounters, V1.LiveCounters>.Of(data) });

    public static LiveEvent Of(long number, LiveStatus status) => Of(number, "status", status, LiveJson.Plain.LiveStatus,
        data => new V1.LiveEvent { Status = AnswerMessage<LiveStatus, V1.LiveStatus>.Of(data) });

    public static LiveEvent Of(long number, LiveWarning warning) => Of(number, "warning", warning, LiveJson.Plain.LiveWarning,
        data => new V1.LiveEvent { Warning = AnswerMessage<LiveWarning, V1.LiveWarning>.Of(data) });

    public static LiveEvent Of(long number, LiveArchetype archetype) => Of(number, "archetype", archetype, LiveJson.Plain.LiveArchetype,
        data => new V1.LiveEvent { Archetype = AnswerMessage<LiveArchetype, V1.LiveArchetype>.Of(data) });

    public static LiveEvent Of(long number, LiveIdentity identity) => Of(number, "identity", identity, LiveJson.Plain.LiveIdentity,
        data => new V1.LiveEvent { Identity = AnswerMessage<LiveIdentity, V1.LiveIdentity>.Of(data) });

    public static LiveEvent Of(long number, LiveResync resync) => Of(number, "resync", resync, LiveJson.Plain.LiveResync,
        data => new V1.LiveEvent { Resync = AnswerMessage<LiveResync, V1.LiveResync>.Of(data) });

    /// <summary>For a listener that was too slow: without an id, since those that follow have lower ones.</summary>
    public static LiveEvent Of(LiveResync resync) => Of(0, resync);

    private static LiveEvent Of<T>(long number, string name, T data, JsonTypeInfo<T> type, Func<T, V1.LiveEvent> message) => new(
        () => Written(number, name, data, type),
        () =>
        {
            var published = message(data);
            published.Id = number;
            return published;
        });

    private static byte[] Written<T>(long number, string name, T data, JsonTypeInfo<T> type)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        if (number > 0) Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {number}\n"), bytes);
        Encoding.UTF8.GetBytes($"event: {name}\ndata: ", bytes);
        // JSON escapes line ends, so the data is one line.
        using (var writer = new Utf8JsonWriter(bytes)) JsonSerializer.Serialize(writer, data, type);
        bytes.Write("\n\n"u8);
        return bytes.WrittenSpan.ToArray();
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(LiveCounters))]
[JsonSerializable(typeof(LiveStatus))]
[JsonSerializable(typeof(LiveWarning))]
[JsonSerializable(typeof(LiveArchetype))]
[JsonSerializable(typeof(LiveResync))]
[JsonSerializable(typeof(LiveIdentity))]
internal sealed partial class LiveJson : JsonSerializerContext
{
    /// <summary>As answers are written: only JSON's own signs are escaped.</summary>
    public static LiveJson Plain { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Converters = { new UtcTimeConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
