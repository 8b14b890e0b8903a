using System.Runtime.InteropServices;
using NetworkGraph.Engine.Snapshots;
using QuikGraph;

namespace NetworkGraph.Analytics.QuikGraph;

/// <summary>
/// A snapshot as a directed QuikGraph graph: one edge from each person to everyone they are tied towards. People without
/// ties are vertices too. A person's edges are made into an array when first asked for and handed out as they are, so
/// that QuikGraph's loops run over arrays and an edge by its index costs one step. Any number of threads read it.
/// </summary>
/// <param name="snapshot">The network at a date.</param>
/// <param name="mutualOnly">Only ties that go both ways: the ones that carry an introduction.</param>
public sealed class SnapshotGraph(NetworkSnapshot snapshot, bool mutualOnly = false) : IBidirectionalGraph<int, DirectedTie>
{
    private readonly DirectedTie[]?[] _out = new DirectedTie[snapshot.People][];
    private readonly double _factor = snapshot.StrengthFactor;
    private DirectedTie[]?[]? _in;
    private int _edges = -1;

    public NetworkSnapshot Snapshot => snapshot;

    public bool IsDirected => true;

    public bool AllowParallelEdges => false;

    public bool IsVerticesEmpty => snapshot.People == 0;

    public int VertexCount => snapshot.People;

    public IEnumerable<int> Vertices => Enumerable.Range(0, snapshot.People);

    public bool IsEdgesEmpty => EdgeCount == 0;

    /// <summary>Counted when first asked for: one pass over the rows.</summary>
    public int EdgeCount
    {
        get
        {
            if (_edges >= 0) return _edges;
            var edges = 0;
            for (var person = 0; person < snapshot.People; person++) edges = checked(edges + OutDegree(person));
            return _edges = edges;
        }
    }

    public IEnumerable<DirectedTie> Edges
    {
        get
        {
            for (var person = 0; person < snapshot.People; person++)
                foreach (var tie in OutRow(person)) yield return tie;
        }
    }

    public bool ContainsVertex(int vertex) => (uint)vertex < (uint)snapshot.People;

    public bool ContainsEdge(DirectedTie edge) => TryGetEdge(edge.Source, edge.Target, out var found) && found == edge;

    public bool ContainsEdge(int source, int target) => TryGetEdge(source, target, out _);

    public bool TryGetEdge(int source, int target, out DirectedTie edge)
    {
        edge = default;
        if (!ContainsVertex(source) || !ContainsVertex(target)) return false;
        var row = snapshot.Row(source);
        var entry = row.IndexOf(target);
        if (entry < 0 || !(mutualOnly ? row.Mutual[entry] > 0 : row.Out[entry] > 0)) return false;
        edge = new DirectedTie(source, target, row.Out[entry] * _factor, row.Mutual[entry] * _factor);
        return true;
    }

    public bool TryGetEdges(int source, int target, out IEnumerable<DirectedTie> edges)
    {
        edges = TryGetEdge(source, target, out var edge) ? [edge] : [];
        return ContainsVertex(source);
    }

    public bool IsOutEdgesEmpty(int vertex) => OutDegree(vertex) == 0;

    public int OutDegree(int vertex) => OutRow(vertex).Length;

    public IEnumerable<DirectedTie> OutEdges(int vertex) => OutRow(vertex);

    public bool TryGetOutEdges(int vertex, out IEnumerable<DirectedTie> edges)
    {
        edges = ContainsVertex(vertex) ? OutRow(vertex) : [];
        return ContainsVertex(vertex);
    }

    public DirectedTie OutEdge(int vertex, int index) => OutRow(vertex)[index];

    public bool IsInEdgesEmpty(int vertex) => InDegree(vertex) == 0;

    public int InDegree(int vertex) => InRow(vertex).Length;

    public IEnumerable<DirectedTie> InEdges(int vertex) => InRow(vertex);

    public bool TryGetInEdges(int vertex, out IEnumerable<DirectedTie> edges)
    {
        edges = ContainsVertex(vertex) ? InRow(vertex) : [];
        return ContainsVertex(vertex);
    }

    public DirectedTie InEdge(int vertex, int index) => InRow(vertex)[index];

    public int Degree(int vertex) => OutDegree(vertex) + InDegree(vertex);

    /// <exception cref="VertexNotFoundException">No one has the number.</exception>
    private DirectedTie[] OutRow(int vertex)
    {
        if (!ContainsVertex(vertex)) throw new VertexNotFoundException();
        return Volatile.Read(ref _out[vertex]) ?? Keep(_out, vertex, Row(vertex, outwards: true));
    }

    private DirectedTie[] InRow(int vertex)
    {
        if (!ContainsVertex(vertex)) throw new VertexNotFoundException();
        var rows = Volatile.Read(ref _in) ?? Interlocked.CompareExchange(ref _in, new DirectedTie[snapshot.People][], null) ?? _in;
        return Volatile.Read(ref rows[vertex]) ?? Keep(rows, vertex, Row(vertex, outwards: false));
    }

    // Two threads may make a row at once: both are the same.
    private static DirectedTie[] Keep(DirectedTie[]?[] rows, int vertex, DirectedTie[] row)
    {
        Volatile.Write(ref rows[vertex], row);
        return row;
    }

    private DirectedTie[] Row(int person, bool outwards)
    {
        var row = snapshot.Row(person);
        var strengths = outwards ? row.Out : row.In;
        var ties = new List<DirectedTie>(mutualOnly ? row.MutualCount : row.Count);
        var last = mutualOnly ? row.MutualCount : row.Count;
        for (var entry = 0; entry < last; entry++)
        {
            if (!(strengths[entry] > 0)) continue;
            var other = row.Neighbours[entry];
            var (strength, mutual) = (strengths[entry] * _factor, row.Mutual[entry] * _factor);
            ties.Add(outwards ? new DirectedTie(person, other, strength, mutual) : new DirectedTie(other, person, strength, mutual));
        }
        return CollectionsMarshal.AsSpan(ties).ToArray();
    }
}
