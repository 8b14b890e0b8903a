using NetworkGraph.People.Boundaries;

namespace NetworkGraph.Analytics.PersonGrains;

/// <summary>Whom a call is about, who will see the answer, and what the answer must know.</summary>
/// <param name="Person">The person's id; the grain's key is derived from it.</param>
/// <param name="Viewer">Who sees the answer.</param>
/// <param name="AsOfMs">Unix ms; interactions dated after it do not count. Null: the network as it is now.</param>
/// <param name="Folded">Records up to this position count, wherever the grain is: the caller has seen them.</param>
/// <param name="Published">Records up to this position are in the network that is asked: the caller has seen one that holds them.</param>
[GenerateSerializer]
[Immutable]
[Alias("networkgraph.PersonRequest")]
public sealed record PersonRequest(string Person, Viewer Viewer, long? AsOfMs, long Folded, long Published);
