using System.Runtime.InteropServices;

namespace NetworkGraph.People.Histories;

/// <summary>A dyad that a referral or an introduction went over; 8 bytes.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct BrokeredEntry
{
    public uint Position;

    /// <summary>The dyad of the one who brokers and one of those brokered to; -1 once the interaction was forgotten.</summary>
    public int Dyad;
}

/// <summary>
/// Referrals and introductions by position: all the dyads that one went over, which from a single dyad cannot be known.
/// Appended in order of position, found by binary search. One writer; any number of readers without locks.
/// </summary>
public sealed class BrokeredTable
{
    private readonly Slab<BrokeredEntry> _entries = new();

    /// <summary>Entries so far, forgotten ones among them.</summary>
    public int Count => _entries.Count;

    internal long Bytes => _entries.Bytes;

    /// <summary>The entry at an index: a position and a dyad; the dyad is -1 where it was forgotten.</summary>
    public (uint Position, int Dyad) this[int index]
    {
        get
        {
            ref var entry = ref _entries[index];
            return (entry.Position, Volatile.Read(ref entry.Dyad));
        }
    }

    /// <summary>The dyads that the referral or introduction at a position went over.</summary>
    public IEnumerable<int> DyadsOf(uint position)
    {
        for (var index = FirstFrom(position); index < Count && this[index] is var (found, dyad) && found == position; index++)
            if (dyad >= 0) yield return dyad;
    }

    internal void Add(uint position, int dyad) => _entries.Add(new BrokeredEntry { Position = position, Dyad = dyad });

    internal void Forget(IReadOnlySet<long> positions)
    {
        for (var index = 0; index < _entries.Count; index++)
            if (positions.Contains(_entries[index].Position)) Volatile.Write(ref _entries[index].Dyad, -1);
    }

    private int FirstFrom(uint position)
    {
        var (low, high) = (0, _entries.Count);
        while (low < high)
        {
            var middle = (int)((uint)(low + high) >> 1);
            if (_entries[middle].Position < position) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
