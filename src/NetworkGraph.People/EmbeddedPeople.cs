using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.Events.Log;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.FollowUps;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Identity;
using NetworkGraph.People.Imports;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Nudges;
using NetworkGraph.People.Outreach;
using NetworkGraph.People.Preferences;
using NetworkGraph.People.Profiles;
using NetworkGraph.People.Venues;

namespace NetworkGraph.People;

/// <summary>
/// People in this process: one store of histories for all, written by the fold of the log and read by any number of
/// queries at once without locks.
/// </summary>
public sealed class EmbeddedPeople(
    HistoryStore histories, ProfileStore profiles, BoundaryStore boundaries, PeopleOptions options, NamingRecords? naming = null,
        ImportStore? imports = null,
    PreferenceStore? preferences = null, NudgeStates? nudges = null, ModelStore? models = null, OutreachStore? outreach = null)
{
    public HistoryStore Histories => histories;

    public ProfileStore Profiles => profiles;

    /// <summary>Search over everyone known.</summary>
    public PeopleSearch Search { get; } = new(histories.People, profiles);

    public BoundaryStore Boundaries => boundaries;

    /// <summary>Which ids are one person's.</summary>
    public AliasStore Aliases => boundaries.Aliases;

    /// <summary>Records that name people and are in no history.</summary>
    public NamingRecords Naming { get; } = naming ?? new NamingRecords();

    public ImportStore Imports { get; } = imports ?? new ImportStore();

    public PreferenceStore Preferences { get; } = Of(preferences ?? new PreferenceStore(), boundaries.Aliases);

    public NudgeStates NudgeStates { get; } = Of(nudges ?? new NudgeStates(), boundaries.Aliases);

    /// <summary>What was learned from the past.</summary>
    public ModelStore Models { get; } = models ?? new ModelStore();

    public OutreachStore Outreach { get; } = outreach ?? new OutreachStore();

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
                    var named = histories.PersonOf(changed.Profile.Id);
                    profiles.Put(named, changed.Profile, batch.FirstPosition + i);
                    Identification.StateEntity(named, histories, profiles);
                    break;
                case AliasChanged changed:
                    Identify(Aliases.Apply(changed, batch.FirstPosition + i));
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
                case ModelTrained trained:
                    Models.Apply(trained, batch.FirstPosition + i);
                    break;
                case AskChanged or AccessRecorded or SubscriptionChanged or SubscriptionAdvanced or BeginningStated:
                    Outreach.Apply(batch.Records[i], batch.FirstPosition + i);
                    Naming.Add(batch.Records[i], batch.FirstPosition + i);
                    break;
                case BatchChanged changed:
                    Imports.Apply(changed, batch.FirstPosition + i);
                    break;
                case KeysRequirement:
                    // Is looked up in the log, since it holds before anything is folded.
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

    private static PreferenceStore Of(PreferenceStore preferences, AliasStore aliases)
    {
        preferences.Aliases = aliases;
        return preferences;
    }

    private static NudgeStates Of(NudgeStates nudges, AliasStore aliases)
    {
        nudges.Aliases = aliases;
        return nudges;
    }

    /// <summary>Takes over who is who where that changed.</summary>
    private void Identify(IReadOnlyList<IdentityGroup> changed)
    {
        if (changed.Count == 0) return;
        Identification.Apply(changed, histories, profiles);
        Search.Forget();
    }

    private void Withdraw(Interaction interaction, long position, long byPosition)
    {
        if (!histories.Withdraw(interaction, position, byPosition)) return;
        Hide(interaction.From);
        foreach (var recipient in interaction.To) Hide(recipient);
        if (interaction.About is { } about) Hide(about);
    }

    /// <summary>A person whom nothing names any more is unknown, as if it had never been.</summary>
    private void Hide(string person)
    {
        var number = histories.PersonOf(person);
        if (histories.Aliases.MembersOf(number).Count > 1) return;
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
            var isRelated = histories.Entities.AreRelated(number, dyad.Other);
            activity.Add(events, dyad.SelfIsLow, isRelated);
            if (!isRelated || !options.WeightTable.HaveWeight(events)) continue;
            connections++;
            if (VanityGapRule.CouldCall(events, asOfMs, options)) couldCall++;
        }
        if (histories.OwnListOf(number) is { } own) activity.AddOwn(reader.Read(own.Index, asOfMs));
        var entity = histories.Entities.Of(number);
        return new(activity.Finish(profiles.Of(number) ?? new Profile { Id = histories.People.Ids[number] }, asOfMs) with
        {
            Aliases = [.. Aliases.IdsOf(histories.People.Ids[number]).Where(id => id != histories.People.Ids[number])],
            Entity = entity.WireName(),
            EntityReason = histories.Entities.IsStated(number)
                ? "the profile says so" : EntityRules.Of(histories.People.Ids[number]).Reason,
            VanityGap = new VanityGap(connections, couldCall),
        });
    }

    /// <param name="person">Any id of the person.</param>
    /// <param name="asOfMs">Unix ms.</param>
    /// <param name="range">Which ties.</param>
    /// <param name="forecast">How P(persist) is made; the prior, of each dyad by itself, where null.</param>
    /// <param name="cancellation">Stops.</param>
    public ValueTask<IReadOnlyList<Tie>?> TiesAsync(
        string person, long asOfMs, TieRange range, CancellationToken cancellation, TieForecast? forecast = null)
    {
        ArgumentNullException.ThrowIfNull(range);
        if (!histories.People.TryGetNumber(person, out var number)) return new((IReadOnlyList<Tie>?)null);
        var reader = new DyadReader(histories);
        // Of all dyads only the strength is looked at; everything else is measured of those that are answered.
        var chosen = new TieChoice(range);
        foreach (var dyad in histories.RelationsOf(number))
        {
            cancellation.ThrowIfCancellationRequested();
            var strength = DyadMeasures.Strength(reader.Read(dyad.Index, asOfMs, range.UpToPosition), asOfMs, options);
            if (strength > 0) chosen.Add(new TiePlace(strength, histories.People.Ids[dyad.Other]), dyad);
        }
        var ties = new List<Tie>(chosen.Count);
        foreach (var dyad in chosen.InOrder())
        {
            cancellation.ThrowIfCancellationRequested();
            var events = reader.Read(dyad.Index, asOfMs, range.UpToPosition);
            if (DyadMeasures.Tie(
                histories.People.Ids[dyad.Other], events, dyad.SelfIsLow, asOfMs, options, forecast?.Of(number, dyad.Other)) is { } tie)
                ties.Add(tie with { Entity = histories.Entities.Of(dyad.Other).WireName() });
        }
        return new(ties);
    }

    public ValueTask<TieDetail?> TieAsync(
        string person, string other, long asOfMs, CancellationToken cancellation, TieForecast? forecast = null)
    {
        if (!histories.People.TryGetNumber(person, out var number) || !histories.People.TryGetNumber(other, out var otherNumber)
            || histories.Find(number, otherNumber) is not { } dyad)
            return new((TieDetail?)null);
        var detail = DyadMeasures.TieDetail(
            histories.People.Ids[otherNumber], new DyadReader(histories).Read(dyad.Index, asOfMs), dyad.SelfIsLow, asOfMs, options,
                forecast?.Of(number, otherNumber));
        return new(detail is null ? null : detail with { Entity = histories.Entities.Of(otherNumber).WireName() });
    }

    public ValueTask<EgoReciprocity?> ReciprocityAsync(string person, long asOfMs, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var number)) return new((EgoReciprocity?)null);
        var reader = new DyadReader(histories);
        var reciprocity = new EgoReciprocityFold(asOfMs, options);
        foreach (var dyad in histories.RelationsOf(number))
        {
            cancellation.ThrowIfCancellationRequested();
            reciprocity.Add(reader.Read(dyad.Index, asOfMs), dyad.SelfIsLow);
        }
        return new(reciprocity.Finish(histories.People.Ids[number]));
    }

    public ValueTask<IReadOnlyList<DormantTie>?> DormantTiesAsync(
        string person, long asOfMs, CancellationToken cancellation, TieForecast? forecast = null)
    {
        if (!histories.People.TryGetNumber(person, out var number)) return new((IReadOnlyList<DormantTie>?)null);
        var reader = new DyadReader(histories);
        var dormant = new List<DormantTie>();
        var decay = options.DecayAt(asOfMs);
        foreach (var dyad in histories.RelationsOf(number))
        {
            cancellation.ThrowIfCancellationRequested();
            var events = reader.Read(dyad.Index, asOfMs);
            if (events.IsEmpty) continue;
            if (TieStatusRule.Of(DyadMeasures.Facts(events, decay, options), asOfMs, options.Status) is not TieStatus.Dormant) continue;
            var around = forecast?.Of(number, dyad.Other);
            if (DyadMeasures.DormantTie(histories.People.Ids[dyad.Other], events, dyad.SelfIsLow, asOfMs, null, options, around) is { } tie)
                dormant.Add(tie);
        }
        return new(dormant);
    }

    public ValueTask<FollowUpList?> FollowUpsAsync(string person, string? venue, long asOfMs, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var number)) return new((FollowUpList?)null);
        var reader = new DyadReader(histories);
        var followUps = new FollowUpFold(histories.People.Ids[number], venue, asOfMs, histories, options.WeightTable, options.FollowUps);
        foreach (var dyad in histories.RelationsOf(number))
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
        var venues = new PersonVenueFold(histories, asOfMs, options.VenueSettings());
        foreach (var dyad in histories.RelationsOf(number))
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
        var habits = new PersonHabitsFold(histories, asOfMs, options.HabitSettings());
        foreach (var dyad in histories.RelationsOf(number))
        {
            cancellation.ThrowIfCancellationRequested();
            habits.Add(reader.Read(dyad.Index, asOfMs), in dyad);
        }
        if (histories.OwnListOf(number) is { } own) habits.AddOwn(reader.Read(own.Index, asOfMs));
        return new(habits.Finish(histories.People.Ids[number]));
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
    /// Positions of all records that name an id (not the other ids of its person), ascending; null for an unknown id. Not while something
    /// is being folded.
    /// </summary>
    public IReadOnlyList<long>? PositionsNaming(string id)
    {
        var positions = new SortedSet<long>(boundaries.PositionsNaming(id));
        positions.UnionWith(Aliases.PositionsNaming(id));
        positions.UnionWith(Naming.Of(id));
        if (!histories.People.TryGetAnyNumber(id, out var number)) return positions.Count == 0 ? null : [.. positions];
        positions.UnionWith(histories.PositionsNaming(number));
        positions.UnionWith(profiles.PositionsOf(number));
        return [.. positions];
    }

    /// <summary>Forgets an id and the interactions at these positions. Not while something is being folded.</summary>
    public void Forget(string id, IReadOnlyList<long> positions)
    {
        histories.Forget(positions.ToHashSet());
        boundaries.Forget(id);
        Naming.Forget(id);
        Preferences.Forget(id);
        NudgeStates.Forget(id);
        Outreach.Forget(id);
        Identify(Aliases.Forget(id));
        if (!histories.People.TryGetAnyNumber(id, out var number)) return;
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
        Outreach.ForgetAt(positions);
        var any = boundaries.ForgetAt(positions) | Aliases.AreAt(positions) | Naming.ForgetAt(positions) | profiles.RemoveAt(
            positions) | histories.Forget(positions);
        Identify(Aliases.ForgetAt(positions));
        if (!any) return false;
        // What a profile said that is gone, it says no more.
        for (var person = 0; person < histories.People.Count; person++)
            if (histories.Entities.IsStated(person) && profiles.Of(person)?.Entity is null) histories.SetEntity(person, null);
        foreach (var person in histories.PeopleWithoutEvents())
            if (profiles.PositionsOf(person).Count == 0 && Aliases.PositionsNaming(histories.People.Ids[person]).Count == 0)
                histories.People.Erase(person);
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
