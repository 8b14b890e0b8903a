using NetworkGraph.Analytics.QuikGraph;
using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Events.Records;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Analytics.Graphs;

/// <summary>
/// Proposes who should meet whom at a venue. The half of its people who know fewest of the others are each paired with one
/// of the other half: somebody they have no tie with yet, and something in common: people both know, or whom both serve.
/// As many pairs as there can be, no one in two (<see cref="PairMatching"/>). People who are not open to introductions are
/// left out; who blocks whom is never disclosed.
/// </summary>
public sealed class PairingQueries(LiveNetwork network, HistoryStore histories, ProfileStore profiles, BoundaryStore boundaries)
{
    /// <summary>Of fewer people nothing is disclosed.</summary>
    private const int MinPeople = 5;

    private const int MaxPeople = 400;
    private const int CandidatesOfPerson = 10;
    private const int ContactsNamed = 3;
    private readonly IntroductionLimits _limits = new(histories.People, profiles, boundaries);

    /// <summary>The pairs as of <paramref name="asOfMs"/>, Unix ms; null where nothing is known to have happened at the venue.</summary>
    public async ValueTask<PairingsAnswer?> PairingsAsync(string venue, long? asOfMs, CancellationToken cancellation)
    {
        if (!histories.Venues.TryGetNumber(venue, out var number)) return null;
        var snapshot = await network.SnapshotAsync(asOfMs, cancellation);
        var limits = _limits.Current;
        return await Task.Run(() => Pair(venue, number, snapshot, limits, cancellation), cancellation);
    }

