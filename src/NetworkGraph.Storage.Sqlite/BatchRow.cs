using System.Buffers.Binary;
using NetworkGraph.Events.Log;

namespace NetworkGraph.Storage.Sqlite;

/// <summary>
/// One row of the log's table. <c>keys</c> holds, for each record, the hash of its id (8 bytes) and of its content (4
/// bytes), zeros where it has no id, and at the end a CRC-32C over first position, count and those.
/// </summary>
internal readonly record struct BatchRow(long FirstPosition, int Count, byte[] Payload)
{
    public const int MaxRecords = 512;
    public const int MaxRecordBytes = 1 << 18;
    public const int KeyBytes = 12;

    public long LastPosition => FirstPosition + Count - 1;

    public static int KeysLength(int count) => count * KeyBytes + sizeof(uint);

    public static void WriteKeys(long firstPosition, ReadOnlySpan<InteractionFingerprint> fingerprints, Span<byte> keys)
    {
        for (var i = 0; i < fingerprints.Length; i++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(keys[(i * KeyBytes)..], fingerprints[i].IdHash);
            BinaryPrimitives.WriteUInt32LittleEndian(keys[(i * KeyBytes + sizeof(ulong))..], fingerprints[i].ContentHash);
        }
        Seal(firstPosition, fingerprints.Length, keys);
    }

    /// <summary>Forgets the hashes of one record; <see cref="Seal"/> the keys afterwards.</summary>
    public static void ClearKey(Span<byte> keys, int index) => keys.Slice(index * KeyBytes, KeyBytes).Clear();

    /// <summary>Writes the checksum over the keys as they are.</summary>
    public static void Seal(long firstPosition, int count, Span<byte> keys)
    {
        var written = count * KeyBytes;
        BinaryPrimitives.WriteUInt32LittleEndian(keys[written..], Crc32C.Of(firstPosition, count, keys[..written]));
    }

    /// <summary>The fingerprint at this index; the keys have been checked.</summary>
    public static InteractionFingerprint ReadKey(ReadOnlySpan<byte> keys, int index) => new(
        BinaryPrimitives.ReadUInt64LittleEndian(keys[(index * KeyBytes)..]),
        BinaryPrimitives.ReadUInt32LittleEndian(keys[(index * KeyBytes + sizeof(ulong))..]));

    public static bool AreIntact(long firstPosition, int count, ReadOnlySpan<byte> keys)
    {
        if (keys.Length != (long)count * KeyBytes + sizeof(uint)) return false;
        var written = count * KeyBytes;
        return BinaryPrimitives.ReadUInt32LittleEndian(keys[written..]) == Crc32C.Of(firstPosition, count, keys[..written]);
    }
}
