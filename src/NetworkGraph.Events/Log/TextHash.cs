using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NetworkGraph.Events.Log;

/// <summary>A fast hash of text for tables in memory; never stored.</summary>
internal static class TextHash
{
    private const ulong Prime = 0x9E3779B97F4A7C15;

    public static uint Of(ReadOnlySpan<char> text)
    {
        var hash = (ulong)text.Length * Prime;
        ref var at = ref Unsafe.As<char, byte>(ref MemoryMarshal.GetReference(text));
        var left = text.Length;
        if (left >= 4)
        {
            // Eight bytes at a time, the last eight overlapping those before them.
            for (; left > 4; left -= 4)
            {
                hash = Mix(hash, Unsafe.ReadUnaligned<ulong>(ref at));
                at = ref Unsafe.Add(ref at, sizeof(ulong));
            }
            hash = Mix(hash, Unsafe.ReadUnaligned<ulong>(ref Unsafe.Subtract(ref at, (4 - left) * sizeof(char))));
        }
        else
        {
            for (; left > 0; left--)
            {
                hash = Mix(hash, Unsafe.ReadUnaligned<ushort>(ref at));
                at = ref Unsafe.Add(ref at, sizeof(char));
            }
        }
        return (uint)(hash >> 32) ^ (uint)hash;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong hash, ulong next)
    {
        hash = (hash ^ next) * Prime;
        return hash ^ (hash >> 29);
    }
}
