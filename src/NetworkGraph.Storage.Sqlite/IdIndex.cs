using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace NetworkGraph.Storage.Sqlite;

/// <summary>
/// From the hash of an id to the positions of the records that have it, with the hash of their content.
/// </summary>
/// <remarks>
/// Open addressing with linear probing, 16 bytes a slot, in 256 parts chosen by the hash's lowest bits; each part grows by
/// itself and by half, at a load of its own between 0.70 and 0.80, so that no insert waits for more than 1/256 of the
/// table to move. Equal hashes of different ids stand one after the other and are all found. One writer, no readers beside.
/// </remarks>
internal sealed class IdIndex
{
    private const int Parts = 256;
    private const int MinSlots = 16;

    private readonly Slot[][] _parts = new Slot[Parts][];
    private readonly int[] _counts = new int[Parts];

    public IdIndex(long expected = 0)
    {
        var slots = checked((int)Math.Max(MinSlots, expected * 3 / 2 / Parts));
        for (var part = 0; part < Parts; part++) _parts[part] = new Slot[slots];
    }

    /// <summary>The largest position a slot can hold.</summary>
    public const long MaxPosition = uint.MaxValue;

    public long Count => _counts.Sum(count => (long)count);

    public long SizeBytes => _parts.Sum(part => (long)part.Length) * 16;

    /// <summary>
    /// The next position under this hash: 0 where there is none. Start with <paramref name="probe"/> -1 and pass it on.
    /// </summary>
    public long Next(ulong idHash, ref int probe, out uint contentHash)
    {
        var slots = _parts[(byte)idHash];
        probe = probe < 0 ? Home(idHash, slots.Length) : After(probe, slots.Length);
        while (true)
        {
            ref readonly var slot = ref slots[probe];
            if (slot.Position == 0)
            {
                contentHash = 0;
                return 0;
            }
            if (slot.IdHash == idHash)
            {
                contentHash = slot.ContentHash;
                return slot.Position;
            }
            probe = After(probe, slots.Length);
        }
    }

    /// <summary>
    /// Has the processor fetch where the search for this hash begins, while others are searched: hashes lie anywhere in the
    /// table, so nearly each search begins with a miss of the cache.
    /// </summary>
    public unsafe void Prefetch(ulong idHash)
    {
        if (!Sse.IsSupported) return;
        var slots = _parts[(byte)idHash];
        Sse.Prefetch0(Unsafe.AsPointer(ref slots[Home(idHash, slots.Length)]));
    }

    public void Add(ulong idHash, uint contentHash, long position)
    {
        var part = (byte)idHash;
        var slots = _parts[part];
        // Different loads, so that parts which fill alike do not all grow at the same time.
        if (_counts[part] >= slots.Length * (0.70 + part * (0.10 / Parts))) slots = Grow(part);
        Put(slots, new Slot(idHash, contentHash, (uint)position));
        _counts[part]++;
    }

    /// <summary>Takes back an <see cref="Add"/>.</summary>
    public void Remove(ulong idHash, long position)
    {
        var slots = _parts[(byte)idHash];
        var hole = Home(idHash, slots.Length);
        while (slots[hole].IdHash != idHash || slots[hole].Position != position)
        {
            if (slots[hole].Position == 0) return;
            hole = After(hole, slots.Length);
        }
        _counts[(byte)idHash]--;
        // An entry behind that may stand at the hole moves there, so that no probe ends too early.
        for (var at = After(hole, slots.Length); slots[at].Position != 0; at = After(at, slots.Length))
        {
            var home = Home(slots[at].IdHash, slots.Length);
            var stays = hole < at ? home > hole && home <= at : home > hole || home <= at;
            if (stays) continue;
            slots[hole] = slots[at];
            hole = at;
        }
        slots[hole] = default;
    }

    private Slot[] Grow(int part)
    {
        var old = _parts[part];
        var grown = new Slot[old.Length + old.Length / 2];
        foreach (var slot in old)
            if (slot.Position != 0) Put(grown, slot);
        return _parts[part] = grown;
    }

    private static void Put(Slot[] slots, Slot slot)
    {
        var at = Home(slot.IdHash, slots.Length);
        while (slots[at].Position != 0) at = After(at, slots.Length);
        slots[at] = slot;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Home(ulong idHash, int length) => (int)(((idHash >> 32) * (ulong)length) >> 32);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int After(int at, int length) => at + 1 == length ? 0 : at + 1;

    private readonly record struct Slot(ulong IdHash, uint ContentHash, uint Position);
}
