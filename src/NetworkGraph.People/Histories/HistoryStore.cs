using System.Numerics;
using System.Runtime.InteropServices;
using NetworkGraph.Events.Interactions;

namespace NetworkGraph.People.Histories;

/// <summary>
/// The fold: all that people have had with each other, from the log's interactions. Append-only tables (people,
/// dyads, events, and beside them what happened at which venue and what was brokered). One writer (<see cref="Apply"/>,
/// <see cref="Forget"/>); any number of readers without locks, since nothing published moves or changes.
/// A dyad is stored once and belongs to the lists of both its people. Its events are chained in order of arrival and sorted
/// by their reader (<see cref="DyadReader"/>), so an interaction that arrives late costs what any other does. The dyad of a
/// person with themselves is their own list: attendances, and mentions as a third person.
/// </summary>
public sealed partial class HistoryStore
{
    private readonly Slab<PersonLists> _people = new();
    private readonly Slab<Dyad> _dyads = new();
    private readonly PairIndex _index = new();
    private readonly List<int> _changed = [];
    private long _interactions;
    private int _peopleSeen;
    private long _latestAtMs = long.MinValue;
    private long _visiblePosition = long.MaxValue;
    private bool _firstOfInteraction;
    private int _venue;
    private bool _isBrokered;

    public HistoryStore() => Aliases = new AliasTable(this);

    public PersonDirectory People { get; } = new();

    /// <summary>Who is who: which of the people numbered are one.</summary>
    public AliasTable Aliases { get; }

    /// <summary>How often what belongs to whom, or counts at all, changed for what was taken in before: aliases and entities.</summary>
    public int Regroupings => Aliases.Changes + Entities.Changes;

    /// <summary>What stands behind each person number.</summary>
    public EntityTable Entities { get; } = new();

    /// <summary>Which interactions happened at which venue.</summary>
    public VenueTable Venues { get; } = new();

    /// <summary>Referrals and introductions, with the dyads they went over.</summary>
    public BrokeredTable Brokered { get; } = new();

    /// <summary>Which interactions count no longer. Their events stay in the chains; <see cref="DyadReader"/> passes them over.</summary>
    public WithdrawnPositions Withdrawn { get; } = new();

    /// <summary>How many interactions there were on which day.</summary>
    public InteractionDates Dates { get; } = new();

    /// <summary>All dyads, people's own lists among them.</summary>
    public int DyadCount => _dyads.Count;

    public int EventCount => Events.Count;

    /// <summary>Interactions that count, whatever their date; none of them among one person's own ids.</summary>
    public long Interactions => Volatile.Read(ref _interactions) - Aliases.Within;

    /// <summary>
    /// As <see cref="Interactions"/>, with those among one person's own ids: what a checkpoint keeps, since who is who is resolved again.
    /// </summary>
    internal long StoredInteractions => Volatile.Read(ref _interactions);

    /// <summary>People who took part in an interaction, whatever its date.</summary>
    public int PeopleSeen => Volatile.Read(ref _peopleSeen) - Aliases.SeenTwice(number => _people[number].Seen != 0);

    /// <summary>The latest date of any interaction that counts, Unix ms; <see cref="long.MinValue"/> for none.</summary>
    public long LatestAtMs => Volatile.Read(ref _latestAtMs);

    /// <summary>
    /// Position of the log up to which readers see events. The publisher of snapshots moves it on with each, so that no answer
    /// from histories knows what the next one, from a snapshot, would not. All of it where no one publishes.
    /// </summary>
    public long VisiblePosition
    {
        get => Volatile.Read(ref _visiblePosition);
        set => Volatile.Write(ref _visiblePosition, value);
    }

    /// <summary>
    /// Calls <paramref name="visit"/> with the date (Unix ms) of each interaction that counts, in no order. Cost: one look at every event.
    /// </summary>
    internal void VisitDates(Action<long> visit)
    {
        var all = Events.Count;
        for (var start = 0; start < all;)
        {
            var chunk = Events.ChunkFrom(start);
            foreach (ref readonly var happened in chunk)
                if (happened.IsFirstOfInteraction && Counts(in happened)) visit(happened.AtMs);
            start += chunk.Length;
        }
    }

