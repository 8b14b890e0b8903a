using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace NetworkGraph.Events.Log;

/// <summary>
/// Problem: the first eight bytes of the SHA-256 of very many short messages; one call of the platform's SHA-256 each costs
/// several times what the arithmetic does.
/// Preconditions: messages already padded as SHA-256 asks, all eight of the same number of 64-byte blocks.
/// Method: eight messages side by side, one in each lane of 256-bit vectors; message schedule in a ring of 16 words.
/// Cost: about 60 vector operations a round, 64 rounds a block, for eight blocks at once; no allocation.
/// Source: FIPS 180-4, sections 5.1.1, 5.3.3 and 6.2; multi-buffer hashing as in Gueron and Krasnov 2012.
/// </summary>
internal static class Sha256Lanes
{
    public const int Count = 8;
    public const int BlockBytes = 64;

    /// <summary>Padding is at least 9 bytes: 0x80 and the length in bits.</summary>
    public static int BlocksFor(int messageBytes) => (messageBytes + 9 + BlockBytes - 1) / BlockBytes;

    public static bool IsFast => Vector256.IsHardwareAccelerated;

    private static ReadOnlySpan<uint> Constants =>
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    /// <summary>Writes what SHA-256 asks for after the message; the room behind it must reach to the end of its last block.</summary>
    public static void Pad(Span<byte> blocks, int messageBytes)
    {
        blocks[messageBytes..].Clear();
        blocks[messageBytes] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(blocks[^sizeof(ulong)..], (ulong)messageBytes * 8);
    }

    /// <summary>
    /// The first eight bytes of each digest, as a little-endian number. Message i starts at <paramref name="offsets"/>[i].
    /// </summary>
    public static void Hash(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, int blocks, Span<ulong> starts)
    {
        var h0 = Vector256.Create(0x6a09e667u);
        var h1 = Vector256.Create(0xbb67ae85u);
        var h2 = Vector256.Create(0x3c6ef372u);
        var h3 = Vector256.Create(0xa54ff53au);
        var h4 = Vector256.Create(0x510e527fu);
        var h5 = Vector256.Create(0x9b05688cu);
        var h6 = Vector256.Create(0x1f83d9abu);
        var h7 = Vector256.Create(0x5be0cd19u);
        Span<Vector256<uint>> words = stackalloc Vector256<uint>[16];
        for (var block = 0; block < blocks; block++)
        {
            LoadWords(bytes, offsets, block * BlockBytes, words);
            var (a, b, c, d, e, f, g, h) = (h0, h1, h2, h3, h4, h5, h6, h7);
            ref var word = ref MemoryMarshal.GetReference(words);
            for (var round = 0; round < 64; round++)
            {
                if (round >= 16) Extend(ref word, round);
                var first = h + Ror(e, 6, 11, 25) + ((e & f) ^ Vector256.AndNot(g, e)) + Vector256.Create(Constants[round])
                    + Unsafe.Add(ref word, round & 15);
                var second = Ror(a, 2, 13, 22) + ((a & b) | (c & (a | b)));
                h = g;
                g = f;
                f = e;
                e = d + first;
                d = c;
                c = b;
                b = a;
                a = first + second;
            }
            h0 += a;
            h1 += b;
            h2 += c;
            h3 += d;
            h4 += e;
            h5 += f;
            h6 += g;
            h7 += h;
        }
        for (var lane = 0; lane < Count; lane++)
            starts[lane] = BinaryPrimitives.ReverseEndianness(h0[lane]) | ((ulong)BinaryPrimitives.ReverseEndianness(h1[lane]) << 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Extend(ref Vector256<uint> word, int round)
    {
        var early = Unsafe.Add(ref word, (round + 1) & 15);
        var late = Unsafe.Add(ref word, (round + 14) & 15);
        Unsafe.Add(ref word, round & 15) += Unsafe.Add(ref word, (round + 9) & 15)
            + (Ror(early, 7) ^ Ror(early, 18) ^ (early >>> 3))
            + (Ror(late, 17) ^ Ror(late, 19) ^ (late >>> 10));
    }

    /// <summary>Word t of every message side by side.</summary>
    private static void LoadWords(ReadOnlySpan<byte> bytes, ReadOnlySpan<int> offsets, int at, Span<Vector256<uint>> words)
    {
        for (var t = 0; t < 16; t++)
        {
            var from = at + t * sizeof(uint);
            words[t] = Vector256.Create(
                BinaryPrimitives.ReadUInt32BigEndian(bytes[(offsets[0] + from)..]),
                    BinaryPrimitives.ReadUInt32BigEndian(bytes[(offsets[1] + from)..]),
                BinaryPrimitives.ReadUInt32BigEndian(bytes[(offsets[2] + from)..]),
                    BinaryPrimitives.ReadUInt32BigEndian(bytes[(offsets[3] + from)..]),
                BinaryPrimitives.ReadUInt32BigEndian(bytes[(offsets[4] + from)..]),
                    BinaryPrimitives.ReadUInt32BigEndian(bytes[(offsets[5] + from)..]),
                BinaryPrimitives.ReadUInt32BigEndian(bytes[(offsets[6] + from)..]),
                    BinaryPrimitives.ReadUInt32BigEndian(bytes[(offsets[7] + from)..]));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Ror(Vector256<uint> value, int one, int two, int three) =>
        Ror(value, one) ^ Ror(value, two) ^ Ror(value, three);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Ror(Vector256<uint> value, int bits) => (value >>> bits) | (value << (32 - bits));
}
