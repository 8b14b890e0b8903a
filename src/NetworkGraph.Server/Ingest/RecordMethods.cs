using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Server.Grpc;
using NetworkGraph.Server.Operations;
using NetworkGraph.Server.Outcomes;
using NetworkGraph.V1;

namespace NetworkGraph.Server.Ingest;

/// <summary>The two ways to record interactions over gRPC. Their rules, and what becomes of them, are those of the HTTP endpoint.</summary>
internal static class RecordMethods
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(OutcomeTable.RetryAfterSeconds);

    public static async Task<GrpcOutcome<RecordResponse>> RecordAsync(GrpcReader<RecordRequest> reader, GrpcCall call)
    {
        var (append, time, tally) = Parts(call, null);
        var rows = new RowBatch(int.MaxValue);
        using (var payload = await reader.ReadOnlyAsync(Payload.Of))
        {
            var count = InteractionWire.Read(payload.Bytes, new InteractionDraft(), rows, FirstLine, time.GetUtcNow().ToUnixTimeMilliseconds());
            if (count is null) return new GrpcStatus(GrpcStatusCode.Internal, $"The request message is not a valid {RecordRequest.Descriptor.FullName}.");
            if (count == 0) return ProblemStatus.Of(Problem.From(Outcome.InvalidArgument, "interactions is empty; send at least one", "interactions"));
        }
        var answer = rows.Records.Count == 0 ? AppendAnswer.Nothing : await append.AppendAsync(rows.Records, call.Cancellation);
        if (answer.TryAgainAfter is not null) return GrpcStatus.Overloaded("The log takes no more just now. Nothing was kept; try again in a moment.", s_retryAfter);
        tally.Add(rows, answer);
        if (!tally.HasKept) return AllRejected(tally);
        var response = new RecordResponse { Accepted = tally.Accepted, Duplicates = tally.Duplicates, Conflicts = tally.Conflicts, RejectedCount = tally.RejectedCount };
        response.Rejected.AddRange(tally.Listed.Select(Acknowledgements.Rejected));
        return response;
    }

    public static async Task<GrpcStatus> RecordStreamAsync(GrpcReader<RecordStreamRequest> reader, GrpcWriter<RecordStreamResponse> writer, GrpcCall call)
    {
        var acknowledgements = new Acknowledgements(writer);
        var (append, time, tally) = Parts(call, acknowledgements);
        var options = (call.Http.RequestServices.GetService<IngestOptions>() ?? IngestOptions.Default).Pump with { OneBatchWaits = true };
        await using var rows = new RecordStreamRows(reader);
        var pump = new RowPump(append.AppendAsync, time, options, settled: () =>
        {
            var messages = rows.Settle();
            if (tally.OverloadedAtLine == 0) acknowledgements.Settled(messages, tally);
        });
        var sending = acknowledgements.SendAsync();
        var told = sending;
        try
        {
            await pump.RunAsync(rows, tally, call.Cancellation, call.Cancellation);
        }
        finally
        {
            acknowledgements.End();
            // A client may leave acknowledgements unread while it sends, but not for ever.
            told = writer.UntilReadAsync(sending);
            await told.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await told;
        call.Cancellation.ThrowIfCancellationRequested();
        if (tally.OverloadedAtLine > 0)
        {
            var (message, _) = RecordStreamRows.PlaceOf(tally.OverloadedAtLine);
            return GrpcStatus.Overloaded($"More is being sent than can be made durable now; messages from {message} on were not taken. Send them again.", s_retryAfter);
        }
        return rows.BrokenOff ?? GrpcStatus.Ok;
    }

    private static long FirstLine => 1L << 32;

    private static (LogAppend Append, TimeProvider Time, IngestTally Tally) Parts(GrpcCall call, Acknowledgements? acknowledgements)
    {
        var services = call.Http.RequestServices;
        var metrics = services.GetRequiredService<IngestMetrics>();
        var time = services.GetRequiredService<TimeProvider>();
        var tally = new IngestTally((line, isConflict) =>
        {
            if (!isConflict) metrics.Rejected(line.Field);
            acknowledgements?.NotTaken(line);
        });
        return (new LogAppend(services.GetRequiredService<IInteractionLog>(), time, metrics), time, tally);
    }

    private static GrpcStatus AllRejected(IngestTally tally) => Rejections.Status(
        $"Nothing could be taken: {tally.RejectedCount} interactions are rejected and {tally.Conflicts} are in conflict.",
        tally.Listed.Select(r => ($"interactions[{RecordStreamRows.PlaceOf(r.Line).Index}].{ProblemStatus.FieldOf(r.Field)}", r.Reason)));
}
