using System.Text.Json;
using System.Text.Json.Serialization;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Server.Api.Operations;

/// <summary>Times in answers: RFC 3339 in UTC, ending in Z.</summary>
internal sealed class UtcTimeConverter : JsonConverter<DateTimeOffset>
{
    public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.GetDateTimeOffset();

    public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options)
    {
        Span<byte> utf8 = stackalloc byte[Rfc3339.MaxBytes];
        writer.WriteStringValue(utf8[..Rfc3339.Write(value.ToUnixTimeMilliseconds(), utf8)]);
    }
}
