using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// The network at a date: for every person a row of ties (compressed sparse rows, both directions in each row).
/// Immutable once published; any number of threads read it without locks.
/// </summary>
public sealed class NetworkSnapshot
{
    private readonly SnapshotSegment[] _segments;
    private readonly RowReference[] _rows;

    internal NetworkSnapshot(SnapshotSegment[] segments, RowReference[] rows, int people, long entries, TieDecay decay, long asOfMs, PersonIds ids)
    {
        _segments = segments;
        _rows = rows;
        People = people;
        Entries = entries;
        Decay = decay;
        AsOfMs = asOfMs;
        Ids = ids;
    }

    /// <summary>People are numbered 0 to this less 1. Some may have no ties.</summary>
    public int People { get; }

    /// <summary>Directed entries: twice the number of dyads.</summary>
    public long Entries { get; }

    public TieDecay Decay { get; }

    /// <summary>The date the network is seen at, Unix ms: no interaction after it counts.</summary>
    public long AsOfMs { get; }

    /// <summary>Ids by number; they order equal answers.</summary>
    public PersonIds Ids { get; }

    /// <summary>What landmark strengths are multiplied by to be strengths at <see cref="AsOfMs"/>.</summary>
    public double StrengthFactor => Decay.Factor(AsOfMs);

    public TieRow Row(int person)
    {
        var row = _rows[person];
        return new TieRow(_segments[row.Segment], row.Start, row.Count, row.MutualCount);
    }
}

/// <summary>Where a person's row lies.</summary>
internal readonly record struct RowReference(int Segment, int Start, int Count, int MutualCount);
