using System.Diagnostics;
using System.Runtime.CompilerServices;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Structure;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics.Structure;

/// <summary>The structure an answer is made from: that of the snapshot asked about, or of one somewhat earlier.</summary>
/// <param name="Snapshot">What was asked about.</param>
/// <param name="Whole">Communities and PageRank.</param>
/// <param name="ComputedAsOfMs">The date of the network they were computed on, Unix ms.</param>
public sealed record KnownStructure(NetworkSnapshot Snapshot, WholeStructure Whole, long ComputedAsOfMs);

/// <summary>
/// The structure of the network now and as of dates. Communities of a large network take seconds, so they are computed
/// in the background, once for all who ask; a caller who asks about the network as it is now gets the ones known last while
/// they are renewed. An explicit date is always answered exactly. Structures are kept with the rows they were computed
/// from, so snapshots that differ only in date share one, and the bound on as-of snapshots bounds them too. A computation
/// that no one waits for any more is stopped, except for that of the network as it is now, which somebody will ask for.
/// </summary>
public sealed class NetworkStructures(LiveNetwork network, StructureOptions options) : IAsyncDisposable
{
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly HashSet<Computation> _running = [];
    private readonly Kept _weighted = new(true);
    private readonly Kept _unweighted = new(false);

    /// <summary>How many structures were computed since the start, and what the last one took.</summary>
    public (long Count, TimeSpan Last) Computations { get; private set; }

    private LeidenOptions Leiden => new() { Resolution = options.Resolution, Seed = (ulong)options.Seed };

    /// <summary>Communities and PageRank as of <paramref name="asOfMs"/> (Unix ms), or of the network as it is now.</summary>
    /// <param name="asOfMs">An explicit date, which is exact; null for now, which may be answered with the structure known last.</param>
    /// <param name="weighted">Whether ties count by strength, or all alike.</param>
    /// <param name="cancellation">Stops waiting.</param>
    public async ValueTask<KnownStructure> WholeAsync(long? asOfMs, bool weighted, CancellationToken cancellation)
    {
        var kept = weighted ? _weighted : _unweighted;
        if (asOfMs is null) return await CurrentAsync(kept, cancellation);
        var snapshot = await network.SnapshotAsync(asOfMs, cancellation);
        return new KnownStructure(snapshot, await ExactAsync(kept, snapshot, cancellation), snapshot.AsOfMs);
    }

    /// <summary>Everyone's brokerage, of exactly the snapshot.</summary>
    public async ValueTask<WholeBrokerage> BrokerageAsync(NetworkSnapshot snapshot, bool weighted, CancellationToken cancellation)
    {
        var computation = Enter(weighted ? _weighted : _unweighted, snapshot);
        try
        {
            return await computation.Structure.BrokerageAsync(cancellation);
        }
        finally
        {
            Leave(computation);
        }
    }

    /// <summary>
    /// Everyone's betweenness of exactly the snapshot, in pairs; null where that would take too long
    /// (<see cref="Betweenness.MaxWork"/>).
    /// </summary>
    public async ValueTask<double[]?> BetweennessAsync(NetworkSnapshot snapshot, CancellationToken cancellation)
    {
        // Ties of some entries have at least as many people as the root of twice their number: no need to count them.
        if (snapshot.Entries * Math.Sqrt(snapshot.Entries) > Betweenness.MaxWork) return null;
        var computation = Enter(_weighted, snapshot);
        try
        {
            return await computation.Structure.BetweennessAsync(cancellation);
        }
        finally
        {
            Leave(computation);
        }
    }

