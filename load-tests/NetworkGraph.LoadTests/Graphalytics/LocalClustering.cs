using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.LoadTests.Graphalytics;

/// <summary>
/// Problem: the local clustering coefficient of everyone: the arcs among a person's neighbours over the d(d − 1) there
/// could be, neighbours in either direction; 0 with fewer than two neighbours.
/// Preconditions: an undirected graph whose weights are the number of arcs of an edge: 1 or 2 in a directed network
/// (<see cref="SnapshotGraphs.Arcs"/>), any equal number in an undirected one, where it does not matter.
/// Method: everyone's neighbours are marked, and each neighbour's row is scanned for them. Whole numbers, so exact.
/// Cost: Σ over people of their neighbours' degrees; 4 bytes a person.
/// Source: Watts, Strogatz 1998; for directed graphs LDBC Graphalytics 1.0, 2.3.5.
/// </summary>
public static class LocalClustering
{
    /// <summary>Coefficients by person for a network with directions; weights are arcs, 1 or 2.</summary>
    public static double[] Directed(Adjacency arcs, CancellationToken cancellation) =>
        Compute(arcs, static weight => weight / 2, cancellation);

    /// <summary>Coefficients by person for a network without directions; weights are not looked at.</summary>
    public static double[] Undirected(Adjacency graph, CancellationToken cancellation) => Compute(graph, static _ => 1, cancellation);

    /// <param name="graph">The network.</param>
    /// <param name="worth">What an edge among neighbours counts, seen from one of its two ends: 1 where both arcs are there.</param>
    /// <param name="cancellation">Stops it.</param>
    private static double[] Compute(Adjacency graph, Func<float, double> worth, CancellationToken cancellation)
    {
        var ratios = new double[graph.People];
        var markedFor = new int[graph.People];
        for (var person = 0; person < graph.People; person++)
        {
            if ((person & 0xFF) == 0) cancellation.ThrowIfCancellationRequested();
            long degree = graph.Degree(person);
            if (degree < 2) continue;
            foreach (var neighbour in graph.NeighboursOf(person)) markedFor[neighbour] = person + 1;
            var among = 0d;
            foreach (var neighbour in graph.NeighboursOf(person))
            {
                for (var entry = graph.Starts[neighbour]; entry < graph.Starts[neighbour + 1]; entry++)
                    if (markedFor[graph.Neighbours[entry]] == person + 1) among += worth(graph.Weights[entry]);
            }
            ratios[person] = among / (degree * (degree - 1));
        }
        return ratios;
    }
}
