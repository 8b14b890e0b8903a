using System.Buffers.Binary;
using System.Text;

namespace NetworkGraph.Cluster.Packing;

/// <summary>Reads what <see cref="PackWriter"/> wrote, in the same order.</summary>
/// <exception cref="InvalidDataException">The bytes end too early, or are no such thing.</exception>
internal sealed class PackReader(ReadOnlyMemory<byte> bytes)
{
    private int _at;

    public bool Boolean() => Next(1)[0] != 0;

    public long Integer()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public double Double() => BinaryPrimitives.ReadDoubleLittleEndian(Next(sizeof(double)));

    public DateTimeOffset Date() => new(Integer(), new TimeSpan(Integer()));

    public string? Text() => Count() is { } count ? Encoding.UTF8.GetString(Next(count)) : null;

    /// <summary>How many follow, of a byte each at least.</summary>
    public int? Count()
    {
        var count = Unsigned();
        if (count == 0) return null;
        if (count - 1 > (ulong)(bytes.Length - _at)) throw EndsTooEarly();
        return (int)(count - 1);
    }

    /// <summary>Says that nothing may be left.</summary>
    public void End()
    {
        if (_at != bytes.Length) throw new InvalidDataException($"{bytes.Length - _at} bytes follow where none should.");
    }

    private ulong Unsigned()
    {
        var span = bytes.Span;
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (_at >= span.Length) throw EndsTooEarly();
            var next = span[_at++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80) return value;
        }
        throw new InvalidDataException($"At byte {_at} a number does not end.");
    }

    private ReadOnlySpan<byte> Next(int count)
    {
        if (bytes.Length - _at < count) throw EndsTooEarly();
        var next = bytes.Span.Slice(_at, count);
        _at += count;
        return next;
    }

    private InvalidDataException EndsTooEarly() => new($"The bytes end too early, after {bytes.Length}.");
}
