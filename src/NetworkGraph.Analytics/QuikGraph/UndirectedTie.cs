using QuikGraph;

namespace NetworkGraph.Analytics.QuikGraph;

/// <summary>A mutual tie between two people, by number; seen from either end it is the same edge.</summary>
/// <param name="Source">The lower number.</param>
/// <param name="Target">The higher number.</param>
/// <param name="Strength">m = √(out·in) at the snapshot's date, above 0.</param>
/// <param name="Cost">−ln p of an introduction over it, in nats: the cheapest path is the one most likely to work.</param>
public readonly record struct UndirectedTie(int Source, int Target, double Strength, double Cost) : IUndirectedEdge<int>;
