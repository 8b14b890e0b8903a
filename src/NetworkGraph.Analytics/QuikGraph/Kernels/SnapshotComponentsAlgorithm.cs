using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Structure;
using QuikGraph.Algorithms;

namespace NetworkGraph.Analytics.QuikGraph.Kernels;

/// <summary>
/// The engine's connected components as a QuikGraph algorithm: who is tied to whom by any chain, whichever way the ties go.
/// As QuikGraph's WeaklyConnectedComponentsAlgorithm, at the kernel's speed and on all processors.
/// </summary>
public sealed class SnapshotComponentsAlgorithm(SnapshotGraph graph)
    : AlgorithmBase<SnapshotGraph>(graph), IConnectedComponentAlgorithm<int, DirectedTie, SnapshotGraph>
{
    public int ComponentCount { get; private set; }

    /// <summary>The component of each person, 0 to <see cref="ComponentCount"/> less 1 in order of their lowest numbers.</summary>
    public IDictionary<int, int> Components { get; private set; } = new PersonDictionary<int>([]);

    protected override void InternalCompute()
    {
        using var abort = new AbortToken(this);
        var lowest = ConnectedComponents.Compute(SnapshotGraphs.Arcs(VisitedGraph.Snapshot, abort.Token), abort.Token);
        var components = new int[lowest.Length];
        var count = 0;
        // A component is named by its lowest number, which comes first.
        for (var person = 0; person < lowest.Length; person++)
            components[person] = lowest[person] == person ? count++ : components[lowest[person]];
        Components = new PersonDictionary<int>(components);
        ComponentCount = count;
    }
}
