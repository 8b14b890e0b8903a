using NetworkGraph.Engine.Structure;

namespace NetworkGraph.LoadTests.Ldbc;

/// <summary>
/// Interactive complex reads 13 and 14 (v2) of the LDBC Social Network Benchmark.
/// Source: The LDBC Social Network Benchmark, version 2.2, Interactive workload.
/// </summary>
public static class InteractiveReads
{
    /// <summary>IC 13, single shortest path: its length over knows; 0 from a person to themselves, −1 without a path.</summary>
    public static int ShortestPathLength(SnbNetwork network, int from, int to, CancellationToken cancellation) =>
        BreadthFirst.HopsBetween(network.Knows, from, to, cancellation);

    /// <summary>IC 14 v2, trusted connection paths: a cheapest path over the interaction subgraph; null without a path.</summary>
    public static (long[] Persons, long Weight)? TrustedPath(SnbNetwork network, int from, int to, CancellationToken cancellation)
    {
        if (ShortestPaths.Between(network.Interactions, from, to, cancellation) is not { } path) return null;
        return ([.. path.People.Select(person => network.Persons[person])], (long)path.Length);
    }
}
