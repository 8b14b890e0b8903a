using QuikGraph;

namespace NetworkGraph.QuikGraph;

/// <summary>A tie from one person (by number) to another, as an edge. Strengths are at the snapshot's landmark, above 0.</summary>
/// <param name="Strength">From the source towards the target.</param>
/// <param name="Mutual">√(out·in); 0 where only one direction is tied.</param>
public readonly record struct DirectedTie(int Source, int Target, float Strength, float Mutual) : IEdge<int>;
