using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using Google.Protobuf;

namespace NetworkGraph.Server.Grpc;

/// <summary>
/// Messages as gzip, each by itself. Both ways go through pooled memory; what is unpacked is counted while it grows, so
/// a small message that unpacks into a huge one stops at the limit.
/// </summary>
internal static class GzipMessages
{
    public const string Name = "gzip";

    private const int ChunkBytes = 16 * 1024;

    private static readonly PipeOptions s_unbounded = new(pauseWriterThreshold: 0, resumeWriterThreshold: 0, useSynchronizationContext: false);

    /// <summary>Writes the message as a frame of its own.</summary>
    public static void WriteFrame(IMessage message, IBufferWriter<byte> output)
    {
        var packed = new Pipe(s_unbounded);
        using (var gzip = new GZipStream(packed.Writer.AsStream(leaveOpen: true), CompressionLevel.Fastest))
            message.WriteTo(gzip);
        packed.Writer.Complete();
        packed.Reader.TryRead(out var result);
        MessageFrame.WritePrefix(output, isCompressed: true, checked((int)result.Buffer.Length));
        foreach (var segment in result.Buffer)
            output.Write(segment.Span);
        packed.Reader.Complete();
    }

    /// <exception cref="GrpcException">INTERNAL when it is not gzip, RESOURCE_EXHAUSTED when it unpacks into too much.</exception>
    public static T Read<T>(ReadOnlySequence<byte> packed, int maxBytes, Func<ReadOnlySequence<byte>, T> read)
    {
        var unpacked = new Pipe(s_unbounded);
        try
        {
            using var gzip = new GZipStream(PipeReader.Create(packed).AsStream(), CompressionMode.Decompress);
            for (long total = 0; ;)
            {
                var count = gzip.Read(unpacked.Writer.GetSpan(ChunkBytes));
                if (count == 0)
                    break;
                total += count;
                if (total > maxBytes)
                    throw MessageFrame.TooLong(total, maxBytes);
                unpacked.Writer.Advance(count);
            }

            unpacked.Writer.Complete();
            unpacked.Reader.TryRead(out var result);
            return read(result.Buffer);
        }
        catch (InvalidDataException e)
        {
            throw new GrpcException(GrpcStatusCode.Internal, "A request message is marked as gzip and cannot be unpacked.", e);
        }
        finally
        {
            unpacked.Writer.Complete();
            unpacked.Reader.Complete();
        }
    }
}
