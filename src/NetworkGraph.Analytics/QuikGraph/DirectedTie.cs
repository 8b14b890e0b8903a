using QuikGraph;

namespace NetworkGraph.Analytics.QuikGraph;

/// <summary>A tie from one person to another, by number. Strengths are at the snapshot's date.</summary>
/// <param name="Source">Who acted.</param>
/// <param name="Target">Towards whom.</param>
/// <param name="Strength">From the source towards the target, above 0.</param>
/// <param name="Mutual">√(out·in); 0 where only one direction is tied.</param>
public readonly record struct DirectedTie(int Source, int Target, double Strength, double Mutual) : IEdge<int>;
