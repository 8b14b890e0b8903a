using System.Text.Json;
using NetworkGraph.Cluster.Packing;
using Orleans;

namespace NetworkGraph.Cluster.People;

/// <summary>
/// What a grain answers. Within a silo it is handed on as it is; between nodes it is one run of bytes, made when it leaves
/// and read by whoever asked. A form in front says how: packed where the asker packs such answers alike, else JSON by field
/// names, so that two versions of the product understand each other.
/// </summary>
[Alias("networkgraph.v1.Answered`1")]
public readonly struct Answered<T>
{
    private const byte AsJson = 1;
    private const byte AsPacked = 2;
    private readonly T? _value;
    private readonly long _reads;
    private readonly byte[]? _received;

    /// <param name="value">The answer; null where nobody has that id.</param>
    /// <param name="reads">What the asker packs alike: <see cref="PersonAsked.Reads"/>.</param>
    internal Answered(T? value, long reads) => (_value, _reads) = (value, reads);

    private Answered(byte[] received) => _received = received;

    /// <summary>How this node packs such answers.</summary>
    internal static long Fingerprint => Packing<T?>.Fingerprint;

    /// <summary>What came from another node.</summary>
    internal static Answered<T> From(byte[] received) => new(received);

    /// <summary>The answer.</summary>
    /// <exception cref="InvalidDataException">It came in a form that this version does not know.</exception>
    internal T? Value()
    {
        if (_received is null) return _value;
        if (_received is [AsJson, ..]) return JsonSerializer.Deserialize<T>(_received.AsSpan(1), WholeAnswers.Options);
        if (_received is not [AsPacked, ..])
            throw new InvalidDataException($"Another node answered in form {(_received is [var form, ..] ? form : "(none)")}; this version reads {AsJson} (JSON) and {AsPacked} (packed). Is it of a newer version?");
        var reader = new PackReader(_received.AsMemory(1));
        var value = Packing<T?>.Read(reader);
        reader.End();
        return value;
    }

    /// <summary>Writes what another node reads by <see cref="Value"/>.</summary>
    internal void WriteTo(PackWriter writer)
    {
        if (_reads == Fingerprint)
        {
            writer.Raw([AsPacked]);
            Packing<T?>.Write(writer, Value());
            return;
        }
        writer.Raw([AsJson]);
        writer.Raw(JsonSerializer.SerializeToUtf8Bytes(Value(), WholeAnswers.Options));
    }
}
