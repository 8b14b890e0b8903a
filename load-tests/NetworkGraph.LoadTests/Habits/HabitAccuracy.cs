using System.Globalization;
using NetworkGraph.Analytics;
using NetworkGraph.Demo;
using NetworkGraph.Events.Interactions;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Habits;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.LoadTests.Habits;

/// <summary>How much of what was planted under a name was found, and how much of what was found is right.</summary>
/// <param name="Name">An archetype or a warning.</param>
/// <param name="Planted">How often it was planted.</param>
/// <param name="Recovered">How many of those were found.</param>
/// <param name="Found">How often it was found.</param>
/// <param name="Right">How many of those were planted, or are what the definition says where much of it is unplanted.</param>
public sealed record Accuracy(string Name, int Planted, int Recovered, int Found, int Right)
{
    public double Precision => Found == 0 ? 1 : (double)Right / Found;

    public double Recall => Planted == 0 ? 1 : (double)Recovered / Planted;
}

/// <summary>
/// Question: do the measures find the habits that were planted in a made-up network, and only those?
/// Method: every person is asked for their archetypes and warnings at the network's end, as the API answers. A person
/// carries one archetype of the truth at most; a person found with another is counted against the precision. Of four
/// warnings everything is planted. The other six are also what some people do without being planted, so what is found is
/// held against the definition, read from the interactions themselves without the measures.
/// </summary>
public sealed class HabitAccuracy
{
    private readonly DemoNetwork _demo;
    private readonly Dictionary<(string, string), List<Interaction>> _dyads = [];
    private readonly NetworkQueries _queries;
    private readonly long _asOfMs;

    public HabitAccuracy(DemoOptions options)
    {
        _demo = DemoNetwork.Generate(options);
        _asOfMs = options.Until.ToUnixTimeMilliseconds();
        var histories = new HistoryStore();
        var position = 0L;
        foreach (var interaction in _demo.Interactions)
        {
            histories.Apply(interaction, ++position);
            foreach (var pair in PairsOf(interaction))
            {
                if (!_dyads.TryGetValue(pair, out var events)) _dyads.Add(pair, events = []);
                events.Add(interaction);
            }
        }
        Interactions = position;
        var (profiles, boundaries) = (new ProfileStore(), new BoundaryStore());
        var people = new EmbeddedPeople(histories, profiles, boundaries, PeopleOptions.Default);
        var network = new LiveNetwork(histories, PeopleOptions.Default, new LiveNetworkOptions(), new StandingClock(options.Until));
        _queries = new NetworkQueries(network, histories, profiles, boundaries, people, PeopleOptions.Default, TimeProvider.System);
    }

    public long Interactions { get; }

    /// <summary>One line an archetype, then one a warning.</summary>
    public async Task<IReadOnlyList<Accuracy>> MeasureAsync(CancellationToken cancellation)
    {
        var archetypes = new HashSet<(string Name, string Person)>();
        var warnings = new HashSet<(string Name, string Person, string Other)>();
        foreach (var profile in _demo.Profiles)
        {
            if (await _queries.ArchetypesAsync(profile.Id, _asOfMs, cancellation) is not { } habits) continue;
            foreach (var archetype in habits.Archetypes) archetypes.Add((archetype.Name, profile.Id));
            foreach (var warning in habits.Warnings)
                if (!warning.IsByOther) warnings.Add((warning.Name, profile.Id, warning.Person ?? ""));
        }
        return
        [
            .. DemoArchetypes.All.Select(a => OfArchetype(a, archetypes)),
            .. WarningNames.All.Select(name => OfWarning(name, [.. warnings.Where(w => w.Name == name).Select(w => (w.Person, w.Other))])),
        ];
    }

    private Accuracy OfArchetype(DemoArchetype archetype, HashSet<(string Name, string Person)> found)
    {
        var name = archetype.WireName();
        var planted = _demo.Truth.Archetypes.Where(a => a.Value == archetype).Select(a => (name, a.Key)).ToHashSet();
        var right = planted.Count(found.Contains);
        return new Accuracy(name, planted.Count, right, found.Count(f => f.Name == name), right);
    }

    private Accuracy OfWarning(string name, HashSet<(string Person, string Other)> found)
    {
        var planted = name == WarningKind.OneWayMentorship.WireName()
            ? _demo.Truth.Mentorships.Select(m => (m.First, m.Second)).ToHashSet()
            : _demo.Truth.Warnings.Where(w => w.Warning == name).Select(w => (w.Person, w.Other ?? "")).ToHashSet();
        bool IsPlanted((string Person, string Other) pair) =>
            planted.Contains(pair) || (pair.Other.Length > 0 && planted.Contains((pair.Other, pair.Person)));
        var recovered = planted.Count(p => found.Contains(p) || (p.Item2.Length > 0 && found.Contains((p.Item2, p.Item1))));
        return new Accuracy(
            name, planted.Count, recovered, found.Count, found.Count(f => IsPlanted(f) || IsByDefinition(name, f.Person, f.Other)));
    }

