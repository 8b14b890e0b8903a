using System.Text;
using Google.Protobuf;
using NetworkGraph.Server.Http.Bodies;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Operations;

/// <summary>
/// The JSON object that an operation takes: a request's body, or a gRPC message written as JSON. Where it could not be read
/// there is a <see cref="Problem"/>, and nothing else.
/// </summary>
public sealed record JsonBody(ReadOnlyMemory<byte> Utf8, Problem? Problem)
{
    public const int MaxBytes = 256 * 1024;

    /// <summary>Of an operation that takes none.</summary>
    public static readonly JsonBody None = new(default, null);

    /// <summary>A message as JSON: fields not set are left out.</summary>
    internal static JsonBody Of(IMessage message) => new(Encoding.UTF8.GetBytes(JsonFormatter.Default.Format(message)), null);

    /// <summary>Reads a request's body; called by the framework for parameters of this type.</summary>
    public static async ValueTask<JsonBody?> BindAsync(HttpContext http)
    {
        ArgumentNullException.ThrowIfNull(http);
        if (!http.Request.HasJsonContentType())
            return new JsonBody(default, Problem.From(Outcome.UnsupportedMediaType, "The body is sent as application/json.", "Content-Type"));
        return await WholeBody.ReadAsync(http.Request, MaxBytes, http.RequestAborted) is { } body
            ? new JsonBody(body, null)
            : new JsonBody(default, Problem.From(Outcome.TooLarge, $"The body has at most {MaxBytes} bytes."));
    }
}
