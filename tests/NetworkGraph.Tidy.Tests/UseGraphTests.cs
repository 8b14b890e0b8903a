namespace NetworkGraph.Tidy.Tests;

public class UseGraphTests
{
    [Fact]
    public void A_graph_without_a_way_back_has_no_cycle()
    {
        var graph = new UseGraph();
        graph.Add("a", "b", "1");
        graph.Add("a", "c", "2");
        graph.Add("b", "c", "3");
        graph.Add("c", "c", "4");
        graph.Cycles().ShouldBeEmpty();
    }

    [Fact]
    public void Each_cycle_is_printed_with_its_places()
    {
        var graph = new UseGraph();
        graph.Add("a", "b", "ab");
        graph.Add("b", "c", "bc");
        graph.Add("c", "a", "ca");
        graph.Add("c", "d", "cd");
        graph.Add("x", "y", "xy");
        graph.Add("y", "x", "yx");
        graph.Cycles().ShouldBe(["a cycle:\n    a -> b: ab\n    b -> c: bc\n    c -> a: ca", "a cycle:\n    x -> y: xy\n    y -> x: yx"]);
    }

    [Fact]
    public void Namespaces_use_each_other_by_types_extension_methods_and_qualified_names()
    {
        SourceFile[] files =
        [
            new("A.cs", "namespace N.A;\npublic class One { private Two _two; }"),
            new("Root.cs", "using N.B;\nnamespace N;\npublic class Two { int F(int x) => x.Twice(); }"),
            new("B.cs", "namespace N.B;\npublic static class Three { public static int Twice(this int x) => A.One.Of(x); }"),
        ];
        NamespaceRules.UsesOf(files).Cycles().ShouldBe(
            ["a cycle:\n    N -> N.B: Root.cs:3: Twice\n    N.B -> N.A: B.cs:2: One\n    N.A -> N: A.cs:2: Two"]);
    }
}
