using NetworkGraph.LoadTests.Grpc;

namespace NetworkGraph.LoadTests.Crash;

/// <summary>
/// Sends batches through a RecordStream, each as a message, some ahead of their acknowledgements, until the server is gone.
/// An acknowledgement says how many messages of the stream are dealt with, so it acknowledges the batches up to there.
/// </summary>
internal static class CrashStream
{
    /// <summary>Few, so that what is in doubt at a kill is little beside what is acknowledged.</summary>
    private const int MaxAhead = 8;

    public static async Task SendAsync(Uri server, CrashSending sending, CancellationToken cancellation)
    {
        using var connection = new GrpcConnection(server);
        using var room = new SemaphoreSlim(MaxAhead);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var underWay = new Queue<SentBatch>();
        var (messages, accepted) = (0L, 0L);
        try
        {
            await connection.StreamAsync<V1.RecordStreamResponse>(GrpcConnection.RecordStream, NextAsync, Acknowledged, cancellation);
        }
        catch (Exception cutOff) when (cutOff is HttpRequestException or IOException)
        {
            // What has no acknowledgement is in doubt.
            if (!sending.IsKilled) sending.Fault($"A stream broke before the server was killed: {cutOff.Message}");
        }
        finally
        {
            await ended.CancelAsync();
        }

        async ValueTask<ReadOnlyMemory<byte>?> NextAsync()
        {
            await room.WaitAsync(ended.Token);
            if (sending.Next() is not { } next) return null;
            lock (underWay) underWay.Enqueue(next);
            return next.Batch.Frame();
        }

        void Acknowledged(V1.RecordStreamResponse answer)
        {
            for (; messages < answer.Messages; messages++)
            {
                SentBatch? dealtWith;
                lock (underWay)
                {
                    if (!underWay.TryDequeue(out dealtWith))
                    {
                        sending.Fault($"{answer.Messages} messages were acknowledged, and only {messages} had been sent.");
                        return;
                    }
                }
                accepted += dealtWith.Batch.Lines.Count;
                sending.Acknowledge(dealtWith);
                room.Release();
            }
            if (answer is not { Duplicates: 0, Conflicts: 0, RejectedCount: 0 } || answer.Accepted != accepted)
                sending.Fault($"{messages} messages with {accepted} interactions were acknowledged as {answer}.");
        }
    }
}
