using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Json;
using NetworkGraph.Importers.Ndjson;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Interactions;
using NetworkGraph.Log;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Ingest;

/// <summary>
/// POST /v1/interactions: a body of any size, read and appended in batches, answered when all of it is durable. A line that
/// is wrong is rejected, the others are kept.
/// </summary>
public static class IngestEndpoint
{
    /// <summary>Needs an <see cref="IInteractionLog"/>, a <see cref="TimeProvider"/> and <see cref="IngestMetrics"/>; takes <see cref="IngestOptions"/> where there are any.</summary>
    public static RouteHandlerBuilder MapInteractionIngest(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/v1/interactions", IngestAsync).Takes(CsvQuery.Parameters).DescribeIngest();

    private static async Task<IResult> IngestAsync(
        HttpContext http, [FromServices] IInteractionLog log, [FromServices] TimeProvider time, [FromServices] IngestMetrics metrics)
    {
        var options = http.RequestServices.GetService<IngestOptions>() ?? IngestOptions.Default;
        var (format, problem) = BodyFormats.Of(http.Request);
        if (problem is not null) return new ProblemResult(problem);
        if (BodyFormats.Decompressed(http.Request) is not { } body)
        {
            http.Response.Headers.AcceptEncoding = "gzip";
            return new ProblemResult(Problem.From(Outcome.UnsupportedMediaType,
                "The body is compressed in a way that is not read here; gzip is, and no compression.", HeaderNames.ContentEncoding));
        }
        if (FirstBadOption(http.Request, format, out var csv) is { } bad) return new ProblemResult(bad);
        AllowAnySize(http, options.Limits.MaxBytes);

        var tally = new IngestTally((line, isConflict) =>
        {
            if (!isConflict) metrics.Rejected(line.Field);
        });
        if (http.Request.ContentLength > options.Limits.MaxBytes)
        {
            tally.Unreadable = new Unreadable(1, InteractionFields.Line, $"is larger than {options.Limits.MaxBytes} bytes") { IsTooLarge = true };
            return AnswerTo(tally);
        }
        using var rows = Open(body, format, csv, options.Limits);
        var pump = new RowPump(new LogAppend(log, time, metrics).AppendAsync, time, options.Pump);
        await pump.RunAsync((IRowSource)rows, tally, http.RequestAborted, http.RequestAborted);
        return AnswerTo(tally);
    }

    private static Problem? FirstBadOption(HttpRequest request, BodyFormat format, out CsvOptions? csv)
    {
        csv = null;
        if (format is not BodyFormat.Csv)
        {
            return request.Query.Keys.FirstOrDefault() is { } name
                ? Problem.From(Outcome.InvalidArgument, $"{name} is for {BodyFormats.Csv} bodies only", name)
                : null;
        }
        var errors = new List<OptionError>();
        csv = CsvOptions.Read(CsvQuery.Read(request.Query), errors);
        return errors.Count == 0
            ? null
            : Problem.From(Outcome.InvalidArgument, string.Join("; ", errors.Select(e => $"{e.Option} {e.Reason}")), errors[0].Option);
    }

    private static IDisposable Open(Stream body, BodyFormat format, CsvOptions? csv, RowLimits limits) => format switch
    {
        BodyFormat.Json => new JsonDocumentRows(body, new InteractionDraft(), limits),
        BodyFormat.Ndjson => NdjsonRows.OfInteractions(body, new InteractionDraft(), limits),
        _ => new CsvRows(body, csv!, new InteractionDraft(new DerivedIds()), limits),
    };

    /// <summary>The server's own limit is for bodies that are held in memory, which this one is not.</summary>
    private static void AllowAnySize(HttpContext http, long maxBytes)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size) size.MaxRequestBodySize = maxBytes;
    }

    private static IResult AnswerTo(IngestTally tally)
    {
        // Nobody is there to read an answer.
        if (tally.WasStopped) return Results.StatusCode(OutcomeTable.HttpStatus(Outcome.Cancelled));
        if (tally.Unreadable is { } unreadable)
        {
            var isTooLarge = unreadable.IsTooLarge || unreadable.Cause is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge };
            var where = tally.Lines > 0 || unreadable.Line > 1 ? $" at line {unreadable.Line}" : "";
            var what = unreadable switch
            {
                { IsEmpty: true } => "The body is empty.",
                { Cause: { } cause } => $"The body cannot be read on{where}: {cause.Message}",
                { Field: InteractionFields.Line } => $"The body cannot be read on{where}: it {unreadable.Reason}.",
                _ => $"The body cannot be read on{where}: {unreadable.Field} {unreadable.Reason}.",
            };
            var problem = IngestProblem.From(isTooLarge ? Outcome.TooLarge : Outcome.InvalidArgument, $"{what} {Kept(tally)}", tally);
            return new IngestResult(problem with { Line = unreadable.Line, Field = unreadable.Field });
        }
        if (tally.OverloadedAtLine > 0)
        {
            var detail = $"More is being sent than can be made durable now; nothing was taken from line {tally.OverloadedAtLine} on. {Kept(tally)}";
            return new IngestResult(IngestProblem.From(Outcome.Overloaded, detail, tally) with { Line = tally.OverloadedAtLine });
        }
        var isAnyTaken = tally.HasKept || tally.Lines == 0;
        return new IngestResult(IngestAnswer.Of(tally), isAnyTaken ? Outcome.Ok : Outcome.AllRejected);
    }

    private static string Kept(IngestTally tally) => tally.HasKept
        ? $"Kept: {tally.Accepted} accepted and {tally.Duplicates} duplicates. Sending all of it again is safe: what was kept counts as duplicates then."
        : "Nothing of it was kept.";
}
