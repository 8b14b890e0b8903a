using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace NetworkGraph.Cluster.Packing;

/// <summary>
/// Bytes of values in a row, without names: whole numbers take as many as they need, doubles 8, text its length and UTF-8.
/// </summary>
internal sealed class PackWriter : IDisposable
{
    private const int FirstBytes = 1 << 14;
    private const int MostBytesOfANumber = 10;
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstBytes);
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
        _length = 0;
    }

    public void Boolean(bool value) => Room(1)[0] = value ? (byte)1 : (byte)0;

    /// <summary>Near 0 in one byte, whichever its sign.</summary>
    public void Integer(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    public void Double(double value) => BinaryPrimitives.WriteDoubleLittleEndian(Room(sizeof(double)), value);

    public void Date(DateTimeOffset value)
    {
        Integer(value.Ticks);
        Integer(value.Offset.Ticks);
    }

    public void Text(string? value)
    {
        if (value is null)
        {
            Unsigned(0);
            return;
        }
        var count = Encoding.UTF8.GetByteCount(value);
        Unsigned((ulong)count + 1);
        Encoding.UTF8.GetBytes(value, Room(count));
    }

    /// <summary>How many follow; null where there is nothing that could hold any.</summary>
    public void Count(int? count) => Unsigned(count is { } known ? (ulong)known + 1 : 0);

    public void Raw(ReadOnlySpan<byte> bytes) => bytes.CopyTo(Room(bytes.Length));

    private void Unsigned(ulong value)
    {
        Grow(MostBytesOfANumber);
        for (; value >= 0x80; value >>= 7) _bytes[_length++] = (byte)(value | 0x80);
        _bytes[_length++] = (byte)value;
    }

    private Span<byte> Room(int count)
    {
        Grow(count);
        var room = _bytes.AsSpan(_length, count);
        _length += count;
        return room;
    }

    private void Grow(int more)
    {
        if (_bytes.Length - _length >= more) return;
        var larger = ArrayPool<byte>.Shared.Rent((int)BitOperations.RoundUpToPowerOf2((uint)(_length + more)));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
