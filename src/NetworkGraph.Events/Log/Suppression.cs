using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NetworkGraph.Events.Log;

/// <summary>A person to erase: all ids at once, so that no failure leaves half of them behind.</summary>
/// <param name="Ids">All ids of the person.</param>
/// <param name="Positions">The records that name one of them, ascending.</param>
/// <param name="AtMs">When, Unix ms.</param>
public sealed record Erasure(IReadOnlyList<string> Ids, IReadOnlyList<long> Positions, long AtMs)
{
    /// <summary>Whether the person stays out when sent again, until that is lifted.</summary>
    public bool Suppresses { get; init; }
}

/// <summary>Somebody who was erased and stays out: when, and of how many ids, but not whose.</summary>
/// <param name="Erasure">Tells erasures apart; says nothing.</param>
/// <param name="AtMs">When the person was erased, Unix ms.</param>
/// <param name="Ids">How many ids stay out.</param>
public readonly record struct SuppressedPerson(Guid Erasure, long AtMs, int Ids);

/// <summary>
/// Whether a record names somebody who was erased and stays out. Of an id only its keyed hash is known (HMAC-SHA-256 under a
/// secret, the first 128 bits), so no one without the secret can confirm a guess. Used by a log's one writer.
/// </summary>
public sealed class SuppressionCheck
{
    public const int SecretBytes = 32;

    private const int MaxKept = 1 << 17;
    private readonly HashSet<UInt128> _hashes = [];

    /// <summary>Ids known to be those of others: a hash an id and not one a record.</summary>
    private readonly HashSet<string> _others = new(StringComparer.Ordinal);
    private readonly List<string> _people = [];
    private byte[] _secret = [];

    /// <summary>Which state of the stored hashes this one knows; -1 before the first.</summary>
    public long Version { get; private set; } = -1;

    /// <summary>Takes over what is stored now.</summary>
    public void Replace(long version, byte[] secret, IEnumerable<UInt128> hashes)
    {
        ArgumentNullException.ThrowIfNull(hashes);
        (Version, _secret) = (version, secret);
        _hashes.Clear();
        _others.Clear();
        _hashes.UnionWith(hashes);
    }

    public bool Names(LogRecord record)
    {
        if (_hashes.Count == 0) return false;
        _people.Clear();
        RecordPeople.Collect(record, _people);
        foreach (var person in _people)
            if (IsSuppressed(person)) return true;
        return false;
    }

    /// <summary>The keyed hash of a canonical id. Stored: never change it.</summary>
    public static UInt128 HashOf(ReadOnlySpan<byte> secret, string id)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(id), hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private bool IsSuppressed(string id)
    {
        if (_others.Contains(id)) return false;
        if (_hashes.Contains(HashOf(_secret, id))) return true;
        if (_others.Count == MaxKept) _others.Clear();
        _others.Add(id);
        return false;
    }
}

/// <summary>Erasing an id alone.</summary>
public static class SingleErasure
{
    extension(IInteractionLog log)
    {
        /// <summary>Erases one id, who may be sent again.</summary>
        public ValueTask<long> EraseAsync(string person, IReadOnlyList<long> positions, long atMs, CancellationToken cancellation) =>
            log.EraseAsync(new Erasure([person], positions, atMs), cancellation);
    }
}