    /// <summary>Bytes of the tables (ids and names not counted).</summary>
    public long Bytes => _people.Bytes + _dyads.Bytes + Events.Bytes + _index.Bytes + Venues.Bytes + Brokered.Bytes + Withdrawn.Bytes;

    internal Slab<DyadEvent> Events { get; } = new();

    /// <summary>Takes in one interaction. The caller sees to it that each position comes once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The position is 0, which stands for what was forgotten, or less.</exception>
    public void Apply(Interaction interaction, long position)
    {
        ArgumentNullException.ThrowIfNull(interaction);
        ArgumentOutOfRangeException.ThrowIfLessThan(position, 1);
        var from = PersonOf(interaction.From);
        var to = interaction.To;
        var entry = new DyadEvent
        {
            AtMs = interaction.AtMs,
            Position = checked((uint)position),
            IdTag = TagOf(interaction.Id),
            ReplyTag = interaction.InReplyTo is { } answered ? TagOf(answered) : 0,
            SeriesTag = interaction.Kind.IsMutual() && interaction.Series is { } series ? TagOf(series) : 0,
            HasVenue = interaction.Venue is { Length: > 0 },
            About = interaction.About is { } third ? PersonOf(third) : -1,
            Recipients = (ushort)Math.Max(1, to.Length),
        };
        var only = -1;
        _firstOfInteraction = true;
        _isBrokered = interaction.Kind is InteractionKind.Referral or InteractionKind.Introduction;
        _venue = interaction.Venue is { Length: > 0 } venue ? Venues.NumberOf(venue) : -1;
        if (interaction.Kind is InteractionKind.Attendance) Append(from, from, ref entry, interaction, DyadDirection.LowToHigh);
        else if (interaction.IsLargeGathering())
        {
            Append(from, from, ref entry, interaction, DyadDirection.LowToHigh);
            foreach (var participant in to)
            {
                var attendee = PersonOf(participant);
                Append(attendee, attendee, ref entry, interaction, DyadDirection.LowToHigh);
            }
        }
        else if (interaction.IsMutual()) AppendAmongAll(from, to, ref entry, interaction);
        else
        {
            foreach (var recipient in to)
            {
                var person = PersonOf(recipient);
                if (to.Length == 1 && entry.About < 0) only = person;
                AppendDirected(from, person, ref entry, interaction);
            }
        }
        if (entry.About >= 0 && !TakesPart(interaction, interaction.About!))
            Append(entry.About, entry.About, ref entry, interaction, DyadDirection.Mentioned);
        if (Aliases.IsInUse && to.Length > 0 && !interaction.IsLargeGathering()
            && (only < 0 || !Aliases.IsPlain((uint)position, from, only)))
            NoteAliases(interaction, position, from);
        Volatile.Write(ref _interactions, _interactions + 1);
        Dates.Add(interaction.AtMs);
        if (interaction.AtMs > _latestAtMs) Volatile.Write(ref _latestAtMs, interaction.AtMs);
    }

    /// <summary>Gives a person a number before they have interactions (a profile names them).</summary>
    public int PersonOf(string id)
    {
        var number = People.NumberOf(id);
        if (number == _people.Count)
        {
            Entities.Add(number, id);
            _people.Add(new PersonLists { LastDyad = -1, OwnList = -1 });
        }
        People.Hide(number, isHidden: false);
        return number;
    }

    /// <summary>
    /// Drops the interactions at these positions: their date becomes one that no date reaches. Cost: one pass over all
    /// events; where there was something to drop, every dyad then counts as changed. For erasure, which is rare. Returns
    /// whether there was.
    /// </summary>
    public bool Forget(IReadOnlySet<long> positions)
    {
        var any = false;
        var forgotten = 0L;
        for (var start = 0; start < Events.Count;)
        {
            var chunk = Events.ChunkFrom(start);
            foreach (ref var entry in chunk)
            {
                if (entry.AtMs == DyadEvent.NeverMs || !positions.Contains(entry.Position)) continue;
                if (entry.IsFirstOfInteraction && Withdrawn.At(entry.Position) == 0) forgotten++;
                any = true;
                entry.Position = 0;
                entry.AtMs = DyadEvent.NeverMs;
            }
            start += chunk.Length;
        }
        if (!any) return false;
        Aliases.Forget(positions);
        Venues.Forget(positions, Withdrawn);
        Brokered.Forget(positions);
        Volatile.Write(ref _interactions, _interactions - forgotten);
        CountDates();
        SeeAgain();
        return true;
    }

