using System.Runtime.CompilerServices;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Analytics.Graphs;

/// <summary>A result, and the date of the network it is of.</summary>
internal readonly record struct OfNetwork<T>(T Value, long AsOfMs);

/// <summary>
/// A result that takes the whole network to compute and depends on its ties alone: computed once for all snapshots with the
/// same rows, one computation at a time, which ends with the request that waits for it. Of a large network as it is now the
/// result computed last serves for ten minutes; an explicit date is always exact.
/// </summary>
internal sealed class KeptOfNetwork<T>(LiveNetwork network, Func<NetworkSnapshot, CancellationToken, T> compute) : IDisposable
    where T : class
{
    private const long MaxBehindMs = 10 * 60_000;
    private readonly SemaphoreSlim _one = new(1);
    private readonly ConditionalWeakTable<object, T> _byRows = [];
    private Latest? _latest;

    /// <summary>The result as of <paramref name="asOfMs"/>, Unix ms; null for the network as it is now.</summary>
    public async ValueTask<OfNetwork<T>> GetAsync(long? asOfMs, CancellationToken cancellation)
    {
        var builds = network.Builds;
        var snapshot = asOfMs is null ? network.Current.Snapshot : await network.SnapshotAsync(asOfMs, cancellation);
        if (_byRows.TryGetValue(snapshot.Rows, out var known)) return new OfNetwork<T>(known, snapshot.AsOfMs);
        if (asOfMs is null && network.IsLarge && Volatile.Read(ref _latest) is { } latest && latest.Builds == builds
            && snapshot.AsOfMs - latest.Of.AsOfMs <= MaxBehindMs) return latest.Of;
        await _one.WaitAsync(cancellation);
        try
        {
            if (_byRows.TryGetValue(snapshot.Rows, out known)) return new OfNetwork<T>(known, snapshot.AsOfMs);
            var made = new OfNetwork<T>(await Task.Run(() => compute(snapshot, cancellation), cancellation), snapshot.AsOfMs);
            _byRows.AddOrUpdate(snapshot.Rows, made.Value);
            if (asOfMs is null) Volatile.Write(ref _latest, new Latest(made, builds));
            return made;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private sealed record Latest(OfNetwork<T> Of, long Builds);
}
