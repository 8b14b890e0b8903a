using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace NetworkGraph.Server.Api.Parameters;

/// <summary>
/// Where a list goes on: the date and the position of the log that its first page was seen at, and the place after which the next
/// page begins. Bound to the
/// query it belongs to by a checksum, so that a cursor cut short, altered or used elsewhere is noticed. It carries no
/// secret and grants nothing, hence no key.
/// </summary>
public readonly record struct Cursor(long AsOfMs, long Position, string After)
{
    private const int ChecksumBytes = 8;
    private const int PinBytes = 2 * sizeof(long);
    private const int MaxChars = 2048;

    /// <summary>The cursor for the query that <paramref name="scope"/> names: route, ids and filters.</summary>
    public string Write(string scope)
    {
        var after = Encoding.UTF8.GetBytes(After);
        var bytes = new byte[ChecksumBytes + PinBytes + after.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(ChecksumBytes), AsOfMs);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(ChecksumBytes + sizeof(long)), Position);
        after.CopyTo(bytes.AsSpan(ChecksumBytes + PinBytes));
        Checksum(bytes.AsSpan(ChecksumBytes), scope).CopyTo(bytes);
        return Base64Url.EncodeToString(bytes);
    }

    public static bool TryRead(string text, string scope, out Cursor cursor)
    {
        ArgumentNullException.ThrowIfNull(text);
        cursor = default;
        if (text.Length > MaxChars || !Base64Url.IsValid(text)) return false;
        var bytes = Base64Url.DecodeFromChars(text);
        if (bytes.Length < ChecksumBytes + PinBytes) return false;
        var content = bytes.AsSpan(ChecksumBytes);
        if (!Checksum(content, scope).SequenceEqual(bytes.AsSpan(0, ChecksumBytes))) return false;
        // Base64 has spare bits and takes white space; only the one spelling that was handed out is taken back.
        if (Base64Url.EncodeToString(bytes) != text) return false;
        cursor = new Cursor(
            BinaryPrimitives.ReadInt64LittleEndian(content), BinaryPrimitives.ReadInt64LittleEndian(content[sizeof(long)..]),
                Encoding.UTF8.GetString(content[PinBytes..]));
        return true;
    }

    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> content, string scope)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(scope));
        hash.AppendData([0]);
        hash.AppendData(content);
        return hash.GetHashAndReset().AsSpan(0, ChecksumBytes);
    }
}
