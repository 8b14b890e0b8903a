using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Structure;
using QuikGraph;
using QuikGraph.Algorithms;

namespace NetworkGraph.Analytics.QuikGraph.Kernels;

/// <summary>
/// The engine's shortest paths from one person as a QuikGraph algorithm: the least sum of lengths to everyone. Observers
/// attach as to QuikGraph's own Dijkstra: the tree is shown when it is known, people in order of their distance.
/// </summary>
/// <param name="graph">The network.</param>
/// <param name="lengths">The length of a tie, above 0; null counts hops.</param>
public sealed class SnapshotDistancesAlgorithm(SnapshotGraph graph, Func<DirectedTie, double>? lengths = null)
    : RootedAlgorithmBase<int, SnapshotGraph>(null, graph), IDistanceRecorderAlgorithm<int>, IVertexPredecessorRecorderAlgorithm<int,
        DirectedTie>
{
    public event VertexAction<int>? InitializeVertex;

    public event VertexAction<int>? DiscoverVertex;

    public event VertexAction<int>? StartVertex;

    public event VertexAction<int>? FinishVertex;

    public event EdgeAction<int, DirectedTie>? TreeEdge;

    /// <summary>By person; positive infinity where no path leads.</summary>
    public IDictionary<int, double> Distances { get; private set; } = new PersonDictionary<double>([]);

    public double GetDistance(int vertex) => Distances[vertex];

    protected override void InternalCompute()
    {
        var root = GetAndAssertRootInGraph();
        using var abort = new AbortToken(this);
        var tree = ShortestPaths.From(Outgoing(abort.Token), root, abort.Token);
        Distances = new PersonDictionary<double>(tree.Distances);
        if (InitializeVertex is not null)
            foreach (var person in VisitedGraph.Vertices) InitializeVertex(person);
        StartVertex?.Invoke(root);
        foreach (var person in tree.Order)
        {
            DiscoverVertex?.Invoke(person);
            if (tree.Previous[person] >= 0 && VisitedGraph.TryGetEdge(tree.Previous[person], person, out var edge)) TreeEdge?.Invoke(edge);
            FinishVertex?.Invoke(person);
        }
    }

    private Adjacency Outgoing(CancellationToken cancellation)
    {
        if (lengths is null) return SnapshotGraphs.Outgoing(VisitedGraph.Snapshot, cancellation).Unweighted();
        var starts = new int[VisitedGraph.VertexCount + 1];
        var neighbours = new List<int>();
        var weights = new List<float>();
        for (var person = 0; person < VisitedGraph.VertexCount; person++)
        {
            if ((person & 0xFFF) == 0) cancellation.ThrowIfCancellationRequested();
            foreach (var tie in VisitedGraph.OutEdges(person).OrderBy(static tie => tie.Target))
            {
                neighbours.Add(tie.Target);
                weights.Add((float)lengths(tie));
            }
            starts[person + 1] = neighbours.Count;
        }
        return new Adjacency(starts, [.. neighbours], [.. weights]);
    }
}
