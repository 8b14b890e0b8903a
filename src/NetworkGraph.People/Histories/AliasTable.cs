using System.Collections.Concurrent;

namespace NetworkGraph.People.Histories;

/// <summary>
/// Problem: several ids of one person, as one person in every measure, merged and split at any time.
/// Method: the tables of <see cref="HistoryStore"/> keep every event with the ids it came with and are never rewritten; who
/// is who is a view over them. A dyad of ids that others stand for is *mapped* to the dyad of those, which reads the events
/// of all (<see cref="DyadReader"/>); one within a person is mapped to none. So a merge costs the person's dyads and a
/// split leaves what was before to the byte.
/// An interaction in which a person takes part by two ids has fewer recipients than it names: those are noted by position
/// (<see cref="Adjusted"/>).
/// One writer; any number of readers without locks.
/// </summary>
public sealed class AliasTable
{
    /// <summary>What a dyad within one person is mapped to.</summary>
    internal const int Nowhere = -1;

    /// <summary>The event that counts an interaction is the one that was stored so.</summary>
    internal const int Unchanged = -2;

    private readonly HistoryStore _store;
    private readonly ConcurrentDictionary<int, int[]> _members = new();
    private readonly ConcurrentDictionary<int, int> _mapped = new();
    private readonly ConcurrentDictionary<int, int[]> _parts = new();
    private readonly ConcurrentDictionary<uint, Adjustment> _adjusted = new();
    private readonly ConcurrentDictionary<uint, byte> _muted = new();
    private int _changes;
    private int _within;

    internal AliasTable(HistoryStore store) => _store = store;

    /// <summary>How often somebody's ids changed.</summary>
    public int Changes => Volatile.Read(ref _changes);

    /// <summary>Whether anybody has, or had, more than one id.</summary>
    internal bool IsInUse => Volatile.Read(ref _changes) > 0;

    /// <summary>Interactions among the ids of one person alone.</summary>
    internal int Within => Volatile.Read(ref _within);

    /// <summary>The numbers of a person's ids, ascending; the number alone where it has no other.</summary>
    public IReadOnlyList<int> MembersOf(int person) => _members.TryGetValue(_store.People.Resolve(person), out var members)
        ? members : [person];

    /// <summary>The dyad that stands for one; the dyad itself where no other does, null for one within a person.</summary>
    public int? Resolve(int dyad) => _mapped.TryGetValue(dyad, out var to) ? to == Nowhere ? null : to : dyad;

    /// <summary>People with several ids who took part in something, counted by each further id that did.</summary>
    internal int SeenTwice(Func<int, bool> isSeen)
    {
        var twice = 0;
        foreach (var members in _members.Values)
        {
            var seen = members.Count(isSeen);
            if (seen > 0)
                twice += _store.DyadsOf(_store.People.Resolve(members[0])).Any()
                    || _store.OwnListOf(_store.People.Resolve(members[0])) is not null ? seen - 1 : seen;
        }
        return twice;
    }

    internal bool IsMapped(int dyad) => _mapped.ContainsKey(dyad);

    /// <summary>The dyads whose events one reads; null where it reads its own alone.</summary>
    internal int[]? PartsOf(int dyad) => _parts.GetValueOrDefault(dyad);

    /// <summary>
    /// Whether the interaction mentions somebody who takes part in it by another id, or is among one person's own ids: no mention.
    /// </summary>
    internal bool IsMuted(uint position) => _muted.ContainsKey(position) || Adjusted(position, out var adjusted)
        && adjusted.Recipients == 0;

    /// <summary>Says so of an interaction that was just taken in.</summary>
    internal void Mute(uint position) => _muted[position] = 0;

    internal bool Adjusted(uint position, out Adjustment adjustment) => _adjusted.TryGetValue(position, out adjustment);

