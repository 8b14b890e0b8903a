using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;

namespace NetworkGraph.Events.Interactions;

/// <summary>
/// Texts seen before, found by their UTF-8 bytes, so that an id that stands in a thousand lines is one string. Bounded: a
/// text that falls on a taken slot takes its place. Belongs to one body or file, and is used by one thread.
/// </summary>
public sealed class TextCache
{
    private const int FirstSlots = 256;
    private const int MaxSlots = 1 << 16;
    private const int LongestBytes = 384;

    private string?[] _slots = new string?[FirstSlots];
    private int _misses;

    /// <summary>The text of these bytes; false where they are not UTF-8.</summary>
    public bool TryGet(ReadOnlySpan<byte> utf8, out string text)
    {
        if (utf8.Length > LongestBytes) return TryDecode(utf8, out text);
        ref var slot = ref _slots[(int)Hash(utf8) & _slots.Length - 1];
        if (slot is { } known && Is(known, utf8))
        {
            text = known;
            return true;
        }
        if (!TryDecode(utf8, out text)) return false;
        slot = text;
        if (++_misses > _slots.Length * 2 && _slots.Length < MaxSlots) Grow();
        return true;
    }

    /// <summary>Decodes without looking for, or remembering, the text: for what does not repeat.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> utf8, out string text)
    {
        if (Ascii.IsValid(utf8))
        {
            text = Encoding.ASCII.GetString(utf8);
            return true;
        }
        var valid = Utf8.IsValid(utf8);
        text = valid ? Encoding.UTF8.GetString(utf8) : "";
        return valid;
    }

    private static bool Is(string known, ReadOnlySpan<byte> utf8)
    {
        if (known.Length == utf8.Length) return Ascii.Equals(utf8, known);
        if (known.Length > utf8.Length || utf8.Length > known.Length * 3) return false;
        Span<byte> bytes = stackalloc byte[LongestBytes];
        return Utf8.FromUtf16(known, bytes, out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done
            && bytes[..written].SequenceEqual(utf8);
    }

    private void Grow()
    {
        // What was known is met again; moving it over is not worth the code.
        _slots = new string?[_slots.Length * 4];
        _misses = 0;
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong Multiplier = 0x9E3779B97F4A7C15;
        var hash = (ulong)bytes.Length * Multiplier;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes), Multiplier);
        var last = 0UL;
        foreach (var b in bytes) last = last << 8 | b;
        return Mix(hash ^ last, Multiplier);
    }

    private static ulong Mix(ulong a, ulong b)
    {
        var high = Math.BigMul(a, b, out var low);
        return high ^ low;
    }
}
