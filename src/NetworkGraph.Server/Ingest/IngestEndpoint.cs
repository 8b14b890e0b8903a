using Microsoft.AspNetCore.Mvc;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Json;
using NetworkGraph.Importers.Ndjson;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Ingest;

/// <summary>POST /v1/interactions: interactions as one JSON document, as JSON a line, or as CSV.</summary>
public static class IngestEndpoint
{
    /// <summary>Needs an <see cref="IInteractionLog"/>, a <see cref="TimeProvider"/> and <see cref="IngestMetrics"/>; takes <see cref="IngestOptions"/> where there are any.</summary>
    public static RouteHandlerBuilder MapInteractionIngest(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/v1/interactions", IngestAsync).Takes(CsvQuery.Parameters).DescribeIngest();

    private static async Task<IResult> IngestAsync(
        HttpContext http, [FromServices] IInteractionLog log, [FromServices] TimeProvider time, [FromServices] IngestMetrics metrics)
    {
        var (format, problem) = BodyFormats.Of(http.Request);
        if (problem is not null) return new ProblemResult(problem);
        if (FirstBadOption(http.Request, format, out var csv) is { } bad) return new ProblemResult(bad);
        var tally = new IngestTally((line, isConflict) =>
        {
            if (!isConflict) metrics.Rejected(line.Field);
        });
        var options = http.RequestServices.GetService<IngestOptions>() ?? IngestOptions.Default;
        var intake = new BodyIntake(new LogAppend(log, time, metrics), time, options, tally);
        if (await intake.RunAsync(http, (body, limits) => Open(body, format, csv, limits)) is { } failed) return failed;
        var isAnyTaken = tally.HasKept || tally.Lines == 0;
        return new IngestResult(IngestAnswer.Of(tally), isAnyTaken ? Outcome.Ok : Outcome.AllRejected);
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

    private static IRowSource Open(Stream body, BodyFormat format, CsvOptions? csv, RowLimits limits) => format switch
    {
        BodyFormat.Json => new JsonDocumentRows(body, new InteractionDraft(), limits),
        BodyFormat.Ndjson => NdjsonRows.OfInteractions(body, new InteractionDraft(), limits),
        _ => new CsvRows(body, csv!, new InteractionDraft(new DerivedIds()), limits),
    };
}
