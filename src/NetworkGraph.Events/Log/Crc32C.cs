using System.Buffers.Binary;
using System.Numerics;

namespace NetworkGraph.Events.Log;

/// <summary>CRC-32C (Castagnoli, RFC 3720) of bytes; finds any burst of up to 32 flipped bits.</summary>
public static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes) => ~Continue(~0u, bytes);

    /// <summary>As <see cref="Of(ReadOnlySpan{byte})"/> over two numbers and then the bytes: binds bytes to their place.</summary>
    public static uint Of(long first, long second, ReadOnlySpan<byte> bytes) =>
        ~Continue(BitOperations.Crc32C(BitOperations.Crc32C(~0u, (ulong)first), (ulong)second), bytes);

    private static uint Continue(uint crc, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }
        foreach (var one in bytes) crc = BitOperations.Crc32C(crc, one);
        return crc;
    }
}
