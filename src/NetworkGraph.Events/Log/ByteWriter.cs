using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace NetworkGraph.Events.Log;

/// <summary>Bytes that grow at the end, kept for the next use. Integers are LEB128 varints or little-endian.</summary>
internal sealed class ByteWriter(int capacity)
{
    public const int MaxVarint = 10;

    private byte[] _bytes = new byte[capacity];
    private int _length;

    public int Length => _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Clear() => _length = 0;

    /// <summary>Room for at least <paramref name="count"/> bytes at the end; <see cref="Advance"/> says how many were used.</summary>
    public Span<byte> Room(int count)
    {
        if (_bytes.Length - _length < count) Grow(count);
        return _bytes.AsSpan(_length);
    }

    public void Advance(int count) => _length += count;

    public void Byte(byte value)
    {
        if (_length == _bytes.Length) Grow(1);
        _bytes[_length++] = value;
    }

    public void Varint(ulong value)
    {
        if (_bytes.Length - _length < MaxVarint) Grow(MaxVarint);
        var bytes = _bytes;
        var at = _length;
        while (value >= 0x80)
        {
            bytes[at++] = (byte)(value | 0x80);
            value >>= 7;
        }
        bytes[at++] = (byte)value;
        _length = at;
    }

    public void ZigZag(long value) => Varint((ulong)((value << 1) ^ (value >> 63)));

    public void UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Room(sizeof(ulong)), value);
        _length += sizeof(ulong);
    }

    public void UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Room(sizeof(uint)), value);
        _length += sizeof(uint);
    }

    public void Bytes(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Room(bytes.Length));
        _length += bytes.Length;
    }

    public void Zeros(int count)
    {
        Room(count)[..count].Clear();
        _length += count;
    }

    /// <summary>Overwrites four bytes already written.</summary>
    public void PatchUInt32(int at, uint value) =>
        BinaryPrimitives.WriteUInt32LittleEndian(_bytes.AsSpan(at, sizeof(uint)), value);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int count) =>
        Array.Resize(ref _bytes, checked((int)Math.Max((long)_length + count, Math.Min(2L * _bytes.Length, Array.MaxLength))));
}
