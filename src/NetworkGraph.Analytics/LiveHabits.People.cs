using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Referrals;

namespace NetworkGraph.Analytics;

// Who carries what, from the sums; and what is reported of it.
public sealed partial class LiveHabits
{
    /// <summary>
    /// What a person's sum and the rest of their facts amount to. Their history is walked only where the order of things
    /// across dyads matters: of those who ask after silence or write to many strangers, and of brokers.
    /// </summary>
    private void Rescore(int person, List<HabitChange>? changes)
    {
        ref readonly var sum = ref _sums[person];
        var carried = 0;
        var entity = histories.Entities.Of(person);
        var facts = entity.HasRelationships() ? FactsOf(person, in sum) : default;
        for (var kind = 0; kind < ArchetypeNames.All.Count && entity.HasRelationships(); kind++)
            if (ArchetypeRules.Score((ArchetypeKind)kind, in sum, in facts, options.Habits) >= ArchetypeRules.CarriedFromScore)
                carried |= 1 << kind;
        foreach (var rule in entity is EntityKind.Person ? WarningRules.OfPeople : [])
            if (rule.Score(in sum, in facts, options.Habits) >= WarningRules.WarnedFromScore)
                carried |= 1 << (ArchetypeNames.All.Count + (int)rule.Kind);
        var before = _carried[person];
        if (carried == before) return;
        _carried[person] = carried;
        for (var bit = 0; bit < _people.Length; bit++)
        {
            var difference = (carried >> bit & 1) - (before >> bit & 1);
            if (difference == 0) continue;
            _people[bit] += difference;
            changes?.Add(new HabitChange(KindOf(bit, difference > 0), IdOf(person), null, NameOf(bit), null, _asOfMs));
        }
    }

    private PersonFacts FactsOf(int person, in HabitCounts sum)
    {
        var facts = default(PersonFacts);
        if (histories.OwnListOf(person) is { } own && own.Index < _dyadDueMs.Length)
        {
            var (attendances, venues, _, next) = _ownFold.Fold(_reader.Read(own.Index, _asOfMs, _position), _asOfMs);
            facts = facts with { Attendances = attendances, Venues = venues };
            DueAt(~person, next);
            if (_reader.NextAtMs is { } ahead) DueAt(~person, ahead);
        }
        var archetypes = options.Habits.Archetypes;
        var asksInBursts = sum[HabitFact.AsksAfterSilence] >= Math.Max(
            archetypes.CrisisNetworker.BurstFromAsks, archetypes.CrisisNetworker.BurstShare * ArchetypeRules.AllAsks(in sum));
        var brokers = sum[HabitFact.IntroductionsMade] >= 2 * archetypes.Connector.MinIntroductions;
        var writesToMany = sum[HabitFact.ColdTies] >= options.Habits.Warnings.Spamming.FromPeople;
        if (!asksInBursts && !brokers && !writesToMany) return facts;
        var walk = new PersonHabitsFold(histories, _asOfMs, options.HabitSettings());
        foreach (var dyad in histories.RelationsOf(person))
            if (dyad.Index < _dyadDueMs.Length) walk.Add(_reader.Read(dyad.Index, _asOfMs, _position), in dyad);
        facts = facts with { AsksInBursts = walk.Facts.AsksInBursts, ColdUnanswered = walk.Facts.ColdUnanswered };
        return brokers ? Introduced(person, walk.IntroducedPairs(), facts) : facts;
    }

    private PersonFacts Introduced(int broker, List<(long AtMs, uint Position, int First, int Second)> pairs, PersonFacts facts)
    {
        foreach (var (atMs, position, first, second) in pairs)
        {
            var pair = (Math.Min(first, second), Math.Max(first, second));
            if (!_brokers.TryGetValue(pair, out var brokers)) _brokers.Add(pair, brokers = []);
            if (!brokers.Contains(broker)) brokers.Add(broker);
            var events = histories.Find(first, second) is { } dyad && dyad.Index < _dyadDueMs.Length
                ? _reader.Read(dyad.Index, _asOfMs, _position) : default;
            var introduction = new DyadEvent { AtMs = atMs, Position = position };
            var outcome = IntroductionOutcome.Of(in introduction, events, _asOfMs, options.Referrals);
            if (outcome.IsPending) DueAt(~broker, atMs + (long)Math.Ceiling(options.Referrals.IntroductionLedWithinDays * TieDecay.DayMs));
            else facts = facts with
            {
                Introductions = facts.Introductions + 1,
                IntroductionsLed = facts.IntroductionsLed + (outcome.LedToContact ? 1 : 0),
            };
        }
        return facts;
    }

    private void TellWarnings(int person, int other, in HabitCounts before, in HabitCounts after, List<HabitChange> changes)
    {
        for (var kind = (WarningKind)0; (int)kind < WarningNames.OfTies; kind++)
        {
            var difference = after[kind.CountedAs()] - before[kind.CountedAs()];
            if (difference == 0) continue;
            var what = difference > 0 ? HabitChangeKind.WarningAppeared : HabitChangeKind.WarningEnded;
            changes.Add(new HabitChange(what, IdOf(person), IdOf(other), kind.WireName(), null, _asOfMs));
        }
    }

    private string? StatusOf(ReadOnlySpan<DyadEvent> events, long asOfMs)
    {
        if (events.IsEmpty) return null;
        var facts = DyadMeasures.Facts(events, options.DecayAt(asOfMs), options);
        return TieNames.Of(TieStatusRule.Of(in facts, asOfMs, options.Status));
    }

    private HabitTotals CurrentTotals() => new()
    {
        AsOfMs = _asOfMs,
        Archetypes = ArchetypeNames.All.Select((name, kind) => (name, kind)).ToDictionary(n => n.name, n => _people[n.kind]),
        Warnings = WarningNames.All.Select((name, kind) => (name, kind)).ToDictionary(
            n => n.name, n => n.kind < WarningNames.OfTies
                ? _total[((WarningKind)n.kind).CountedAs()] : _people[ArchetypeNames.All.Count + n.kind]),
        VanityGap = new VanityGap(_total[HabitFact.Connections] / 2, _total[HabitFact.CouldCall] / 2),
    };

    private string IdOf(int person) => histories.People.Ids[person];

    private static string NameOf(int bit) =>
        bit < ArchetypeNames.All.Count ? ArchetypeNames.All[bit] : WarningNames.All[bit - ArchetypeNames.All.Count];

    private static HabitChangeKind KindOf(int bit, bool appeared) => (bit < ArchetypeNames.All.Count, appeared) switch
    {
        (true, true) => HabitChangeKind.ArchetypeAppeared,
        (true, false) => HabitChangeKind.ArchetypeEnded,
        (false, true) => HabitChangeKind.WarningAppeared,
        (false, false) => HabitChangeKind.WarningEnded,
    };
}