    /// <summary>People who are known and whom no event names, not even as a third person. Only for the one writer.</summary>
    public IEnumerable<int> PeopleWithoutEvents()
    {
        for (var person = 0; person < _people.Count; person++)
            if (!IsNamed(person) && People.Ids[person].Length > 0 && !PositionsNaming(person).Any()) yield return person;
    }

    /// <summary>The dyads of a person with others, newest first.</summary>
    public IEnumerable<DyadView> DyadsOf(int person)
    {
        if (person >= _people.Count) yield break;
        for (var dyad = Volatile.Read(ref _people[person].LastDyad); dyad >= 0;)
        {
            var view = ViewOf(dyad, person);
            if (!Aliases.IsMapped(dyad)) yield return view;
            dyad = view.SelfIsLow ? _dyads[dyad].NextOfLow : _dyads[dyad].NextOfHigh;
        }
    }

    public int DyadCountOf(int person) => person < _people.Count ? Volatile.Read(ref _people[person].Dyads) : 0;

    /// <summary>The dyad of two people, if they have had anything with each other.</summary>
    public DyadView? Find(int person, int other)
    {
        var (from, to) = DyadCountOf(person) <= DyadCountOf(other) ? (person, other) : (other, person);
        foreach (var view in DyadsOf(from))
            if (view.Other == to) return ViewOf(view.Index, person);
        return null;
    }

    /// <summary>The person's own list (attendances, mentions); null where there is none.</summary>
    public DyadView? OwnListOf(int person)
    {
        var own = person < _people.Count ? Volatile.Read(ref _people[person].OwnList) : -1;
        return own < 0 || Aliases.IsMapped(own) ? null : new DyadView(own, person, true);
    }

    /// <summary>The two people of a dyad; equal for a person's own list.</summary>
    public (int Low, int High) PeopleOf(int dyad) => (_dyads[dyad].Low, _dyads[dyad].High);

    internal int LastEventOf(int dyad) => Volatile.Read(ref _dyads[dyad].LastEvent);

    /// <summary>
    /// Hands over the dyads (people's own lists among them) that changed since the last call. Only the one writer calls this.
    /// </summary>
    public void DrainChanged(List<int> changed)
    {
        changed.AddRange(_changed);
        foreach (var dyad in _changed) _dyads[dyad].Changed = 0;
        _changed.Clear();
    }

    /// <summary>
    /// 32 bits that tell interaction ids apart within a dyad; never 0. CRC-32C, the same on every machine, since
    /// checkpoints store it.
    /// </summary>
    internal static uint TagOf(string id)
    {
        var crc = uint.MaxValue;
        var words = MemoryMarshal.Cast<char, ulong>(id.AsSpan());
        foreach (var word in words) crc = BitOperations.Crc32C(crc, word);
        foreach (var letter in id.AsSpan(words.Length * 4)) crc = BitOperations.Crc32C(crc, letter);
        return crc == 0 ? 1 : crc;
    }

    private void CountDates()
    {
        Dates.Clear();
        VisitDates(Dates.Add);
    }

    private static bool TakesPart(Interaction interaction, string person) =>
        interaction.From == person || interaction.To.Contains(person, StringComparer.Ordinal);

    private void AppendDirected(int from, int to, ref DyadEvent entry, Interaction interaction) =>
        Append(Math.Min(from, to), Math.Max(from, to), ref entry, interaction,
            from < to ? DyadDirection.LowToHigh : DyadDirection.HighToLow);

