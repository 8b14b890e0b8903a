using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using NetworkGraph.People;
using NetworkGraph.People.Measures;
using NetworkGraph.Server.Export;
using NetworkGraph.Server.Http.Boundaries;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Http.People;

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

/// <summary>Everything held about one person as one JSON document.</summary>
internal static class ExportEndpoint
{
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapExport(this IEndpointRouteBuilder routes) => routes.MapGroup("/v1/people/{id}").WithTags("People")
        .MapGet("/export", ExportAsync).Takes()
        .Describe("exportPerson", "Export a person",
            "Everything held about one person: profile, interactions, where others named them, ties, and the blocks and reports that they made. Streamed.")
        .Produces<PersonExportAnswer>().MayNotFind();

    private static async Task<IResult> ExportAsync(HttpContext http, CancellationToken cancellation)
    {
        var query = new QueryReader(http);
        var id = query.PersonInPath();
        if (query.Problem is { } problem) return new ProblemResult(problem);
        if (await PersonExport.OpenAsync(query.Viewer, id, http.RequestServices, cancellation) is not { } export) return Answer.NobodyHas("id", id);
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"export.json\"";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter, s_writing);
        writer.WriteStartObject();
        writer.WritePropertyName("person");
        JsonSerializer.Serialize(writer, export.Person, AnswersJson.Plain.PersonAnswer);
        writer.WriteStartArray("interactions");
        await foreach (var interactions in export.InteractionsAsync(cancellation))
        {
            WriteItems(writer, interactions, AnswersJson.Plain.InteractionAnswer);
            await FlushAsync(writer, http, cancellation);
        }
        writer.WriteEndArray();
        Write(writer, "mentions", export.Mentions, AnswersJson.Plain.MentionAnswer);
        Write(writer, "ties", export.Ties, AnswersJson.Plain.Tie);
        Write(writer, "blocks", export.Blocks, AnswersJson.Plain.BlockAnswer);
        Write(writer, "reports", export.Reports, AnswersJson.Plain.FiledReportAnswer);
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
