using System.Runtime.CompilerServices;
using NetworkGraph.Engine.Ties;

namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// The network at a date: for every person a row of ties (compressed sparse rows, both directions in each row).
/// Immutable once published; any number of threads read it without locks. Snapshots of one <see cref="SnapshotWriter"/>
/// share all rows that did not change between them.
/// </summary>
public sealed class NetworkSnapshot
{
    internal const int PageBits = 10;
    internal const int PageSize = 1 << PageBits;

    /// <summary>A page of people without ties; shared, never written.</summary>
    internal static readonly RowReference[] EmptyPage = new RowReference[PageSize];

    private readonly SnapshotSegment[] _segments;
    private readonly RowReference[][] _pages;

    internal NetworkSnapshot(
        SnapshotSegment[] segments, RowReference[][] pages, int people, long entries, TieDecay decay, long asOfMs, PersonIds ids)
    {
        _segments = segments;
        _pages = pages;
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

    /// <summary>The same of the strengths that introductions are passed over (<see cref="TieRow.Hop"/>).</summary>
    public double HopFactor => Decay.OfHops.Factor(AsOfMs);

    /// <summary>
    /// Memory it keeps alive, bytes, without ids. Snapshots of one writer share most of theirs, so sums over them count
    /// that more than once.
    /// </summary>
    public long Bytes
    {
        get
        {
            var bytes = (long)_pages.Length * 8 + _segments.Length * 8;
            foreach (var segment in _segments) bytes += (long)segment.Capacity * SnapshotSegment.BytesPerEntry;
            foreach (var page in _pages) bytes += ReferenceEquals(page, EmptyPage) ? 0 : PageSize * RowReference.Bytes;
            return bytes;
        }
    }

    /// <summary>
    /// The same network seen at another date, sharing all its rows. Right only where no interaction lies between the
    /// two dates.
    /// </summary>
    public NetworkSnapshot WithAsOf(long asOfMs) => new(_segments, _pages, People, Entries, Decay, asOfMs, Ids);

    /// <summary>
    /// The rows' identity: snapshots with the same one hold the same ties at the same landmark, and may differ in date
    /// alone. What is computed from rows is kept under it.
    /// </summary>
    public object Rows => _pages;

    internal SnapshotSegment[] Segments => _segments;

    internal RowReference[][] Pages => _pages;

    /// <summary>A person's ties; none for people who were numbered after the snapshot was published.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is negative.</exception>
    public TieRow Row(int person)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(person);
        if (person >= People) return new TieRow(SnapshotSegment.Empty, 0, 0, 0);
        ref readonly var row = ref Reference(person);
        return new TieRow(_segments[row.Segment], row.Start, row.Count, row.MutualCount);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly RowReference Reference(int person) => ref _pages[person >> PageBits][person & (PageSize - 1)];
}

/// <summary>Where a person's row lies. The default is a row without entries.</summary>
internal readonly record struct RowReference(int Segment, int Start, int Count, int MutualCount)
{
    public const int Bytes = 16;
}
