using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;

namespace NetworkGraph.People.Habits;

/// <summary>
/// Problem: one person's habits with all they rest on, as of a date.
/// Method: the sum of what each of their dyads adds (<see cref="DyadHabitFold"/>) with their own list, noting on the way
/// where in the log it was seen. Dyads in any order. Cost: O(events). Not for several threads.
/// </summary>
public sealed class PersonHabitsFold
{
    private readonly HabitSettings _settings;
    private readonly HistoryStore _histories;
    private readonly long _asOfMs;
    private readonly DyadHabitFold _dyads;
    private readonly OwnListFold _own;
    private readonly HabitTrail _trail = new();
    private readonly TieTrail _mine = new();
    private readonly TieTrail _theirs = new();
    private readonly List<long> _attendances = [];
    private readonly List<HabitFinding> _warnings = [];
    private HabitCounts _counts;
    private PersonFacts _person;
    private long _firstMs = long.MaxValue;

    public PersonHabitsFold(HistoryStore histories, long asOfMs, HabitSettings settings)
    {
        _histories = histories;
        _asOfMs = asOfMs;
        _settings = settings;
        _dyads = new DyadHabitFold(settings, histories.Venues);
        _own = new OwnListFold(histories.Venues, settings.Habits);
    }

    /// <summary>The sum so far.</summary>
    public HabitCounts Counts => _counts;

    /// <summary>What besides the sum counts, so far; without what became of introductions.</summary>
    public PersonFacts Facts => _person with
    {
        AsksInBursts = AskBursts.Count(_trail.AsksAfterSilence, _settings.Habits.Archetypes.CrisisNetworker),
        ColdUnanswered = ColdApproaches.MostUnanswered(_trail.ColdApproaches, _settings.Habits.Warnings.Spamming),
    };

    /// <summary>Adds one of the person's dyads: its events up to the date, in order.</summary>
    public void Add(ReadOnlySpan<DyadEvent> events, in DyadView dyad)
    {
        _dyads.Follow(dyad.SelfIsLow, _trail, _mine, _theirs);
        // The trail notes who the other was: on either side the one that is not the person.
        var habits = _dyads.Fold(events, _asOfMs, dyad.Other, dyad.Other);
        if (!habits.IsInWindow) return;
        _firstMs = Math.Min(_firstMs, habits.FirstInWindowMs);
        _counts.Add(in dyad.SelfIsLow ? ref _dyads.Low : ref _dyads.High);
        ref readonly var mine = ref dyad.SelfIsLow ? ref _dyads.LowTie : ref _dyads.HighTie;
        ref readonly var theirs = ref dyad.SelfIsLow ? ref _dyads.HighTie : ref _dyads.LowTie;
        foreach (var rule in WarningRules.OfTies) Warn(rule, in mine, _mine, dyad.Other, false);
        Warn(WarningRules.OfTie(WarningKind.UnwantedPersistence), in theirs, _theirs, dyad.Other, true);
    }

    /// <summary>Adds the person's own list.</summary>
    public void AddOwn(ReadOnlySpan<DyadEvent> events)
    {
        var own = _own.Fold(events, _asOfMs, _attendances);
        _firstMs = Math.Min(_firstMs, own.FirstMs);
        _person = _person with { Attendances = own.Attendances, Venues = own.Venues };
    }

    public PersonHabits Finish(string person)
    {
        var facts = Facts;
        var archetypes = new List<HabitFinding>();
        foreach (var rule in ArchetypeRules.All)
        {
            var score = ArchetypeRules.Score(rule.Kind, in _counts, in facts, _settings.Habits);
            if (score >= ArchetypeRules.CarriedFromScore) archetypes.Add(Carried(rule, score, in facts));
        }
        foreach (var rule in WarningRules.OfPeople)
        {
            var score = rule.Score(in _counts, in facts, _settings.Habits);
            if (score < WarningRules.WarnedFromScore) continue;
            _warnings.Add(new HabitFinding
            {
                Name = rule.Name,
                Score = score,
                Counsel = rule.Counsel,
                Counts = WarningRules.Evidence(rule, in _counts, in facts),
                Positions = _trail.Latest(rule.Facts[0]),
            });
        }
        return new PersonHabits
        {
            Person = person,
            AsOfMs = _asOfMs,
            FromMs = Math.Min(_firstMs, _asOfMs),
            Outgoing = ArchetypeRules.Outgoing(in _counts, in facts),
            Archetypes = archetypes,
            Warnings = _warnings,
            CannotTell = CannotTell.Of(in _counts, in facts),
            Introductions = [.. Pairs().Select(
                p => new IntroducedPair(
                p.One.Position, p.One.AtMs, _histories.People.Ids[p.One.Other], _histories.People.Ids[p.Two.Other]))],
        };
    }

    private HabitFinding Carried(IArchetypeRule rule, double score, in PersonFacts facts) => new()
    {
        Name = rule.Name,
        Score = score,
        Counsel = rule.Counsel,
        Counts = ArchetypeRules.Evidence(rule.Kind, in _counts, in facts),
        Positions = rule.Kind is ArchetypeKind.Wallflower
            ? [.. _attendances.TakeLast(HabitTrail.Longest).Reverse()]
            : _trail.Latest(rule.ShownBy),
    };

    private void Warn(ITieWarningRule rule, in TieFacts tie, TieTrail trail, int other, bool isByOther)
    {
        var score = rule.Score(in tie, _settings);
        if (score < WarningRules.WarnedFromScore) return;
        _warnings.Add(new HabitFinding
        {
            Name = rule.Name,
            Person = _histories.People.Ids[other],
            IsByOther = isByOther,
            Score = score,
            Counsel = rule is UnwantedPersistenceRule && !isByOther ? UnwantedPersistenceRule.CounselOfPersisting : rule.Counsel,
            Counts = rule.Evidence(in tie),
            Positions = trail.Latest(rule.Kind),
        });
    }

    /// <summary>The introductions so far, latest first, by the numbers of the two.</summary>
    internal List<(long AtMs, uint Position, int First, int Second)> IntroducedPairs() =>
        [.. Pairs().Select(p => (p.One.AtMs, p.One.Position, p.One.Other, p.Two.Other))];

    private List<(IntroductionMade One, IntroductionMade Two)> Pairs()
    {
        var introductions = _trail.Introductions;
        introductions.Sort((a, b) => a.Position != b.Position
            ? b.Position.CompareTo(a.Position)
            : string.CompareOrdinal(_histories.People.Ids[a.Other], _histories.People.Ids[b.Other]));
        var pairs = new List<(IntroductionMade, IntroductionMade)>(introductions.Count / 2);
        for (var i = 0; i + 1 < introductions.Count; i++)
            if (introductions[i].Position == introductions[i + 1].Position) pairs.Add((introductions[i], introductions[i + 1]));
        return pairs;
    }
}
