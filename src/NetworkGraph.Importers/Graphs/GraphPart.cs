namespace NetworkGraph.Importers.Graphs;

/// <summary>A node or an edge of a graph file.</summary>
/// <param name="Id">Of a node, its id; of an edge, where it begins.</param>
/// <param name="Target">Of an edge, where it ends; null for a node.</param>
/// <param name="Label">What the node is called.</param>
/// <param name="IsDirected">Of an edge.</param>
/// <param name="Values">Attributes by name.</param>
internal sealed record GraphPart(
    string Id, string? Target, string Label, bool IsDirected, IReadOnlyDictionary<string, string> Values, long Line)
{
    /// <summary>Why this line is no edge; null where it is one.</summary>
    public string? Broken { get; init; }
}
