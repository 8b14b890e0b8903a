using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.Analytics;

// Counting: everybody at once, and afterwards what changed.
public sealed partial class LiveHabits
{
    private const long Unset = long.MaxValue;
    private readonly DyadReader _reader = new(histories);
    private readonly DyadHabitFold _dyadFold = new(options.HabitSettings(), histories.Venues);
    private readonly OwnListFold _ownFold = new(histories.Venues, options.Habits);
    private readonly PriorityQueue<int, long> _due = new();
    private readonly HashSet<int> _stale = [];
    private readonly Dictionary<(int Low, int High), List<int>> _brokers = [];
    private HabitCounts[] _sums = [];
    private int[] _carried = [];
    private long[] _dyadDueMs = [];
    private long[] _personDueMs = [];
    private HabitCounts _total;
    private long[] _people = new long[ArchetypeNames.All.Count + WarningNames.All.Count];
    private int _generation;
    private long _position;
    private long _asOfMs;

    private void BuildAll(Target target, CancellationToken cancellation)
    {
        (_position, _asOfMs) = (target.Position, target.AsOfMs);
        _due.Clear();
        _brokers.Clear();
        _total = default;
        _people = new long[_people.Length];
        (_sums, _carried, _dyadDueMs, _personDueMs) = ([], [], [], []);
        Grow(histories.People.Count, histories.DyadCount);
        var people = _sums.Length;
        var dyads = _dyadDueMs.Length;
        var gate = new Lock();
        Parallel.For(
            0,
            (people + 255) / 256,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new Counter(histories, options),
            (block, _, counter) =>
            {
                for (var person = block * 256; person < Math.Min(people, (block + 1) * 256); person++)
                    _sums[person] = counter.Count(person, people, dyads, target.Position, target.AsOfMs);
                return counter;
            },
            counter =>
            {
                lock (gate)
                {
                    foreach (var (dyad, atMs) in counter.Due) DueAt(dyad, atMs);
                }
            });
        for (var person = 0; person < people; person++)
        {
            _total.Add(in _sums[person]);
            Rescore(person, null);
        }
    }

    private void Update(int[] changed, Target target, List<HabitChange>? changes, CancellationToken cancellation)
    {
        Grow(histories.People.Count, histories.DyadCount);
        var people = _sums.Length;
        var (position, asOfMs) = (_position, _asOfMs);
        (_position, _asOfMs) = (target.Position, target.AsOfMs);
        _stale.Clear();
        var dyads = new HashSet<int>(changed);
        while (_due.TryPeek(out var due, out var atMs) && atMs <= target.AsOfMs)
        {
            _due.Dequeue();
            if (due < 0)
            {
                if (_personDueMs[~due] == atMs) _personDueMs[~due] = Unset;
                _stale.Add(~due);
                continue;
            }
            if (_dyadDueMs[due] == atMs) _dyadDueMs[due] = Unset;
            dyads.Add(due);
        }
        foreach (var dyad in dyads)
        {
            var (low, high) = histories.PeopleOf(dyad);
            if (Math.Max(low, high) >= people) continue;
            if (low == high) _stale.Add(low);
            else if (histories.Entities.AreRelated(low, high)) UpdateDyad(dyad, low, high, position, asOfMs, changes);
        }
        foreach (var person in _stale) Rescore(person, changes);
        cancellation.ThrowIfCancellationRequested();
    }

