using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Histories;

namespace NetworkGraph.Analytics.Proof;

/// <summary>
/// The histories of a few people, folded from the log by themselves: what the histories that are served must be equal to, dyad by
/// dyad and bit by bit. Not thread-safe.
/// </summary>
/// <param name="served">The histories that are served.</param>
/// <param name="people">Ids of those who are folded again.</param>
internal sealed class ExpectedHistories(HistoryStore served, HashSet<string> people)
{
    private readonly HistoryStore _expected = new();
    private readonly List<string> _named = [];

    /// <summary>Which dyad's chain each event that was compared stood in.</summary>
    private readonly Dictionary<int, int> _dyadOf = [];

    /// <summary>Takes in what of a batch names one of the people.</summary>
    public void Apply(RecordBatch batch)
    {
        for (var i = 0; i < batch.Records.Length; i++)
        {
            var record = batch.Records[i];
            if (record is not (Interaction or InteractionWithdrawn { Interaction: not null })) continue;
            _named.Clear();
            RecordPeople.Collect(record, _named);
            if (!_named.Exists(people.Contains)) continue;
            if (record is InteractionWithdrawn { Interaction: { } withdrawn } withdrawal)
                _expected.Withdraw(withdrawn, withdrawal.Position, batch.FirstPosition + i);
            else _expected.Apply((Interaction)record, batch.FirstPosition + i);
        }
    }

    /// <summary>
    /// The dyads of an id that are not as they should be, with what they should hold; those of both are compared, so that a
    /// dyad that is missing is found as well. Only while nothing is folded.
    /// </summary>
    public IEnumerable<(int Dyad, DyadEvent[] Events)> DifferencesOf(string id)
    {
        if (!served.People.TryGetAnyNumber(id, out var number)) yield break;
        var compared = new HashSet<int>();
        foreach (var dyad in served.StoredDyadsOf(number).Concat(ExpectedDyadsOf(id)))
        {
            if (!compared.Add(dyad)) continue;
            var events = EventsOf(dyad);
            if (!IsAsExpected(dyad, events)) yield return (dyad, events);
        }
    }

    private bool IsAsExpected(int dyad, DyadEvent[] events)
    {
        if (served.TryChainOf(dyad) is not { } chain) return false;
        var next = 0;
        foreach (var index in chain)
        {
            ref readonly var entry = ref served.Events[index];
            if (entry.AtMs == DyadEvent.NeverMs && entry.Position == 0) continue;
            if (next == events.Length || !HistoryStore.AreSame(entry, events[next])) return false;
            if (served.Withdrawn.At(entry.Position) != _expected.Withdrawn.At(entry.Position)) return false;
            if (IsInAnotherChain(index, dyad)) return false;
            next++;
        }
        return next == events.Length;
    }

    /// <summary>
    /// Whether the chain of another dyad that was compared leads to the event too. The events of one meeting may be the same to the
    /// bit, so that a broken link to another's answers as the right one did; but each chain must have events of its own.
    /// </summary>
    private bool IsInAnotherChain(int index, int dyad)
    {
        if (!_dyadOf.TryAdd(index, dyad) && _dyadOf[index] is var other && other != dyad)
        {
            if (served.TryChainOf(other)?.Contains(index) == true) return true;
            // It was the other's before something was put right.
            _dyadOf[index] = dyad;
        }
        return false;
    }

    /// <summary>What a served dyad should hold, in its own numbers.</summary>
    private DyadEvent[] EventsOf(int dyad)
    {
        var (low, high) = served.PeopleOf(dyad);
        if (!TryNumber(low, out var one) || !TryNumber(high, out var other)
            || !_expected.TryDyadOf(Math.Min(one, other), Math.Max(one, other), out var expected)) return [];
        var chain = _expected.TryChainOf(expected) ?? [];
        var events = new DyadEvent[chain.Count];
        for (var i = 0; i < events.Length; i++)
        {
            var entry = _expected.Events[chain[i]];
            if (one > other) entry.Turn();
            if (entry.About >= 0)
                entry.About = served.People.TryGetAnyNumber(_expected.People.Ids[entry.About], out var about) ? about : -1;
            events[i] = entry;
        }
        return events;
    }

    private IEnumerable<int> ExpectedDyadsOf(string id)
    {
        if (!_expected.People.TryGetAnyNumber(id, out var number)) yield break;
        foreach (var dyad in _expected.StoredDyadsOf(number))
        {
            var (low, high) = _expected.PeopleOf(dyad);
            if (!served.People.TryGetAnyNumber(_expected.People.Ids[low], out var one)
                || !served.People.TryGetAnyNumber(_expected.People.Ids[high], out var other)) continue;
            yield return served.DyadOf(Math.Min(one, other), Math.Max(one, other));
        }
    }

    private bool TryNumber(int servedNumber, out int number) =>
        _expected.People.TryGetAnyNumber(served.People.Ids[servedNumber], out number);
}
