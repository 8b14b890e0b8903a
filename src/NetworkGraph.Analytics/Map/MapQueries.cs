using NetworkGraph.Analytics.Structure;
using NetworkGraph.Engine.Layout;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Structure;
using NetworkGraph.Engine.Ties;
using NetworkGraph.People;
using NetworkGraph.People.Measures;
using NetworkGraph.People.Profiles;

namespace NetworkGraph.Analytics.Map;

/// <summary>
/// The network as a map. A map is drawn once for a structure of the network and so many people, and kept for all who ask:
/// the few asked for last. Of a large network as it is now the map drawn last is shown while the next is being drawn.
/// </summary>
public sealed class MapQueries(
    LiveNetwork network, NetworkStructures structures, StructureQueries names, ProfileStore profiles, PeopleOptions options)
{
    private const int MaxKept = 4;
    private readonly Lock _gate = new();
    private readonly LinkedList<Drawing> _drawings = [];
    private readonly Dictionary<(WholeStructure, int), Task<Drawing>> _underWay = [];

    /// <summary>
    /// The map of at most <paramref name="limit"/> people as of <paramref name="asOfMs"/> (Unix ms; null: now), and at most
    /// <paramref name="ties"/> of their ties, the strongest.
    /// </summary>
    public async ValueTask<MapAnswer> MapAsync(long? asOfMs, int limit, int ties, CancellationToken cancellation)
    {
        var builds = network.Builds;
        var known = await structures.WholeAsync(asOfMs, weighted: true, cancellation);
        var drawing = asOfMs is null
            ? await CurrentAsync(known, limit, builds, cancellation) : await ExactAsync(known, limit, cancellation);
        // The same ties at another date: only strengths and statuses differ, and they are computed for it.
        return Answer(drawing, drawing.Shows(known.Snapshot) ? known.Snapshot.AsOfMs : drawing.AsOfMs, known.ComputedAsOfMs, ties,
            cancellation);
    }

    /// <summary>
    /// The network as of <paramref name="asOfMs"/> on the map of now: people stand where they stand now, in the communities
    /// of now, and who was not tied yet is left out. For that no communities of the date are needed.
    /// </summary>
    public async ValueTask<MapAnswer> OnMapOfNowAsync(long asOfMs, int limit, int ties, CancellationToken cancellation)
    {
        var builds = network.Builds;
        var known = await structures.WholeAsync(null, weighted: true, cancellation);
        var ground = await CurrentAsync(known, limit, builds, cancellation);
        var then = await network.SnapshotAsync(asOfMs, cancellation);
        var drawing = await Task.Run(() => On(ground, then, cancellation), cancellation);
        return Answer(drawing, asOfMs, known.ComputedAsOfMs, ties, cancellation);
    }

    private async Task<Drawing> ExactAsync(KnownStructure known, int limit, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (Find(drawing => ReferenceEquals(drawing.Whole, known.Whole) && drawing.Limit == limit
                && drawing.Shows(known.Snapshot)) is { } kept) return kept;
        }
        var drawing = await Task.Run(() => Draw(known, limit, cancellation), cancellation);
        lock (_gate) Keep(drawing);
        return drawing;
    }

    private Task<Drawing> CurrentAsync(KnownStructure known, int limit, long builds, CancellationToken cancellation)
    {
        lock (_gate)
        {
            if (Find(drawing => ReferenceEquals(drawing.Whole, known.Whole) && drawing.Limit == limit) is { } kept)
                return Task.FromResult(kept);
            var key = (known.Whole, limit);
            if (!_underWay.TryGetValue(key, out var next))
                _underWay[key] = next = Task.Run(() => DrawCurrent(known, limit, builds), CancellationToken.None);
            return !structures.IsAlwaysFresh(known.Snapshot)
                && Find(drawing => drawing.BuildOfNow == network.Builds && drawing.Limit == limit) is { } last
                ? Task.FromResult(last)
                : next.WaitAsync(cancellation);
        }
    }

    private Drawing DrawCurrent(KnownStructure known, int limit, long builds)
    {
        try
        {
            var drawing = Draw(known, limit, CancellationToken.None) with { BuildOfNow = builds };
            lock (_gate) Keep(drawing);
            return drawing;
        }
        finally
        {
            lock (_gate) _underWay.Remove((known.Whole, limit));
        }
    }

    private Drawing? Find(Func<Drawing, bool> isMeant)
    {
        for (var node = _drawings.First; node is not null; node = node.Next)
        {
            if (!isMeant(node.Value)) continue;
            _drawings.Remove(node);
            _drawings.AddFirst(node);
            return node.Value;
        }
        return null;
    }

    private void Keep(Drawing drawing)
    {
        _drawings.AddFirst(drawing);
        while (_drawings.Count > MaxKept) _drawings.RemoveLast();
    }

    private static Drawing Draw(KnownStructure known, int limit, CancellationToken cancellation)
    {
        var (snapshot, whole) = (known.Snapshot, known.Whole);
        var people = MostCentral(snapshot, whole, limit, out var tied);
        var (ties, isBackbone) = MapTies.Of(snapshot, people, cancellation);
        // Communities by how many of their people are shown, since that is what circles are drawn for.
        var shown = new Dictionary<int, int>();
        foreach (var person in people)
            shown[whole.Communities.CommunityOf[person]] = shown.GetValueOrDefault(whole.Communities.CommunityOf[person]) + 1;
        int[] communities = [.. shown.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Select(c => c.Key)];
        var placeOf = new Dictionary<int, int>(communities.Length);
        for (var place = 0; place < communities.Length; place++) placeOf[communities[place]] = place;
        var layout = NetworkLayout.Compute(
            Array.ConvertAll(people, person => placeOf[whole.Communities.CommunityOf[person]]), communities.Length, ties, cancellation);
        return new Drawing(
            whole, limit, new WeakReference<object>(snapshot.Rows), snapshot.Ids, snapshot.Decay, snapshot.AsOfMs, tied, people,
            Array.ConvertAll(people, person => snapshot.Row(person).Count), ties, isBackbone,
            Array.ConvertAll(ties, tie => snapshot.Row(people[tie.From]).FactsAt(tie.Entry)), communities,
                [.. communities.Select(c => shown[c])], layout);
    }

    /// <summary>Another date's ties between people who stand where they do on the ground.</summary>
    private static Drawing On(Drawing ground, NetworkSnapshot then, CancellationToken cancellation)
    {
        var places = new List<int>(ground.People.Length);
        for (var place = 0; place < ground.People.Length; place++)
            if (ground.People[place] < then.People && then.Row(ground.People[place]).Count > 0) places.Add(place);
        int[] people = [.. places.Select(place => ground.People[place])];
        var (ties, isBackbone) = MapTies.Of(then, people, cancellation);
        var communityOf = ground.Whole.Communities.CommunityOf;
        var shown = new Dictionary<int, int>();
        foreach (var person in people) shown[communityOf[person]] = shown.GetValueOrDefault(communityOf[person]) + 1;
        var tied = 0;
        for (var person = 0; person < then.People; person++) tied += then.Row(person).Count > 0 && then.Ids[person].Length > 0 ? 1 : 0;
        return ground with
        {
            Decay = then.Decay,
            AsOfMs = then.AsOfMs,
            Tied = tied,
            People = people,
            Degrees = Array.ConvertAll(people, person => then.Row(person).Count),
            Ties = ties,
            IsBackbone = isBackbone,
            Facts = Array.ConvertAll(ties, tie => then.Row(people[tie.From]).FactsAt(tie.Entry)),
            Shown = Array.ConvertAll(ground.Communities, community => shown.GetValueOrDefault(community)),
            Layout = ground.Layout with
            {
                X = [.. places.Select(place => ground.Layout.X[place])],
                Y = [.. places.Select(place => ground.Layout.Y[place])]
            },
        };
    }

    private static int[] MostCentral(NetworkSnapshot snapshot, WholeStructure whole, int limit, out int tied)
    {
        tied = 0;
        var people = new List<int>();
        for (var person = 0; person < whole.PageRanks.Length; person++)
        {
            if (whole.Communities.CommunityOf[person] < 0 || snapshot.Row(person).Count == 0 || snapshot.Ids[person].Length == 0) continue;
            tied++;
            people.Add(person);
        }
        people.Sort((a, b) => whole.PageRanks[a] != whole.PageRanks[b]
            ? whole.PageRanks[b].CompareTo(whole.PageRanks[a])
            : string.CompareOrdinal(snapshot.Ids[a], snapshot.Ids[b]));
        return [.. people.Take(limit)];
    }

    private MapAnswer Answer(Drawing drawing, long asOfMs, long computedAsOfMs, int ties, CancellationToken cancellation)
    {
        var (whole, people, layout) = (drawing.Whole, drawing.People, drawing.Layout);
        var labels = names.LabelsOf(whole, cancellation);
        return new MapAnswer
        {
            AsOf = DateTimeOffset.FromUnixTimeMilliseconds(asOfMs),
            CommunitiesAsOf = DateTimeOffset.FromUnixTimeMilliseconds(computedAsOfMs),
            People = drawing.Tied,
            Nodes = new MapNodes
            {
                Id = Array.ConvertAll(people, person => drawing.Ids[person]),
                Name = Array.ConvertAll(people, person => profiles.Of(person)?.Name),
                Community = Array.ConvertAll(people, person => whole.Communities.CommunityOf[person]),
                Degree = drawing.Degrees,
                PageRank = Array.ConvertAll(people, person => Math.Round(whole.PageRanks[person], 8)),
                X = Array.ConvertAll(layout.X, Place),
                Y = Array.ConvertAll(layout.Y, Place),
            },
            Edges = Edges(drawing, asOfMs, ties),
            Communities = [.. drawing.Communities.Select((community, place) => new MapCommunity(
                community, community < labels.Count ? labels[community] : null, drawing.Shown[place],
                Place(layout.Circles.X[place]), Place(layout.Circles.Y[place]), Place(layout.Circles.Radius[place]))).Where(
                    community => community.People > 0)],
            Statuses = TieNames.Statuses,
        };
    }

    private MapEdges Edges(Drawing drawing, long asOfMs, int most)
    {
        var shown = Strongest(drawing, most);
        var (ties, facts, factor) = (
            Array.ConvertAll(shown, tie => drawing.Ties[tie]), Array.ConvertAll(shown, tie => drawing.Facts[tie]),
            drawing.Decay.Factor(asOfMs));
        return new MapEdges
        {
            Source = Array.ConvertAll(ties, tie => tie.From),
            Target = Array.ConvertAll(ties, tie => tie.To),
            Strength = Array.ConvertAll(facts, of => Math.Round((of.StrengthOut + of.StrengthIn) * factor, 3)),
            Balance = Array.ConvertAll(facts, of => Math.Round(DyadMeasures.Balance(of.ContactStrengthOut, of.ContactStrengthIn) ?? 0, 3)),
            Status = Array.ConvertAll(facts, of => (int)TieStatusRule.Of(of, asOfMs, options.Status)),
        };
    }

    /// <summary>
    /// Places of the ties that are shown, in the order they have: those of the backbone before others, then the strongest; of
    /// equally strong ones the first.
    /// </summary>
    private static int[] Strongest(Drawing drawing, int most)
    {
        var all = Enumerable.Range(0, drawing.Ties.Length).ToArray();
        if (all.Length <= most) return all;
        var weakness = new (bool Other, double Strength, int Place)[all.Length];
        for (var tie = 0; tie < weakness.Length; tie++)
            weakness[tie] = (!drawing.IsBackbone[tie], -(drawing.Facts[tie].StrengthOut + drawing.Facts[tie].StrengthIn), tie);
        Array.Sort(weakness, all);
        var strongest = all[..most];
        Array.Sort(strongest);
        return strongest;
    }

    // A map needs no more digits than a screen has pixels.
    private static double Place(float value) => Math.Round(value, 4);

    /// <summary>A map without the snapshot it was drawn from, which is large.</summary>
    private sealed record Drawing(
        WholeStructure Whole, int Limit, WeakReference<object> Rows, PersonIds Ids, TieDecay Decay, long AsOfMs, int Tied, int[] People,
            int[] Degrees,
        SparsifiedEdge[] Ties, bool[] IsBackbone, DyadFacts[] Facts, int[] Communities, int[] Shown, MapLayout Layout)
    {
        /// <summary>Of a map of the network as it then was: the build of it, which ends when somebody is erased. Else null.</summary>
        public long? BuildOfNow { get; init; }

        public bool Shows(NetworkSnapshot snapshot) => Rows.TryGetTarget(out var rows) && ReferenceEquals(rows, snapshot.Rows);
    }
}
