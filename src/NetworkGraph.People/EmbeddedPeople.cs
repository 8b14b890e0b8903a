using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Imports;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Nudges;
using NetworkGraph.People.Preferences;
using NetworkGraph.People.Profiles;
using NetworkGraph.People.Venues;

namespace NetworkGraph.People;

/// <summary>
/// People in this process: one store of histories for all, written by whoever folds the log and read by any number of
/// queries at once without locks.
/// </summary>
public sealed class EmbeddedPeople(HistoryStore histories, ProfileStore profiles, BoundaryStore boundaries, MeasureOptions options, NamingRecords? naming = null, ImportStore? imports = null,
    PreferenceStore? preferences = null, NudgeStates? nudges = null) : IPeopleHost
{
    public HistoryStore Histories => histories;

    public ProfileStore Profiles => profiles;

    /// <summary>Search over everyone known.</summary>
    public PeopleSearch Search { get; } = new(histories.People, profiles);

    public BoundaryStore Boundaries => boundaries;

    /// <summary>Records that name people and are in no history.</summary>
    public NamingRecords Naming { get; } = naming ?? new NamingRecords();

    public ImportStore Imports { get; } = imports ?? new ImportStore();

    public PreferenceStore Preferences { get; } = preferences ?? new PreferenceStore();

    public NudgeStates NudgeStates { get; } = nudges ?? new NudgeStates();

    public ValueTask ApplyAsync(RecordBatch batch, CancellationToken cancellation)
    {
        for (var i = 0; i < batch.Records.Length; i++)
        {
            switch (batch.Records[i])
            {
                case Interaction interaction:
                    histories.Apply(interaction, batch.FirstPosition + i);
                    if (interaction.Batch is not null) Imports.Apply(interaction, batch.FirstPosition + i);
                    break;
                case ProfileChanged changed:
                    profiles.Put(histories.PersonOf(changed.Profile.Id), changed.Profile, batch.FirstPosition + i);
                    break;
                case BlockChanged or ReportFiled or ReportMoved:
                    boundaries.Apply(batch.Records[i], batch.FirstPosition + i);
                    break;
                case InteractionWithdrawn { Interaction: { } interaction } withdrawn:
                    Withdraw(interaction, withdrawn.Position, batch.FirstPosition + i);
                    Naming.Add(withdrawn, batch.FirstPosition + i);
                    break;
                case SourceChanged source:
                    Naming.Add(source, batch.FirstPosition + i);
                    Imports.Apply(source, batch.FirstPosition + i);
                    break;
                case PreferenceChanged changed:
                    Preferences.Apply(changed, batch.FirstPosition + i);
                    Naming.Add(changed, batch.FirstPosition + i);
                    break;
                case NudgeChanged changed:
                    NudgeStates.Apply(changed, batch.FirstPosition + i);
                    Naming.Add(changed, batch.FirstPosition + i);
                    break;
                case BatchChanged changed:
                    Imports.Apply(changed, batch.FirstPosition + i);
                    break;
                case Tombstone or PersonErased:
                    // What they stand for was forgotten when it was erased, or is not in the log any more.
                    break;
                case var unknown:
                    throw new InvalidOperationException($"No fold for a {unknown.GetType().Name} at position {batch.FirstPosition + i}.");
            }
        }
        histories.Settle();
        return ValueTask.CompletedTask;
    }

    private void Withdraw(Interaction interaction, long position, long byPosition)
    {
        if (!histories.Withdraw(interaction, position, byPosition)) return;
        Hide(interaction.From);
        foreach (var recipient in interaction.To) Hide(recipient);
        if (interaction.About is { } about) Hide(about);
    }

    /// <summary>Whoever nothing names any more is unknown, as if it had never been.</summary>
    private void Hide(string person)
    {
        var number = histories.PersonOf(person);
        if (!histories.IsNamed(number) && profiles.Of(number) is null) histories.People.Hide(number, isHidden: true);
    }

    public ValueTask<PersonAnswer?> PersonAsync(string person, long asOfMs, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var number)) return new((PersonAnswer?)null);
        var reader = new DyadReader(histories);
        var activity = new PersonActivityFold();
        int connections = 0, couldCall = 0;
        foreach (var dyad in histories.DyadsOf(number))
        {
            cancellation.ThrowIfCancellationRequested();
            var events = reader.Read(dyad.Index, asOfMs);
            activity.Add(events, dyad.SelfIsLow);
            if (!options.WeightTable.HaveWeight(events)) continue;
            connections++;
            if (VanityGapRule.CouldCall(events, asOfMs, options)) couldCall++;
        }
        if (histories.OwnListOf(number) is { } own) activity.AddOwn(reader.Read(own.Index, asOfMs));
        return new(activity.Finish(profiles.Of(number) ?? new Profile { Id = person }, asOfMs) with { VanityGap = new VanityGap(connections, couldCall) });
    }

    public ValueTask<IReadOnlyList<Tie>?> TiesAsync(string person, long asOfMs, TieRange range, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(range);
        if (!histories.People.TryGetNumber(person, out var number)) return new((IReadOnlyList<Tie>?)null);
        var reader = new DyadReader(histories);
        // Of all dyads only the strength is looked at; everything else is measured of those that are answered.
        var chosen = new TieChoice(range);
        foreach (var dyad in histories.DyadsOf(number))
        {
            cancellation.ThrowIfCancellationRequested();
            var strength = DyadMeasures.Strength(reader.Read(dyad.Index, asOfMs), asOfMs, options);
            if (strength > 0) chosen.Add(new TiePlace(strength, histories.People.Ids[dyad.Other]), dyad);
        }
        var ties = new List<Tie>(chosen.Count);
        foreach (var dyad in chosen.InOrder())
        {
            cancellation.ThrowIfCancellationRequested();
            if (DyadMeasures.Tie(histories.People.Ids[dyad.Other], reader.Read(dyad.Index, asOfMs), dyad.SelfIsLow, asOfMs, options) is { } tie) ties.Add(tie);
        }
        return new(ties);
    }

    public ValueTask<TieDetail?> TieAsync(string person, string other, long asOfMs, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var number) || !histories.People.TryGetNumber(other, out var otherNumber)
            || histories.Find(number, otherNumber) is not { } dyad)
            return new((TieDetail?)null);
        return new(DyadMeasures.TieDetail(other, new DyadReader(histories).Read(dyad.Index, asOfMs), dyad.SelfIsLow, asOfMs, options));
    }

    public ValueTask<EgoReciprocity?> ReciprocityAsync(string person, long asOfMs, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var number)) return new((EgoReciprocity?)null);
        var reader = new DyadReader(histories);
        var reciprocity = new EgoReciprocityFold(asOfMs, options);
        foreach (var dyad in histories.DyadsOf(number))
        {
            cancellation.ThrowIfCancellationRequested();
            reciprocity.Add(reader.Read(dyad.Index, asOfMs), dyad.SelfIsLow);
        }
        return new(reciprocity.Finish(person));
    }

    public ValueTask<IReadOnlyList<DormantTie>?> DormantTiesAsync(string person, long asOfMs, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var number)) return new((IReadOnlyList<DormantTie>?)null);
        var reader = new DyadReader(histories);
        var dormant = new List<DormantTie>();
        var decay = options.DecayAt(asOfMs);
        foreach (var dyad in histories.DyadsOf(number))
        {
            cancellation.ThrowIfCancellationRequested();
            var events = reader.Read(dyad.Index, asOfMs);
            if (events.IsEmpty) continue;
            if (TieStatusRule.Of(DyadMeasures.Facts(events, decay, options), asOfMs, options.Status) is not TieStatus.Dormant) continue;
            if (DyadMeasures.DormantTie(histories.People.Ids[dyad.Other], events, dyad.SelfIsLow, asOfMs, null, options) is { } tie) dormant.Add(tie);
        }
        return new(dormant);
    }

    public ValueTask<FollowUpList?> FollowUpsAsync(string person, string? venue, long asOfMs, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var number)) return new((FollowUpList?)null);
        var reader = new DyadReader(histories);
        var followUps = new FollowUpFold(person, venue, asOfMs, histories, options);
        foreach (var dyad in histories.DyadsOf(number))
        {
            cancellation.ThrowIfCancellationRequested();
            followUps.Add(histories.People.Ids[dyad.Other], reader.Read(dyad.Index, asOfMs), dyad.SelfIsLow);
        }
        return new(followUps.Finish());
    }

    public ValueTask<IReadOnlyList<PersonVenue>?> VenuesAsync(string person, long asOfMs, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var number)) return new((IReadOnlyList<PersonVenue>?)null);
        var reader = new DyadReader(histories);
        var venues = new PersonVenueFold(histories, asOfMs, options);
        foreach (var dyad in histories.DyadsOf(number))
        {
            cancellation.ThrowIfCancellationRequested();
            venues.Add(dyad.Other, reader.Read(dyad.Index, asOfMs), dyad.SelfIsLow, isOwnList: false);
        }
        if (histories.OwnListOf(number) is { } own) venues.Add(number, reader.Read(own.Index, asOfMs), selfIsLow: true, isOwnList: true);
        return new(venues.Finish());
    }

    public ValueTask<PersonHabits?> HabitsAsync(string person, long asOfMs, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var number)) return new((PersonHabits?)null);
        var reader = new DyadReader(histories);
        var habits = new PersonHabitsFold(histories, asOfMs, options);
        foreach (var dyad in histories.DyadsOf(number))
        {
            cancellation.ThrowIfCancellationRequested();
            habits.Add(reader.Read(dyad.Index, asOfMs), in dyad);
        }
        if (histories.OwnListOf(number) is { } own) habits.AddOwn(reader.Read(own.Index, asOfMs));
        return new(habits.Finish(person));
    }

    public ValueTask<IReadOnlyList<HistoryEntry>?> HistoryAsync(string person, HistoryFilter filter, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var number)) return new((IReadOnlyList<HistoryEntry>?)null);
        var page = new HistoryPage(filter);
        var reader = new DyadReader(histories);
        foreach (var dyad in ListsOf(number, filter.With))
        {
            cancellation.ThrowIfCancellationRequested();
            foreach (ref readonly var happened in reader.Read(dyad.Index, filter.UntilMs))
                if (happened.Direction is not DyadDirection.Mentioned) page.Add(in happened);
        }
        return new(page.Finish());
    }

    /// <summary>
    /// Positions of all records that name a person, ascending; null where nobody has that id. Not while something is being
    /// folded.
    /// </summary>
    public IReadOnlyList<long>? PositionsNaming(string person)
    {
        var positions = new SortedSet<long>(boundaries.PositionsNaming(person));
        positions.UnionWith(Naming.Of(person));
        if (!histories.People.TryGetAnyNumber(person, out var number)) return positions.Count == 0 ? null : [.. positions];
        positions.UnionWith(histories.PositionsNaming(number));
        positions.UnionWith(profiles.PositionsOf(number));
        return [.. positions];
    }

    /// <summary>Forgets a person and the interactions at these positions. Not while something is being folded.</summary>
    public void Forget(string person, IReadOnlyList<long> positions)
    {
        histories.Forget(positions.ToHashSet());
        boundaries.Forget(person);
        Naming.Forget(person);
        Preferences.Forget(person);
        NudgeStates.Forget(person);
        if (!histories.People.TryGetAnyNumber(person, out var number)) return;
        histories.People.Erase(number);
        profiles.Remove(number);
        Search.Forget();
    }

    /// <summary>
    /// Forgets the records at these positions, and everyone whom no record names any more: what another node erased.
    /// Returns whether there was anything to forget. Not while something is being folded.
    /// </summary>
    public bool ForgetRecords(IReadOnlySet<long> positions)
    {
        // Each of them, whatever the others had.
        Preferences.ForgetAt(positions);
        NudgeStates.ForgetAt(positions);
        var any = boundaries.ForgetAt(positions) | Naming.ForgetAt(positions) | profiles.RemoveAt(positions) | histories.Forget(positions);
        if (!any) return false;
        foreach (var person in histories.PeopleWithoutEvents())
            if (profiles.Of(person) is null) histories.People.Erase(person);
        Search.Forget();
        return true;
    }

    private IEnumerable<DyadView> ListsOf(int person, string? with)
    {
        if (with is not null)
            return histories.People.TryGetNumber(with, out var other) && histories.Find(person, other) is { } dyad ? [dyad] : [];
        return histories.OwnListOf(person) is { } own ? histories.DyadsOf(person).Append(own) : histories.DyadsOf(person);
    }
}
