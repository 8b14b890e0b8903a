using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Structure;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Events.Records;
using NetworkGraph.People;
using NetworkGraph.People.Boundaries;
using NetworkGraph.People.Histories;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Analytics.Structure;

/// <summary>
/// Where people stand in the network, and what it falls into. Dates are Unix ms; without one the answer is for the
/// network as it is now.
/// </summary>
public sealed class StructureQueries(
    LiveNetwork network, NetworkStructures structures, HistoryStore histories, ProfileStore profiles, BoundaryStore boundaries,
        PeopleOptions options)
{
    private readonly Lock _gate = new();
    private readonly EgoOnlyNetworks _egoOnly = new(network, histories);
    private LabelledCommunities? _labels;

    /// <summary>A person's place; null for an unknown id.</summary>
    public async ValueTask<PersonStructureAnswer?> OfPersonAsync(string person, long? asOfMs, bool weighted, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var number)) return null;
        var (snapshot, whole, computedAsOfMs) = await structures.WholeAsync(asOfMs, weighted, cancellation);
        var place = NetworkStructure.Of(snapshot, number, weighted, whole, cancellation);
        var egoOnly = _egoOnly.Has(snapshot, cancellation);
        var pairs = egoOnly || place.Degree == 0 ? null : (await structures.BetweennessAsync(snapshot, cancellation))?[number];
        var people = place.Community is { } community && !egoOnly ? whole.Communities.Sizes[community] : 0;
        return new PersonStructureAnswer
        {
            Person = person,
            Degree = place.Degree,
            Constraint = egoOnly ? null : Digits.Of(place.Constraint),
            EffectiveSize = egoOnly ? null : Digits.Of(place.EffectiveSize),
            LocalBridges = egoOnly ? null : place.LocalBridges,
            SimmelianTies = egoOnly ? null : place.SimmelianTies,
            Betweenness = whole.Tied < 3 ? null : Digits.Of(2 * pairs / ((whole.Tied - 1.0) * (whole.Tied - 2.0))),
            Community = egoOnly ? null : place.Community,
            PageRank = egoOnly ? null : Digits.Of(place.PageRank),
            EgoOnly = egoOnly,
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs),
            Evidence = new PersonStructureEvidence
            {
                Weights = weighted ? "strength" : "none",
                CommunitiesAsOf = DateTimeOffset.FromUnixTimeMilliseconds(computedAsOfMs),
                CommunityPeople = people >= WholeStructure.MinPeopleOfGroup ? people : null,
                PageRankAbove = egoOnly ? null : place.PageRank is { } rank ? Digits.Of(ShareBelow(whole, rank)) : null,
                BetweennessPairs = Digits.Of(pairs),
            },
        };
    }

    /// <summary>The communities of five people and more, largest first; small ones are counted together.</summary>
    public async ValueTask<CommunitiesAnswer> CommunitiesAsync(long? asOfMs, bool weighted, CancellationToken cancellation)
    {
        var (snapshot, whole, computedAsOfMs) = await structures.WholeAsync(asOfMs, weighted, cancellation);
        var labels = LabelsOf(whole, cancellation);
        var factor = weighted ? snapshot.StrengthFactor : 1;
        var (communities, people) = (0, 0);
        foreach (var size in whole.Communities.Sizes)
        {
            if (size is < 2 or >= WholeStructure.MinPeopleOfGroup) continue;
            communities++;
            people += size;
        }
        return new CommunitiesAnswer
        {
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs),
            ComputedAsOf = DateTimeOffset.FromUnixTimeMilliseconds(computedAsOfMs),
            Communities = whole.Profiles.Length,
            Modularity = whole.Communities.Modularity,
            Small = new SmallCommunities(communities, people),
            Items = [.. whole.Profiles.Select(profile => Describe(profile, labels[profile.Community], whole, factor))],
        };
    }

    /// <summary>Names of the communities of five people and more.</summary>
    public IReadOnlyList<string> LabelsOf(WholeStructure whole, CancellationToken cancellation)
    {
        var changes = profiles.Changes;
        lock (_gate)
        {
            if (_labels is { } known && ReferenceEquals(known.Whole, whole) && known.ProfileChanges == changes) return known.Labels;
        }
        var labels = CommunityLabels.Of(whole, profiles, NameOf, cancellation);
        lock (_gate) _labels = new LabelledCommunities(whole, changes, labels);
        return labels;
    }

    /// <summary>
    /// The people who broker most: with at least three ties and, of those, the least constraint, then the larger effective
    /// size. At most <paramref name="limit"/>.
    /// </summary>
    public async ValueTask<(IReadOnlyList<BrokerAnswer> Brokers, long AsOfMs)> BrokersAsync(
        long? asOfMs, bool weighted, int limit, CancellationToken cancellation)
    {
        var (snapshot, whole, _) = await structures.WholeAsync(asOfMs, weighted, cancellation);
        var brokerage = await structures.BrokerageAsync(snapshot, weighted, cancellation);
        var ids = snapshot.Ids;
        var top = new PriorityQueue<int,
            (double, double, string)>(Comparer<(double Constraint, double Size, string Person)>.Create(static (a, b) =>
            a.Constraint != b.Constraint ? b.Constraint.CompareTo(a.Constraint)
            : a.Size != b.Size ? a.Size.CompareTo(b.Size) : string.CompareOrdinal(b.Person, a.Person)));
        for (var person = 0; person < brokerage.Constraints.Length; person++)
        {
            if (snapshot.Row(person).Count < 3 || ids[person].Length == 0) continue;
            var place = (Digits.Of(brokerage.Constraints[person]), Digits.Of(brokerage.EffectiveSizes[person]), ids[person]);
            if (top.Count < limit) top.Enqueue(person, place);
            else top.EnqueueDequeue(person, place);
        }
        var brokers = new BrokerAnswer[top.Count];
        for (var i = brokers.Length - 1; i >= 0; i--) brokers[i] = Broker(snapshot, whole, brokerage, top.Dequeue());
        return (brokers, snapshot.AsOfMs);
    }

    /// <summary>A person's neighbours and the ties among them, as <paramref name="viewer"/> sees them; null for an unknown id.</summary>
    public async ValueTask<EgoAnswer?> EgoAsync(Viewer viewer, string person, long? asOfMs, int limit, CancellationToken cancellation)
    {
        if (!histories.People.TryGetNumber(person, out var number)) return null;
        var snapshot = await network.SnapshotAsync(asOfMs, cancellation);
        var shown = StrongestOf(snapshot, number, limit);
        var placeOf = new Dictionary<int, int>(shown.Count);
        for (var place = 0; place < shown.Count; place++) placeOf[shown[place].Person] = place;
        return new EgoAnswer
        {
            Person = person,
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(snapshot.AsOfMs),
            Degree = snapshot.Row(number).Count,
            Neighbours = [.. shown.Select(alter => Neighbour(viewer, snapshot, number, alter))],
            Ties = TiesAmong(snapshot, shown, placeOf, cancellation),
        };
    }

    /// <summary>The name in somebody's profile, else their id.</summary>
    public string NameOf(int person) => profiles.Of(person)?.Name ?? histories.People.Ids[person];

    private CommunityAnswer Describe(CommunityProfile profile, string label, WholeStructure whole, double factor)
    {
        var ids = histories.People.Ids;
        return new CommunityAnswer
        {
            Community = profile.Community,
            Label = label,
            People = profile.People,
            Ties = profile.Ties,
            TiesOut = profile.TiesOut,
            ShareWithin = (double)profile.Ties / (profile.Ties + profile.TiesOut),
            Strength = profile.Strength * factor,
            Modularity = profile.Modularity,
            TopMembers = [.. profile.TopMembers.Where(member => ids[member].Length > 0)
                .Select(member => new CommunityMember(
                    ids[member], profiles.Of(member)?.Name, whole.PageRanks[member], Profile.EntityOf(ids[member], profiles.Of(member))))],
            Bridges = [.. profile.Bridges.Where(
                bridge => bridge.Community < whole.Profiles.Length && ids[bridge.From].Length > 0 && ids[bridge.To].Length > 0)
                .Select(bridge => new CommunityBridgeAnswer(
                    bridge.Community, bridge.Ties, bridge.Strength * factor, ids[bridge.From], ids[bridge.To]))],
        };
    }

    private BrokerAnswer Broker(NetworkSnapshot snapshot, WholeStructure whole, WholeBrokerage brokerage, int person)
    {
        var communityOf = whole.Communities.CommunityOf;
        var reached = new HashSet<int>();
        foreach (var neighbour in snapshot.Row(person).Neighbours)
            if (neighbour < communityOf.Length && communityOf[neighbour] >= 0) reached.Add(communityOf[neighbour]);
        return new BrokerAnswer
        {
            Person = snapshot.Ids[person],
            Name = profiles.Of(person)?.Name,
            Entity = Profile.EntityOf(snapshot.Ids[person], profiles.Of(person)),
            Degree = snapshot.Row(person).Count,
            Constraint = Digits.Of(brokerage.Constraints[person]),
            EffectiveSize = Digits.Of(brokerage.EffectiveSizes[person]),
            Communities = reached.Count,
            Community = person < communityOf.Length && communityOf[person] >= 0 ? communityOf[person] : null,
        };
    }

    private static List<(int Person, int Entry)> StrongestOf(NetworkSnapshot snapshot, int person, int limit)
    {
        var row = snapshot.Row(person);
        var entries = new List<(double Strength, int Person, int Entry)>(row.Count);
        for (var entry = 0; entry < row.Count; entry++) entries.Add(((double)row.Out[entry] + row.In[entry], row.Neighbours[entry], entry));
        var ids = snapshot.Ids;
        entries.Sort((a, b) =>
            a.Strength != b.Strength ? b.Strength.CompareTo(a.Strength) : string.CompareOrdinal(ids[a.Person], ids[b.Person]));
        return [.. entries.Take(limit).Select(entry => (entry.Person, entry.Entry))];
    }

    private EgoNeighbour Neighbour(Viewer viewer, NetworkSnapshot snapshot, int person, (int Person, int Entry) alter)
    {
        var row = snapshot.Row(person);
        var facts = row.FactsAt(alter.Entry);
        var profile = profiles.Of(alter.Person);
        return new EgoNeighbour
        {
            Person = snapshot.Ids[alter.Person],
            Name = profile?.Name,
            Entity = Profile.EntityOf(snapshot.Ids[alter.Person], profile),
            Organisation = profile?.Organisation,
            Status = boundaries.ShowsBlocked(viewer, snapshot.Ids[person], snapshot.Ids[alter.Person])
                ? TieNames.Blocked
                : TieNames.Of(TieStatusRule.Of(facts, snapshot.AsOfMs, options.Status)),
            StrengthOut = facts.StrengthOut * snapshot.StrengthFactor,
            StrengthIn = facts.StrengthIn * snapshot.StrengthFactor,
            Balance = DyadMeasures.Balance(facts.ContactStrengthOut, facts.ContactStrengthIn),
            LastContact = facts.HasContact ? DateTimeOffset.FromUnixTimeMilliseconds(facts.LastContactMs) : null,
        };
    }

    private List<EgoTie> TiesAmong(
        NetworkSnapshot snapshot, List<(int Person, int Entry)> shown, Dictionary<int, int> placeOf, CancellationToken cancellation)
    {
        var ties = new List<EgoTie>();
        var factor = snapshot.StrengthFactor;
        for (var from = 0; from < shown.Count; from++)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = snapshot.Row(shown[from].Person);
            for (var entry = 0; entry < row.Count; entry++)
            {
                if (!placeOf.TryGetValue(row.Neighbours[entry], out var to) || to <= from) continue;
                var status = TieNames.Of(TieStatusRule.Of(row.FactsAt(entry), snapshot.AsOfMs, options.Status));
                ties.Add(new EgoTie(from, to, row.Out[entry] * factor, row.In[entry] * factor, status));
            }
        }
        ties.Sort(static (a, b) => a.From != b.From ? a.From.CompareTo(b.From) : a.To.CompareTo(b.To));
        return ties;
    }

    private static double ShareBelow(WholeStructure whole, double rank)
    {
        // People without ties have no rank, which stands as 0.
        var below = 0;
        foreach (var other in whole.PageRanks) below += other > 0 && other < rank ? 1 : 0;
        return (double)below / whole.Tied;
    }

    private sealed record LabelledCommunities(WholeStructure Whole, int ProfileChanges, string[] Labels);
}