    /// <summary>
    /// Takes over who is who: each person's numbers, with the one that stands for them first. All who were one with any of
    /// them before are among them. Only the one writer calls this.
    /// </summary>
    internal void Identify(IReadOnlyList<int[]> people)
    {
        var all = people.SelectMany(static numbers => numbers).ToHashSet();
        foreach (var person in all) Unmap(person);
        foreach (var numbers in people)
        {
            foreach (var number in numbers) _store.People.StandsFor(number, numbers[0]);
            int[] members = [.. numbers.Order()];
            foreach (var number in numbers) _members.TryRemove(number, out _);
            if (numbers.Length > 1) _members[numbers[0]] = members;
        }
        Volatile.Write(ref _changes, _changes + 1);
        foreach (var person in all)
            foreach (var dyad in _store.StoredDyadsOf(person)) Map(dyad);
        Adjust(all);
        foreach (var numbers in people) Mute(numbers);
    }

    private void Mute(int[] numbers)
    {
        var mentions = new List<uint>();
        var takesPart = new HashSet<uint>();
        foreach (var number in numbers)
        {
            foreach (var dyad in _store.StoredDyadsOf(number))
            {
                var (low, high) = _store.PeopleOf(dyad);
                foreach (var happened in _store.StoredEventsOf(dyad))
                {
                    if (happened.Direction is DyadDirection.Mentioned) mentions.Add(happened.Position);
                    else if (low != high) takesPart.Add(happened.Position);
                }
            }
        }
        foreach (var position in mentions)
        {
            if (takesPart.Contains(position)) _muted[position] = 0;
            else _muted.TryRemove(position, out _);
        }
    }

    /// <summary>Maps a new dyad. Only the one writer calls this.</summary>
    internal void Map(int dyad)
    {
        var (low, high) = _store.PeopleOf(dyad);
        var (one, other) = (_store.People.Resolve(low), _store.People.Resolve(high));
        if (one == low && other == high) return;
        var to = one == other && low != high ? Nowhere : _store.DyadOf(Math.Min(one, other), Math.Max(one, other));
        if (to == dyad) return;
        if (to != Nowhere)
        {
            var parts = _parts.GetValueOrDefault(to) ?? [to];
            if (!parts.Contains(dyad)) _parts[to] = [.. parts, dyad];
            _store.MarkChanged(to);
        }
        _mapped[dyad] = to;
        _store.MarkChanged(dyad);
    }

    /// <summary>
    /// Whether there is nothing to note of an interaction from one to one other: two people, and none that was noted before.
    /// </summary>
    internal bool IsPlain(uint position, int from, int to) => _store.People.Resolve(from) != _store.People.Resolve(to)
        && !_adjusted.ContainsKey(position);

    /// <summary>
    /// Notes what the ids of an interaction amount to: a person may stand several times among <paramref name="from"/> and
    /// <paramref name="to"/>. <paramref name="isFirstHidden"/> says that the event which counts the interaction is within one person.
    /// </summary>
    internal void Note(uint position, bool isMutual, int from, ReadOnlySpan<int> to, bool isFirstHidden)
    {
        var sender = _store.People.Resolve(from);
        var distinct = new List<int>(to.Length);
        var first = Unchanged;
        string? firstId = null;
        foreach (var one in to)
        {
            var person = _store.People.Resolve(one);
            if (person == sender) continue;
            if (!distinct.Contains(person)) distinct.Add(person);
            // By id, so that it is the same one in whatever order things became known.
            if (!isFirstHidden || firstId is not null && string.CompareOrdinal(_store.People.Ids[one], firstId) >= 0) continue;
            firstId = _store.People.Ids[one];
            first = _store.DyadOf(Math.Min(from, one), Math.Max(from, one));
        }
        var was = _adjusted.TryRemove(position, out var before);
        if (was && before.Recipients == 0) Volatile.Write(ref _within, _within - 1);
        if (distinct.Count == to.Length && !was) return;
        if (distinct.Count < to.Length)
        {
            _adjusted[position] = new Adjustment((ushort)distinct.Count, first);
            if (distinct.Count == 0) Volatile.Write(ref _within, _within + 1);
        }
        // The weights of all dyads it went over follow.
        foreach (var person in distinct)
        {
            _store.MarkChanged(_store.DyadOf(Math.Min(sender, person), Math.Max(sender, person)));
            if (!isMutual) continue;
            foreach (var second in distinct)
                if (second != person) _store.MarkChanged(_store.DyadOf(Math.Min(person, second), Math.Max(person, second)));
        }
    }

