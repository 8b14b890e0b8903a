using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Outcomes;
using NetworkGraph.Server.Api.Parameters;
using NetworkGraph.V1;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>The two ways to record interactions over gRPC. Their rules, and what becomes of them, are those of the HTTP endpoint.</summary>
internal static class RecordMethods
{
    private static readonly TimeSpan s_retryAfter = TimeSpan.FromSeconds(OutcomeTable.RetryAfterSeconds);

    public static async Task<RecordResponse> RecordAsync(MessageBytes request, ServerCallContext call)
    {
        var (append, time, tally) = Parts(call, null);
        var rows = new RowBatch(int.MaxValue);
        using (request)
        {
            var count = InteractionWire.Read(request.Bytes, DraftOf(call), rows, FirstLine, time.GetUtcNow().ToUnixTimeMilliseconds());
            if (count is null)
                throw new RpcException(
                    new Status(StatusCode.Internal, $"The request message is not a valid {RecordRequest.Descriptor.FullName}."));
            if (count == 0)
                throw ProblemStatus.Of(Problem.From(Outcome.InvalidArgument, "interactions is empty; send at least one", "interactions"))
                    .ToRpcException();
        }
        if (!await tally.AppendAsync(rows, append, call.CancellationToken)) throw ProblemStatus.Of(Problem.AtCapacity()).ToRpcException();
        if (!tally.HasKept) throw AllRejected(tally).ToRpcException();
        var response = new RecordResponse
        {
            Accepted = tally.Accepted,
            Duplicates = tally.Duplicates,
            Conflicts = tally.Conflicts,
            Retracted = tally.Retracted,
            Suppressed = tally.Suppressed,
            RejectedCount = tally.RejectedCount,
        };
        response.Rejected.AddRange(tally.Listed.Select(Acknowledgements.Rejected));
        return response;
    }

    public static async Task RecordStreamAsync(
        IAsyncStreamReader<MessageBytes> messages, AnswerStream<RecordStreamResponse> answers, ServerCallContext call)
    {
        var http = call.GetHttpContext();
        var body = http.Features.GetRequiredFeature<PatientBody>();
        body.WaitsForever = true;
        var acknowledgements = new Acknowledgements(answers);
        var (append, time, tally) = Parts(call, acknowledgements);
        var options = (http.RequestServices.GetService<IngestOptions>() ?? IngestOptions.Default).Pipeline with { OneBatchWaits = true };
        var stopping = http.RequestServices.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping;
        await using var rows = new RecordStreamRows(messages, DraftOf(call), stopping);
        var pipeline = new IngestPipeline(append.AppendAsync, time, options, settled: () =>
        {
            var settled = rows.Settle();
            if (tally.OverloadedAtLine == 0) acknowledgements.Settled(settled, tally);
        });
        var sending = acknowledgements.SendAsync();
        var sent = sending;
        try
        {
            await pipeline.RunAsync(rows, tally, call.CancellationToken, call.CancellationToken);
        }
        finally
        {
            acknowledgements.End();
            // A client may leave acknowledgements unread while it sends, but not for ever.
            sent = body.UntilReadAsync(sending);
            await sent.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await sent;
        call.CancellationToken.ThrowIfCancellationRequested();
        if (tally.OverloadedAtLine > 0)
        {
            var (message, _) = RecordStreamRows.PlaceOf(tally.OverloadedAtLine);
            throw RichStatus.Overloaded(
                $"More is being sent than can be made durable now; messages from {message} on were not kept. Send them again.",
                s_retryAfter).ToRpcException();
        }
        if (rows.BrokenOff is { } broken) throw new RpcException(broken);
    }

    /// <summary>Reads what the caller may send, marked as theirs.</summary>
    private static InteractionDraft DraftOf(ServerCallContext call)
    {
        var viewer = call.GetHttpContext().Viewer();
        return new InteractionDraft { Key = viewer.KeyId, OnlyFrom = IngestQuery.OnlyFrom(viewer) };
    }

    private static long FirstLine => 1L << 32;

    private static (LogAppend Append, TimeProvider Time, IngestTally Tally) Parts(
        ServerCallContext call, Acknowledgements? acknowledgements)
    {
        var services = call.GetHttpContext().RequestServices;
        var metrics = services.GetRequiredService<IngestMetrics>();
        var time = services.GetRequiredService<TimeProvider>();
        var tally = new IngestTally((line, isConflict) =>
        {
            if (!isConflict) metrics.Rejected(line.Field);
            acknowledgements?.Add(line);
        });
        return (new LogAppend(
            services.GetRequiredService<IInteractionLog>(), time, metrics, !call.GetHttpContext().Viewer().MaySeeAllInteractions), time,
            tally);
    }

    private static Google.Rpc.Status AllRejected(IngestTally tally) => RichStatus.InvalidArgument(
        $"Nothing could be accepted: {tally.RejectedCount} interactions are rejected and {tally.Conflicts} are in conflict.",
        tally.Listed.Select(r => ($"interactions[{RecordStreamRows.PlaceOf(r.Line).Index}].{ProblemStatus.FieldOf(r.Field)}", r.Reason)));
}
