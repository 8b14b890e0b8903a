using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace NetworkGraph.Events.Interactions;

/// <summary>
/// Ids for interactions that come without one, the same each time a file is read: 128 bits of SHA-256 over the content and
/// over how often that same content came before. So reading a file twice changes nothing, and two equal rows are two
/// interactions. Keeps 12 bytes per distinct row at a load of at most 3/4. Not for several threads.
/// </summary>
/// <remarks>
/// Rows are counted by 64 bits of their hash. Two different rows that share these get other numbers than they would have
/// apart, but the same ones each time, and their ids still differ by the full hash.
/// </remarks>
public sealed class DerivedIds
{
    private ulong[] _keys = new ulong[1024];
    private uint[] _counts = new uint[1024];
    private long _used;
    private byte[] _content = new byte[1024];

    /// <summary>The id of the draft's content, the next time it occurs: 32 hexadecimal digits.</summary>
    internal string Next(InteractionDraft draft)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes + sizeof(uint)];
        SHA256.HashData(_content.AsSpan(0, Write(draft)), hash);
        var before = CountAgain(BinaryPrimitives.ReadUInt64LittleEndian(hash));
        if (before > 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(hash[SHA256.HashSizeInBytes..], before);
            Span<byte> own = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(hash, own);
            own.CopyTo(hash);
        }
        return Convert.ToHexStringLower(hash[..16]);
    }

    private uint CountAgain(ulong key)
    {
        if (key == 0) key = 1;
        if (_used * 4 >= _keys.LongLength * 3) Grow();
        var slot = Find(_keys, key);
        if (_keys[slot] == 0)
        {
            _keys[slot] = key;
            _used++;
        }
        return _counts[slot]++;
    }

    private void Grow()
    {
        var keys = new ulong[_keys.LongLength * 2];
        var counts = new uint[keys.LongLength];
        for (var i = 0L; i < _keys.LongLength; i++)
        {
            if (_keys[i] == 0) continue;
            var slot = Find(keys, _keys[i]);
            keys[slot] = _keys[i];
            counts[slot] = _counts[i];
        }
        (_keys, _counts) = (keys, counts);
    }

    /// <summary>Keys are hashes already, so their bits choose the slot.</summary>
    private static long Find(ulong[] keys, ulong key)
    {
        var mask = keys.LongLength - 1;
        var slot = (long)key & mask;
        while (keys[slot] != 0 && keys[slot] != key) slot = slot + 1 & mask;
        return slot;
    }

    /// <summary>The content in one canonical form: every field in order, texts with their length before them.</summary>
    private int Write(InteractionDraft draft)
    {
        var at = 0;
        Number(ref at, draft.AtMs!.Value);
        Number(ref at, (byte)draft.Kind!.Value | (long)(draft.Exchange ?? Exchange.None) << 8 | (long)(
            draft.Setting ?? Setting.Professional) << 16);
        Text(ref at, draft.From);
        Number(ref at, draft.To.Count);
        for (var i = 0; i < draft.To.Count; i++) Text(ref at, draft.To[i]);
        Text(ref at, draft.Channel);
        Text(ref at, draft.Venue);
        Text(ref at, draft.InReplyTo);
        Text(ref at, draft.About);
        Number(ref at, draft.Personalised switch { null => 0, false => 1, true => 2 });
        Number(ref at, draft.LengthSeconds is { } length ? BitConverter.DoubleToInt64Bits(length) : -1);
        Number(ref at, (long)(draft.ExchangeBy ?? ExchangeBy.Sender));
        Number(ref at, draft.ExchangeConfidence is { } confidence ? BitConverter.DoubleToInt64Bits(confidence) : -1);
        Text(ref at, draft.Series);
        return at;
    }

    private void Number(ref int at, long number)
    {
        BinaryPrimitives.WriteInt64LittleEndian(Room(at, sizeof(long)), number);
        at += sizeof(long);
    }

    private void Text(ref int at, string? text)
    {
        var room = Room(at, sizeof(int) + (text?.Length ?? 0) * 3);
        var length = text is null ? -1 : Encoding.UTF8.GetBytes(text, room[sizeof(int)..]);
        BinaryPrimitives.WriteInt32LittleEndian(room, length);
        at += sizeof(int) + Math.Max(length, 0);
    }

    private Span<byte> Room(int at, int count)
    {
        if (_content.Length - at < count) Array.Resize(ref _content, Math.Max(_content.Length * 2, at + count));
        return _content.AsSpan(at);
    }
}
