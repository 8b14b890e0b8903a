using NetworkGraph.Engine.Snapshots;
using QuikGraph.Algorithms.ConnectedComponents;

namespace NetworkGraph.QuikGraph;

/// <summary>
/// Problem: groups in which everyone reaches everyone else along ties in their direction: what goes out there can come
/// back. Preconditions: none. Method: Tarjan's algorithm, QuikGraph's. Cost: O(people + ties).
/// Source: Tarjan, "Depth-first search and linear graph algorithms", 1972.
/// </summary>
public static class StronglyConnectedCores
{
    /// <summary>The core of each person, by number; a person by themselves is a core too.</summary>
    public static IReadOnlyDictionary<int, int> Of(NetworkSnapshot snapshot)
    {
        var search = new StronglyConnectedComponentsAlgorithm<int, DirectedTie>(new SnapshotGraph(snapshot));
        search.Compute();
        return new Dictionary<int, int>(search.Components);
    }

    /// <summary>Sizes of the cores of at least two people, largest first.</summary>
    public static IReadOnlyList<int> Sizes(NetworkSnapshot snapshot) =>
        [.. Of(snapshot).GroupBy(static member => member.Value).Select(static core => core.Count()).Where(static size => size > 1).OrderDescending()];
}
