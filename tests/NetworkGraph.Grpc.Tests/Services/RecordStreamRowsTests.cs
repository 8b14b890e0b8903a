using System.IO.Pipelines;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Server.Grpc;
using NetworkGraph.Server.Ingest;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>When messages of a stream are handed over, and when a client that waits for an acknowledgement gets it.</summary>
public sealed class RecordStreamRowsTests
{
    private const long NowMs = 1_760_000_000_000;

    private readonly Pipe _body = new();
    private readonly GrpcReader<V1.RecordStreamRequest> _reader;

    public RecordStreamRowsTests()
    {
        var http = new DefaultHttpContext();
        http.Features.Set<IRequestBodyPipeFeature>(new Body(_body.Reader));
        var response = new GrpcResponse(http, new GrpcOptions());
        _reader = new GrpcReader<V1.RecordStreamRequest>(
            new GrpcCall(http, new GrpcMetadata(), response, null, default, TestContext.Current.CancellationToken), 1 << 20);
    }

    [Fact(Timeout = 60_000)]
    public async Task What_was_durable_before_the_wait_began_is_acknowledged_to_a_client_that_waits_for_it()
    {
        await using var rows = new RecordStreamRows(_reader, new InteractionDraft());
        var appending = new TaskCompletionSource<AppendAnswer>();
        var settled = new TaskCompletionSource<long>();
        var pump = new RowPump((_, _) => new(appending.Task), TimeProvider.System, new RowPumpOptions(), () => settled.TrySetResult(rows.Settle()));
        // Between the pump's look at what is under way and the source's, the log is done.
        var source = new Between(rows, () => appending.TrySetResult(new AppendAnswer(2, 0, [])));
        var tally = new IngestTally();
        await SendAsync(Given.Batch("m", 2));
        var running = pump.RunAsync(source, tally, TestContext.Current.CancellationToken, TestContext.Current.CancellationToken);

        (await settled.Task).ShouldBe(1);
        await _body.Writer.CompleteAsync();
        await running;
        tally.Accepted.ShouldBe(2);
    }

    [Fact(Timeout = 60_000)]
    public async Task While_the_taker_is_busy_messages_gather_and_once_it_is_not_they_are_handed_over()
    {
        await using var rows = new RecordStreamRows(_reader, new InteractionDraft());
        var busy = new TaskCompletionSource();
        var batch = new RowBatch(100) { TakerBusy = busy.Task };
        await SendAsync(Given.Batch("first", 2));
        await SendAsync(Given.Batch("second", 3));

        var reading = rows.ReadAsync(batch, NowMs, TestContext.Current.CancellationToken).AsTask();
        reading.IsCompleted.ShouldBeFalse();
        busy.SetResult();
        (await reading).ShouldBeTrue();
        batch.Count.ShouldBe(5);
        rows.Settle().ShouldBe(2);
    }

    private async Task SendAsync(V1.RecordStreamRequest message)
    {
        MessageFrame.WritePrefix(_body.Writer, isCompressed: false, message.CalculateSize());
        message.WriteTo(_body.Writer);
        await _body.Writer.FlushAsync(TestContext.Current.CancellationToken);
    }

    private sealed record Body(PipeReader Reader) : IRequestBodyPipeFeature;

    /// <summary>Does something each time before it reads on.</summary>
    private sealed class Between(IRowSource source, Action action) : IRowSource
    {
        public long BytesRead => source.BytesRead;

        public async ValueTask<bool> ReadAsync(RowBatch rows, long nowMs, CancellationToken cancellation)
        {
            if (rows.TakerBusy is not null) action();
            return await source.ReadAsync(rows, nowMs, cancellation);
        }
    }
}
