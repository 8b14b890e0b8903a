using System.Text.Encodings.Web;
using System.Text.Json;
using NetworkGraph.Boundaries;
using NetworkGraph.Interactions;
using NetworkGraph.Log;
using NetworkGraph.Network;
using NetworkGraph.People;
using NetworkGraph.People.Answers;
using NetworkGraph.Server.Http.Boundaries;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
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

/// <summary>Somebody named the person as the third one of an introduction, a referral or gossip.</summary>
public sealed record MentionAnswer(DateTimeOffset At, string Kind, string Exchange);

/// <summary>Everything held about one person, as they may see it: nothing that others keep from them.</summary>
internal static class ExportEndpoint
{
    private const int RecordsAtOnce = 512;
    private static readonly JsonWriterOptions s_writing = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void MapExport(this IEndpointRouteBuilder routes) => routes.MapGroup("/v1/people/{id}").WithTags("People")
        .MapGet("/export", ExportAsync).Takes()
        .Describe("exportPerson", "Export a person",
            "Everything held about one person: profile, interactions, where others named them, ties, and the blocks and reports that they made. Streamed.")
        .Produces<PersonExportAnswer>().MayNotFind();

    private static async Task<IResult> ExportAsync(
        HttpContext http, EmbeddedPeople people, NetworkQueries queries, IInteractionLog log, CancellationToken cancellation)
    {
        var query = new QueryReader(http);
        var id = query.PersonInPath();
        if (query.Problem is { } problem) return new ProblemResult(problem);
        var asOfMs = queries.CurrentAsOfMs;
        if (await people.PersonAsync(id, asOfMs, cancellation) is not { } person || !people.Histories.People.TryGetNumber(id, out var number))
            return Answer.NobodyHas("id", id);
        var ties = await queries.TiesAsync(query.Viewer, id, asOfMs, cancellation) ?? [];
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.ContentDisposition = "attachment; filename=\"export.json\"";
        await using var writer = new Utf8JsonWriter(http.Response.BodyWriter, s_writing);
        writer.WriteStartObject();
        writer.WritePropertyName("person");
        JsonSerializer.Serialize(writer, person, AnswersJson.Plain.PersonAnswer);
        await WriteInteractionsAsync(writer, http, PersonRecords.Of(people.Histories, number), log, cancellation);
        writer.WriteStartArray("ties");
        foreach (var tie in ties) JsonSerializer.Serialize(writer, tie, AnswersJson.Plain.Tie);
        writer.WriteEndArray();
        WriteBoundaries(writer, people.Boundaries, id);
        writer.WriteEndObject();
        await FlushAsync(writer, http, cancellation);
        return Results.Empty;
    }

    private static async Task WriteInteractionsAsync(
        Utf8JsonWriter writer, HttpContext http, PersonRecords records, IInteractionLog log, CancellationToken cancellation)
    {
        writer.WriteStartArray("interactions");
        foreach (var positions in records.TakesPart.Chunk(RecordsAtOnce))
        {
            foreach (var record in await log.ReadAtAsync(positions, cancellation))
                if (record is Interaction interaction) JsonSerializer.Serialize(writer, InteractionAnswer.Of(interaction), AnswersJson.Plain.InteractionAnswer);
            await FlushAsync(writer, http, cancellation);
        }
        writer.WriteEndArray();
        writer.WriteStartArray("mentions");
        foreach (var mention in records.Mentions)
        {
            var answer = new MentionAnswer(DateTimeOffset.FromUnixTimeMilliseconds(mention.AtMs), WireNames.Of(mention.Kind), WireNames.Of(mention.Exchange));
            JsonSerializer.Serialize(writer, answer, AnswersJson.Plain.MentionAnswer);
        }
        writer.WriteEndArray();
    }

    private static void WriteBoundaries(Utf8JsonWriter writer, BoundaryStore boundaries, string id)
    {
        writer.WriteStartArray("blocks");
        foreach (var block in boundaries.BlocksBy(id))
            JsonSerializer.Serialize(writer, new BlockAnswer(block.Against, DateTimeOffset.FromUnixTimeMilliseconds(block.SinceMs)), AnswersJson.Plain.BlockAnswer);
        writer.WriteEndArray();
        writer.WriteStartArray("reports");
        foreach (var report in boundaries.ReportsBy(id)) JsonSerializer.Serialize(writer, FiledReportAnswer.Of(report), AnswersJson.Plain.FiledReportAnswer);
        writer.WriteEndArray();
    }

    private static async Task FlushAsync(Utf8JsonWriter writer, HttpContext http, CancellationToken cancellation)
    {
        await writer.FlushAsync(cancellation);
        await http.Response.BodyWriter.FlushAsync(cancellation);
    }
}
