using Microsoft.AspNetCore.Mvc;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Json;
using NetworkGraph.Importers.Ndjson;
using NetworkGraph.Importers.Rows;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Http;
using NetworkGraph.Server.Http.Queries;
using NetworkGraph.Server.Keys;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;

namespace NetworkGraph.Server.Ingest;

/// <summary>POST /v1/interactions: interactions as one JSON document, as JSON a line, or as CSV.</summary>
public static class IngestEndpoint
{
    /// <summary>Needs an <see cref="IInteractionLog"/>, a <see cref="TimeProvider"/>, <see cref="IngestMetrics"/> and <see cref="BatchesInHand"/>; takes <see cref="IngestOptions"/> where there are any.</summary>
    public static RouteHandlerBuilder MapInteractionIngest(this IEndpointRouteBuilder endpoints) =>
        endpoints.MapPost("/v1/interactions", IngestAsync).Takes([.. IngestQuery.Parameters, .. CsvQuery.Parameters]).DescribeIngest();

    private static async Task<IResult> IngestAsync(
        HttpContext http, [FromServices] IInteractionLog log, [FromServices] TimeProvider time, [FromServices] IngestMetrics metrics, [FromServices] BatchesInHand inHand)
    {
        var (format, problem) = BodyFormats.Of(http.Request);
        if (problem is not null) return new ProblemResult(problem);
        if (FirstBadOption(http.Request, format, out var csv, out var reading) is { } bad) return new ProblemResult(bad);
        var viewer = http.Viewer();
        var tally = new IngestTally((line, isConflict) =>
        {
            if (!isConflict) metrics.Rejected(line.Field);
        });
        var options = http.RequestServices.GetService<IngestOptions>() ?? IngestOptions.Default;
        var intake = new BodyIntake(new LogAppend(log, time, metrics, !viewer.MaySeeAllInteractions), time, options, tally);
        using var sending = reading.Batch is { } to ? inHand.Begin(to) : null;
        if (await ChangeAsync(BatchPhase.Started) is { } overloaded) return overloaded;
        if (await intake.RunAsync(http, (body, limits) => Open(body, format, csv, reading, viewer, limits)) is { } failed)
        {
            await EndAsync(tally.WasStopped ? BatchPhase.Stopped : BatchPhase.Failed);
            return failed;
        }
        await EndAsync(BatchPhase.Finished);
        var isAnyTaken = tally.HasKept || tally.Lines == 0;
        return new IngestResult(IngestAnswer.Of(tally), isAnyTaken ? Outcome.Ok : Outcome.AllRejected);

        Task EndAsync(BatchPhase phase) => ChangeAsync(phase);

        async Task<Reply?> ChangeAsync(BatchPhase phase)
        {
            if (reading.Batch is not { } batch) return null;
            var changed = new BatchChanged
            {
                AtMs = time.GetUtcNow().ToUnixTimeMilliseconds(),
                Batch = batch,
                Phase = phase,
                Key = viewer.KeyId,
                Format = format.ToString().ToLowerInvariant(),
                Counts = tally.Counts,
            };
            var receipt = await log.AppendAsync([changed], CancellationToken.None);
            return receipt.Overloaded ? Answer.Overloaded() : null;
        }
    }

    private static Problem? FirstBadOption(HttpRequest request, BodyFormat format, out CsvOptions? csv, out IngestQuery reading)
    {
        csv = null;
        if (IngestQuery.TryRead(request.Query, out reading) is { } broken) return broken;
        if (format is not BodyFormat.Csv)
        {
            return request.Query.Keys.FirstOrDefault(key => !IngestQuery.IsKnown(key)) is { } name
                ? Problem.From(Outcome.InvalidArgument, $"{name} is for {BodyFormats.Csv} bodies only", name)
                : null;
        }
        var errors = new List<OptionError>();
        csv = CsvOptions.Read(CsvQuery.Read(request.Query), errors);
        return errors.Count == 0
            ? null
            : Problem.From(Outcome.InvalidArgument, string.Join("; ", errors.Select(e => $"{e.Option} {e.Reason}")), errors[0].Option);
    }

    private static IRowSource Open(Stream body, BodyFormat format, CsvOptions? csv, IngestQuery reading, Viewer viewer, RowLimits limits) => format switch
    {
        BodyFormat.Json => new JsonDocumentRows(body, reading.Draft(null, viewer), limits),
        BodyFormat.Ndjson => NdjsonRows.OfInteractions(body, reading.Draft(null, viewer), limits),
        _ => new CsvRows(body, csv!, reading.Draft(new DerivedIds(), viewer), limits),
    };
}