    private void UpdateDyad(int dyad, int low, int high, long position, long asOfMs, List<HabitChange>? changes)
    {
        var events = _reader.Read(dyad, asOfMs, position);
        _dyadFold.Fold(events, asOfMs);
        var isWarned = IsWarned(low, high);
        var (lowBefore, highBefore) = (Counted(in _dyadFold.Low, isWarned), Counted(in _dyadFold.High, isWarned));
        var statusBefore = changes is null ? null : StatusOf(events, asOfMs);
        events = _reader.Read(dyad, _asOfMs, _position);
        DueAt(dyad, _dyadFold.Fold(events, _asOfMs).NextChangeMs);
        if (_reader.NextAtMs is { } next) DueAt(dyad, next);
        if (_brokers.TryGetValue((low, high), out var brokers)) _stale.UnionWith(brokers);
        var (lowAfter, highAfter) = (Counted(in _dyadFold.Low, isWarned), Counted(in _dyadFold.High, isWarned));
        Exchange(low, in lowBefore, in lowAfter);
        Exchange(high, in highBefore, in highAfter);
        if (changes is null) return;
        TellWarnings(low, high, in lowBefore, in lowAfter, changes);
        TellWarnings(high, low, in highBefore, in highAfter, changes);
        if (StatusOf(events, _asOfMs) is not { } status || status == statusBefore) return;
        changes.Add(new HabitChange(HabitChangeKind.StatusChanged, IdOf(low), IdOf(high), status, statusBefore, _asOfMs));
        changes.Add(new HabitChange(HabitChangeKind.StatusChanged, IdOf(high), IdOf(low), status, statusBefore, _asOfMs));
    }

    /// <summary>No one is warned about a shared desk, and no shared desk is warned.</summary>
    private bool IsWarned(int one, int other) =>
        histories.Entities.Of(one) is EntityKind.Person && histories.Entities.Of(other) is EntityKind.Person;

    private static HabitCounts Counted(in HabitCounts side, bool isWarned) => isWarned ? side : side.WithoutWarnings();

    private void Exchange(int person, in HabitCounts before, in HabitCounts after)
    {
        if (before == after) return;
        _sums[person].Subtract(in before);
        _sums[person].Add(in after);
        _total.Subtract(in before);
        _total.Add(in after);
        _stale.Add(person);
    }

    private void DueAt(int dyadOrPerson, long atMs)
    {
        if (atMs == long.MaxValue) return;
        ref var queued = ref dyadOrPerson < 0 ? ref _personDueMs[~dyadOrPerson] : ref _dyadDueMs[dyadOrPerson];
        if (queued <= atMs) return;
        queued = atMs;
        _due.Enqueue(dyadOrPerson, atMs);
    }

    // The histories may have grown past the target meanwhile; who and what is new there has nothing to count yet.
    private void Grow(int people, int dyads)
    {
        var hadPeople = _personDueMs.Length;
        var hadDyads = _dyadDueMs.Length;
        if (people > hadPeople)
        {
            Array.Resize(ref _sums, people);
            Array.Resize(ref _carried, people);
            Array.Resize(ref _personDueMs, people);
            Array.Fill(_personDueMs, Unset, hadPeople, people - hadPeople);
        }
        if (dyads <= hadDyads) return;
        Array.Resize(ref _dyadDueMs, dyads);
        Array.Fill(_dyadDueMs, Unset, hadDyads, dyads - hadDyads);
    }

    /// <summary>Counts people one by one, on one of several threads.</summary>
    private sealed class Counter(HistoryStore histories, PeopleOptions options)
    {
        private readonly DyadReader _reader = new(histories);
        private readonly DyadHabitFold _fold = new(options.HabitSettings(), histories.Venues);

        /// <summary>Dyads that change by themselves, each once.</summary>
        public List<(int Dyad, long AtMs)> Due { get; } = [];

        public HabitCounts Count(int person, int people, int dyads, long position, long asOfMs)
        {
            var sum = default(HabitCounts);
            foreach (var dyad in histories.RelationsOf(person))
            {
                if (dyad.Index >= dyads || dyad.Other >= people) continue;
                var habits = _fold.Fold(_reader.Read(dyad.Index, asOfMs, position), asOfMs);
                var isWarned = histories.Entities.Of(person) is EntityKind.Person && histories.Entities.Of(dyad.Other) is EntityKind.Person;
                var side = Counted(in dyad.SelfIsLow ? ref _fold.Low : ref _fold.High, isWarned);
                sum.Add(in side);
                if (!dyad.SelfIsLow) continue;
                if (habits.NextChangeMs != long.MaxValue) Due.Add((dyad.Index, habits.NextChangeMs));
                if (_reader.NextAtMs is { } next) Due.Add((dyad.Index, next));
            }
            return sum;
        }
    }
}
