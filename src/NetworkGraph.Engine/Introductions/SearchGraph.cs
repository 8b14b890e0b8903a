using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Introductions;

/// <summary>What a search reads: mutual ties of a snapshot, the factor of a hop, what a tie needs, constraints.</summary>
internal sealed class SearchGraph
{
    private NetworkSnapshot _snapshot = null!;
    private CancellationToken _cancellation;
    private double _strengthFactor;
    private double _minStrength;

    public NetworkSnapshot Snapshot => _snapshot;

    public HopFactor Factor { get; private set; }

    public IntroductionConstraints Constraints { get; private set; } = IntroductionConstraints.None;

    public void Use(NetworkSnapshot snapshot, IntroductionOptions options, CancellationToken cancellation)
    {
        _snapshot = snapshot;
        _cancellation = cancellation;
        _strengthFactor = snapshot.StrengthFactor;
        _minStrength = options.MinStrength;
        Factor = new HopFactor(snapshot.HopFactor, options.Hop, options.Delta);
        Constraints = options.Constraints;
    }

    /// <summary>Lets go of the snapshot, which is large.</summary>
    public void Release()
    {
        _snapshot = null!;
        _cancellation = default;
        Constraints = IntroductionConstraints.None;
    }

    /// <summary>
    /// A person's mutual ties, the likeliest hop first. Every step of a search goes through here, so it can be cancelled here.
    /// </summary>
    public SearchRow MutualRow(int person)
    {
        _cancellation.ThrowIfCancellationRequested();
        ref readonly var row = ref _snapshot.Reference(person);
        var search = _snapshot.Segments[row.Segment].Search;
        var start = SnapshotSegment.SearchWidth * row.Start;
        return new SearchRow(
            search.AsSpan(start, row.MutualCount),
            MemoryMarshal.Cast<int, float>(search.AsSpan(start + row.Count, row.MutualCount)),
            MemoryMarshal.Cast<int, float>(search.AsSpan(start + 2 * row.Count, row.MutualCount)));
    }

    /// <summary>Whether a tie of this mutual strength, at the landmark, carries an introduction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Carries(float mutual) => mutual * _strengthFactor >= _minStrength;

    public int MutualCount(int person) => _snapshot.Reference(person).MutualCount;

    /// <summary>Starts loading where a person's row lies, for <see cref="PrefetchRow"/> a little later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void PrefetchReference(int person)
    {
        if (Sse.IsSupported) Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.AsRef(in _snapshot.Reference(person))));
    }

    /// <summary>Starts loading a person's mutual ties. (A prefetch of an address that has moved meanwhile does nothing.)</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public unsafe void PrefetchRow(int person)
    {
        if (!Sse.IsSupported) return;
        ref readonly var row = ref _snapshot.Reference(person);
        if (row.MutualCount == 0) return;
        ref var first = ref _snapshot.Segments[row.Segment].Search[SnapshotSegment.SearchWidth * row.Start];
        Sse.Prefetch0(Unsafe.AsPointer(ref first));
        Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, row.Count)));
        Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, 2 * row.Count)));
    }
}

/// <summary>The mutual ties of a person, as a search reads them.</summary>
internal readonly ref struct SearchRow(ReadOnlySpan<int> neighbours, ReadOnlySpan<float> hop, ReadOnlySpan<float> mutual)
{
    public ReadOnlySpan<int> Neighbours { get; } = neighbours;

    /// <summary>Strengths for a hop, descending.</summary>
    public ReadOnlySpan<float> Hop { get; } = hop;

    /// <summary>Mutual strengths at the ties' own half-life: what a tie needs to carry anything is in these.</summary>
    public ReadOnlySpan<float> Mutual { get; } = mutual;

    public int Length => Neighbours.Length;

    /// <summary>The leading entries.</summary>
    public SearchRow First(int count) => new(Neighbours[..count], Hop[..count], Mutual[..count]);
}
