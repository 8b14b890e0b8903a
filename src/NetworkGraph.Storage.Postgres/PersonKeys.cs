using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NetworkGraph.Storage.Postgres;

/// <summary>
/// The key of a person in <c>mentions</c>: the first 64 bits of the SHA-256 of the id's UTF-8, little-endian. Stored:
/// never change it. Two people with one key are distinguished by reading their records. Keeps keys; not thread-safe.
/// </summary>
internal sealed class PersonKeys
{
    private const int Kept = 1 << 17;
    private readonly Dictionary<string, long> _keys = new(StringComparer.Ordinal);

    public long Of(string person)
    {
        if (_keys.TryGetValue(person, out var key)) return key;
        if (_keys.Count == Kept) _keys.Clear();
        return _keys[person] = Compute(person);
    }

    public void Clear() => _keys.Clear();

    public static long Compute(string person)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(person), hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }
}
