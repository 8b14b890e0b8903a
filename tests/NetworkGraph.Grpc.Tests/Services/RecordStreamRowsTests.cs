using System.Buffers;
using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.Server.Api.Ingest;

namespace NetworkGraph.Grpc.Tests.Services;

/// <summary>When messages of a stream are handed over, and when a client that waits for an acknowledgement gets it.</summary>
public sealed class RecordStreamRowsTests
{
    private const long NowMs = 1_760_000_000_000;

    private readonly Messages _messages = new();

    [Fact(Timeout = 60_000)]
    public async Task What_was_durable_before_the_wait_began_is_acknowledged_to_a_client_that_waits_for_it()
    {
        await using var rows = new RecordStreamRows(_messages, new InteractionDraft(), CancellationToken.None);
        var appending = new TaskCompletionSource<AppendAnswer>();
        var settled = new TaskCompletionSource<long>();
        var pump = new IngestPipeline(
            (_, _) => new(appending.Task), TimeProvider.System, new IngestPipelineOptions(), () => settled.TrySetResult(rows.Settle()));
        // Between the pump's look at what is under way and the source's, the log is done.
        var source = new Between(rows, () => appending.TrySetResult(new AppendAnswer(2, 0, [])));
        var tally = new IngestTally();
        await _messages.SendAsync(Given.Batch("m", 2));
        var running = pump.RunAsync(source, tally, TestContext.Current.CancellationToken, TestContext.Current.CancellationToken);

        (await settled.Task).ShouldBe(1);
        _messages.End();
        await running;
        tally.Accepted.ShouldBe(2);
    }

    [Fact(Timeout = 60_000)]
    public async Task Messages_gather_while_the_log_is_busy_and_are_handed_over_afterwards()
    {
        await using var rows = new RecordStreamRows(_messages, new InteractionDraft(), CancellationToken.None);
        var busy = new TaskCompletionSource();
        var batch = new RowBatch(100) { TakerBusy = busy.Task };
        await _messages.SendAsync(Given.Batch("first", 2));
        await _messages.SendAsync(Given.Batch("second", 3));

        var reading = rows.ReadAsync(batch, NowMs, TestContext.Current.CancellationToken).AsTask();
        reading.IsCompleted.ShouldBeFalse();
        busy.SetResult();
        (await reading).ShouldBeTrue();
        batch.Count.ShouldBe(5);
        rows.Settle().ShouldBe(2);
    }

    /// <summary>Messages as a client would send them.</summary>
    private sealed class Messages : IAsyncStreamReader<MessageBytes>
    {
        private readonly Channel<V1.RecordStreamRequest> _sent = Channel.CreateUnbounded<V1.RecordStreamRequest>();

        public MessageBytes Current { get; private set; } = null!;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            if (!await _sent.Reader.WaitToReadAsync(cancellationToken) || !_sent.Reader.TryRead(out var message)) return false;
            Current = MessageBytes.Of(new ReadOnlySequence<byte>(message.ToByteArray()));
            return true;
        }

        public ValueTask SendAsync(V1.RecordStreamRequest message) => _sent.Writer.WriteAsync(message);

        public void End() => _sent.Writer.Complete();
    }

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
