using System.Diagnostics;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People;

namespace NetworkGraph.Analytics;

/// <summary>How far the log is folded.</summary>
/// <param name="Position">Position of the last record folded.</param>
/// <param name="Target">Position that must be folded and visible before queries are answered.</param>
public readonly record struct FoldProgress(long Position, long Target);

/// <summary>
/// Follows the log: folds each record into people's histories and publishes the network's snapshots. The one writer of
/// both. <see cref="RunAsync"/> runs for as long as the service does; if it fails, <see cref="Ready"/> or the run's own
/// task says why.
/// </summary>
public sealed class LogFold
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(15);
    private readonly IInteractionLog _log;
    private readonly EmbeddedPeople _people;
    private readonly LiveNetwork _network;
    private readonly LiveNetworkOptions _options;
    private readonly TimeProvider _time;
    private readonly TurnLock _writing = new();
    private readonly TaskCompletionSource _ready = Signal.New();
    private TaskCompletionSource _moved = Signal.New();
    private readonly HashSet<long> _erased = [];
    private long _position;
    private long _publishedPosition = -1;
    private long _target;

    public LogFold(IInteractionLog log, EmbeddedPeople people, LiveNetwork network, LiveNetworkOptions options, TimeProvider time)
    {
        _log = log;
        _people = people;
        _network = network;
        _options = options;
        _time = time;
        _target = log.LastPosition;
    }

    /// <summary>
    /// Called after somebody was erased, here or by another node, and this fold has forgotten them: what else holds them (a
    /// checkpoint) is to forget them too.
    /// </summary>
    public Func<Task> Forgotten { get; set; } = static () => Task.CompletedTask;

    /// <summary>People who are not answered, since their folded history differs from the log.</summary>
    public SuspendedPeople Suspended { get; } = new();

    /// <summary>Completes when all that was in the log at start is folded and visible.</summary>
    public Task Ready => _ready.Task;

    public FoldProgress Progress => new(Volatile.Read(ref _position), Volatile.Read(ref _target));

    /// <summary>Records durable but not folded yet.</summary>
    public long Lag => Math.Max(0, _log.LastPosition - Volatile.Read(ref _position));

    /// <summary>Starts from a checkpoint instead of from the log's beginning. Before <see cref="RunAsync"/>.</summary>
    public void StartAfter(long position) => _position = position;

    /// <summary>
    /// Waits until the record at <paramref name="position"/> is folded, so that who wrote it sees it; not while the log of
    /// the start is still being read, which takes as long as it takes.
    /// </summary>
    public async Task UntilFoldedAsync(long position, CancellationToken cancellation)
    {
        while (_ready.Task.IsCompletedSuccessfully)
        {
            var moved = Volatile.Read(ref _moved).Task;
            if (Volatile.Read(ref _position) >= position) return;
            await moved.WaitAsync(cancellation);
        }
    }

    /// <summary>
    /// Waits until all that was in the log at start is folded, and what somebody else has already seen: records up to
    /// <paramref name="folded"/>, and a network with those up to <paramref name="published"/>.
    /// </summary>
    /// <exception cref="LogUnavailableException">That takes too long.</exception>
    public ValueTask CatchUpAsync(long folded, long published, CancellationToken cancellation) =>
        HasCaughtUp(folded, published) ? ValueTask.CompletedTask : new ValueTask(WaitAsync(folded, published, cancellation));

    /// <summary>Folds and publishes until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            _target = _log.LastPosition;
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            var follow = FollowAsync(stop.Token);
            var publish = PublishAsync(stop.Token);
            await Task.WhenAny(follow, publish);
            await stop.CancelAsync();
            await Task.WhenAll(follow, publish);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            _ready.TrySetCanceled(cancellation);
        }
        catch (Exception failure)
        {
            _ready.TrySetException(failure);
            throw;
        }
    }

    /// <summary>Runs <paramref name="action"/> while nothing is being folded; it is passed the position folded up to.</summary>
    public async Task<T> WhileStillAsync<T>(Func<long, T> action, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            return action(_position);
        }
        finally
        {
            _writing.Release();
        }
    }

    /// <summary>
    /// Erases a person from the log, the histories, the snapshots and the profiles. Returns how many records became
    /// tombstones; null for an unknown id.
    /// </summary>
    /// <param name="person">Any id of the person; all are erased, in one record.</param>
    /// <param name="suppresses">Whether the person stays out when sent again.</param>
    /// <param name="cancellation">Heeded until the erasure begins.</param>
    public async Task<int?> EraseAsync(string person, bool suppresses, CancellationToken cancellation)
    {
        // An erasure covers everything acknowledged before it, and that is in the log, though perhaps not folded yet.
        await UntilFoldedAsync(await _log.DurablePositionAsync(cancellation), cancellation);
        var erased = new HashSet<long>();
        string[] ids = [.. _people.Aliases.IdsOf(person)];
        if (await EraseHereAsync(ids, suppresses, erased, isAgain: false, cancellation) is not { } position) return null;
        await Forgotten();
        // What was acknowledged meanwhile, before the person was kept out, goes as well.
        while (suppresses)
        {
            await UntilFoldedAsync(position, CancellationToken.None);
            if (await EraseHereAsync(ids, suppresses: false, erased, isAgain: true, CancellationToken.None) is not { } late) break;
            await Forgotten();
            position = late;
        }
        return erased.Count;
    }

    /// <summary>
    /// Erases what names these ids and is not among <paramref name="erased"/>, and adds it to those; returns the position of the erasure,
    /// null where the ids are unknown, or, when it is done again, where nothing more names them.
    /// </summary>
    private async Task<long?> EraseHereAsync(
        string[] ids, bool suppresses, HashSet<long> erased, bool isAgain, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation);
        try
        {
            var naming = ids.ToDictionary(static id => id, _people.PositionsNaming);
            if (naming.Values.All(static positions => positions is null)) return null;
            var positions = naming.Values.SelectMany(static positions => positions ?? []).Distinct();
            long[] all = [.. positions.Where(position => !erased.Contains(position)).Order()];
            if (isAgain && all.Length == 0) return null;
            // From here on nothing may stop halfway: the log first, since all else is rebuilt from it.
            var erasure = new Erasure(ids, all, _time.GetUtcNow().ToUnixTimeMilliseconds()) { Suppresses = suppresses };
            var position = await _log.EraseAsync(erasure, CancellationToken.None);
            foreach (var id in ids) _people.Forget(id, naming[id] ?? []);
            _network.Applied(long.MinValue);
            _network.Build(_position, CancellationToken.None);
            erased.UnionWith(all);
            return position;
        }
        finally
        {
            _writing.Release();
        }
    }

    private bool HasCaughtUp(long folded, long published) =>
        _ready.Task.IsCompletedSuccessfully && Volatile.Read(ref _position) >= folded && _network.Current.Position >= published;

    private async Task WaitAsync(long folded, long published, CancellationToken cancellation)
    {
        var started = _time.GetTimestamp();
        while (true)
        {
            var moved = Volatile.Read(ref _moved).Task;
            if (HasCaughtUp(folded, published)) return;
            var left = s_patience - _time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || _ready.Task.IsFaulted)
                throw new LogUnavailableException(
                    $"This silo has read the log up to position {Volatile.Read(ref _position)}; {folded} was asked for.");
            await Task.WhenAny(moved, Task.Delay(left, _time, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Wakes those who wait for more to be folded or published.</summary>
    private void Moved() =>
        Interlocked.Exchange(ref _moved, Signal.New()).TrySetResult();

    private async Task FollowAsync(CancellationToken cancellation)
    {
        if (_position >= _target) await BecomeReadyAsync(cancellation);
        await foreach (var batch in _log.FollowAsync(_position, cancellation))
        {
            var forgot = false;
            await _writing.WaitAsync(cancellation);
            try
            {
                var regroupings = _people.Histories.Regroupings;
                await _people.ApplyAsync(batch, cancellation);
                _network.Applied(regroupings == _people.Histories.Regroupings ? EarliestIn(batch) : long.MinValue);
                Volatile.Write(ref _position, batch.LastPosition);
                Moved();
                forgot = ForgetErased(batch);
            }
            finally
            {
                _writing.Release();
            }
            if (forgot) await Forgotten();
            if (!_ready.Task.IsCompleted && batch.LastPosition >= _target) await BecomeReadyAsync(cancellation);
        }
    }

    /// <summary>
    /// What another node erased from the log is forgotten here too: at once, or, of the many that the log may hold when it
    /// is read from its beginning, all at the end. Returns whether somebody was.
    /// </summary>
    private bool ForgetErased(RecordBatch batch)
    {
        foreach (var record in batch.Records)
            if (record is PersonErased { Positions.Count: > 0 } erased) _erased.UnionWith(erased.Positions);
        if (_erased.Count == 0 || !_ready.Task.IsCompleted) return false;
        var forgot = _people.ForgetRecords(_erased);
        _erased.Clear();
        if (!forgot) return false;
        _network.Applied(long.MinValue);
        _network.Build(_position, CancellationToken.None);
        return true;
    }

    private async Task BecomeReadyAsync(CancellationToken cancellation)
    {
        await WhileStillAsync(
            position =>
            {
                if (_erased.Count > 0) _people.ForgetRecords(_erased);
                _erased.Clear();
                _network.Build(position, cancellation);
                return _publishedPosition = position;
            },
            cancellation);
        _ready.TrySetResult();
        Moved();
    }

    private async Task PublishAsync(CancellationToken cancellation)
    {
        await Ready.WaitAsync(cancellation);
        var wait = _options.PublishEvery;
        while (true)
        {
            await Task.Delay(wait, _time, cancellation);
            var idle = _publishedPosition == Volatile.Read(ref _position);
            var age = TimeSpan.FromMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds() - _network.Current.PublishedAtMs);
            if (idle && age < _options.AgeEvery) continue;
            var started = Stopwatch.GetTimestamp();
            await WhileStillAsync(
                position =>
                {
                    _network.Publish(position);
                    return _publishedPosition = position;
                },
                cancellation);
            Moved();
            wait = NextWait(Stopwatch.GetElapsedTime(started));
        }
    }

    // Publishing takes at most a fifth of the time, unless that would make the network staler than promised.
    private TimeSpan NextWait(TimeSpan cost)
    {
        var wait = cost * 4;
        if (wait < _options.PublishEvery) wait = _options.PublishEvery;
        var longest = _options.PublishAtLeastEvery - cost;
        if (wait > longest) wait = longest;
        return wait < _options.PublishEvery ? _options.PublishEvery : wait;
    }

    private static long EarliestIn(RecordBatch batch)
    {
        var earliest = long.MaxValue;
        foreach (var record in batch.Records)
        {
            if ((record as Interaction ?? (record as InteractionWithdrawn)?.Interaction) is { } interaction && interaction.AtMs < earliest)
                earliest = interaction.AtMs;
            // From its date on strengths may have another half-life.
            if (record is ModelTrained { Kind: ModelKind.Hop } model && model.GridMs < earliest) earliest = model.GridMs;
        }
        return earliest;
    }
}
