using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using NetworkGraph.Analytics;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Imports;
using NetworkGraph.Server.Http;
using NetworkGraph.Server.Http.OpenApi;
using NetworkGraph.Server.Http.Paths;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Imports;

/// <summary>Imports: to send, to list, to look at while they run and after, to stop, to undo. A key that is not for administration sees its own.</summary>
internal static class ImportEndpoints
{
    public static void MapImports(this IEndpointRouteBuilder routes)
    {
        var imports = routes.MapGroup("/v1/imports").WithTags("Imports");
        imports.MapPost("", StartAsync).Takes(ImportQuery.Parameters)
            .Describe("startImport", "Import a file",
                "The body is a file of any supported format, as it is, packed with gzip, or a zip archive of several; of any size, and of any Content-Type. "
                + "The format is recognised by the content. Answered 200 when the import has ended within the seconds to wait, else 202 with its address in Location: "
                + "ask there how far it is. A row that is wrong costs that row. Sending a file again changes nothing that is there. With dryRun=true nothing is written, "
                + "and the answer says what would come in; its id is good for asking and stopping while the server keeps it.")
            .Produces<ImportAnswer>().Produces<ImportAnswer>(StatusCodes.Status202Accepted)
            .Produces<ImportAnswer>(StatusCodes.Status422UnprocessableEntity).Produces<Problem>(StatusCodes.Status413PayloadTooLarge, Problem.ContentType)
            .AddOpenApiOperationTransformer((operation, _, _) =>
            {
                operation.RequestBody = new Microsoft.OpenApi.OpenApiRequestBody
                {
                    Required = true,
                    Content = new Dictionary<string, Microsoft.OpenApi.OpenApiMediaType>
                    {
                        ["application/octet-stream"] = new() { Schema = new Microsoft.OpenApi.OpenApiSchema { Type = Microsoft.OpenApi.JsonSchemaType.String, Format = "binary" } },
                    },
                };
                return Task.CompletedTask;
            });
        imports.MapGet("", List).Takes(QueryParameters.Limit, QueryParameters.Cursor)
            .Describe("listImports", "List imports", "All imports, the latest to begin first. With an ingest key, those of that key.")
            .Produces<ListAnswer<ImportAnswer>>();
        imports.MapGet("/{batch}", Get).Takes()
            .Describe("getImport", "Get an import", "One import: how far it is and, some time after it ended, what its last run brought and what was understood of the file; later, what all its runs brought.")
            .Produces<ImportAnswer>().MayNotFind();
        imports.MapDelete("/{batch}", UndoAsync).Takes()
            .Describe("undoImport", "Stop or undo an import",
                "While it runs: stops it, and keeps what had come in; ask again to undo that. Once it has ended: withdraws the import as a source of everything it "
                + "brought. What has no other source no longer counts, and every measure is as if the import had never been; "
                + "it may be imported again. Answered when it is durable; where it was interrupted, ask again.")
            .Produces<UndoAnswer>().MayNotFind();
    }

    private static async Task<IResult> StartAsync(HttpContext http, [FromServices] ImportJobs jobs)
    {
        var query = new QueryReader(http);
        var (request, wait) = ImportQuery.Read(query);
        if (query.Problem is { } problem) return new ProblemResult(problem);
        if (http.Request.ContentLength > jobs.MaxBytes) return new ProblemResult(ImportJobs.TooLarge(jobs.MaxBytes));
        // The server's own limit is for bodies that are held in memory, which this one is not.
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = null;
        var (job, refused) = await jobs.StartAsync(request, http.Request.Body, query.Viewer, http.RequestAborted);
        if (job is null) return new ProblemResult(refused!);
        var reply = await ReplyAsync(jobs, job, wait, http.RequestAborted);
        if (reply.Outcome is Outcome.Accepted) http.Response.Headers.Location = "/v1/imports/" + PersonIdSegment.Write(job.Id);
        return reply;
    }

