using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// Dyads on their way into a <see cref="SnapshotBuilder"/>; filled by one thread, 64 bytes a dyad, in chunks that never move.
/// </summary>
public sealed class DyadBatch
{
    internal const int ChunkBits = 15;
    internal const int ChunkSize = 1 << ChunkBits;

    internal DyadBatch()
    {
    }

    internal List<TieEntry[]> Chunks { get; } = [];

    /// <summary>Entries used in the last chunk; all others are full.</summary>
    internal int LastUsed { get; private set; } = ChunkSize;

    /// <summary>Adds a dyad, once; <paramref name="facts"/> are seen from <paramref name="low"/>. Untied dyads are left out.</summary>
    /// <exception cref="ArgumentException">A person with themselves, a negative number, or a strength that is not a float32 of 0 or
    /// above.</exception>
    public void Add(int low, int high, in DyadFacts facts)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(low);
        ArgumentOutOfRangeException.ThrowIfNegative(high);
        ArgumentOutOfRangeException.ThrowIfEqual(low, high);
        var entry = TieEntry.From(low, high, facts);
        if (!entry.IsTied) return;
        if (LastUsed == ChunkSize)
        {
            Chunks.Add(GC.AllocateUninitializedArray<TieEntry>(ChunkSize));
            LastUsed = 0;
        }
        Chunks[^1][LastUsed++] = entry;
    }
}
