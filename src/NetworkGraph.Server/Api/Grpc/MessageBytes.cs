using System.Buffers;
using Grpc.Core;

namespace NetworkGraph.Server.Api.Grpc;

/// <summary>The bytes of a message, in one piece.</summary>
internal sealed class MessageBytes(byte[] rented, int length) : IDisposable
{
    /// <summary>Reads a message as its bytes; it is never sent.</summary>
    public static Marshaller<MessageBytes> Marshaller { get; } =
        new((_, _) => throw new NotSupportedException("Payloads are only read."), context => Of(context.PayloadAsReadOnlySequence()));

    public ReadOnlySpan<byte> Bytes => rented.AsSpan(0, length);

    public static MessageBytes Of(ReadOnlySequence<byte> bytes)
    {
        var rented = ArrayPool<byte>.Shared.Rent((int)bytes.Length);
        bytes.CopyTo(rented);
        return new MessageBytes(rented, (int)bytes.Length);
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(rented);
}
