using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.Importers.Csv;
using NetworkGraph.Importers.Json;
using NetworkGraph.Importers.Ndjson;
using NetworkGraph.Importers.Rows;
using NetworkGraph.People.Boundaries;
using NetworkGraph.Server.Api.Operations;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>Interactions as one JSON document, as JSON a line, or as CSV; over gRPC in one message or a stream of them.</summary>
internal static class IngestOperations
{
    public static IReadOnlyList<Operation> All { get; } =
    [
        Operation.Post("recordInteractions", "/v1/interactions", PostAsync)
            .Method("Record", RecordMethods.RecordAsync).Method("RecordStream", RecordMethods.RecordStreamAsync)
            .For(Access.Senders, Own.Sender).Taking([.. IngestQuery.Parameters, .. CsvQuery.Parameters]).Document(),
    ];

    private static async Task<IResult> PostAsync(HttpContext http)
    {
        var (format, problem) = BodyFormats.Of(http.Request);
        if (problem is not null) return new ProblemResult(problem);
        if (FirstBadOption(http.Request, format, out var csv, out var reading) is { } bad) return new ProblemResult(bad);
        var (services, viewer) = (http.RequestServices, http.Viewer());
        var (log, clock, metrics) =
            (services.GetRequiredService<IInteractionLog>(), services.GetRequiredService<TimeProvider>(),
            services.GetRequiredService<IngestMetrics>());
        var tally = new IngestTally((line, isConflict) =>
        {
            if (!isConflict) metrics.Rejected(line.Field);
        });
        var options = services.GetService<IngestOptions>() ?? IngestOptions.Default;
        var ingest = new BodyIngest(new LogAppend(log, clock, metrics, !viewer.MaySeeAllInteractions), clock, options, tally);
        using var sending = reading.Batch is { } to ? services.GetRequiredService<BatchesInHand>().Begin(to) : null;
        if (!await MarkAsync(BatchPhase.Started)) return new ProblemResult(Problem.AtCapacity());
        var failed = await ingest.RunAsync(http, (body, limits) => Open(body, format, csv, reading, viewer, limits));
        await MarkAsync(failed is null ? BatchPhase.Finished : tally.WasStopped ? BatchPhase.Stopped : BatchPhase.Failed);
        if (failed is not null) return failed;
        return new IngestResult(IngestAnswer.Of(tally), tally.HasKept || tally.Lines == 0 ? Outcome.Ok : Outcome.AllRejected);

        // Records how far the batch is that the body belongs to; false where the log is at capacity.
        async Task<bool> MarkAsync(BatchPhase phase)
        {
            if (reading.Batch is not { } batch) return true;
            var changed = new BatchChanged
            {
                AtMs = clock.GetUtcNow().ToUnixTimeMilliseconds(),
                Batch = batch,
                Phase = phase,
                Key = viewer.KeyId,
                Format = format.ToString().ToLowerInvariant(),
                Counts = tally.Counts,
            };
            return !(await log.AppendAsync([changed], CancellationToken.None)).Overloaded;
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

    private static IRowSource Open(Stream body, BodyFormat format, CsvOptions? csv, IngestQuery reading, Viewer viewer, RowLimits limits) =>
        format switch
        {
            BodyFormat.Json => new JsonDocumentRows(body, reading.Draft(null, viewer), limits),
            BodyFormat.Ndjson => NdjsonRows.OfInteractions(body, reading.Draft(null, viewer), limits),
            _ => new CsvRows(body, csv!, reading.Draft(new DerivedIds(), viewer), limits),
        };
}
