using NetworkGraph.Events.Interactions;
using NetworkGraph.Importers.Imports;

namespace NetworkGraph.Importers.Tests.Imports;

public class GraphTests
{
    private const long AtMs = 1_767_225_600_000;

    private static readonly ImportOptions s_meeting = new() { AtMs = AtMs, Kind = InteractionKind.Meeting };

    [Theory]
    [InlineData("graphology-les_miserables.gexf", 77, 254)]
    [InlineData("graphology-miserables.graphml", 77, 254)]
    [InlineData("graphology-basic.gexf", 2, 2)]
    [InlineData("graphology-edge_data.gexf", 4, 5)]
    [InlineData("graphology-mixed.gexf", 3, 3)]
    [InlineData("graphology-attributes.graphml", 6, 7)]
    [InlineData("karate.gml", 2, 1)]
    [InlineData("small.net", 3, 3)]
    public void Graphs_have_their_nodes_and_edges(string file, int nodes, int edges)
    {
        var graph = Importing.Sample("graph/" + file, s_meeting);

        graph.Formats.ShouldBe(["graph"]);
        graph.Rejected.ShouldBeEmpty();
        var loops = graph.LeftOut.GetValueOrDefault(LeftOutReasons.NoOneElse);
        (graph.Interactions.Count + loops).ShouldBe(edges);
        graph.Interactions.SelectMany(i => i.To.Append(i.From)).Distinct().Count().ShouldBeLessThanOrEqualTo(nodes);
    }

    [Fact]
    public void An_undirected_edge_is_one_meeting_or_a_message_each_way()
    {
        Importing.Sample("graph/karate.gml", s_meeting).Lines.ShouldBe(["2026-01-01T00:00:00Z meeting A & B -> C"]);
        Importing.Sample("graph/karate.gml", s_meeting with { Kind = InteractionKind.Message }).Interactions.Count.ShouldBe(2);
        Importing.Sample("graph/karate.gml", s_meeting with { UndirectedBoth = true }).Interactions.Count.ShouldBe(2);
    }

    [Fact]
    public void A_graph_without_a_time_or_a_kind_is_refused_with_what_to_say()
    {
        const string Gml = "graph [ node [ id 1 ] node [ id 2 ] edge [ source 1 target 2 ] ]";

        Importing.Text("g.gml", Gml).Rejected.ShouldHaveSingleItem().Reason.ShouldContain("--kind");
        Importing.Text("g.gml", Gml,
            new ImportOptions { Kind = InteractionKind.Message }).Rejected.ShouldHaveSingleItem().Reason.ShouldContain("--at");
    }

    [Fact]
    public void Edges_with_a_time_of_their_own_have_that()
    {
        var graph = Importing.Text("g.gexf", """
            <gexf version="1.3"><graph defaultedgetype="directed" mode="dynamic">
            <nodes><node id="1" label="Ann"/><node id="2" label="Bob"/></nodes>
            <edges><edge source="1" target="2" start="2026-03-01"/>
            <edge source="2" target="9"><spells><spell start="2026-03-02T10:00:00Z"/></spells></edge></edges></graph></gexf>
            """, new ImportOptions { Kind = InteractionKind.Message });

        graph.Lines.ShouldBe(["2026-03-01T00:00:00Z message Ann -> Bob", "2026-03-02T10:00:00Z message Bob -> 9"]);
    }

    [Fact]
    public void Entities_that_grow_without_bound_are_refused()
    {
        var graph = Importing.Text(
            "g.graphml", "<?xml version=\"1.0\"?><!DOCTYPE graphml [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><graphml><graph><node "
            + "id=\"&b;\"/></graph></graphml>", s_meeting);

        graph.Interactions.ShouldBeEmpty();
        graph.Rejected.ShouldHaveSingleItem().Reason.ShouldContain("could not be parsed past");
    }
}
