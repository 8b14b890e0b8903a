using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// Builds a whole snapshot from dyads in any order, each given once.
/// Method: a counting sort of the dyads into rows (both directions), then each row is sorted and written, rows of
/// different segments in parallel. The result does not depend on the order of the dyads or on the number of threads.
/// Cost: O(E log d) for E dyads and rows of d entries; beside the snapshot, 64 bytes a dyad for the batches and 4 bytes
/// an entry while building.
/// </summary>
/// <remarks>The initial load goes through a builder; <see cref="SnapshotWriter(NetworkSnapshot)"/> continues from its snapshot.</remarks>
public sealed class SnapshotBuilder(PersonIds ids, TieDecay decay)
{
    private const int SegmentEntries = 1 << 18;

    private readonly Lock _lock = new();
    private readonly List<DyadBatch> _batches = [];
    private DyadBatch? _own;

    /// <summary>Stops <see cref="Build"/>, which takes seconds for tens of millions of dyads.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>
    /// Adds a dyad, once; <paramref name="facts"/> are seen from <paramref name="low"/>. Untied dyads are left out. One
    /// thread; several threads fill a batch each (<see cref="NewBatch"/>).
    /// </summary>
    public void Add(int low, int high, in DyadFacts facts) => (_own ??= NewBatch()).Add(low, high, facts);

    /// <summary>A batch for one thread to fill; all of them are part of the snapshot.</summary>
    public DyadBatch NewBatch()
    {
        var batch = new DyadBatch();
        lock (_lock) _batches.Add(batch);
        return batch;
    }

    /// <summary>Builds; no batch may be added to meanwhile. People are all who have an id by now.</summary>
    /// <exception cref="ArgumentException">A dyad names a person without an id.</exception>
    /// <exception cref="OperationCanceledException">By <see cref="Cancellation"/>.</exception>
    public NetworkSnapshot Build(long asOfMs)
    {
        var people = ids.Count;
        var parallel = new ParallelOptions { CancellationToken = Cancellation };
        var chunks = Chunks();
        var counts = CountEntries(chunks, people, parallel);
        var (plans, starts) = PlanSegments(counts);
        var slots = FillSlots(chunks, starts, parallel);

        var pages = new RowReference[people + NetworkSnapshot.PageSize - 1 >> NetworkSnapshot.PageBits][];
        for (var page = 0; page < pages.Length; page++) pages[page] = new RowReference[NetworkSnapshot.PageSize];
        var segments = new SnapshotSegment[plans.Count];
        Parallel.For(0, plans.Count, parallel, i => segments[i] = WriteSegment(i, plans[i], counts, chunks, slots, pages));
        return new NetworkSnapshot(
            segments.Length == 0 ? [SnapshotSegment.Empty] : segments, pages, people, slots.Length, decay, asOfMs, ids);
    }

    /// <summary>The people whose rows one segment holds, and where their entries start among all.</summary>
    private readonly record struct SegmentPlan(int FirstPerson, int EndPerson, int FirstSlot, int EndSlot);

    private readonly record struct Chunk(TieEntry[] All, int Used)
    {
        public ReadOnlySpan<TieEntry> Dyads => All.AsSpan(0, Used);
    }

    private Chunk[] Chunks()
    {
        lock (_lock)
        {
            return [.. _batches.SelectMany(batch => batch.Chunks.Select((chunk, i) =>
                new Chunk(chunk, i == batch.Chunks.Count - 1 ? batch.LastUsed : chunk.Length)))];
        }
    }

    private static int[] CountEntries(Chunk[] chunks, int people, ParallelOptions parallel)
    {
        var counts = new int[people];
        Parallel.ForEach(chunks, parallel, chunk =>
        {
            foreach (ref readonly var dyad in chunk.Dyads)
            {
                if (dyad.Person >= people || dyad.Other >= people)
                    throw new ArgumentException($"A dyad of people {dyad.Person} and {dyad.Other}, but only {people} people have ids.");
                Interlocked.Increment(ref counts[dyad.Person]);
                Interlocked.Increment(ref counts[dyad.Other]);
            }
        });
        return counts;
    }

    /// <summary>Cuts the people into segments; also returns where each person's entries start.</summary>
    private static (List<SegmentPlan> Plans, int[] Starts) PlanSegments(int[] counts)
    {
        var starts = new int[counts.Length];
        var plans = new List<SegmentPlan>();
        var slot = 0;
        var (firstPerson, firstSlot) = (0, 0);
        for (var person = 0; person < counts.Length; person++)
        {
            if (slot > firstSlot && slot - firstSlot + counts[person] > SegmentEntries)
            {
                plans.Add(new SegmentPlan(firstPerson, person, firstSlot, slot));
                (firstPerson, firstSlot) = (person, slot);
            }
            starts[person] = slot;
            slot = checked(slot + counts[person]);
        }
        if (slot > firstSlot) plans.Add(new SegmentPlan(firstPerson, counts.Length, firstSlot, slot));
        return (plans, starts);
    }

    /// <summary>For every entry, grouped by person, the number of its dyad twice, plus 1 where seen from the other side.</summary>
    private static uint[] FillSlots(Chunk[] chunks, int[] starts, ParallelOptions parallel)
    {
        var total = 2 * chunks.Sum(chunk => (long)chunk.Used);
        var slots = GC.AllocateUninitializedArray<uint>(checked((int)total));
        Parallel.For(0, chunks.Length, parallel, c =>
        {
            var dyads = chunks[c].Dyads;
            var number = (uint)c << DyadBatch.ChunkBits + 1;
            foreach (ref readonly var dyad in dyads)
            {
                slots[Interlocked.Increment(ref starts[dyad.Person]) - 1] = number;
                slots[Interlocked.Increment(ref starts[dyad.Other]) - 1] = number + 1;
                number += 2;
            }
        });
        return slots;
    }

    private static SnapshotSegment WriteSegment(
        int number, SegmentPlan plan, int[] counts, Chunk[] chunks, uint[] slots, RowReference[][] pages)
    {
        var segment = new SnapshotSegment(plan.EndSlot - plan.FirstSlot);
        var orders = new ulong[64];
        var start = 0;
        for (var person = plan.FirstPerson; person < plan.EndPerson; person++)
        {
            var count = counts[person];
            if (count == 0) continue;
            if (orders.Length < count) orders = new ulong[Math.Max(count, 2 * orders.Length)];
            var row = slots.AsSpan(plan.FirstSlot + start, count);
            var order = orders.AsSpan(0, count);
            for (var i = 0; i < count; i++)
            {
                ref readonly var dyad = ref Dyad(chunks, row[i]);
                order[i] = TieEntry.OrderOf(dyad.Hop, (row[i] & 1) == 0 ? dyad.Other : dyad.Person);
            }
            order.Sort(row);
            var mutualCount = 0;
            for (var i = 0; i < count; i++)
            {
                ref readonly var dyad = ref Dyad(chunks, row[i]);
                segment.Write(start, count, i, (row[i] & 1) == 0 ? dyad : dyad.Reversed());
                if (dyad.Mutual > 0) mutualCount++;
            }
            pages[person >> NetworkSnapshot.PageBits][person & (NetworkSnapshot.PageSize - 1)] = new(number, start, count, mutualCount);
            start += count;
        }
        LargePages.Gather(segment.Search);
        return segment;
    }

    private static ref readonly TieEntry Dyad(Chunk[] chunks, uint slot) =>
        ref chunks[slot >> DyadBatch.ChunkBits + 1].All[(int)(slot >> 1) & (DyadBatch.ChunkSize - 1)];
}
