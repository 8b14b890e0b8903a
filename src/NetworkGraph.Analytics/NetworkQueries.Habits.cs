using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Referrals;

namespace NetworkGraph.Analytics;

public sealed partial class NetworkQueries
{
    // Float strengths in snapshots are off by less than this; what is nearer to the threshold is computed from events.
    private const double StoredStrengthError = 1e-5;
    private const long ExactUpToEntries = 200_000;
    private const int PeoplePerTask = 256;

    /// <summary>
    /// A person's habits with the archetypes carried, highest score first, and the introductions' outcome among them; null
    /// for an unknown id.
    /// </summary>
    public async ValueTask<PersonHabits?> ArchetypesAsync(string person, long asOfMs, CancellationToken cancellation)
    {
        if (await people.HabitsAsync(person, asOfMs, cancellation) is not { } habits) return null;
        var archetypes = habits.Archetypes.ToList();
        if (Connector(habits) is { } connector) archetypes.Add(connector);
        return habits with { Archetypes = [.. archetypes.OrderByDescending(a => a.Score).ThenBy(a => a.Name, StringComparer.Ordinal)] };
    }

    /// <summary>
    /// The warnings that <paramref name="viewer"/> sees on a person's list, highest score first: of their own behaviour,
    /// and of others who persist upon them, which only they and the safety role see. That they persist upon somebody
    /// only the safety role is. Null for an unknown id.
    /// </summary>
    public async ValueTask<IReadOnlyList<HabitFinding>?> WarningsAsync(
        Viewer viewer, string person, long asOfMs, CancellationToken cancellation)
    {
        if (await people.HabitsAsync(person, asOfMs, cancellation) is not { } habits) return null;
        if (!IsPerson(person)) return [];
        return
        [
            .. habits.Warnings.Where(warning => (warning.Person is null || IsPerson(warning.Person)) && Sees(viewer, person, warning))
                .OrderByDescending(w => w.Score).ThenBy(w => w.Name, StringComparer.Ordinal).ThenBy(w => w.Person, StringComparer.Ordinal),
        ];
    }

    /// <summary>No one is warned about a shared desk or what is no person at all, and neither of these is.</summary>
    private bool IsPerson(string id) => !histories.People.TryGetNumber(id, out var number)
        || histories.Entities.Of(number) is EntityKind.Person;

    private bool Sees(Viewer viewer, string person, HabitFinding warning)
    {
        if (warning.Name == WarningKind.UnwantedPersistence.WireName())
            return warning.IsByOther ? viewer.SeesSideOf(person) : viewer.SeesBothSides;
        // No one is advised on a tie they have put an end to.
        return warning.Person is null || !boundaries.ShowsBlocked(viewer, person, warning.Person);
    }

    private HabitFinding? Connector(PersonHabits habits)
    {
        if (habits.Outgoing < options.Habits.MinOutgoing || habits.Introductions.Count == 0) return null;
        var reader = new DyadReader(histories);
        int made = 0, led = 0;
        foreach (var pair in habits.Introductions)
        {
            var isKnown = histories.People.TryGetNumber(pair.First, out var first) & histories.People.TryGetNumber(
                pair.Second, out var second);
            var events = isKnown && histories.Find(first, second) is { } dyad ? reader.Read(dyad.Index, habits.AsOfMs) : default;
            var introduction = new DyadEvent { AtMs = pair.AtMs, Position = (uint)pair.Position };
            var outcome = IntroductionOutcome.Of(in introduction, events, habits.AsOfMs, options.Referrals);
            if (!outcome.IsPending) made++;
            if (outcome.LedToContact) led++;
        }
        var facts = new PersonFacts { Attendances = habits.Outgoing, Introductions = made, IntroductionsLed = led };
        var score = ArchetypeRules.Score(ArchetypeKind.Connector, default, in facts, options.Habits);
        return score < ArchetypeRules.CarriedFromScore ? null : new HabitFinding
        {
            Name = ArchetypeKind.Connector.WireName(),
            Score = score,
            Counsel = ArchetypeRules.Of(ArchetypeKind.Connector).Counsel,
            Counts = ArchetypeRules.Evidence(ArchetypeKind.Connector, default, in facts),
            Positions = [.. habits.Introductions.Take(HabitTrail.Longest).Select(i => i.Position)],
        };
    }

    /// <summary>
    /// The network's vanity gap. Of a large network as it is now, as last counted; null where it was not yet.
    /// </summary>
    private VanityGap? VanityGapOf(NetworkSnapshot snapshot, bool isCurrent, WholeNetwork whole, CancellationToken cancellation) =>
        isCurrent && snapshot.Entries > ExactUpToEntries
            ? network.Habits.Totals?.VanityGap : whole.VanityGap(snapshot, CountCallable, cancellation);

    // Only mutual ties that are strong enough have to be looked at.
    private long CountCallable(NetworkSnapshot snapshot, CancellationToken cancellation)
    {
        var least = options.CallFromStrength * (1 - StoredStrengthError) / snapshot.StrengthFactor;
        var callable = 0L;
        Parallel.For(
            0,
            (snapshot.People + PeoplePerTask - 1) / PeoplePerTask,
            new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount },
            () => new DyadReader(histories),
            (task, _, reader) =>
            {
                var end = Math.Min(snapshot.People, (task + 1) * PeoplePerTask);
                for (var person = task * PeoplePerTask; person < end; person++)
                    Interlocked.Add(ref callable, CountCallable(snapshot, person, least, reader));
                return reader;
            },
            static _ => { });
        return callable;
    }

    /// <summary>Those of a person's whom they could call and who have a higher number.</summary>
    private long CountCallable(NetworkSnapshot snapshot, int person, double least, DyadReader reader)
    {
        var callable = 0L;
        var row = snapshot.Row(person);
        for (var i = 0; i < row.MutualCount; i++)
        {
            if (row.Mutual[i] < least || row.Neighbours[i] < person || histories.Find(person, row.Neighbours[i]) is not { } dyad) continue;
            if (VanityGapRule.CouldCall(reader.Read(dyad.Index, snapshot.AsOfMs), snapshot.AsOfMs, options)) callable++;
        }
        return callable;
    }
}
