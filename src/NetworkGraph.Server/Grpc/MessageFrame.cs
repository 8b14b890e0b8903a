using System.Buffers;
using System.Buffers.Binary;

namespace NetworkGraph.Server.Grpc;

/// <summary>
/// A message on the wire: one byte that says whether it is compressed, four bytes of length (big endian), and the
/// message. Frames have nothing to do with HTTP/2's DATA frames: several may lie in one, or one in several.
/// </summary>
internal readonly struct MessageFrame(bool isCompressed, ReadOnlySequence<byte> payload)
{
    public const int PrefixBytes = 5;

    public bool IsCompressed { get; } = isCompressed;

    public ReadOnlySequence<byte> Payload { get; } = payload;

    /// <summary>The first frame of the buffer; false while it is not there as a whole.</summary>
    /// <exception cref="GrpcException">INTERNAL for a first byte that is neither 0 nor 1; RESOURCE_EXHAUSTED for a length
    /// above the limit, as soon as the length is known.</exception>
    public static bool TryRead(ReadOnlySequence<byte> buffer, int maxBytes, out MessageFrame frame)
    {
        frame = default;
        if (buffer.Length < PrefixBytes)
            return false;

        Span<byte> prefix = stackalloc byte[PrefixBytes];
        buffer.Slice(0, PrefixBytes).CopyTo(prefix);
        if (prefix[0] > 1)
            throw new GrpcException(GrpcStatusCode.Internal, $"The compressed flag of a message is {prefix[0]}, not 0 or 1.");
        var length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
        if (length > maxBytes)
            throw TooLong(length, maxBytes);
        if (buffer.Length < PrefixBytes + length)
            return false;

        frame = new MessageFrame(prefix[0] == 1, buffer.Slice(PrefixBytes, length));
        return true;
    }

    public static void WritePrefix(IBufferWriter<byte> output, bool isCompressed, int lengthBytes)
    {
        var prefix = output.GetSpan(PrefixBytes);
        prefix[0] = isCompressed ? (byte)1 : (byte)0;
        BinaryPrimitives.WriteUInt32BigEndian(prefix[1..], (uint)lengthBytes);
        output.Advance(PrefixBytes);
    }

    public static GrpcException TooLong(long lengthBytes, int maxBytes) =>
        new(GrpcStatusCode.ResourceExhausted, $"A request message has {lengthBytes} bytes or more; the limit is {maxBytes}.");
}