    /// <summary>Forgets what interactions at these positions amounted to.</summary>
    internal void Forget(IReadOnlySet<long> positions)
    {
        foreach (var position in _adjusted.Keys)
            if (positions.Contains(position) && _adjusted.TryRemove(position, out var gone) && gone.Recipients == 0)
                Volatile.Write(ref _within, _within - 1);
    }

    /// <summary>Forgets what an interaction amounted to that no longer counts.</summary>
    internal void Forget(uint position)
    {
        if (_adjusted.TryRemove(position, out var gone) && gone.Recipients == 0) Volatile.Write(ref _within, _within - 1);
    }

    /// <summary>Of a mutual interaction the event that counts it may be between two others: then what was known of it stays.</summary>
    private bool IsFirstHidden(uint position, bool isMutual) =>
        isMutual && _adjusted.TryGetValue(position, out var before) && before.FirstDyad != Unchanged;

    private void Unmap(int person)
    {
        foreach (var dyad in _store.StoredDyadsOf(person))
        {
            if (!_mapped.TryRemove(dyad, out var to)) continue;
            _store.MarkChanged(dyad);
            if (to == Nowhere) continue;
            _store.MarkChanged(to);
            int[] parts = [.. (_parts.GetValueOrDefault(to) ?? []).Where(part => part != dyad)];
            if (parts.Length > 1) _parts[to] = parts;
            else _parts.TryRemove(to, out _);
        }
    }

    /// <summary>Notes anew what became of the interactions in which several of these ids took part.</summary>
    private void Adjust(HashSet<int> people)
    {
        var seenBy = new Dictionary<uint, int>();
        var shared = new HashSet<uint>();
        foreach (var person in people)
            foreach (var dyad in _store.StoredDyadsOf(person))
                foreach (var happened in _store.StoredEventsOf(dyad))
                    if (_store.PeopleOf(dyad) is var (low, high) && low != high && !seenBy.TryAdd(happened.Position, person)
                        && seenBy[happened.Position] != person)
                        shared.Add(happened.Position);
        if (shared.Count == 0) return;
        // Of a directed interaction the sender's dyads know all recipients, of a mutual one anybody's do.
        var known = new Dictionary<uint, (bool IsMutual, int From)>();
        var hidden = new HashSet<uint>();
        foreach (var person in people)
        {
            foreach (var dyad in _store.StoredDyadsOf(person))
            {
                var (low, high) = _store.PeopleOf(dyad);
                if (low == high) continue;
                foreach (var happened in _store.StoredEventsOf(dyad))
                {
                    if (!shared.Contains(happened.Position)) continue;
                    if (happened.IsFirstOfInteraction && _store.People.Resolve(low) == _store.People.Resolve(high))
                        hidden.Add(happened.Position);
                    known[happened.Position] = happened.Direction switch
                    {
                        DyadDirection.Both => known.GetValueOrDefault(happened.Position, (true, person)),
                        DyadDirection.LowToHigh => (false, low),
                        _ => (false, high),
                    };
                }
            }
        }
        foreach (var senders in known.GroupBy(static one => one.Value.From))
        {
            var to = new Dictionary<uint, List<int>>();
            foreach (var dyad in _store.StoredDyadsOf(senders.Key))
            {
                var (low, high) = _store.PeopleOf(dyad);
                if (low == high) continue;
                foreach (var happened in _store.StoredEventsOf(dyad))
                {
                    if (!known.TryGetValue(happened.Position, out var one) || one.From != senders.Key) continue;
                    if (!to.TryGetValue(happened.Position, out var recipients)) to.Add(happened.Position, recipients = []);
                    recipients.Add(low == senders.Key ? high : low);
                    if (happened.IsFirstOfInteraction && _store.People.Resolve(low) == _store.People.Resolve(high))
                        hidden.Add(happened.Position);
                }
            }
            foreach (var (position, recipients) in to)
                Note(position, known[position].IsMutual, senders.Key, [.. recipients],
                    hidden.Contains(position) || IsFirstHidden(position, known[position].IsMutual));
        }
    }

    /// <summary>How many recipients an interaction has once each person counts once, and the stored dyad whose event counts it.</summary>
    internal readonly record struct Adjustment(ushort Recipients, int FirstDyad);
}
