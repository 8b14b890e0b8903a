using System.Globalization;
using NetworkGraph.Engine.Structure;
using NetworkGraph.LoadTests.Graphalytics;
using NetworkGraph.LoadTests.Ldbc;

namespace NetworkGraph.LoadTests.Tests;

/// <summary>The validation graphs of LDBC Graphalytics, with the reference outputs that come with them.</summary>
public class GraphalyticsTests
{
    private const double Unreachable = long.MaxValue;

    [Theory]
    [InlineData("bfs", "dir", 1)]
    [InlineData("bfs", "undir", 1)]
    [InlineData("example", "directed", 1)]
    [InlineData("example", "undirected", 2)]
    public void Breadth_first_search_is_reproduced(string set, string kind, long source)
    {
        var (graph, output) = Read(set, kind, "BFS");
        var hops = BreadthFirst.Hops(graph.Outgoing, graph.Incoming, graph.NumberOf(source), RealData.Stop);
        foreach (var (vertex, expected) in output)
        {
            (hops[graph.NumberOf(vertex)] is var h && h < 0 ? Unreachable : h).ShouldBe(expected, $"vertex {vertex}");
        }
    }

    [Theory]
    [InlineData("pr", "dir", 14)]
    [InlineData("pr", "undir", 26)]
    [InlineData("example", "directed", 2)]
    [InlineData("example", "undirected", 2)]
    public void PageRank_is_reproduced(string set, string kind, int iterations)
    {
        var (graph, output) = Read(set, kind, "PR");
        var ranks = PageRank.Compute(graph.Incoming.Unweighted(), RealData.Stop, 0.85, iterations, tolerance: 0);
        ShouldMatch(graph, output, ranks);
    }

    [Theory]
    [InlineData("wcc", "dir")]
    [InlineData("wcc", "undir")]
    [InlineData("example", "directed")]
    [InlineData("example", "undirected")]
    public void Weakly_connected_components_are_reproduced_as_a_partition(string set, string kind)
    {
        var (graph, output) = Read(set, kind, "WCC");
        var components = ConnectedComponents.Compute(graph.Arcs, RealData.Stop);
        foreach (var (a, componentOfA) in output)
        {
            foreach (var (b, componentOfB) in output)
            {
                (components[graph.NumberOf(a)] == components[graph.NumberOf(b)]).ShouldBe(componentOfA == componentOfB, $"{a} and {b}");
            }
        }
    }

    [Theory]
    [InlineData("lcc", "dir")]
    [InlineData("lcc", "undir")]
    [InlineData("example", "directed")]
    [InlineData("example", "undirected")]
    public void Local_clustering_is_reproduced(string set, string kind)
    {
        var (graph, output) = Read(set, kind, "LCC");
        ShouldMatch(graph, output,
            graph.Directed ? LocalClustering.Directed(graph.Arcs, RealData.Stop) : LocalClustering.Undirected(graph.Arcs, RealData.Stop));
    }

    [Theory]
    [InlineData("sssp", "dir", 1)]
    [InlineData("sssp", "undir", 1)]
    [InlineData("example", "directed", 1)]
    [InlineData("example", "undirected", 2)]
    public void Shortest_paths_are_reproduced(string set, string kind, long source)
    {
        var (graph, output) = Read(set, kind, "SSSP");
        ShouldMatch(graph, output, ShortestPaths.Distances(graph.Outgoing, graph.NumberOf(source), RealData.Stop));
    }

    private static void ShouldMatch(GraphalyticsGraph graph, List<(long Vertex, double Value)> output, double[] values)
    {
        output.Count.ShouldBe(graph.Vertices.Length);
        foreach (var (vertex, expected) in output)
        {
            var value = values[graph.NumberOf(vertex)];
            if (double.IsPositiveInfinity(expected)) value.ShouldBe(expected);
            else Math.Abs(value - expected).ShouldBeLessThanOrEqualTo(
                1e-4 * Math.Abs(expected), $"vertex {vertex}: {value:R}, expected {expected:R}");
        }
    }

    private static (GraphalyticsGraph Graph, List<(long Vertex, double Value)> Output) Read(string set, string kind, string algorithm)
    {
        var folder = Path.Combine(RealData.Folder("graphalytics"), set);
        var directed = kind.StartsWith("dir", StringComparison.Ordinal);
        var (stem, output) = set == "example" ? ($"example-{kind}", $"example-{kind}-{algorithm}") : ($"{kind}-input", $"{kind}-output");
        var edges = Path.Combine(folder, stem + ".e");
        var graph = File.Exists(edges)
            ? GraphalyticsGraph.FromEdgeList(Path.Combine(folder, stem + ".v"), edges, directed)
            : GraphalyticsGraph.FromAdjacencyLists(Path.Combine(folder, stem), directed);
        return (graph, File.ReadLines(Path.Combine(folder, output)).Select(Pair).ToList());
    }

    private static (long, double) Pair(string line)
    {
        var fields = line.Split(' ');
        return (long.Parse(fields[0], CultureInfo.InvariantCulture), fields[1] switch
        {
            "Infinity" => double.PositiveInfinity,
            "9223372036854775807" => Unreachable,
            var number => double.Parse(number, CultureInfo.InvariantCulture),
        });
    }
}
