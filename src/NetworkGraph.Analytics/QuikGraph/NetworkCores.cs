using System.Runtime.InteropServices;
using QuikGraph;
using QuikGraph.Algorithms.Condensation;

namespace NetworkGraph.Analytics.QuikGraph;

/// <summary>A group in which everyone reaches everyone else along ties in their direction.</summary>
/// <param name="People">Numbers of its people, ascending.</param>
/// <param name="Ties">Ties from one of them to another.</param>
/// <param name="LeadsTo">Places of the cores that ties lead to straight from here, ascending, each with how many ties.</param>
public sealed record NetworkCore(int[] People, int Ties, IReadOnlyList<(int Core, int Ties)> LeadsTo);

/// <summary>
/// Problem: the strongly connected cores of a network, and how they lead to each other: what goes out within a core can
/// come back to where it began, what leaves it never does.
/// Preconditions: none.
/// Method: QuikGraph's CondensationGraphAlgorithm, whose components are Tarjan's; people of a component and ties between
/// components are counted, not copied. Cores are in order of size, the largest first, equal ones by their first id.
/// Invariants: everybody is in exactly one core, alone or with others; LeadsTo never goes in a circle.
/// Cost: O(people + ties) time, some 400 bytes a person while it runs.
/// Source: Tarjan, "Depth-first search and linear graph algorithms", 1972.
/// </summary>
public static class NetworkCores
{
    /// <summary>The cores, people by themselves among them.</summary>
    /// <exception cref="OperationCanceledException">By <paramref name="cancellation"/>.</exception>
    public static IReadOnlyList<NetworkCore> Of(SnapshotGraph graph, CancellationToken cancellation)
    {
        var condensation = new CondensationGraphAlgorithm<int, DirectedTie, CoreMembers>(graph);
        condensation.Compute(cancellation);
        CoreMembers[] cores = [.. condensation.CondensedGraph.Vertices];
        var ids = graph.Snapshot.Ids;
        foreach (var core in cores) core.FirstId = core.People.Select(person => ids[person]).Min(StringComparer.Ordinal)!;
        Array.Sort(cores, static (a, b) =>
            a.People.Count != b.People.Count ? b.People.Count - a.People.Count : string.CompareOrdinal(a.FirstId, b.FirstId));
        for (var place = 0; place < cores.Length; place++) cores[place].Place = place;
        return [.. cores.Select(core => new NetworkCore([.. core.People], core.EdgeCount,
            [.. condensation.CondensedGraph.OutEdges(core).Select(static edge => (edge.Target.Place, edge.Edges.Count)).Order()]))];
    }

    /// <summary>A component as the condensation fills it: its people in ascending order, and how many ties there are among them.</summary>
    private sealed class CoreMembers : IMutableVertexAndEdgeSet<int, DirectedTie>
    {
        public event VertexAction<int>? VertexAdded { add { } remove { } }

        public event VertexAction<int>? VertexRemoved { add { } remove { } }

        public event EdgeAction<int, DirectedTie>? EdgeAdded { add { } remove { } }

        public event EdgeAction<int, DirectedTie>? EdgeRemoved { add { } remove { } }

        public bool IsDirected => true;

        public bool AllowParallelEdges => false;

        public List<int> People { get; } = [];

        public int Place { get; set; }

        public string FirstId { get; set; } = "";

        public int EdgeCount { get; private set; }

        public bool IsVerticesEmpty => People.Count == 0;

        public int VertexCount => People.Count;

        public IEnumerable<int> Vertices => People;

        public bool IsEdgesEmpty => EdgeCount == 0;

        public IEnumerable<DirectedTie> Edges => throw OnlyCounted();

        public bool AddVertex(int vertex)
        {
            People.Add(vertex);
            return true;
        }

        public bool AddEdge(DirectedTie edge)
        {
            EdgeCount++;
            return true;
        }

        public bool ContainsVertex(int vertex) => CollectionsMarshal.AsSpan(People).BinarySearch(vertex) >= 0;

        public bool ContainsEdge(DirectedTie edge) => throw OnlyCounted();

        public int AddVertexRange(IEnumerable<int> vertices) => throw OnlyCounted();

        public bool RemoveVertex(int vertex) => throw OnlyCounted();

        public int RemoveVertexIf(VertexPredicate<int> predicate) => throw OnlyCounted();

        public int AddEdgeRange(IEnumerable<DirectedTie> edges) => throw OnlyCounted();

        public bool RemoveEdge(DirectedTie edge) => throw OnlyCounted();

        public int RemoveEdgeIf(EdgePredicate<int, DirectedTie> predicate) => throw OnlyCounted();

        public bool AddVerticesAndEdge(DirectedTie edge) => throw OnlyCounted();

        public int AddVerticesAndEdgeRange(IEnumerable<DirectedTie> edges) => throw OnlyCounted();

        public void Clear() => throw OnlyCounted();

        private static NotSupportedException OnlyCounted() => new("Of a core's ties only the number is kept.");
    }
}
