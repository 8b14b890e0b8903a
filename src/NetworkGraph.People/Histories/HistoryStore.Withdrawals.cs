using NetworkGraph.Events.Interactions;

namespace NetworkGraph.People.Histories;

// What no longer counts, and for whom nothing counts any more.
public sealed partial class HistoryStore
{
    private bool _latestIsStale;

    /// <summary>
    /// The interaction at a position no longer counts, from the record at <paramref name="byPosition"/> on: every measure,
    /// at every date, is from then on as if it had never been. Its events stay where they are, so that a reader who must
    /// know what an earlier position knew (<see cref="DyadReader.Read"/> with a position) still finds them; the dyads it
    /// went over count as changed. <paramref name="interaction"/> says whom it named and of what kind it was. What takes its
    /// place, if anything, is applied by <see cref="Apply"/> at a position of its own. Returns false, and changes nothing,
    /// where it was withdrawn before. Cost: one look a dyad; <see cref="LatestAtMs"/> is put right by <see cref="Settle"/>.
    /// </summary>
    public bool Withdraw(Interaction interaction, long position, long byPosition)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        // One that was erased counts no longer as it is: a withdrawal that was under way then must not take it away once more.
        if (!Holds(interaction, position)) return false;
        if (!Withdrawn.Add(checked((uint)position), checked((uint)byPosition))) return false;
        var from = PersonOf(interaction.From);
        if (interaction.Kind is InteractionKind.Attendance) Leave(from, from);
        else if (interaction.IsLargeGathering())
        {
            Leave(from, from);
            foreach (var participant in interaction.To)
            {
                var attendee = PersonOf(participant);
                Leave(attendee, attendee);
            }
        }
        else if (interaction.IsMutual())
        {
            int[] participants = [from, .. interaction.To.Select(PersonOf)];
            for (var i = 1; i < participants.Length; i++)
                for (var j = 0; j < i; j++) Leave(Math.Min(participants[i], participants[j]), Math.Max(participants[i], participants[j]));
        }
        else
        {
            foreach (var recipient in interaction.To)
            {
                var to = PersonOf(recipient);
                Leave(Math.Min(from, to), Math.Max(from, to));
            }
        }
        if (interaction.About is { } about && !TakesPart(interaction, about))
        {
            var third = PersonOf(about);
            _people[third].Mentions--;
            MarkChanged(DyadOf(third, third));
        }
        Venues.Withdraw((uint)position);
        Aliases.Forget((uint)position);
        Volatile.Write(ref _interactions, _interactions - 1);
        Dates.Remove(interaction.AtMs);
        if (interaction.AtMs >= _latestAtMs) _latestIsStale = true;
        return true;
    }

    /// <summary>
    /// After withdrawals: finds the latest date again where it was that of one of them. Cost: at most one look at every event.
    /// </summary>
    public void Settle()
    {
        if (!_latestIsStale) return;
        _latestIsStale = false;
        var latest = long.MinValue;
        VisitDates(atMs => latest = Math.Max(latest, atMs));
        Volatile.Write(ref _latestAtMs, latest);
    }

    /// <summary>Whether anything that counts names the person with this number.</summary>
    public bool IsNamed(int person) => person < _people.Count && (_people[person].Seen > 0 || _people[person].Mentions > 0);

    /// <summary>
    /// Positions of all interactions that name the person, those withdrawn among them, in no order. Only while nothing is folded.
    /// </summary>
    public IEnumerable<long> PositionsNaming(int person)
    {
        foreach (var dyad in StoredDyadsOf(person))
            foreach (var position in PositionsIn(dyad)) yield return position;
    }

    /// <summary>Notes a withdrawal of a checkpoint; before the events it is about.</summary>
    internal void RestoreWithdrawn(uint position, uint by) => Withdrawn.Add(position, by);

    /// <summary>Makes people unknown of whom nothing counts, after a checkpoint was read.</summary>
    internal void HideUnnamed(Func<int, bool> hasProfile)
    {
        if (Withdrawn.Count == 0) return;
        for (var person = 0; person < _people.Count; person++)
            if (!IsNamed(person) && !hasProfile(person) && PositionsNaming(person).Any()) People.Hide(person, isHidden: true);
    }

    private bool Counts(in DyadEvent happened) =>
        happened.AtMs != DyadEvent.NeverMs && (Withdrawn.Count == 0 || Withdrawn.At(happened.Position) == 0);

    private IEnumerable<long> PositionsIn(int dyad)
    {
        for (var index = _dyads[dyad].LastEvent; index >= 0; index = Events[index].Previous)
            if (Events[index].AtMs != DyadEvent.NeverMs) yield return Events[index].Position;
    }

    /// <summary>Whether the interaction stands at the position. Cost: the events of one dyad at most.</summary>
    private bool Holds(Interaction interaction, long position)
    {
        if (!People.TryGetAnyNumber(interaction.From, out var from)) return false;
        var other = from;
        var isOnOwnLists = interaction.Kind is InteractionKind.Attendance || interaction.IsLargeGathering();
        if (!isOnOwnLists && !People.TryGetAnyNumber(interaction.To[0], out other)) return false;
        if (!_index.TryGet(Math.Min(from, other), Math.Max(from, other), out var dyad)) return false;
        for (var index = _dyads[dyad].LastEvent; index >= 0; index = Events[index].Previous)
            if (Events[index].Position == position) return true;
        return false;
    }

    private void Leave(int low, int high)
    {
        Unsee(low);
        if (high != low) Unsee(high);
        MarkChanged(DyadOf(low, high));
    }

    private void Unsee(int person)
    {
        ref var lists = ref _people[person];
        if (--lists.Seen == 0) Volatile.Write(ref _peopleSeen, _peopleSeen - 1);
    }
}
