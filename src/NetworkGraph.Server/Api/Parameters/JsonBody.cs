using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using NetworkGraph.Server.Api.Bodies;
using NetworkGraph.Server.Api.Outcomes;

namespace NetworkGraph.Server.Api.Parameters;

/// <summary>
/// The JSON object that an operation takes: a request's body, or a gRPC message written as JSON. Where it could not be read
/// there is a <see cref="Problem"/>, and nothing else.
/// </summary>
public sealed record JsonBody(ReadOnlyMemory<byte> Utf8, Problem? Problem)
{
    public const int MaxBytes = 256 * 1024;

    /// <summary>Of an operation that takes none.</summary>
    public static readonly JsonBody None = new(default, null);

    /// <summary>A message as JSON: fields not set are left out, enums are the words that they are over HTTP.</summary>
    internal static JsonBody Of(IMessage message)
    {
        var json = JsonFormatter.Default.Format(message);
        var enums = message.Descriptor.Fields.InDeclarationOrder().Where(field => field is { FieldType: FieldType.Enum, IsRepeated: false })
            .ToList();
        if (enums.Count > 0 && JsonNode.Parse(json) is JsonObject body)
        {
            foreach (var field in enums)
                if (body.ContainsKey(field.JsonName))
                    body[field.JsonName] = EnumWords.Of(field.EnumType, (int)field.Accessor.GetValue(message));
            json = body.ToJsonString();
        }
        return new JsonBody(Encoding.UTF8.GetBytes(json), null);
    }

    /// <summary>Reads a request's body.</summary>
    public static async ValueTask<JsonBody> ReadAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (!http.Request.HasJsonContentType())
            return new JsonBody(
                default, Problem.From(Outcome.UnsupportedMediaType, "The body is sent as application/json.", "Content-Type"));
        return await WholeBody.ReadAsync(http.Request, MaxBytes, http.RequestAborted) is { } body
            ? new JsonBody(body, null)
            : new JsonBody(default, Problem.From(Outcome.TooLarge, $"The body has at most {MaxBytes} bytes."));
    }
}
