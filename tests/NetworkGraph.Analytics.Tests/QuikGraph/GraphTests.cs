using NetworkGraph.Analytics.QuikGraph;
using NetworkGraph.Engine.Snapshots;
using QuikGraph;

namespace NetworkGraph.Analytics.Tests.QuikGraph;

/// <summary>The snapshot's graphs hold its ties, whichever way they are asked.</summary>
public sealed class GraphTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_directed_graph_has_the_snapshots_ties_seen_from_both_ends(int seed)
    {
        var snapshot = GeneratedNetwork.Make(seed, 60, 4);
        foreach (var graph in (SnapshotGraph[])[new(snapshot), new(snapshot, mutualOnly: true)])
        {
            var edges = graph.Edges.ToList();
            edges.Count.ShouldBe(graph.EdgeCount);
            edges.ShouldBeUnique();
            graph.Vertices.SelectMany(graph.InEdges).ShouldBe(edges, ignoreOrder: true);
            graph.Vertices.Sum(graph.InDegree).ShouldBe(edges.Count);
            foreach (var edge in edges)
            {
                graph.ContainsEdge(edge).ShouldBeTrue();
                graph.TryGetEdges(edge.Source, edge.Target, out var same).ShouldBeTrue();
                same.ShouldBe([edge]);
                edge.Strength.ShouldBeGreaterThan(0);
            }
            foreach (var person in graph.Vertices)
            {
                graph.Degree(person).ShouldBe(graph.OutDegree(person) + graph.InDegree(person));
                graph.OutEdges(person).ShouldBe(Enumerable.Range(0, graph.OutDegree(person)).Select(index => graph.OutEdge(person, index)));
                graph.InEdges(person).ShouldBe(Enumerable.Range(0, graph.InDegree(person)).Select(index => graph.InEdge(person, index)));
                graph.OutEdges(person).ShouldBeSameAs(graph.OutEdges(person), "a row is made once");
            }
        }
        var arcs = Enumerable.Range(0, snapshot.People).Sum(person => snapshot.Row(person).Out.ToArray().Count(strength => strength > 0));
        new SnapshotGraph(snapshot).EdgeCount.ShouldBe(arcs);
    }

    [Fact]
    public void Strengths_of_edges_are_those_at_the_snapshots_date()
    {
        var snapshot = GeneratedNetwork.Make(2, 30, 4);
        var later = new SnapshotGraph(snapshot.WithAsOf(180L * 86_400_000));
        foreach (var edge in new SnapshotGraph(snapshot).Edges)
        {
            later.TryGetEdge(edge.Source, edge.Target, out var half).ShouldBeTrue();
            half.Strength.ShouldBe(edge.Strength / 2, 1e-9 * edge.Strength);
            half.Mutual.ShouldBe(edge.Mutual / 2, 1e-9 * (1 + edge.Mutual));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_mutual_graph_has_each_mutual_tie_once_and_from_both_ends(int seed)
    {
        var snapshot = GeneratedNetwork.Make(seed, 60, 4);
        var directed = new SnapshotGraph(snapshot, mutualOnly: true);
        var graph = new MutualGraph(snapshot, Hops.Chance);
        (graph.EdgeCount * 2).ShouldBe(directed.EdgeCount);
        var edges = graph.Edges.ToList();
        edges.Count.ShouldBe(graph.EdgeCount);
        foreach (var edge in edges)
        {
            edge.Source.ShouldBeLessThan(edge.Target);
            graph.AdjacentEdges(edge.Source).ShouldContain(edge);
            graph.AdjacentEdges(edge.Target).ShouldContain(edge);
            graph.ContainsEdge(edge.Target, edge.Source).ShouldBeTrue();
            graph.EdgeEqualityComparer(edge, edge.Target, edge.Source).ShouldBeTrue();
            edge.Strength.ShouldBe(directed.OutEdges(edge.Source).Single(tie => tie.Target == edge.Target).Mutual, 1e-12);
            Math.Exp(-edge.Cost).ShouldBe(Hops.Chance(edge.Strength), 1e-12);
        }
        foreach (var person in graph.Vertices)
            graph.AdjacentEdges(person).ShouldBe(
                Enumerable.Range(0, graph.AdjacentDegree(person)).Select(index => graph.AdjacentEdge(person, index)));
    }

    [Fact]
    public void A_mutual_graph_of_some_people_has_only_the_ties_among_them()
    {
        var snapshot = GeneratedNetwork.Make(5, 60, 6);
        var some = Enumerable.Range(0, 60).Where(person => person % 2 == 0).ToHashSet();
        var graph = new MutualGraph(snapshot, Hops.Chance, some);
        graph.Vertices.ShouldBe(some, ignoreOrder: true);
        graph.Edges.ShouldBe(
            new MutualGraph(snapshot, Hops.Chance).Edges.Where(tie => some.Contains(tie.Source) && some.Contains(tie.Target)));
        Should.Throw<VertexNotFoundException>(() => graph.AdjacentEdges(1));
    }

    [Fact]
    public void A_graph_by_id_has_the_same_ties_and_no_erased_people()
    {
        var snapshot = GeneratedNetwork.Make(4, 40, 4);
        var lonely = Enumerable.Range(0, 40).First(person => snapshot.Row(person).Count == 0);
        snapshot.Ids.Erase(lonely);
        var numbers = new SnapshotGraph(snapshot);
        var graph = new PersonGraph(numbers);
        graph.VertexCount.ShouldBe(39);
        graph.ContainsVertex("").ShouldBeFalse();
        graph.Edges.Select(tie => (tie.Source, tie.Target, tie.Strength)).ShouldBe(
            numbers.Edges.Select(tie => ($"p{tie.Source}", $"p{tie.Target}", tie.Strength)));
        graph.InEdges("p1").Select(tie => tie.Source).ShouldBe(numbers.InEdges(1).Select(tie => $"p{tie.Source}"));
        Should.Throw<VertexNotFoundException>(() => graph.OutDegree("nobody"));
    }

    [Fact]
    public void Unknown_people_are_refused_at_the_call_and_not_when_edges_are_read()
    {
        var snapshot = GeneratedNetwork.Make(1, 10, 2);
        var directed = new SnapshotGraph(snapshot);
        foreach (var unknown in (int[])[-1, 10, int.MaxValue])
        {
            Should.Throw<VertexNotFoundException>(() => { _ = directed.OutEdges(unknown); });
            Should.Throw<VertexNotFoundException>(() => { _ = directed.InEdges(unknown); });
            Should.Throw<VertexNotFoundException>(() => { _ = new MutualGraph(snapshot, Hops.Chance).AdjacentEdges(unknown); });
            directed.TryGetOutEdges(unknown, out _).ShouldBeFalse();
            directed.ContainsEdge(unknown, 1).ShouldBeFalse();
        }
        Should.Throw<ArgumentOutOfRangeException>(() => directed.OutEdges(0).ElementAt(1000));
    }
}
