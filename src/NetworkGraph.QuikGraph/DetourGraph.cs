using QuikGraph;

namespace NetworkGraph.QuikGraph;

/// <summary>A graph without the one edge that goes straight from a source to a target: an introduction needs a broker.</summary>
internal sealed class DetourGraph(SnapshotGraph graph, int source, int target) : IVertexListGraph<int, DirectedTie>
{
    public bool IsDirected => true;

    public bool AllowParallelEdges => false;

    public bool IsVerticesEmpty => graph.IsVerticesEmpty;

    public int VertexCount => graph.VertexCount;

    public IEnumerable<int> Vertices => graph.Vertices;

    public bool ContainsVertex(int vertex) => graph.ContainsVertex(vertex);

    public bool ContainsEdge(int from, int to) => !IsStraight(from, to) && graph.ContainsEdge(from, to);

    public bool TryGetEdge(int from, int to, out DirectedTie edge)
    {
        edge = default;
        return !IsStraight(from, to) && graph.TryGetEdge(from, to, out edge);
    }

    public bool TryGetEdges(int from, int to, out IEnumerable<DirectedTie> edges)
    {
        edges = TryGetEdge(from, to, out var edge) ? [edge] : [];
        return ContainsVertex(from);
    }

    public bool IsOutEdgesEmpty(int vertex) => !OutEdges(vertex).Any();

    public int OutDegree(int vertex) => OutEdges(vertex).Count();

    public IEnumerable<DirectedTie> OutEdges(int vertex) => vertex == source ? graph.OutEdges(vertex).Where(tie => tie.Target != target) : graph.OutEdges(vertex);

    public bool TryGetOutEdges(int vertex, out IEnumerable<DirectedTie> edges)
    {
        edges = ContainsVertex(vertex) ? OutEdges(vertex) : [];
        return ContainsVertex(vertex);
    }

    public DirectedTie OutEdge(int vertex, int index) => OutEdges(vertex).ElementAt(index);

    private bool IsStraight(int from, int to) => from == source && to == target;
}
