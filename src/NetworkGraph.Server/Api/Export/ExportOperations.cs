using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Measures;
using NetworkGraph.Server.Api.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;
using NetworkGraph.Server.Api.People;

namespace NetworkGraph.Server.Api.Export;

/// <summary>What an export holds; written piece by piece, so that it takes no memory for the whole.</summary>
public sealed record PersonExportAnswer
{
    public required PersonAnswer Person { get; init; }

    /// <summary>What they took part in, oldest first.</summary>
    public required IReadOnlyList<InteractionAnswer> Interactions { get; init; }

    /// <summary>Where others named them; who did towards whom is those people's.</summary>
    public required IReadOnlyList<MentionAnswer> Mentions { get; init; }

    public required IReadOnlyList<Tie> Ties { get; init; }

    public required IReadOnlyList<BlockAnswer> Blocks { get; init; }

    /// <summary>The reports they made.</summary>
    public required IReadOnlyList<FiledReportAnswer> Reports { get; init; }
}

/// <summary>Everything held about one person: one JSON document over HTTP, a message for each part over gRPC.</summary>
internal static class ExportOperations
{
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Get("exportPerson", "/v1/people/{id}/export", ExportAsync).Method("ExportPerson", ExportMethod.ExportAsync)
            .In("People").For(Scopes.Admin, Own.Person).MayNotFind().Answering<PersonExportAnswer>()
            .Described("Export a person",
                "Everything held about one person: profile, interactions, where others named them, ties, and the blocks and reports that "
                + "they made. Streamed."),
    ];

    private static async Task<IResult> ExportAsync(HttpContext http)
    {
        var cancellation = http.RequestAborted;
        var query = new QueryReader(new RequestParameters(http), http.RequestServices.GetRequiredService<TimeProvider>());
        var id = query.PersonInPath();
        if (query.Problem is { } problem) return new ProblemResult(problem);
        if (await PersonExport.OpenAsync(query.Viewer, id, http.RequestServices, cancellation) is not { } export)
            return new ProblemResult(Problem.PersonNotFound("id", id));
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"export.json\"";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter, s_writing);
        writer.WriteStartObject();
        writer.WritePropertyName("person");
        JsonSerializer.Serialize(writer, export.Person, ExportJson.Plain.PersonAnswer);
        writer.WriteStartArray("interactions");
        await foreach (var interactions in export.InteractionsAsync(cancellation))
        {
            WriteItems(writer, interactions, ExportJson.Plain.InteractionAnswer);
            await FlushAsync(writer, http, cancellation);
        }
        writer.WriteEndArray();
        Write(writer, "mentions", export.Mentions, ExportJson.Plain.MentionAnswer);
        Write(writer, "ties", export.Ties, ExportJson.Plain.Tie);
        Write(writer, "blocks", export.Blocks, ExportJson.Plain.BlockAnswer);
        Write(writer, "reports", export.Reports, ExportJson.Plain.FiledReportAnswer);
        writer.WriteEndObject();
        await FlushAsync(writer, http, cancellation);
        return Results.Empty;
    }

    private static void Write<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, JsonTypeInfo<T> type)
    {
        writer.WriteStartArray(name);
        WriteItems(writer, items, type);
        writer.WriteEndArray();
    }

    private static void WriteItems<T>(Utf8JsonWriter writer, IEnumerable<T> items, JsonTypeInfo<T> type)
    {
        foreach (var item in items) JsonSerializer.Serialize(writer, item, type);
    }

    private static async Task FlushAsync(Utf8JsonWriter writer, HttpContext http, CancellationToken cancellation)
    {
        await writer.FlushAsync(cancellation);
        await http.Response.BodyWriter.FlushAsync(cancellation);
    }
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(PersonAnswer))]
[JsonSerializable(typeof(InteractionAnswer))]
[JsonSerializable(typeof(MentionAnswer))]
[JsonSerializable(typeof(Tie))]
[JsonSerializable(typeof(BlockAnswer))]
[JsonSerializable(typeof(FiledReportAnswer))]
internal sealed partial class ExportJson : JsonSerializerContext
{
    /// <summary>As answers are written: only JSON's own signs are escaped.</summary>
    public static ExportJson Plain { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Converters = { new UtcTimeConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