    /// <summary>What the import came to, or how far it is where it takes longer than there is time to wait.</summary>
    internal static async Task<Reply> ReplyAsync(ImportJobs jobs, ImportJob job, TimeSpan wait, CancellationToken cancellation)
    {
        var hasEnded = await jobs.WaitAsync(job, wait, cancellation);
        var answer = ImportAnswer.Of(job.Run, isRunning: !hasEnded);
        var outcome = !hasEnded ? Outcome.Accepted
            : !answer.DryRun && answer is { Accepted: 0, Duplicates: 0, Retracted: 0 } && (answer.Failure is not null || answer.RejectedCount > 0) ? Outcome.AllRejected
            : Outcome.Ok;
        return Answer.Of(answer, AnswersJson.Plain.ImportAnswer, outcome);
    }

    private static Reply List(QueryReader query, ImportStore imports, ImportJobs jobs, NetworkQueries queries)
    {
        var page = query.Page();
        if (query.Problem is { } problem) return problem;
        var before = page.Cursor is { } cursor && long.TryParse(cursor.After, out var position) ? position : long.MaxValue;
        var found = imports.All().Where(import => import.FirstPosition < before && MaySee(query.Viewer, import.Key)).Take(page.Limit + 1).ToList();
        var asOfMs = queries.CurrentAsOfMs;
        var shown = found.Take(page.Limit).ToList();
        var next = found.Count > page.Limit ? page.Next(asOfMs, shown[^1].FirstPosition.ToString(System.Globalization.CultureInfo.InvariantCulture)) : null;
        return Answer.Of(
            new ListAnswer<ImportAnswer>([.. shown.Select(import => ImportAnswer.Of(import, jobs.IsRunning(import.Batch)))], next, DateTimeOffset.FromUnixTimeMilliseconds(asOfMs)),
            AnswersJson.Plain.ListAnswerImportAnswer);
    }

    private static Reply Get(QueryReader query, ImportStore imports, ImportJobs jobs)
    {
        var batch = query.TextInPath("batch");
        if (query.Problem is { } problem) return problem;
        var job = jobs.Of(batch) is { } known && MaySee(query.Viewer, known.Key) ? known : null;
        if (job is { HasEnded: false }) return Answer.Of(ImportAnswer.Of(job.Run, isRunning: true), AnswersJson.Plain.ImportAnswer);
        if (job is { Run.Request.IsDryRun: true }) return Answer.Of(ImportAnswer.Of(job.Run, isRunning: false), AnswersJson.Plain.ImportAnswer);
        if (imports.Of(batch) is not { } import || !MaySee(query.Viewer, import.Key))
            return job is null ? NoImport(batch) : Answer.Of(ImportAnswer.Of(job.Run, isRunning: false), AnswersJson.Plain.ImportAnswer);
        // Who follows a run is told what that run brought; the list has what all runs brought together.
        var isOfRun = job is not null && import.Phase is not (BatchPhase.Undoing or BatchPhase.Undone);
        return Answer.Of(isOfRun ? ImportAnswer.Of(job!.Run, isRunning: false) : ImportAnswer.Of(import, jobs.IsRunning(batch)), AnswersJson.Plain.ImportAnswer);
    }

    private static async Task<Reply> UndoAsync(
        QueryReader query, ImportStore imports, ImportJobs jobs, IInteractionLog log, LogFold fold, TimeProvider clock, CancellationToken cancellation)
    {
        var batch = query.TextInPath("batch");
        if (query.Problem is { } problem) return problem;
        if (jobs.Of(batch) is { HasEnded: false } running && MaySee(query.Viewer, running.Key))
        {
            await ImportJobs.CancelAsync(running, cancellation);
            return Answer.Of(new UndoAnswer(batch, 0, running.Run.Request.IsDryRun ? 0 : running.Run.Tally.Accepted), AnswersJson.Plain.UndoAnswer);
        }
        if (imports.Of(batch) is not { } import || !MaySee(query.Viewer, import.Key)) return NoImport(batch);
        var undone = await new ImportUndo(log, clock).RunAsync(import, query.Viewer.KeyId, cancellation);
        await fold.UntilFoldedAsync(undone.LastPosition, cancellation);
        return Answer.Of(new UndoAnswer(batch, undone.Withdrawn, undone.Kept), AnswersJson.Plain.UndoAnswer);
    }

    private static bool MaySee(Viewer viewer, string? key) => viewer.MaySeeAllInteractions || (key is not null && key == viewer.KeyId);

    private static Reply NoImport(string batch) => Answer.Problem(Outcome.NotFound, $"There is no import '{batch}'.", "batch");
}
