using System.Security.Cryptography;
using System.Text;

namespace NetworkGraph.Analytics.PersonGrains;

/// <summary>
/// The key of a person's grain: 128 bits of the SHA-256 of the id, in hexadecimal, so that no id gets into the runtime's logs.
/// </summary>
public static class PersonGrainKey
{
    private const int Bytes = 16;
    private const int StackBytes = 512;

    public static string Of(string person)
    {
        ArgumentNullException.ThrowIfNull(person);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        var length = Encoding.UTF8.GetMaxByteCount(person.Length);
        Span<byte> utf8 = length <= StackBytes ? stackalloc byte[StackBytes] : new byte[length];
        SHA256.HashData(utf8[..Encoding.UTF8.GetBytes(person, utf8)], hash);
        return Convert.ToHexStringLower(hash[..Bytes]);
    }
}