    private PairingsAnswer Pair(
        string venue, int number, NetworkSnapshot snapshot, IntroductionConstraints limits, CancellationToken cancellation)
    {
        var present = Present(number, snapshot, cancellation);
        int[] open = [.. present.Where(person => !limits.IsClosed(person)).Take(MaxPeople)];
        var asOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs);
        if (present.Count < MinPeople || open.Length < MinPeople)
            return new PairingsAnswer { Venue = venue, AsOf = asOf, Suppressed = true, People = null, Candidates = null, Items = [] };
        var (few, many) = Halves(open, snapshot);
        var candidates = new List<(int Left, int Right)>();
        var common = new CommonContacts(snapshot);
        foreach (var person in few)
        {
            cancellation.ThrowIfCancellationRequested();
            candidates.AddRange(CandidatesOf(person, many, snapshot, limits, common).Select(other => (person, other)));
        }
        var pairs = PairMatching.Of(candidates, cancellation);
        return new PairingsAnswer
        {
            Venue = venue,
            AsOf = asOf,
            Suppressed = false,
            People = open.Length,
            Candidates = candidates.Count,
            Items = [.. pairs.Select(pair => Describe(pair.Left, pair.Right, snapshot)).OrderBy(
                static pair => pair.Person, StringComparer.Ordinal)],
        };
    }

    /// <summary>Who attended or took part in something there by the date, who came last first.</summary>
    private List<int> Present(int venue, NetworkSnapshot snapshot, CancellationToken cancellation)
    {
        var here = new HashSet<uint>();
        var dyads = new HashSet<int>();
        foreach (var happened in histories.Venues.EventsAt(venue))
        {
            here.Add(happened.Position);
            dyads.Add(happened.Dyad);
        }
        var lastMs = new Dictionary<int, long>();
        var reader = new DyadReader(histories);
        foreach (var dyad in dyads)
        {
            cancellation.ThrowIfCancellationRequested();
            var (low, high) = histories.PeopleOf(dyad);
            foreach (ref readonly var happened in reader.Read(dyad, snapshot.AsOfMs))
            {
                if (happened.Direction is DyadDirection.Mentioned || !here.Contains(happened.Position)) continue;
                lastMs[low] = Math.Max(lastMs.GetValueOrDefault(low, long.MinValue), happened.AtMs);
                lastMs[high] = Math.Max(lastMs.GetValueOrDefault(high, long.MinValue), happened.AtMs);
            }
        }
        var ids = histories.People.Ids;
        return [.. lastMs.Where(seen => ids[seen.Key].Length > 0)
            .OrderByDescending(static seen => seen.Value).ThenBy(seen => ids[seen.Key], StringComparer.Ordinal).Select(
                static seen => seen.Key)];
    }

    /// <summary>The half that knows fewest of the others, and the other half.</summary>
    private static (int[] Few, int[] Many) Halves(int[] people, NetworkSnapshot snapshot)
    {
        var there = people.ToHashSet();
        var known = new Dictionary<int, int>(people.Length);
        foreach (var person in people)
        {
            var row = snapshot.Row(person);
            foreach (var other in row.Neighbours[..row.MutualCount])
                if (there.Contains(other)) known[person] = known.GetValueOrDefault(person) + 1;
        }
        int[] ordered = [.. people.OrderBy(person => known.GetValueOrDefault(person)).ThenBy(
            person => snapshot.Ids[person], StringComparer.Ordinal)];
        return (ordered[..(ordered.Length / 2)], ordered[(ordered.Length / 2)..]);
    }

    /// <summary>Whom a person should meet: those with most in common, at most a few.</summary>
    private IEnumerable<int> CandidatesOf(
        int person, int[] others, NetworkSnapshot snapshot, IntroductionConstraints limits, CommonContacts common)
    {
        common.Of(person);
        var worth = new List<(int Other, int Contacts, int Audience)>();
        var tied = snapshot.Row(person).Neighbours;
        foreach (var other in others)
        {
            if (tied.Contains(other) || limits.IsBlocked(person, other)) continue;
            var (contacts, audience) = (common.With(other), SharedAudience(person, other).Count);
            if (contacts > 0 || audience > 0) worth.Add((other, contacts, audience));
        }
        return worth.OrderByDescending(static w => w.Contacts).ThenByDescending(static w => w.Audience).ThenBy(
            w => snapshot.Ids[w.Other], StringComparer.Ordinal)
            .Take(CandidatesOfPerson).Select(static w => w.Other);
    }

    private List<string> SharedAudience(int one, int other) =>
        profiles.Of(one)?.Audience is { Length: > 0 } mine && profiles.Of(other)?.Audience is { Length: > 0 } theirs
            ? [.. mine.Intersect(theirs, StringComparer.OrdinalIgnoreCase).Order(StringComparer.OrdinalIgnoreCase)]
            : [];

    private PairingAnswer Describe(int person, int other, NetworkSnapshot snapshot)
    {
        var common = new CommonContacts(snapshot);
        common.Of(person);
        var (count, strongest) = common.Shared(other, ContactsNamed);
        var through = strongest.Where(contact => snapshot.Ids[contact].Length > 0).Select(Named).ToList();
        var audience = SharedAudience(person, other);
        var (one, two) = (Named(person), Named(other));
        return new PairingAnswer
        {
            Person = one.Person,
            Name = one.Name,
            Meet = two.Person,
            MeetName = two.Name,
            Reason = Reason(one.Name ?? one.Person, two.Name ?? two.Person, count, through, audience),
            Evidence = new PairingEvidence { CommonContacts = count, Through = through, SharedAudience = audience },
        };
    }

    private static string Reason(string one, string other, int common, List<NamedPerson> through, List<string> audience)
    {
        var contacts = common switch
        {
            0 => null,
            1 when through is [var only] => $"both know {only.Name ?? only.Person}",
            _ => $"both know the same {common} people",
        };
        var serves = audience.Count == 0 ? null : $"both serve {string.Join(" and ", audience)}";
        return $"{one} and {other} have no tie yet: {string.Join("; ", new[] { contacts, serves }.OfType<string>())}.";
    }

    private NamedPerson Named(int person) =>
        new(histories.People.Ids[person], profiles.Of(person)?.Name, Profile.EntityOf(histories.People.Ids[person], profiles.Of(person)));

    /// <summary>The people whom somebody and others both have a mutual tie with.</summary>
    private sealed class CommonContacts(NetworkSnapshot snapshot)
    {
        private readonly HashSet<int> _contacts = [];

        public void Of(int person)
        {
            _contacts.Clear();
            var row = snapshot.Row(person);
            foreach (var contact in row.Neighbours[..row.MutualCount]) _contacts.Add(contact);
        }

        public int With(int other)
        {
            var common = 0;
            var row = snapshot.Row(other);
            foreach (var contact in row.Neighbours[..row.MutualCount]) common += _contacts.Contains(contact) ? 1 : 0;
            return common;
        }

        /// <summary>How many, and those with the strongest tie to the other.</summary>
        public (int Count, List<int> Strongest) Shared(int other, int limit)
        {
            var common = 0;
            var strongest = new List<int>();
            var row = snapshot.Row(other);
            foreach (var contact in row.Neighbours[..row.MutualCount])
            {
                if (!_contacts.Contains(contact)) continue;
                if (common++ < limit) strongest.Add(contact);
            }
            return (common, strongest);
        }
    }
}
