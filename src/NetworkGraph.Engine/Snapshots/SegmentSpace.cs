namespace NetworkGraph.Engine.Snapshots;

/// <summary>
/// The segments a <see cref="SnapshotWriter"/> writes rows to: which one is open, what is still live in each, whose rows
/// a segment holds, which are worth emptying. Published snapshots hold their own table of segments, so a slot whose
/// segment is dead can be given to another one.
/// </summary>
internal sealed class SegmentSpace
{
    private const int MinSegmentEntries = 1 << 10;
    private const int MaxSegmentEntries = 1 << 18;
    private const int None = -1;

    private readonly List<Usage> _usages = [];
    private readonly Stack<int> _free = new();
    private readonly Stack<SnapshotSegment> _ready = new();
    private SnapshotSegment[]? _table;
    private int _open = None;
    private long _live;

    public SegmentSpace() => _usages.Add(new Usage(SnapshotSegment.Empty));

    /// <summary>Takes over the segments of a snapshot; none of them is written to.</summary>
    public SegmentSpace(NetworkSnapshot seed)
    {
        foreach (var segment in seed.Segments) _usages.Add(new Usage(segment));
        for (var person = 0; person < seed.People; person++)
        {
            var row = seed.Reference(person);
            if (row.Count > 0) Hold(row.Segment, person, row.Count);
        }
        for (var i = 0; i < _usages.Count; i++) FreeIfDead(i);
    }

    /// <summary>The table for the next snapshot.</summary>
    public SnapshotSegment[] Table => _table ??= [.. _usages.Select(usage => usage.Segment)];

    public SnapshotSegment this[int segment] => _usages[segment].Segment;

    /// <summary>Room for a person's new row; the caller writes its entries and counts the mutual ones.</summary>
    public RowReference Allocate(int person, int count, int mutualCount)
    {
        if (_open == None || _usages[_open].Used + count > _usages[_open].Segment.Capacity) Open(count);
        var usage = _usages[_open];
        var row = new RowReference(_open, usage.Used, count, mutualCount);
        usage.Used += count;
        Hold(_open, person, count);
        return row;
    }

    /// <summary>Nothing published from now on refers to this row.</summary>
    public void Release(in RowReference row)
    {
        if (row.Count == 0) return;
        _usages[row.Segment].Live -= row.Count;
        _live -= row.Count;
        FreeIfDead(row.Segment);
    }

    /// <summary>
    /// The next person whose row should move out of a segment that is mostly dead; null where there is none. The caller
    /// moves it if the person's row is still in <paramref name="segment"/>, and asks again.
    /// </summary>
    public int? NextToMove(out int segment)
    {
        for (segment = 0; segment < _usages.Count; segment++)
        {
            var usage = _usages[segment];
            if (segment == _open || usage.Live == 0 || usage.Live * 2 > usage.Segment.Capacity) continue;
            return usage.Owners[usage.Moved++];
        }
        return null;
    }

    /// <summary>
    /// Readies memory for about <paramref name="entries"/> more, at most a quarter of the network: the next segments are
    /// allocated and written to once, since the operating system gives memory when it is first written, which takes
    /// longer than to write rows. Segments of small networks are not worth it.
    /// </summary>
    public void Prepare(long entries)
    {
        if (StandardCapacity < MaxSegmentEntries) return;
        var room = _open == None ? 0 : _usages[_open].Segment.Capacity - _usages[_open].Used;
        var segments = (Math.Min(entries, _live / 4) - room + MaxSegmentEntries - 1) / MaxSegmentEntries;
        while (_ready.Count > Math.Max(segments, 0)) _ready.Pop();
        while (_ready.Count < segments)
        {
            var segment = New(MaxSegmentEntries);
            segment.TouchAll();
            _ready.Push(segment);
        }
    }

    private int StandardCapacity => (int)Math.Clamp(_live / 16, MinSegmentEntries, MaxSegmentEntries);

    private static SnapshotSegment New(int capacity)
    {
        var segment = new SnapshotSegment(capacity);
        LargePages.Prefer(segment.Search);
        return segment;
    }

    private void Hold(int segment, int person, int count)
    {
        _usages[segment].Owners.Add(person);
        _usages[segment].Live += count;
        _live += count;
    }

    private void Open(int count)
    {
        var full = _open;
        var usage = new Usage(
            count <= MaxSegmentEntries && _ready.TryPop(out var ready) ? ready : New(Math.Max(count, StandardCapacity)));
        if (_free.TryPop(out _open))
        {
            _usages[_open] = usage;
        }
        else
        {
            _open = _usages.Count;
            _usages.Add(usage);
        }
        _table = null;
        if (full != None) FreeIfDead(full);
    }

    private void FreeIfDead(int segment)
    {
        var usage = _usages[segment];
        if (usage.Live > 0 || segment == _open || usage.Segment.Capacity == 0) return;
        _usages[segment] = new Usage(SnapshotSegment.Empty);
        _free.Push(segment);
        _table = null;
    }

    private sealed class Usage(SnapshotSegment segment)
    {
        public SnapshotSegment Segment { get; } = segment;

        /// <summary>People in order of writing, also those whose row has moved on since.</summary>
        public List<int> Owners { get; } = [];

        /// <summary>Owners already asked to move.</summary>
        public int Moved { get; set; }

        public int Used { get; set; }

        /// <summary>Entries of rows that are still referred to.</summary>
        public int Live { get; set; }
    }
}
