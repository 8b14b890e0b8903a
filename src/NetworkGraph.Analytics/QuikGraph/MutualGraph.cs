using NetworkGraph.Engine.Snapshots;
using QuikGraph;

namespace NetworkGraph.Analytics.QuikGraph;

/// <summary>
/// The mutual ties of a snapshot as an undirected QuikGraph graph: what spanning trees, undirected shortest paths and
/// colourings are computed on. A person's edges are made into an array when first asked for. Any number of threads read it.
/// </summary>
/// <param name="snapshot">The network at a date.</param>
/// <param name="probability">p of an introduction over a tie of mutual strength m; in (0,1], rising with m.</param>
/// <param name="among">Only these people and the ties among them; null for everyone.</param>
public sealed class MutualGraph(NetworkSnapshot snapshot, Func<double, double> probability, IReadOnlyCollection<int>? among = null)
    : IUndirectedGraph<int, UndirectedTie>
{
    private readonly UndirectedTie[]?[] _rows = new UndirectedTie[snapshot.People][];
    private readonly HashSet<int>? _among = among?.Where(person => person >= 0 && person < snapshot.People).ToHashSet();
    private readonly double _factor = snapshot.StrengthFactor;
    private int _edges = -1;

    public NetworkSnapshot Snapshot => snapshot;

    public bool IsDirected => false;

    public bool AllowParallelEdges => false;

    public EdgeEqualityComparer<int> EdgeEqualityComparer { get; } = static (edge, source, target) =>
        (edge.Source == source && edge.Target == target) || (edge.Source == target && edge.Target == source);

    public bool IsVerticesEmpty => VertexCount == 0;

    public int VertexCount => _among?.Count ?? snapshot.People;

    public IEnumerable<int> Vertices => _among is null ? Enumerable.Range(0, snapshot.People) : _among.Order();

    public bool IsEdgesEmpty => EdgeCount == 0;

    /// <summary>Counted when first asked for: one pass over the rows.</summary>
    public int EdgeCount
    {
        get
        {
            if (_edges >= 0) return _edges;
            var ends = 0L;
            foreach (var person in Vertices) ends += Row(person).Length;
            return _edges = checked((int)(ends / 2));
        }
    }

    /// <summary>Each tie once, by its lower number.</summary>
    public IEnumerable<UndirectedTie> Edges
    {
        get
        {
            foreach (var person in Vertices)
                foreach (var tie in Row(person))
                    if (tie.Source == person) yield return tie;
        }
    }

    public bool ContainsVertex(int vertex) => _among?.Contains(vertex) ?? (uint)vertex < (uint)snapshot.People;

    public bool ContainsEdge(UndirectedTie edge) => TryGetEdge(edge.Source, edge.Target, out var found) && found == edge;

    public bool ContainsEdge(int source, int target) => TryGetEdge(source, target, out _);

    public bool TryGetEdge(int source, int target, out UndirectedTie edge)
    {
        edge = default;
        if (!ContainsVertex(source) || !ContainsVertex(target)) return false;
        var row = snapshot.Row(source);
        var entry = row.Neighbours[..row.MutualCount].IndexOf(target);
        if (entry < 0) return false;
        edge = Tie(source, target, row.Mutual[entry]);
        return true;
    }

    public bool IsAdjacentEdgesEmpty(int vertex) => AdjacentDegree(vertex) == 0;

    public int AdjacentDegree(int vertex) => Row(vertex).Length;

    /// <summary>Strongest first.</summary>
    public IEnumerable<UndirectedTie> AdjacentEdges(int vertex) => Row(vertex);

    public UndirectedTie AdjacentEdge(int vertex, int index) => Row(vertex)[index];

    /// <exception cref="VertexNotFoundException">No person of the graph has the number.</exception>
    private UndirectedTie[] Row(int person)
    {
        if (!ContainsVertex(person)) throw new VertexNotFoundException();
        if (Volatile.Read(ref _rows[person]) is { } known) return known;
        var row = snapshot.Row(person);
        var ties = new List<UndirectedTie>(row.MutualCount);
        for (var entry = 0; entry < row.MutualCount; entry++)
            if (ContainsVertex(row.Neighbours[entry])) ties.Add(Tie(person, row.Neighbours[entry], row.Mutual[entry]));
        // Two threads may make a row at once: both are the same.
        var made = ties.ToArray();
        Volatile.Write(ref _rows[person], made);
        return made;
    }

    private UndirectedTie Tie(int one, int other, float mutual)
    {
        var strength = mutual * _factor;
        return new UndirectedTie(Math.Min(one, other), Math.Max(one, other), strength, -Math.Log(probability(strength)));
    }
}
