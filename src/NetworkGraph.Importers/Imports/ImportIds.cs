using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.Importers.Imports;

/// <summary>
/// Ids of imported interactions, the same each time: the source's own id behind the name of its family, or a hash of what
/// the interaction is. Over canonical ids before aliases, so that a later merge of people changes no id. Not for several threads.
/// </summary>
public sealed class ImportIds
{
    private readonly Dictionary<ulong, uint> _seen = [];

    /// <summary>An id of a family, such as <c>mail:a1@example.org</c>; hashed where it is too long or has characters no id has.</summary>
    public static string Native(string family, string id)
    {
        var whole = $"{family}:{id}";
        return whole.Length <= InteractionRules.MaxIdChars && InteractionRules.BrokenId(whole, "id") is null
            ? whole
            : $"{family}:sha256:{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(id)))}";
    }

    /// <summary>
    /// An id from format, time, sender and recipients, and from how many interactions equal in these came before it.
    /// <paramref name="from"/> and <paramref name="to"/> are canonical.
    /// </summary>
    public string Derived(string format, long atMs, string from, IEnumerable<string> to)
    {
        var content = new StringBuilder(format).Append('\n').Append(atMs.ToString(CultureInfo.InvariantCulture)).Append('\n').Append(from);
        foreach (var recipient in to.Order(StringComparer.Ordinal)) content.Append('\n').Append(recipient);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(content.ToString()));
        var key = BitConverter.ToUInt64(hash);
        var before = _seen.GetValueOrDefault(key);
        _seen[key] = before + 1;
        if (before > 0) hash = SHA256.HashData([.. hash, .. BitConverter.GetBytes(before)]);
        return $"{format}:{Convert.ToHexStringLower(hash.AsSpan(0, 16))}";
    }
}