    private void AppendAmongAll(int from, string[] to, ref DyadEvent entry, Interaction interaction)
    {
        var participants = new int[to.Length + 1];
        participants[0] = from;
        for (var i = 0; i < to.Length; i++) participants[i + 1] = PersonOf(to[i]);
        for (var i = 1; i < participants.Length; i++)
            for (var j = 0; j < i; j++)
            {
                var (low, high) = (Math.Min(participants[i], participants[j]), Math.Max(participants[i], participants[j]));
                var caller = j > 0 ? DyadDirection.Both : from == low ? DyadDirection.LowToHigh : DyadDirection.HighToLow;
                Append(low, high, ref entry, interaction, DyadDirection.Both, caller);
            }
    }

    private void Append(
        int low, int high, ref DyadEvent entry, Interaction interaction, DyadDirection direction,
            DyadDirection calledBy = DyadDirection.Both)
    {
        entry.Pack(interaction, direction, _firstOfInteraction, calledBy);
        _firstOfInteraction = false;
        var dyad = DyadOf(low, high);
        if (_venue >= 0) Venues.Add(entry.Position, _venue, dyad);
        if (_isBrokered && low != high) Brokered.Add(entry.Position, dyad);
        Chain(dyad, entry);
    }

    private void Chain(int dyad, DyadEvent entry)
    {
        ref var chain = ref _dyads[dyad];
        entry.Previous = chain.LastEvent;
        var added = Events.Add(entry);
        Volatile.Write(ref chain.LastEvent, added);
        MarkChanged(dyad);
        if (Counts(in entry)) Count(dyad, in entry);
    }

    private void Count(int dyad, in DyadEvent entry)
    {
        var (low, high) = PeopleOf(dyad);
        if (entry.Direction is DyadDirection.Mentioned)
        {
            _people[low].Mentions++;
            return;
        }
        See(low);
        if (high != low) See(high);
    }

    private void See(int person)
    {
        ref var lists = ref _people[person];
        if (lists.Seen++ == 0) Volatile.Write(ref _peopleSeen, _peopleSeen + 1);
    }

    private void SeeAgain()
    {
        for (var person = 0; person < _people.Count; person++) _people[person].Seen = _people[person].Mentions = 0;
        Volatile.Write(ref _peopleSeen, 0);
        for (var dyad = 0; dyad < _dyads.Count; dyad++)
        {
            MarkChanged(dyad);
            for (var index = _dyads[dyad].LastEvent; index >= 0; index = Events[index].Previous)
                if (Counts(in Events[index])) Count(dyad, in Events[index]);
        }
    }

    /// <summary>The dyad of two people (lower number first), or a person's own list, where it is stored.</summary>
    internal bool TryDyadOf(int low, int high, out int dyad) => _index.TryGet(low, high, out dyad);

    internal int DyadOf(int low, int high)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(low);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(low, high);
        if (_index.TryGet(low, high, out var dyad)) return dyad;
        ref var lowPerson = ref _people[low];
        ref var highPerson = ref _people[high];
        var own = low == high;
        dyad = _dyads.Add(new Dyad
        {
            Low = low,
            High = high,
            LastEvent = -1,
            NextOfLow = own ? -1 : lowPerson.LastDyad,
            NextOfHigh = own ? -1 : highPerson.LastDyad,
        });
        _index.Add(low, high, dyad);
        if (own) Volatile.Write(ref lowPerson.OwnList, dyad);
        else
        {
            lowPerson.Dyads++;
            highPerson.Dyads++;
            Volatile.Write(ref lowPerson.LastDyad, dyad);
            Volatile.Write(ref highPerson.LastDyad, dyad);
        }
        if (Aliases.IsInUse) Aliases.Map(dyad);
        return dyad;
    }

    internal void MarkChanged(int dyad)
    {
        ref var state = ref _dyads[dyad];
        // Another stands only for dyads of ids that are aliases.
        if (Aliases.IsInUse && (People.IsAlias(state.Low) || People.IsAlias(state.High)) && Aliases.Resolve(dyad) is { } standsFor
            && standsFor != dyad)
            MarkChanged(standsFor);
        if (state.Changed != 0) return;
        state.Changed = 1;
        _changed.Add(dyad);
    }

    private DyadView ViewOf(int dyad, int person)
    {
        ref var people = ref _dyads[dyad];
        return people.Low == person ? new DyadView(dyad, people.High, true) : new DyadView(dyad, people.Low, false);
    }
}
