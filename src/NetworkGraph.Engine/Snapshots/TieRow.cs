namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// One person's ties: all dyads tied in either direction. Columns of equal length; the first <see cref="MutualCount"/>
/// entries are mutual (both directions tied), in descending order of <see cref="Mutual"/>, the rest is in no order.
/// Strengths are at the snapshot's landmark (<see cref="Ties.TieDecay"/>).
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
    public ReadOnlySpan<int> Neighbours => _segment.Neighbours.AsSpan(_start, Count);

    /// <summary>√(out·in); above 0 exactly for the mutual entries.</summary>
    public ReadOnlySpan<float> Mutual => _segment.Mutual.AsSpan(_start, Count);

    /// <summary>Strength from this person to the other; above 0 exactly where tied.</summary>
    public ReadOnlySpan<float> Out => _segment.Out.AsSpan(_start, Count);

    /// <summary>Strength from the other to this person; above 0 exactly where tied.</summary>
    public ReadOnlySpan<float> In => _segment.In.AsSpan(_start, Count);

    /// <summary>Unix ms.</summary>
    public ReadOnlySpan<long> LastContactMs => _segment.LastContactMs.AsSpan(_start, Count);

    /// <summary>Unix seconds.</summary>
    public ReadOnlySpan<uint> FirstContactSeconds => _segment.FirstContactSeconds.AsSpan(_start, Count);

    public ReadOnlySpan<float> MedianGapDays => _segment.MedianGapDays.AsSpan(_start, Count);

    internal ReadOnlySpan<uint> Counts => _segment.Counts.AsSpan(_start, Count);
}
