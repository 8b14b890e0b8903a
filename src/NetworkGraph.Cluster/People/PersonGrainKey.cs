using System.Security.Cryptography;
using System.Text;

namespace NetworkGraph.Cluster.People;

/// <summary>The key of a person's grain: 128 bits of the SHA-256 of the id, in hexadecimal. Says nothing of the id in logs.</summary>
internal static class PersonGrainKey
{
    private const int Bytes = 16;

    public static string Of(string person)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(person), hash);
        return Convert.ToHexStringLower(hash[..Bytes]);
    }
}
