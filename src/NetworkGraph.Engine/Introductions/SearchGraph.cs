using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Engine.Introductions;

/// <summary>What a search reads: mutual ties of a snapshot, the factor of a hop, constraints.</summary>
internal sealed class SearchGraph
{
    private NetworkSnapshot _snapshot = null!;
    private CancellationToken _cancellation;

    public NetworkSnapshot Snapshot => _snapshot;

    public HopFactor Factor { get; private set; }

    public IntroductionConstraints Constraints { get; private set; } = IntroductionConstraints.None;

    public void Use(NetworkSnapshot snapshot, IntroductionOptions options, CancellationToken cancellation)
    {
        _snapshot = snapshot;
        _cancellation = cancellation;
        Factor = new HopFactor(snapshot.StrengthFactor, options.Kappa, options.Delta);
        Constraints = options.Constraints;
    }

    /// <summary>Lets go of the snapshot, which is large.</summary>
    public void Release()
    {
        _snapshot = null!;
        _cancellation = default;
        Constraints = IntroductionConstraints.None;
    }

    /// <summary>A person's mutual ties, strongest first. Every step of a search goes through here, so it can be cancelled here.</summary>
    public ReadOnlySpan<int> MutualRow(int person, out ReadOnlySpan<float> mutual)
    {
        _cancellation.ThrowIfCancellationRequested();
        ref readonly var row = ref _snapshot.Reference(person);
        var search = _snapshot.Segments[row.Segment].Search;
        mutual = MemoryMarshal.Cast<int, float>(search.AsSpan(2 * row.Start + row.Count, row.MutualCount));
        return search.AsSpan(2 * row.Start, row.MutualCount);
    }

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
        ref var first = ref _snapshot.Segments[row.Segment].Search[2 * row.Start];
        Sse.Prefetch0(Unsafe.AsPointer(ref first));
        Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref first, row.Count)));
    }
}
