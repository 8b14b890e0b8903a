using NetworkGraph.Analytics.QuikGraph;
using NetworkGraph.Engine.Layout;
using NetworkGraph.Engine.Snapshots;

namespace NetworkGraph.Analytics.Map;

/// <summary>
/// The ties of a map: everyone's strongest few, and on maps of up to some thousand people the backbone that connects them.
/// </summary>
/// <param name="Ties">By <see cref="SparsifiedEdge.From"/> and then strongest first.</param>
/// <param name="IsBackbone">By tie: whether it is of the backbone; those stay where fewer ties are asked for.</param>
internal sealed record MapTies(SparsifiedEdge[] Ties, bool[] IsBackbone)
{
    private const int TiesPerPerson = 3;

    /// <summary>On larger maps the strongest ties alone are drawn: a spanning forest would take as long as all the rest.</summary>
    private const int MaxPeopleWithBackbone = 5_000;

    /// <param name="snapshot">The network.</param>
    /// <param name="people">Numbers of the people shown, each once.</param>
    /// <param name="cancellation">Stops it.</param>
    public static MapTies Of(NetworkSnapshot snapshot, int[] people, CancellationToken cancellation)
    {
        var strongest = SparsifiedEdges.Compute(snapshot, people, TiesPerPerson, cancellation);
        if (people.Length > MaxPeopleWithBackbone) return new MapTies(strongest, new bool[strongest.Length]);
        // Only strengths are asked for, not the costs of introductions.
        var backbone = Backbone.Of(new MutualGraph(snapshot, static _ => 1, people), cancellation);
        var placeOf = new Dictionary<int, int>(people.Length);
        for (var place = 0; place < people.Length; place++) placeOf[people[place]] = place;
        var ties = new Dictionary<(int, int), (SparsifiedEdge Tie, bool IsBackbone)>(strongest.Length + backbone.Length);
        foreach (var tie in strongest) ties[Pair(tie.From, tie.To)] = (tie, false);
        foreach (var tie in backbone)
        {
            var (from, to) = Pair(placeOf[tie.Source], placeOf[tie.Target]);
            ties[(from, to)] = (ties.TryGetValue((from, to), out var known) ? known.Tie : Tie(snapshot, people, from, to), true);
        }
        (SparsifiedEdge Tie, bool IsBackbone)[] ordered = [.. ties.Values
            .OrderBy(static t => t.Tie.From).ThenByDescending(static t => t.Tie.Strength).ThenBy(static t => t.Tie.To)];
        return new MapTies(Array.ConvertAll(ordered, static t => t.Tie), Array.ConvertAll(ordered, static t => t.IsBackbone));
    }

    private static (int, int) Pair(int a, int b) => (Math.Min(a, b), Math.Max(a, b));

    private static SparsifiedEdge Tie(NetworkSnapshot snapshot, int[] people, int from, int to)
    {
        var row = snapshot.Row(people[from]);
        var entry = row.IndexOf(people[to]);
        return new SparsifiedEdge(from, to, entry, row.Out[entry] + row.In[entry]);
    }
}
