using System.Runtime.InteropServices;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// One person's ties: all dyads tied in either direction. Columns of equal length; the first <see cref="MutualCount"/>
/// entries are mutual (contacts in both directions), in descending order of <see cref="Hop"/>; equal ones and the rest are
/// in order of person number. Strengths are at the snapshot's landmark (<see cref="Ties.TieDecay"/>).
/// </summary>
public readonly ref struct TieRow
{
    private readonly SnapshotSegment _segment;
    private readonly int _start;

    internal TieRow(SnapshotSegment segment, int start, int count, int mutualCount)
    {
        _segment = segment;
        _start = start;
        Count = count;
        MutualCount = mutualCount;
    }

    public int Count { get; }

    public int MutualCount { get; }

    /// <summary>Person numbers of the others.</summary>
    public ReadOnlySpan<int> Neighbours => _segment.Search.AsSpan(SnapshotSegment.SearchWidth * _start, Count);

    /// <summary>
    /// √(out·in) of the contacts' strengths at the half-life of hops; above 0 exactly for the mutual entries, descending.
    /// </summary>
    public ReadOnlySpan<float> Hop =>
        MemoryMarshal.Cast<int, float>(_segment.Search.AsSpan(SnapshotSegment.SearchWidth * _start + Count, Count));

    /// <summary>√(out·in) of the contacts' strengths; above 0 exactly for the mutual entries.</summary>
    public ReadOnlySpan<float> Mutual =>
        MemoryMarshal.Cast<int, float>(_segment.Search.AsSpan(SnapshotSegment.SearchWidth * _start + 2 * Count, Count));

    /// <summary>Strength from this person to the other; above 0 exactly where tied.</summary>
    public ReadOnlySpan<float> Out => _segment.Out.AsSpan(_start, Count);

    /// <summary>Strength from the other to this person; above 0 exactly where tied.</summary>
    public ReadOnlySpan<float> In => _segment.In.AsSpan(_start, Count);

    /// <summary>Unix ms of the last contact; without meaning where there was none.</summary>
    public ReadOnlySpan<long> LastContactMs => _segment.LastContactMs.AsSpan(_start, Count);

    /// <summary>Strength of the contacts from this person to the other.</summary>
    public ReadOnlySpan<float> ContactOut => _segment.ContactOut.AsSpan(_start, Count);

    /// <summary>Strength of the contacts from the other to this person.</summary>
    public ReadOnlySpan<float> ContactIn => _segment.ContactIn.AsSpan(_start, Count);

    /// <summary>NaN where there is none.</summary>
    public ReadOnlySpan<float> RhythmDays => _segment.RhythmDays.AsSpan(_start, Count);

    private ReadOnlySpan<ulong> FirstContactAndCounts => _segment.FirstContactAndCounts.AsSpan(_start, Count);

    /// <summary>The entry of the dyad with <paramref name="other"/>; -1 where there is no tie.</summary>
    public int IndexOf(int other) => Neighbours.IndexOf(other);

    /// <summary>Unix ms of the first contact, exact from 1900 to 2178; without meaning where there was none.</summary>
    public long FirstContactMs(int entry) => TieEntry.FirstContactMs(FirstContactAndCounts[entry]);

    /// <summary>Number of interactions; 1023 stands for that and more.</summary>
    public int Interactions(int entry) => TieEntry.Interactions(FirstContactAndCounts[entry]);

    /// <summary>Episodes of contacts; 7 stands for that and more.</summary>
    public int Episodes(int entry) => TieEntry.Episodes(FirstContactAndCounts[entry]);

    /// <summary>Contacts out; 15 stands for that and more.</summary>
    public int ContactsOut(int entry) => TieEntry.ContactsOut(FirstContactAndCounts[entry]);

    /// <summary>Contacts in; 15 stands for that and more.</summary>
    public int ContactsIn(int entry) => TieEntry.ContactsIn(FirstContactAndCounts[entry]);

    /// <summary>Unix ms from which it is burnt; <see cref="DyadFacts.NeverMs"/> for never.</summary>
    public long BurntFromMs(int entry) => TieEntry.BurntFromMs(_segment.BurntFromMinute[_start + entry]);

    /// <summary>All that the snapshot knows of an entry: strengths as float32, counts saturated.</summary>
    public DyadFacts FactsAt(int entry)
    {
        var facts = new DyadFacts
        {
            StrengthOut = Out[entry],
            StrengthIn = In[entry],
            FirstContactMs = FirstContactMs(entry),
            LastContactMs = LastContactMs[entry],
            ContactStrengthOut = ContactOut[entry],
            ContactStrengthIn = ContactIn[entry],
            RhythmDays = RhythmDays[entry],
            Episodes = Episodes(entry),
            Interactions = Interactions(entry),
            ContactsOut = ContactsOut(entry),
            ContactsIn = ContactsIn(entry),
            BurntFromMs = BurntFromMs(entry),
        };
        return Hop[entry] == Mutual[entry] ? facts : facts with { HopStrength = Hop[entry] };
    }
}
