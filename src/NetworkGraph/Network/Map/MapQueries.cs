using NetworkGraph.Engine.Layout;
using NetworkGraph.Engine.Snapshots;
using NetworkGraph.Engine.Structure;
using NetworkGraph.Engine.Ties;
using NetworkGraph.Measures;
using NetworkGraph.Network.Structure;
using NetworkGraph.People;

namespace NetworkGraph.Network.Map;

/// <summary>
/// The network as a map. A map is drawn once for a structure of the network and so many people, and kept: the few asked
/// for last.
/// </summary>
public sealed class MapQueries(NetworkStructures structures, StructureQueries names, ProfileStore profiles, MeasureOptions options)
{
    private const int TiesPerPerson = 3;
    private const int MostKept = 4;
    private readonly Lock _gate = new();
    private readonly LinkedList<Drawing> _drawings = [];

    /// <summary>The map of at most <paramref name="limit"/> people as of <paramref name="asOfMs"/> (Unix ms; null: now).</summary>
    public async ValueTask<MapAnswer> MapAsync(long? asOfMs, int limit, CancellationToken cancellation)
    {
        var known = await structures.WholeAsync(asOfMs, weighted: true, cancellation);
        var drawing = await DrawingOfAsync(known, limit, isExact: asOfMs is not null, cancellation);
        // The same ties at another date: only strengths and statuses differ, and they are computed for it.
        return Answer(drawing, drawing.Shows(known.Snapshot) ? known.Snapshot.AsOfMs : drawing.AsOfMs, known.ComputedAsOfMs, cancellation);
    }

    private async Task<Drawing> DrawingOfAsync(KnownStructure known, int limit, bool isExact, CancellationToken cancellation)
    {
        lock (_gate)
        {
            for (var node = _drawings.First; node is not null; node = node.Next)
            {
                if (!ReferenceEquals(node.Value.Whole, known.Whole) || node.Value.Limit != limit) continue;
                if (isExact && !node.Value.Shows(known.Snapshot)) continue;
                _drawings.Remove(node);
                _drawings.AddFirst(node);
                return node.Value;
            }
        }
        var drawing = await Task.Run(() => Draw(known, limit, cancellation), cancellation);
        lock (_gate)
        {
            _drawings.AddFirst(drawing);
            while (_drawings.Count > MostKept) _drawings.RemoveLast();
        }
        return drawing;
    }

    private static Drawing Draw(KnownStructure known, int limit, CancellationToken cancellation)
    {
        var (snapshot, whole) = (known.Snapshot, known.Whole);
        var people = MostCentral(snapshot, whole, limit, out var tied);
        var ties = ThinnedTies.Compute(snapshot, people, TiesPerPerson, cancellation);
        // Communities by how many of their people are shown, since that is what circles are drawn for.
        var shown = new Dictionary<int, int>();
        foreach (var person in people) shown[whole.Communities.CommunityOf[person]] = shown.GetValueOrDefault(whole.Communities.CommunityOf[person]) + 1;
        int[] communities = [.. shown.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Select(c => c.Key)];
        var placeOf = new Dictionary<int, int>(communities.Length);
        for (var place = 0; place < communities.Length; place++) placeOf[communities[place]] = place;
        var layout = NetworkLayout.Compute(
            Array.ConvertAll(people, person => placeOf[whole.Communities.CommunityOf[person]]), communities.Length, ties, cancellation);
        return new Drawing(
            whole, limit, new WeakReference<object>(snapshot.Rows), snapshot.Ids, snapshot.Decay, snapshot.AsOfMs, tied, people,
            Array.ConvertAll(people, person => snapshot.Row(person).Count), ties,
            Array.ConvertAll(ties, tie => snapshot.Row(people[tie.From]).FactsAt(tie.Entry)), communities, [.. communities.Select(c => shown[c])], layout);
    }

    private static int[] MostCentral(NetworkSnapshot snapshot, WholeStructure whole, int limit, out int tied)
    {
        tied = 0;
        var people = new List<int>();
        for (var person = 0; person < whole.PageRanks.Length; person++)
        {
            if (snapshot.Row(person).Count == 0 || snapshot.Ids[person].Length == 0) continue;
            tied++;
            people.Add(person);
        }
        people.Sort((a, b) => whole.PageRanks[a] != whole.PageRanks[b] ? whole.PageRanks[b].CompareTo(whole.PageRanks[a]) : a.CompareTo(b));
        return [.. people.Take(limit)];
    }

    private MapAnswer Answer(Drawing drawing, long asOfMs, long computedAsOfMs, CancellationToken cancellation)
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
            Edges = Edges(drawing, asOfMs),
            Communities = [.. drawing.Communities.Select((community, place) => new MapCommunity(
                community, community < labels.Count ? labels[community] : null, drawing.Shown[place],
                Place(layout.Circles.X[place]), Place(layout.Circles.Y[place]), Place(layout.Circles.Radius[place])))],
            Statuses = TieNames.Statuses,
        };
    }

    private MapEdges Edges(Drawing drawing, long asOfMs)
    {
        var (ties, factor) = (drawing.Ties, drawing.Decay.Factor(asOfMs));
        return new MapEdges
        {
            Source = Array.ConvertAll(ties, tie => tie.From),
            Target = Array.ConvertAll(ties, tie => tie.To),
            Strength = Array.ConvertAll(drawing.Facts, facts => Math.Round((facts.StrengthOut + facts.StrengthIn) * factor, 3)),
            Balance = Array.ConvertAll(drawing.Facts, facts => Math.Round(DyadMeasures.Balance(facts.StrengthOut, facts.StrengthIn), 3)),
            Status = Array.ConvertAll(drawing.Facts, facts => (int)TieStatusRule.Of(facts, asOfMs, options.Status)),
        };
    }

    // A map needs no more digits than a screen has pixels.
    private static double Place(float value) => Math.Round(value, 4);

    /// <summary>A map without the snapshot it was drawn from, which is large.</summary>
    private sealed record Drawing(
        WholeStructure Whole, int Limit, WeakReference<object> Rows, PersonIds Ids, TieDecay Decay, long AsOfMs, int Tied, int[] People, int[] Degrees,
        ThinnedTie[] Ties, DyadFacts[] Facts, int[] Communities, int[] Shown, MapLayout Layout)
    {
        public bool Shows(NetworkSnapshot snapshot) => Rows.TryGetTarget(out var rows) && ReferenceEquals(rows, snapshot.Rows);
    }
}
