using NetworkGraph.Engine.Snapshots;
using QuikGraph;

namespace NetworkGraph.QuikGraph;

/// <summary>
/// A snapshot as QuikGraph sees graphs: directed, one edge from each person to everyone they are tied towards. Nothing is
/// copied: edges are made from the snapshot's rows as they are asked for. People without ties are vertices too. Any
/// number of threads read it, as they do the snapshot.
/// </summary>
/// <param name="snapshot">The network at a date.</param>
/// <param name="mutualOnly">Only ties that go both ways: the ones that carry an introduction.</param>
public sealed class SnapshotGraph(NetworkSnapshot snapshot, bool mutualOnly = false) : IBidirectionalGraph<int, DirectedTie>
{
    private int _edges = -1;

    public NetworkSnapshot Snapshot => snapshot;

    public bool IsDirected => true;

    public bool AllowParallelEdges => false;

    public bool IsVerticesEmpty => snapshot.People == 0;

    public int VertexCount => snapshot.People;

    public IEnumerable<int> Vertices => Enumerable.Range(0, snapshot.People);

    public bool IsEdgesEmpty => EdgeCount == 0;

    /// <summary>Counted when first asked for: one pass over the rows.</summary>
    public int EdgeCount => _edges >= 0 ? _edges : _edges = Vertices.Sum(OutDegree);

    public IEnumerable<DirectedTie> Edges => Vertices.SelectMany(OutEdges);

    public bool ContainsVertex(int vertex) => vertex >= 0 && vertex < snapshot.People;

    public bool ContainsEdge(DirectedTie edge) => TryGetEdge(edge.Source, edge.Target, out var found) && found == edge;

    public bool ContainsEdge(int source, int target) => TryGetEdge(source, target, out _);

    public bool TryGetEdge(int source, int target, out DirectedTie edge)
    {
        edge = default;
        if (!ContainsVertex(source) || !ContainsVertex(target)) return false;
        var row = snapshot.Row(source);
        var entry = row.IndexOf(target);
        if (entry < 0 || !IsEdge(row.Out[entry], row.Mutual[entry])) return false;
        edge = new DirectedTie(source, target, row.Out[entry], row.Mutual[entry]);
        return true;
    }

    public bool TryGetEdges(int source, int target, out IEnumerable<DirectedTie> edges)
    {
        edges = TryGetEdge(source, target, out var edge) ? [edge] : [];
        return ContainsVertex(source);
    }

    public bool IsOutEdgesEmpty(int vertex) => OutDegree(vertex) == 0;

    public int OutDegree(int vertex)
    {
        var row = RowOf(vertex);
        return mutualOnly ? row.MutualCount : Tied(row.Out);
    }

    public IEnumerable<DirectedTie> OutEdges(int vertex)
    {
        var count = EntriesOf(vertex);
        for (var entry = 0; entry < count; entry++)
            if (OutAt(vertex, entry) is { } edge) yield return edge;
    }

    public bool TryGetOutEdges(int vertex, out IEnumerable<DirectedTie> edges)
    {
        edges = ContainsVertex(vertex) ? OutEdges(vertex) : [];
        return ContainsVertex(vertex);
    }

    public DirectedTie OutEdge(int vertex, int index) => OutEdges(vertex).ElementAt(index);

    public bool IsInEdgesEmpty(int vertex) => InDegree(vertex) == 0;

    public int InDegree(int vertex)
    {
        var row = RowOf(vertex);
        return mutualOnly ? row.MutualCount : Tied(row.In);
    }

    public IEnumerable<DirectedTie> InEdges(int vertex)
    {
        var count = EntriesOf(vertex);
        for (var entry = 0; entry < count; entry++)
            if (InAt(vertex, entry) is { } edge) yield return edge;
    }

    public bool TryGetInEdges(int vertex, out IEnumerable<DirectedTie> edges)
    {
        edges = ContainsVertex(vertex) ? InEdges(vertex) : [];
        return ContainsVertex(vertex);
    }

    public DirectedTie InEdge(int vertex, int index) => InEdges(vertex).ElementAt(index);

    public int Degree(int vertex) => OutDegree(vertex) + InDegree(vertex);

    private TieRow RowOf(int vertex) => ContainsVertex(vertex) ? snapshot.Row(vertex) : throw new VertexNotFoundException();

    private int EntriesOf(int vertex)
    {
        var row = RowOf(vertex);
        return mutualOnly ? row.MutualCount : row.Count;
    }

    private DirectedTie? OutAt(int vertex, int entry)
    {
        var row = snapshot.Row(vertex);
        return IsEdge(row.Out[entry], row.Mutual[entry]) ? new DirectedTie(vertex, row.Neighbours[entry], row.Out[entry], row.Mutual[entry]) : null;
    }

    private DirectedTie? InAt(int vertex, int entry)
    {
        var row = snapshot.Row(vertex);
        return IsEdge(row.In[entry], row.Mutual[entry]) ? new DirectedTie(row.Neighbours[entry], vertex, row.In[entry], row.Mutual[entry]) : null;
    }

    private bool IsEdge(float strength, float mutual) => mutualOnly ? mutual > 0 : strength > 0;

    private static int Tied(ReadOnlySpan<float> strengths)
    {
        var tied = 0;
        foreach (var strength in strengths)
            if (strength > 0) tied++;
        return tied;
    }
}