    private bool IsByDefinition(string name, string person, string other)
    {
        if (name == "no-follow-up") return FollowsUpHardlyAnybody(person);
        if (name == "monologue") return TalksToThemselves(person);
        if (other.Length == 0 || !_dyads.TryGetValue(Pair(person, other), out var all)) return false;
        var events = all.Where(
            i => i.Kind.IsMutual() || (i.From == person && i.To.Contains(other)) || (i.From == other && i.To.Contains(person))).ToList();
        var own = events.Where(i => i.From == person && !i.Kind.IsMutual()).ToList();
        bool IsAsk(Interaction i) => i.Exchange is Exchange.Ask && i.Kind is not InteractionKind.Application;
        var beyondForm = events.Where(
            i => i.Kind is not (InteractionKind.Connect or InteractionKind.Accept or InteractionKind.Decline)).ToList();
        return name switch
        {
            "superficial" => beyondForm.Count >= 5 && beyondForm.TrueForAll(i => i.Kind is InteractionKind.Reaction),
            "transactional" => beyondForm.TrueForAll(
                i => i.Kind is InteractionKind.Transaction || IsAsk(i) || i.Exchange is Exchange.Thanks),
            "exploitation" => own.Count(IsAsk) >= 5 && own.Count(IsAsk) >= 4 * own.Count(i => i.Exchange is Exchange.Give),
            "premature-pitch" =>
                own.Count(i => i.Kind.IsMessageLike() && i.Exchange is Exchange.Ask or Exchange.Pitch
                && Said(events, person, i) < 3 | Said(events, other, i) < 3) >= 2,
            _ => false,
        };
    }

    private bool FollowsUpHardlyAnybody(string person)
    {
        var (met, followedUp) = (0, 0);
        foreach (var (pair, events) in _dyads)
        {
            if (pair.Item1 != person && pair.Item2 != person) continue;
            var first = events.FindIndex(i => i.Kind.IsMessageLike() || i.Kind is InteractionKind.Accept);
            if (first < 0 || events[first].Kind is not (InteractionKind.Meeting or InteractionKind.Accept)) continue;
            met++;
            if (events.Skip(first + 1).FirstOrDefault(i => i.Kind.IsMessageLike()) is { } next
                && next.AtMs - events[first].AtMs <= 14 * 86_400_000L) followedUp++;
        }
        return met >= 10 && followedUp <= 0.2 * met;
    }

    private static IEnumerable<(string, string)> PairsOf(Interaction interaction)
    {
        foreach (var to in interaction.To) yield return Pair(interaction.From, to);
        if (!interaction.Kind.IsMutual()) yield break;
        for (var i = 0; i < interaction.To.Length; i++)
            for (var j = 0; j < i; j++)
                yield return Pair(interaction.To[i], interaction.To[j]);
    }

    private static int Said(List<Interaction> events, string person, Interaction before) =>
        events.TakeWhile(i => !ReferenceEquals(i, before))
        .Count(i => i.Kind.IsMessageLike() && (i.Kind.IsMutual() || i.From == person));

    private bool TalksToThemselves(string person)
    {
        var (written, unanswered) = (0, 0);
        foreach (var (pair, events) in _dyads)
        {
            if (pair.Item1 != person && pair.Item2 != person) continue;
            var contacts = events.Where(
                i => i.Kind.IsMessageLike() && (i.Kind.IsMutual() || i.To.Length <= 5)
                && (i.Kind.IsMutual() || (Pair(i.From, i.To[0]) == pair || i.To.Length > 1))).ToList();
            if (contacts.Count(i => i.Kind.IsMutual() || i.From == person) < 3) continue;
            written++;
            var run = contacts.AsEnumerable().Reverse().TakeWhile(i => !i.Kind.IsMutual() && i.From == person).ToList();
            if (run.Count >= 5 && run[0].AtMs - run[^1].AtMs >= 14 * 86_400_000L && _asOfMs - run[0].AtMs <= 90 * 86_400_000L) unanswered++;
        }
        return unanswered >= 2 && unanswered >= 0.3 * written;
    }

    private static (string, string) Pair(string one, string other) => string.CompareOrdinal(one, other) < 0 ? (one, other) : (other, one);

    private sealed class StandingClock(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
