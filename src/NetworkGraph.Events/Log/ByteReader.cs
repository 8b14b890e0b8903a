using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;

namespace NetworkGraph.Events.Log;

/// <summary>
/// Reads what <see cref="ByteWriter"/> wrote. Whatever the bytes are, it returns or throws <see cref="LogCorruptedException"/>.
/// </summary>
internal ref struct ByteReader(ReadOnlySpan<byte> bytes, string place)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private readonly string _place = place;
    private int _at;

    public readonly int Remaining => _bytes.Length - _at;

    public readonly bool OnlyZerosRemain => !_bytes[_at..].ContainsAnyExcept((byte)0);

    public byte Byte()
    {
        if ((uint)_at >= (uint)_bytes.Length) Corrupted("ends too early");
        return _bytes[_at++];
    }

    public ulong Varint()
    {
        var bytes = _bytes;
        var at = _at;
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if ((uint)at >= (uint)bytes.Length) Corrupted("ends too early");
            var one = bytes[at++];
            value |= (ulong)(one & 0x7F) << shift;
            if (one >= 0x80) continue;
            if (shift == 63 && one > 1) break;
            _at = at;
            return value;
        }
        Corrupted("has a number that is too long");
        return 0;
    }

    public long ZigZag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A number of at most <paramref name="max"/>.</summary>
    public int Count(int max)
    {
        var value = Varint();
        if (value > (ulong)max) Corrupted($"has a count of {value} where at most {max} are possible");
        return (int)value;
    }

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Bytes(sizeof(ulong)));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Bytes(sizeof(uint)));

    public ReadOnlySpan<byte> Bytes(int count)
    {
        if ((uint)count > (uint)(_bytes.Length - _at)) Corrupted("ends too early");
        var taken = _bytes.Slice(_at, count);
        _at += count;
        return taken;
    }

    [DoesNotReturn]
    public readonly void Corrupted(string what, Exception? inner = null) =>
        throw new LogCorruptedException($"{_place} {what} (byte {_at} of {_bytes.Length}).", inner);
}
