using NetworkGraph.Engine.Snapshots;
using QuikGraph;

namespace NetworkGraph.Analytics.QuikGraph;

/// <summary>A tie from one person to another, by id. Strengths are at the snapshot's date.</summary>
/// <param name="Source">Who acted.</param>
/// <param name="Target">Towards whom.</param>
/// <param name="Strength">From the source towards the target, above 0.</param>
/// <param name="Mutual">√(out·in); 0 where only one direction is tied.</param>
public sealed record PersonTie(string Source, string Target, double Strength, double Mutual) : IEdge<string>;

/// <summary>
/// A <see cref="SnapshotGraph"/> by person id, for those who use QuikGraph's algorithms and do not want to know of numbers.
/// People who were erased are no vertices. Cost: one dictionary of everyone when made. Any number of threads read it.
/// </summary>
public sealed class PersonGraph : IBidirectionalGraph<string, PersonTie>
{
    private readonly SnapshotGraph _graph;
    private readonly Dictionary<string, int> _numbers;

    public PersonGraph(SnapshotGraph graph)
    {
        _graph = graph;
        _numbers = new Dictionary<string, int>(graph.VertexCount, StringComparer.Ordinal);
        foreach (var person in graph.Vertices)
            if (graph.Snapshot.Ids[person] is { Length: > 0 } id) _numbers[id] = person;
    }

    public PersonGraph(NetworkSnapshot snapshot) : this(new SnapshotGraph(snapshot))
    {
    }

    public bool IsDirected => true;

    public bool AllowParallelEdges => false;

    public bool IsVerticesEmpty => _numbers.Count == 0;

    public int VertexCount => _numbers.Count;

    public IEnumerable<string> Vertices => _numbers.Keys;

    public bool IsEdgesEmpty => _graph.IsEdgesEmpty;

    public int EdgeCount => _graph.EdgeCount;

    public IEnumerable<PersonTie> Edges => _graph.Edges.Select(Named);

    public bool ContainsVertex(string vertex) => _numbers.ContainsKey(vertex);

    public bool ContainsEdge(PersonTie edge) => TryGetEdge(edge.Source, edge.Target, out var found) && found == edge;

    public bool ContainsEdge(string source, string target) => TryGetEdge(source, target, out _);

    public bool TryGetEdge(string source, string target, out PersonTie edge)
    {
        edge = null!;
        if (!_numbers.TryGetValue(source, out var from) || !_numbers.TryGetValue(target, out var to)) return false;
        if (!_graph.TryGetEdge(from, to, out var tie)) return false;
        edge = Named(tie);
        return true;
    }

    public bool TryGetEdges(string source, string target, out IEnumerable<PersonTie> edges)
    {
        edges = TryGetEdge(source, target, out var edge) ? [edge] : [];
        return ContainsVertex(source);
    }

    public bool IsOutEdgesEmpty(string vertex) => _graph.IsOutEdgesEmpty(NumberOf(vertex));

    public int OutDegree(string vertex) => _graph.OutDegree(NumberOf(vertex));

    public IEnumerable<PersonTie> OutEdges(string vertex) => _graph.OutEdges(NumberOf(vertex)).Select(Named);

    public bool TryGetOutEdges(string vertex, out IEnumerable<PersonTie> edges)
    {
        edges = ContainsVertex(vertex) ? OutEdges(vertex) : [];
        return ContainsVertex(vertex);
    }

    public PersonTie OutEdge(string vertex, int index) => Named(_graph.OutEdge(NumberOf(vertex), index));

    public bool IsInEdgesEmpty(string vertex) => _graph.IsInEdgesEmpty(NumberOf(vertex));

    public int InDegree(string vertex) => _graph.InDegree(NumberOf(vertex));

    public IEnumerable<PersonTie> InEdges(string vertex) => _graph.InEdges(NumberOf(vertex)).Select(Named);

    public bool TryGetInEdges(string vertex, out IEnumerable<PersonTie> edges)
    {
        edges = ContainsVertex(vertex) ? InEdges(vertex) : [];
        return ContainsVertex(vertex);
    }

    public PersonTie InEdge(string vertex, int index) => Named(_graph.InEdge(NumberOf(vertex), index));

    public int Degree(string vertex) => _graph.Degree(NumberOf(vertex));

    /// <exception cref="VertexNotFoundException">No one has the id.</exception>
    private int NumberOf(string vertex) => _numbers.TryGetValue(vertex, out var number) ? number : throw new VertexNotFoundException();

    private PersonTie Named(DirectedTie tie)
    {
        var ids = _graph.Snapshot.Ids;
        return new PersonTie(ids[tie.Source], ids[tie.Target], tie.Strength, tie.Mutual);
    }
}
