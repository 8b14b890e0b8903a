namespace NetworkGraph.Events.Log;

/// <summary>
/// Consecutive records in bytes, as every log stores them.
/// <code>
/// magic "NGB", version (1 byte), CRC-32C of all that follows (4 bytes, little-endian),
/// first position, count of records, count of texts, bytes of texts, texts, records, zeros
/// </code>
/// The first position is inside, so a batch put in another's place is found out. Numbers are varints. The texts of the
/// table do not continue each other. The zeros fill a batch with erased records up to the size it had before, so that it
/// overwrites all of its old bytes.
/// </summary>
internal static class BatchFormat
{
    public const byte Version = 2;
    public const int HeaderBytes = 8;

    public static ReadOnlySpan<byte> Magic => "NGB"u8;
}
