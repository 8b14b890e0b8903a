using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.OpenApi;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Imports;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Imports;

/// <summary>An import, by its id.</summary>
internal sealed record ImportKey([Name] string Batch) : IOperationRequest;

/// <summary>
/// Imports: to send, to list, to look at while they run and after, to stop, to undo. A key that is not for administration sees its own.
/// </summary>
internal static class ImportOperations
{
    private const string Route = "/v1/imports";

    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Post("startImport", Route, StartAsync).Method("StartImport", ImportMethod.StartAsync)
            .In("Imports").For(Access.Senders).Taking(ImportQuery.Parameters)
            .Answering<ImportAnswer>().Answering<ImportAnswer>(StatusCodes.Status202Accepted)
            .Answering<ImportAnswer>(StatusCodes.Status422UnprocessableEntity)
            .Answering<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType)
            .Described("Import a file",
                "The body is a file of any supported format, as it is, packed with gzip, or a zip archive of several; of any size, and of "
                + "any Content-Type. The format is recognised by the content. Answered 200 when the import has ended within the seconds "
                + "to wait, else 202 with its address in Location: ask there how far it is. A row that is wrong costs that row. Sending a "
                + "file again changes nothing that is there. With dryRun=true nothing is written, and the answer says what would come in; "
                + "its id is good for asking and stopping while the server keeps it.")
            .With(endpoint => endpoint.AddOpenApiOperationTransformer((document, _, _) =>
            {
                document.RequestBody = Body();
                return Task.CompletedTask;
            })),
        Operation.Get("listImports", Route, List).In("Imports").For(Access.Senders)
            .Described("List imports", "All imports, the latest to begin first. With an ingest key, those of that key."),
        Operation.Get("getImport", Route + "/{batch}", Get).In("Imports").For(Access.Senders).MayNotFind()
            .Described("Get an import",
                "One import: how far it is and, some time after it ended, what its last run brought and what was understood of the file; "
                + "later, what all its runs brought."),
        Operation.Delete("undoImport", Route + "/{batch}", UndoAsync).In("Imports").For(Access.Senders).MayNotFind()
            .Described("Stop or undo an import",
                "While it runs: stops it, and keeps what had come in; ask again to undo that. Once it has ended: withdraws the import as "
                + "a source of everything it brought. What has no other source no longer counts, and every measure is as if the import "
                + "had never been; it may be imported again. Answered when it is durable; where it was interrupted, ask again."),
    ];

    /// <summary>How an import ended that was sent; or that it goes on.</summary>
    internal static Outcome OutcomeOf(ImportAnswer answer, bool hasEnded)
    {
        if (!hasEnded) return Outcome.Accepted;
        var isNothingTaken = answer is { DryRun: false, Accepted: 0, Duplicates: 0, Retracted: 0 };
        return isNothingTaken && (answer.Failure is not null || answer.RejectedCount > 0) ? Outcome.AllRejected : Outcome.Ok;
    }

    /// <summary>What the import came to, or how far it is where it takes longer than there is time to wait.</summary>
    internal static async Task<(ImportAnswer Answer, bool HasEnded)> AnswerAsync(
        ImportJobs jobs, ImportJob job, TimeSpan wait, CancellationToken cancellation)
    {
        var hasEnded = await jobs.WaitAsync(job, wait, cancellation);
        return (ImportAnswer.Of(job.Run, isRunning: !hasEnded), hasEnded);
    }

    private static OpenApiRequestBody Body() => new()
    {
        Required = true,
        Content = new Dictionary<string, OpenApiMediaType>
        {
            ["application/octet-stream"] = new() { Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" } },
        },
    };

    private static async Task<IResult> StartAsync(HttpContext http)
    {
        var services = http.RequestServices;
        var jobs = services.GetRequiredService<ImportJobs>();
        var query = new QueryReader(new RequestParameters(http), services.GetRequiredService<TimeProvider>());
        var (request, wait) = ImportQuery.Read(query);
        if (query.Problem is { } problem) return new ProblemResult(problem);
        if (http.Request.ContentLength > jobs.MaxBytes) return new ProblemResult(ImportJobs.TooLarge(jobs.MaxBytes));
        // The server's own limit is for bodies that are held in memory, which this one is not.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        var (job, refused) = await jobs.StartAsync(request, http.Request.Body, query.Viewer, http.RequestAborted);
        if (job is null) return new ProblemResult(refused!);
        var (answer, hasEnded) = await AnswerAsync(jobs, job, wait, http.RequestAborted);
        if (!hasEnded) http.Response.Headers.Location = $"{Route}/{PersonIdSegment.Write(job.Id)}";
        var status = OutcomeTable.HttpStatus(OutcomeOf(answer, hasEnded));
        return Results.Json(answer, ImportJson.Plain.ImportAnswer, statusCode: status);
    }

    private static Reply<ListAnswer<ImportAnswer>> List(
        PageRequest request, Viewer viewer, ImportStore imports, ImportJobs jobs, NetworkQueries queries)
    {
        var page = request.Page;
        var before = page.Cursor is { } cursor && long.TryParse(cursor.After, out var position) ? position : long.MaxValue;
        var found = imports.All().Where(import => import.FirstPosition < before && MaySee(viewer, import.Key)).Take(
            page.Limit + 1).ToList();
        var asOfMs = queries.CurrentAsOfMs;
        var shown = found.Take(page.Limit).ToList();
        var next = found.Count > page.Limit ? page.Next(asOfMs, shown[^1].FirstPosition.ToString(CultureInfo.InvariantCulture)) : null;
        return new ListAnswer<ImportAnswer>(
            [.. shown.Select(import => ImportAnswer.Of(import, jobs.IsRunning(import.Batch)))], next,
            DateTimeOffset.FromUnixTimeMilliseconds(asOfMs));
    }

    private static Reply<ImportAnswer> Get(ImportKey key, Viewer viewer, ImportStore imports, ImportJobs jobs)
    {
        var job = jobs.Of(key.Batch) is { } known && MaySee(viewer, known.Key) ? known : null;
        if (job is { HasEnded: false }) return ImportAnswer.Of(job.Run, isRunning: true);
        if (job is { Run.Request.IsDryRun: true }) return ImportAnswer.Of(job.Run, isRunning: false);
        if (imports.Of(key.Batch) is not { } import || !MaySee(viewer, import.Key))
            return job is null ? NoImport(key.Batch) : ImportAnswer.Of(job.Run, isRunning: false);
        // Who follows a run is told what that run brought; the list has what all runs brought together.
        var isOfRun = job is not null && import.Phase is not (BatchPhase.Undoing or BatchPhase.Undone);
        return isOfRun ? ImportAnswer.Of(job!.Run, isRunning: false) : ImportAnswer.Of(import, jobs.IsRunning(key.Batch));
    }

    private static async Task<Reply<UndoAnswer>> UndoAsync(
        ImportKey key, Viewer viewer, ImportStore imports, ImportJobs jobs, IInteractionLog log, LogFold fold, TimeProvider clock,
        CancellationToken cancellation)
    {
        if (jobs.Of(key.Batch) is { HasEnded: false } running && MaySee(viewer, running.Key))
        {
            await ImportJobs.CancelAsync(running, cancellation);
            return new UndoAnswer(key.Batch, 0, running.Run.Request.IsDryRun ? 0 : running.Run.Tally.Accepted);
        }
        if (imports.Of(key.Batch) is not { } import || !MaySee(viewer, import.Key)) return NoImport(key.Batch);
        var undone = await new ImportUndo(log, clock).RunAsync(import, viewer.KeyId, cancellation);
        await fold.UntilFoldedAsync(undone.LastPosition, cancellation);
        return new UndoAnswer(key.Batch, undone.Withdrawn, undone.Kept);
    }

    private static bool MaySee(Viewer viewer, string? key) => viewer.MaySeeAllInteractions || (key is not null && key == viewer.KeyId);

    private static Problem NoImport(string batch) => Problem.NotFound("batch", $"There is no import '{batch}'.");
}

/// <summary>Answers of an import that was sent, whose status says whether it goes on.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, Converters = [typeof(UtcTimeConverter)])]
[JsonSerializable(typeof(ImportAnswer))]
internal sealed partial class ImportJson : JsonSerializerContext
{
    /// <summary>As all answers are written: only JSON's own signs are escaped.</summary>
    public static ImportJson Plain { get; } = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Converters = { new UtcTimeConverter() },
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
