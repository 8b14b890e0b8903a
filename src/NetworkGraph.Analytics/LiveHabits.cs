using System.Runtime.InteropServices;
using NetworkGraph.People;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics;

/// <summary>
/// Problem: everybody's habits as they are now, without counting everybody's history again for each interaction.
/// Method: the sum of each person's dyads is kept. A dyad that changed is folded twice, as it was at the last count and
/// as it is, and the difference added; so nothing is stored per dyad. A dyad's part can change without an interaction (an
/// answer that did not come, an event leaving the window): when, the fold says, and it is looked at again then. So the
/// sums are those that counting from scratch as of <see cref="AsOfMs"/> would give.
/// The fold's thread says what changed; another one counts (<see cref="RunAsync"/>), a little behind. Readers of
/// <see cref="Totals"/> wait for no one. An erasure has all counted anew, since what was cannot be read any more.
/// Memory: <see cref="HabitCounts"/> a person, 8 bytes a dyad and a queue of dates.
/// </summary>
public sealed partial class LiveHabits(HistoryStore histories, PeopleOptions options)
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _pending = [];
    private long _targetPosition;
    private long _targetAsOfMs;
    private int _targetGeneration;
    private HabitTotals? _totals;
    private Action<IReadOnlyList<HabitChange>>? _listeners;

    /// <summary>Warnings, archetypes and the vanity gap of the whole network; null until they were first counted.</summary>
    public HabitTotals? Totals => Volatile.Read(ref _totals);

    /// <summary>The date the sums are for, Unix ms.</summary>
    public long AsOfMs => _asOfMs;

    /// <summary>
    /// Tells what changes from now on, on the counting thread, batch by batch. A change may be shown
    /// to a viewer only where they see the side of its <see cref="HabitChange.Person"/>: what people keep to themselves is in
    /// it. Disposing ends it.
    /// </summary>
    public IDisposable Subscribe(Action<IReadOnlyList<HabitChange>> listener)
    {
        lock (_gate) _listeners += listener;
        return new Subscription(this, listener);
    }

    /// <summary>What a person's dyads add up to; as the last count left it. Not while something is being counted.</summary>
    public HabitCounts CountsOf(int person) => person < _sums.Length ? _sums[person] : default;

    /// <summary>Dyads that changed up to a position, as a date moves on. Called by the fold's thread.</summary>
    internal void Changed(List<int> dyads, long position, long asOfMs)
    {
        lock (_gate)
        {
            foreach (var dyad in CollectionsMarshal.AsSpan(dyads)) _pending.Add(dyad);
            (_targetPosition, _targetAsOfMs) = (position, asOfMs);
        }
    }

    /// <summary>Has everything counted anew. Called by the fold's thread.</summary>
    internal void Rebuild(long position, long asOfMs)
    {
        lock (_gate)
        {
            _pending.Clear();
            _targetGeneration++;
            (_targetPosition, _targetAsOfMs) = (position, asOfMs);
        }
    }

    /// <summary>Counts until cancelled, again whenever <paramref name="every"/> has passed.</summary>
    public async Task RunAsync(TimeSpan every, TimeProvider time, CancellationToken cancellation)
    {
        while (true)
        {
            CatchUp(cancellation);
            await Task.Delay(every, time, cancellation);
        }
    }

    /// <summary>Counts what changed up to now. One caller at a time.</summary>
    public void CatchUp(CancellationToken cancellation)
    {
        int generation;
        Target target;
        int[] changed;
        bool isHeard;
        lock (_gate)
        {
            generation = _targetGeneration;
            target = new Target(_targetPosition, _targetAsOfMs);
            changed = [.. _pending];
            _pending.Clear();
            isHeard = _listeners is not null;
        }
        if (generation == 0) return;
        var changes = new List<HabitChange>();
        lock (_counting)
        {
            if (generation != _generation) BuildAll(target, cancellation);
            else Update(changed, target, isHeard ? changes : null, cancellation);
        }
        lock (_gate)
        {
            // Erased in between: what was just counted may be half of each.
            if (generation != _targetGeneration)
            {
                _generation = 0;
                return;
            }
            _generation = generation;
            Volatile.Write(ref _totals, CurrentTotals());
            if (changes.Count > 0) _listeners?.Invoke(changes);
        }
    }

    private readonly record struct Target(long Position, long AsOfMs);

    private sealed class Subscription(LiveHabits habits, Action<IReadOnlyList<HabitChange>> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (habits._gate) habits._listeners -= listener;
        }
    }
}
