using System.Runtime.CompilerServices;

namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// A block of rows, struct of arrays. Written once: entries below a published row's end never change, so readers need
/// no locks. Rows never straddle segments. 52 bytes an entry. The introduction search reads 12 of them, which
/// lie together for each row (its neighbours, then its strengths for a hop, then its mutual strengths), so a row costs it one
/// place in memory.
/// </summary>
internal sealed class SnapshotSegment(int capacity)
{
    public const int BytesPerEntry = 52;

    private const int SmallPageBytes = 4096;

    public static readonly SnapshotSegment Empty = new(0);

    /// <summary>Numbers an entry has in <see cref="Search"/>.</summary>
    public const int SearchWidth = 3;

    /// <summary>
    /// A row of n entries at start s: n neighbours from 3s, then the bits of n strengths for a hop and of n mutual strengths.
    /// </summary>
    public readonly int[] Search = GC.AllocateUninitializedArray<int>(checked(SearchWidth * capacity));
    public readonly float[] Out = GC.AllocateUninitializedArray<float>(capacity);
    public readonly float[] In = GC.AllocateUninitializedArray<float>(capacity);
    public readonly long[] LastContactMs = GC.AllocateUninitializedArray<long>(capacity);

    /// <summary>See <see cref="TieEntry.FirstContactAndCounts"/>.</summary>
    public readonly ulong[] FirstContactAndCounts = GC.AllocateUninitializedArray<ulong>(capacity);
    public readonly float[] ContactOut = GC.AllocateUninitializedArray<float>(capacity);
    public readonly float[] ContactIn = GC.AllocateUninitializedArray<float>(capacity);
    public readonly float[] RhythmDays = GC.AllocateUninitializedArray<float>(capacity);

    /// <summary>See <see cref="TieEntry.BurntFromMinute"/>.</summary>
    public readonly uint[] BurntFromMinute = GC.AllocateUninitializedArray<uint>(capacity);

    public int Capacity => capacity;

    /// <summary>Has the operating system give all of its memory now. Only before a row is written: what it holds is lost.</summary>
    public void TouchAll()
    {
        Touch(Search);
        Touch(Out);
        Touch(In);
        Touch(LastContactMs);
        Touch(FirstContactAndCounts);
        Touch(ContactOut);
        Touch(ContactIn);
        Touch(RhythmDays);
        Touch(BurntFromMinute);
    }

    /// <summary>Writes entry <paramref name="index"/> of a row of <paramref name="count"/> entries at <paramref name="start"/>.</summary>
    public void Write(int start, int count, int index, in TieEntry entry)
    {
        var first = SearchWidth * start + index;
        Search[first] = entry.Other;
        Search[first + count] = BitConverter.SingleToInt32Bits(entry.Hop);
        Search[first + 2 * count] = BitConverter.SingleToInt32Bits(entry.Mutual);
        var at = start + index;
        Out[at] = entry.Out;
        In[at] = entry.In;
        LastContactMs[at] = entry.LastContactMs;
        FirstContactAndCounts[at] = entry.FirstContactAndCounts;
        ContactOut[at] = entry.ContactOut;
        ContactIn[at] = entry.ContactIn;
        RhythmDays[at] = entry.RhythmDays;
        BurntFromMinute[at] = entry.BurntFromMinute;
    }

    /// <summary>
    /// Copies <paramref name="length"/> entries from index <paramref name="from"/> of a row of another segment (or this)
    /// to index <paramref name="to"/> of a row of this one.
    /// </summary>
    public void Copy(SnapshotSegment source, in RowReference sourceRow, int from, in RowReference row, int to, int length)
    {
        if (length == 0) return;
        for (var column = 0; column < SearchWidth; column++)
        {
            source.Search.AsSpan(SearchWidth * sourceRow.Start + column * sourceRow.Count + from, length)
                .CopyTo(Search.AsSpan(SearchWidth * row.Start + column * row.Count + to));
        }
        from += sourceRow.Start;
        to += row.Start;
        source.Out.AsSpan(from, length).CopyTo(Out.AsSpan(to));
        source.In.AsSpan(from, length).CopyTo(In.AsSpan(to));
        source.LastContactMs.AsSpan(from, length).CopyTo(LastContactMs.AsSpan(to));
        source.FirstContactAndCounts.AsSpan(from, length).CopyTo(FirstContactAndCounts.AsSpan(to));
        source.ContactOut.AsSpan(from, length).CopyTo(ContactOut.AsSpan(to));
        source.ContactIn.AsSpan(from, length).CopyTo(ContactIn.AsSpan(to));
        source.RhythmDays.AsSpan(from, length).CopyTo(RhythmDays.AsSpan(to));
        source.BurntFromMinute.AsSpan(from, length).CopyTo(BurntFromMinute.AsSpan(to));
    }

    private static void Touch<T>(T[] column)
        where T : unmanaged
    {
        for (var at = 0; at < column.Length; at += SmallPageBytes / Unsafe.SizeOf<T>()) column[at] = default;
    }
}
