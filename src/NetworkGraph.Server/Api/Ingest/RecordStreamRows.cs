using Grpc.Core;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Rows;
using NetworkGraph.Server.Api.Grpc;
using NetworkGraph.V1;

namespace NetworkGraph.Server.Api.Ingest;

/// <summary>
/// The messages of a RecordStream as rows. A message is never split between batches, so that each batch ends with a
/// message; and where the client pauses, what is durable is let through to be acknowledged.
/// </summary>
/// <param name="messages">The messages as they arrive.</param>
/// <param name="draft">Reads each interaction; says whose key sends it.</param>
/// <param name="stopping">Cancelled when the server begins to stop: reading ends then.</param>
internal sealed class RecordStreamRows(IAsyncStreamReader<MessageBytes> messages, InteractionDraft draft, CancellationToken stopping)
    : IRowSource, IAsyncDisposable
{
    /// <summary>Lines number interactions by their message, and by their place in it.</summary>
    private const int PlaceBits = 32;

    private readonly Queue<long> _handedOver = new();
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    private Task<bool>? _next;

    public long BytesRead { get; private set; }

    /// <summary>How many messages have been read.</summary>
    public long Messages { get; private set; }

    /// <summary>Why reading ended before the client's end; null where it did not.</summary>
    public Status? BrokenOff { get; private set; }

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
        await _end.CancelAsync();
        if (_next is not null)
        {
            await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (_next is { IsCompletedSuccessfully: true, Result: true }) messages.Current.Dispose();
        }
        _end.Dispose();
    }

    private async ValueTask<bool> FillAsync(RowBatch rows, long nowMs)
    {
        while (!rows.IsFull)
        {
            _next ??= messages.MoveNext(_end.Token);
            if (!_next.IsCompleted)
            {
                if (rows.TakerBusy is { } busy) await Task.WhenAny(_next, busy);
                else if (rows.Count == 0) await ((Task)_next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (!_next.IsCompleted) return true;
            }
            var reading = _next;
            _next = null;
            if (!IsMore(reading)) return false;
            using var payload = messages.Current;
            if (!Add(payload, rows, nowMs)) return false;
        }
        return true;
    }

    /// <summary>False at the end, be it the client's or one before it, which then is noted.</summary>
    private bool IsMore(Task<bool> reading)
    {
        if (reading.Exception?.InnerException is RpcException broken) BrokenOff = broken.Status;
        else if (reading.IsCanceled && stopping.IsCancellationRequested)
            BrokenOff = new Status(StatusCode.Unavailable, "The server is stopping.");
        else return reading.GetAwaiter().GetResult();
        return false;
    }

    private bool Add(MessageBytes payload, RowBatch rows, long nowMs)
    {
        var number = Messages + 1;
        var count = InteractionWire.Read(payload.Bytes, draft, rows, number << PlaceBits, nowMs);
        if (count is null)
            BrokenOff = new Status(StatusCode.Internal, $"Message {number} is not a valid {RecordStreamRequest.Descriptor.FullName}.");
        else if (count == 0) BrokenOff = new Status(StatusCode.InvalidArgument, $"Message {number} has no interactions.");
        else Messages = number;
        BytesRead += payload.Bytes.Length;
        return count > 0;
    }
}
