using System.Numerics;

namespace NetworkGraph.People.Histories;

/// <summary>
/// Which dyad a pair of people is: open addressing over the pair packed into 64 bits, 12 bytes a slot. A general
/// dictionary takes three times that, and there are as many dyads as the machine can hold. Only the one writer uses it.
/// </summary>
internal sealed class PairIndex
{
    private const ulong Empty = ulong.MaxValue;
    private ulong[] _pairs = NewSlots(16);
    private int[] _dyads = new int[16];
    private int _count;

    public bool TryGet(int low, int high, out int dyad)
    {
        var slot = SlotOf(_pairs, Pack(low, high));
        dyad = _dyads[slot];
        return _pairs[slot] != Empty;
    }

    /// <summary>Adds a pair that is not in it yet.</summary>
    public void Add(int low, int high, int dyad)
    {
        if ((_count + 1L) * 10 > _pairs.Length * 6L) Grow();
        var pair = Pack(low, high);
        var slot = SlotOf(_pairs, pair);
        _pairs[slot] = pair;
        _dyads[slot] = dyad;
        _count++;
    }

    public long Bytes => _pairs.LongLength * 12;

    private static ulong Pack(int low, int high) => (ulong)(uint)low << 32 | (uint)high;

    private static int SlotOf(ulong[] pairs, ulong pair)
    {
        var mask = pairs.Length - 1;
        // Fibonacci hashing: the top bits of the product depend on every bit of the pair.
        var slot = (int)(pair * 0x9E3779B97F4A7C15UL >> (64 - BitOperations.Log2((uint)pairs.Length)));
        while (pairs[slot] != Empty && pairs[slot] != pair) slot = (slot + 1) & mask;
        return slot;
    }

    private void Grow()
    {
        var pairs = NewSlots(_pairs.Length * 2);
        var dyads = new int[pairs.Length];
        for (var i = 0; i < _pairs.Length; i++)
        {
            if (_pairs[i] == Empty) continue;
            var slot = SlotOf(pairs, _pairs[i]);
            pairs[slot] = _pairs[i];
            dyads[slot] = _dyads[i];
        }
        (_pairs, _dyads) = (pairs, dyads);
    }

    private static ulong[] NewSlots(int length)
    {
        var slots = new ulong[length];
        Array.Fill(slots, Empty);
        return slots;
    }
}
