using NetworkGraph.Events.Interactions;

namespace NetworkGraph.People.Histories;

// Who is who, and what stands behind an id: views over what is stored.
public sealed partial class HistoryStore
{
    /// <summary>
    /// The dyads of a person that count in measures of relationship: none of or with a list, a room, a bot or an organisation.
    /// </summary>
    public IEnumerable<DyadView> RelationsOf(int person)
    {
        if (!Entities.HasRelationships(person)) yield break;
        foreach (var view in DyadsOf(person))
            if (Entities.HasRelationships(view.Other)) yield return view;
    }

    /// <summary>
    /// Takes over what a profile says stands behind a person (null: nothing). Where their relationships come to count by it,
    /// or cease to, all their dyads count as changed.
    /// </summary>
    public void SetEntity(int person, EntityKind? stated)
    {
        if (!Entities.Set(person, People.Ids[person], stated)) return;
        foreach (var view in DyadsOf(person)) MarkChanged(view.Index);
    }

    /// <summary>
    /// Takes over who is who: the ids of each person concerned, the canonical one first. All who were one with any of them
    /// before are among them.
    /// </summary>
    public void Identify(IReadOnlyList<int[]> people) => Aliases.Identify(people);

    /// <summary>The dyads of an id as they are stored, with its own list.</summary>
    internal List<int> StoredDyadsOf(int person)
    {
        var dyads = new List<int>();
        if (person >= _people.Count) return dyads;
        for (var dyad = _people[person].LastDyad; dyad >= 0; dyad = _dyads[dyad].Low == person
            ? _dyads[dyad].NextOfLow : _dyads[dyad].NextOfHigh) dyads.Add(dyad);
        if (_people[person].OwnList >= 0) dyads.Add(_people[person].OwnList);
        return dyads;
    }

    /// <summary>The events of a dyad that count, as they are stored, the last to arrive first.</summary>
    internal IEnumerable<DyadEvent> StoredEventsOf(int dyad)
    {
        for (var index = _dyads[dyad].LastEvent; index >= 0;)
        {
            var happened = Events[index];
            index = happened.Previous;
            if (Counts(in happened)) yield return happened;
        }
    }

    private void NoteAliases(Interaction interaction, long position, int from)
    {
        var to = new int[interaction.To.Length];
        for (var i = 0; i < to.Length; i++) to[i] = PersonOf(interaction.To[i]);
        Aliases.Note((uint)position, interaction.IsMutual(), from, to, People.Resolve(from) == People.Resolve(to[0]));
        if (interaction.About is not { } about || TakesPart(interaction, about)) return;
        var third = People.Resolve(PersonOf(about));
        if (People.Resolve(from) == third || Array.Exists(to, person => People.Resolve(person) == third)) Aliases.Mute((uint)position);
    }
}
