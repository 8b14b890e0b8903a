using System.Globalization;
using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.LoadTests.Graphalytics;

/// <summary>
/// A graph of the LDBC Graphalytics benchmark: vertices with numbers of their own and rows in both directions. Read
/// from an edge list (.v and .e files) or from the adjacency lists of the validation sets.
/// </summary>
public sealed class GraphalyticsGraph
{
    private readonly Dictionary<long, int> _numbers;

    private GraphalyticsGraph(long[] vertices, List<(int, int, float)> arcs, bool directed)
    {
        Vertices = vertices;
        _numbers = new Dictionary<long, int>(vertices.Length);
        for (var number = 0; number < vertices.Length; number++) _numbers[vertices[number]] = number;
        Directed = directed;
        Outgoing = directed ? Adjacency.Directed(vertices.Length, arcs) : Adjacency.Undirected(vertices.Length, arcs);
        Incoming = directed ? Outgoing.Transposed() : Outgoing;
        var ones = new List<(int, int, float)>(Outgoing.Entries);
        for (var vertex = 0; vertex < vertices.Length; vertex++)
        {
            foreach (var neighbour in Outgoing.NeighboursOf(vertex)) ones.Add((vertex, neighbour, 1));
        }
        Arcs = directed ? Adjacency.Undirected(vertices.Length, ones) : Outgoing.Unweighted();
    }

    /// <summary>Vertex ids in ascending order; a vertex's number is its place here.</summary>
    public long[] Vertices { get; }

    public bool Directed { get; }

    public Adjacency Outgoing { get; }

    public Adjacency Incoming { get; }

    /// <summary>Undirected; weights are the number of arcs between two vertices.</summary>
    public Adjacency Arcs { get; }

    public int NumberOf(long vertex) => _numbers[vertex];

    /// <summary>Reads lines of "vertex neighbour neighbour ...".</summary>
    /// <exception cref="FormatException">A line that is none, by its number.</exception>
    public static GraphalyticsGraph FromAdjacencyLists(string path, bool directed)
    {
        var edges = new List<(long, long, float)>();
        var vertices = new List<long>();
        foreach (var (fields, _) in Lines(path))
        {
            vertices.Add(fields[0]);
            // In an undirected graph every edge stands in two lines.
            for (var i = 1; i < fields.Length; i++)
            {
                if (directed || fields[0] < fields[i]) edges.Add((fields[0], fields[i], 1));
            }
        }
        return Of(vertices, edges, directed);
    }

    /// <summary>Reads a list of vertices and one of "from to [weight]".</summary>
    /// <exception cref="FormatException">A line that is none, by its number.</exception>
    public static GraphalyticsGraph FromEdgeList(string vertexPath, string edgePath, bool directed)
    {
        var vertices = new List<long>();
        foreach (var (fields, _) in Lines(vertexPath)) vertices.Add(fields[0]);
        var edges = new List<(long, long, float)>();
        var number = 0;
        foreach (var line in File.ReadLines(edgePath))
        {
            number++;
            var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length == 0) continue;
            if (fields.Length < 2 || !long.TryParse(fields[0], out var from) || !long.TryParse(fields[1], out var to)
                || !float.TryParse(fields.Length > 2 ? fields[2] : "1", NumberStyles.Float, CultureInfo.InvariantCulture, out var weight))
            {
                throw new FormatException($"{edgePath}, line {number}: not an edge: {line}");
            }
            edges.Add((from, to, weight));
        }
        return Of(vertices, edges, directed);
    }

    private static GraphalyticsGraph Of(List<long> listed, List<(long From, long To, float Weight)> edges, bool directed)
    {
        var all = new SortedSet<long>(listed);
        foreach (var (from, to, _) in edges)
        {
            all.Add(from);
            all.Add(to);
        }
        var vertices = all.ToArray();
        var arcs = new List<(int, int, float)>(edges.Count);
        foreach (var (from, to, weight) in edges) arcs.Add((Array.BinarySearch(vertices, from), Array.BinarySearch(vertices, to), weight));
        return new GraphalyticsGraph(vertices, arcs, directed);
    }

    private static IEnumerable<(long[] Fields, int Number)> Lines(string path)
    {
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (parts.Length == 0) continue;
            var fields = new long[parts.Length];
            for (var i = 0; i < parts.Length; i++)
            {
                if (!long.TryParse(parts[i], out fields[i])) throw new FormatException($"{path}, line {number}: not a vertex: {parts[i]}");
            }
            yield return (fields, number);
        }
    }
}
