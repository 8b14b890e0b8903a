using System.Buffers;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Server.Grpc;
using NetworkGraph.V1;

namespace NetworkGraph.Server.Ingest;

/// <summary>
/// The messages of a RecordStream as rows. A message is never parted between batches, so that each batch ends with a
/// message; and where the client pauses, what is durable is let through to be acknowledged.
/// </summary>
internal sealed class RecordStreamRows(GrpcReader<RecordStreamRequest> reader) : IRowSource, IAsyncDisposable
{
    /// <summary>Lines number interactions by their message, and by their place in it.</summary>
    private const int PlaceBits = 32;

    private readonly InteractionDraft _draft = new();
    private readonly Queue<long> _handedOver = new();
    private Task<Payload?>? _next;

    public long BytesRead { get; private set; }

    /// <summary>How many messages have been read.</summary>
    public long Messages { get; private set; }

    /// <summary>Why reading ended before the client's end; null where it did not.</summary>
    public GrpcStatus? BrokenOff { get; private set; }

    /// <summary>The message that a line came in, from 1, and its place there, from 0.</summary>
    public static (long Message, int Index) PlaceOf(long line) => (line >> PlaceBits, (int)line);

    /// <summary>Of the batches in the order they were read, the next one is settled: how many messages that makes.</summary>
    public long Settle() => _handedOver.Dequeue();

    public async ValueTask<bool> ReadAsync(RowBatch rows, long nowMs, CancellationToken cancellation)
    {
        var isMore = await FillAsync(rows, nowMs);
        if (rows.Count > 0) _handedOver.Enqueue(Messages);
        return isMore;
    }

    public async ValueTask DisposeAsync()
    {
        if (_next is null) return;
        reader.Abandon();
        await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_next.IsCompletedSuccessfully) _next.Result?.Dispose();
    }

    private async ValueTask<bool> FillAsync(RowBatch rows, long nowMs)
    {
        while (!rows.IsFull)
        {
            _next ??= reader.ReadAsync(Payload.Of).AsTask();
            if (!_next.IsCompleted)
            {
                if (rows.TakerBusy is { } busy) await Task.WhenAny(_next, busy);
                else if (rows.Count == 0) await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!_next.IsCompleted) return true;
            }
            var reading = _next;
            _next = null;
            if (!TryFinish(reading, out var payload)) return false;
            using (payload)
            {
                if (!Add(payload, rows, nowMs)) return false;
            }
        }
        return true;
    }

    /// <summary>False at the end, be it the client's or one before it, which then is noted.</summary>
    private bool TryFinish(Task<Payload?> reading, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out Payload? payload)
    {
        payload = null;
        if (reading.Exception?.InnerException is GrpcException broken)
        {
            BrokenOff = broken.Status;
            return false;
        }
        payload = reading.GetAwaiter().GetResult();
        return payload is not null;
    }

    private bool Add(Payload payload, RowBatch rows, long nowMs)
    {
        var number = Messages + 1;
        var count = InteractionWire.Read(payload.Bytes, _draft, rows, number << PlaceBits, nowMs);
        if (count is null) BrokenOff = new GrpcStatus(GrpcStatusCode.Internal, $"Message {number} is not a valid {RecordStreamRequest.Descriptor.FullName}.");
        else if (count == 0) BrokenOff = new GrpcStatus(GrpcStatusCode.InvalidArgument, $"Message {number} has no interactions.");
        else Messages = number;
        BytesRead += payload.Bytes.Length;
        return count > 0;
    }
}

/// <summary>The bytes of a message, in one piece.</summary>
internal sealed class Payload(byte[] rented, int length) : IDisposable
{
    public ReadOnlySpan<byte> Bytes => rented.AsSpan(0, length);

    public static Payload Of(ReadOnlySequence<byte> bytes)
    {
        var rented = ArrayPool<byte>.Shared.Rent((int)bytes.Length);
        bytes.CopyTo(rented);
        return new Payload(rented, (int)bytes.Length);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(rented);
}