    /// <summary>Whether the network is small enough to be always answered with its structure as it is.</summary>
    public bool IsAlwaysFresh(NetworkSnapshot snapshot) => snapshot.Entries <= options.AlwaysFreshUpToTies;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Task[] renewals;
        lock (_gate)
        {
            foreach (var computation in _running) computation.Stop();
            renewals = [_weighted.Renewal ?? Task.CompletedTask, _unweighted.Renewal ?? Task.CompletedTask];
        }
        foreach (var renewal in renewals) await renewal.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }

    private async Task<KnownStructure> CurrentAsync(Kept kept, CancellationToken cancellation)
    {
        var asked = network.Current;
        while (true)
        {
            Task<Latest> renewal;
            lock (_gate)
            {
                var latest = kept.Latest is { } known && known.Builds == network.Builds ? known : null;
                if (latest is not null && !HasChangedEnough(latest, asked)) return latest.Seen(asked.Snapshot);
                renewal = kept.Renewal ??= RenewAsync(kept);
                if (latest is not null && !IsAlwaysFresh(asked.Snapshot)) return latest.Seen(asked.Snapshot);
            }
            // One begun before this question may be of an earlier network; then there is another round.
            var renewed = await renewal.WaitAsync(cancellation);
            if (renewed.Builds == network.Builds && renewed.Position >= asked.Position) return renewed.Seen(asked.Snapshot);
        }
    }

    private bool HasChangedEnough(Latest latest, NetworkView view)
    {
        if (latest.Rows.TryGetTarget(out var rows) && ReferenceEquals(rows, view.Snapshot.Rows)) return false;
        if (IsAlwaysFresh(view.Snapshot)) return view.Position > latest.Position || view.Snapshot.AsOfMs > latest.AsOfMs;
        return view.Position - latest.Position > latest.Position * options.RenewAfterShare
            || view.Snapshot.AsOfMs - latest.AsOfMs > options.RenewAfter.TotalMilliseconds;
    }

    /// <summary>Computes the structure of the network as it is by then. Runs until it is done or the service stops.</summary>
    private async Task<Latest> RenewAsync(Kept kept)
    {
        await Task.Yield();
        try
        {
            var (builds, view) = (network.Builds, network.Current);
            var whole = await ExactAsync(kept, view.Snapshot, _stop.Token);
            var latest = new Latest(whole, view.Position, view.Snapshot.AsOfMs, builds, new WeakReference<object>(view.Snapshot.Rows));
            lock (_gate) kept.Latest = latest;
            return latest;
        }
        finally
        {
            lock (_gate) kept.Renewal = null;
        }
    }

    private async Task<WholeStructure> ExactAsync(Kept kept, NetworkSnapshot snapshot, CancellationToken cancellation)
    {
        var computation = Enter(kept, snapshot);
        try
        {
            return await computation.Structure.WholeAsync(cancellation);
        }
        finally
        {
            Leave(computation);
        }
    }

    private Computation Enter(Kept kept, NetworkSnapshot snapshot)
    {
        lock (_gate)
        {
            if (!kept.ByRows.TryGetValue(snapshot.Rows, out var computation) || computation.IsSpent)
            {
                computation = new Computation(snapshot, kept.Weighted, Leiden);
                kept.ByRows.AddOrUpdate(snapshot.Rows, computation);
            }
            computation.Waiting++;
            _running.Add(computation);
            return computation;
        }
    }

    private void Leave(Computation computation)
    {
        lock (_gate)
        {
            if (computation.IsJustDone()) Computations = (Computations.Count + 1, computation.Elapsed);
            if (--computation.Waiting > 0) return;
            if (computation.Structure.IsRunning) computation.Stop();
            _running.Remove(computation);
        }
    }

    /// <summary>What is kept of the weighted structure, or of the unweighted.</summary>
    private sealed class Kept(bool weighted)
    {
        public bool Weighted => weighted;

        public ConditionalWeakTable<object, Computation> ByRows { get; } = [];

        /// <summary>The structure of the network as it was when computed last; holds no rows, so that they can go.</summary>
        public Latest? Latest { get; set; }

        public Task<Latest>? Renewal { get; set; }
    }

    private sealed record Latest(WholeStructure Whole, long Position, long AsOfMs, long Builds, WeakReference<object> Rows)
    {
        /// <summary>As seen from a snapshot: where that has the same rows, it is computed for its date.</summary>
        public KnownStructure Seen(NetworkSnapshot snapshot) => new(
            snapshot, Whole, Rows.TryGetTarget(out var rows) && ReferenceEquals(rows, snapshot.Rows) ? snapshot.AsOfMs : AsOfMs);
    }

    private sealed class Computation
    {
        private readonly Action _stop;
        private readonly CancellationToken _stopping;
        private readonly long _started = Stopwatch.GetTimestamp();

        public Computation(NetworkSnapshot snapshot, bool weighted, LeidenOptions options)
        {
            // Without a timer and without links there is nothing in a source to dispose of.
            var source = new CancellationTokenSource();
            (_stop, _stopping) = (source.Cancel, source.Token);
            Structure = new NetworkStructure(snapshot, weighted, options, _stopping);
        }

        public NetworkStructure Structure { get; }

        /// <summary>How many wait for it.</summary>
        public int Waiting { get; set; }

        /// <summary>It was stopped, or failed.</summary>
        public bool IsSpent => _stopping.IsCancellationRequested || Structure.HasFailed;

        /// <summary>What communities and PageRank took; 0 until they are there.</summary>
        public TimeSpan Elapsed { get; private set; }

        public void Stop() => _stop();

        /// <summary>True once: when communities and PageRank have just been seen to be there.</summary>
        public bool IsJustDone()
        {
            if (Elapsed > TimeSpan.Zero || !Structure.IsComputed) return false;
            Elapsed = Stopwatch.GetElapsedTime(_started);
            return true;
        }
    }
}
