using System.Diagnostics;
using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>
/// Problem: on how many shortest ways between others everyone stands: the sum over all pairs s, t of the share of their
/// shortest paths that lead through the person. Paths are shortest by hops; each unordered pair counts once.
/// Preconditions: an undirected graph; weights are not looked at.
/// Method: from every person a breadth-first search counts shortest paths, and dependencies are gathered on the way back.
/// Sums are kept as whole numbers of a fixed fraction, so the threads do not change the result.
/// Invariants: 0 where a person's neighbours are all tied to each other; at most (n − 1)(n − 2)/2, which the middle of a star has.
/// Cost: O(n·m) time; 28 bytes a person and thread. So only where people × entries is at most <see cref="MaxWork"/>.
/// Source: Brandes, "A faster algorithm for betweenness centrality", 2001.
/// </summary>
public static class Betweenness
{
    /// <summary>People × entries up to which it is computed where somebody waits: about a second of one processor.</summary>
    public const long MaxWork = 200_000_000;

    private const int SourcesPerBlock = 16;

    /// <summary>Betweenness by person, in pairs.</summary>
    public static double[] Compute(Adjacency graph, CancellationToken cancellation, int threads = 0)
    {
        var sums = new ThreadSums(graph.People, largest: Math.Max(1, (double)graph.People * graph.People));
        ParallelBlocks.Run(graph.People, SourcesPerBlock, threads, () => new Search(graph, sums), (from, to, search) =>
        {
            for (var source = from; source < to; source++) search.From(source);
        }, cancellation);
        // Every pair was counted from both ends.
        return Array.ConvertAll(sums.Totals(), static sum => sum / 2);
    }

    private sealed class Search(Adjacency graph, ThreadSums sums)
    {
        private readonly long[] _sums = sums.Column();
        private readonly int[] _hops = new int[graph.People];
        private readonly int[] _order = new int[graph.People];
        private readonly double[] _paths = new double[graph.People];
        private readonly double[] _dependencies = new double[graph.People];

        public void From(int source)
        {
            var reached = Count(source);
            for (var place = reached - 1; place > 0; place--)
            {
                var person = _order[place];
                var share = (1 + _dependencies[person]) / _paths[person];
                foreach (var neighbour in graph.NeighboursOf(person))
                    if (_hops[neighbour] == _hops[person] - 1) _dependencies[neighbour] += _paths[neighbour] * share;
                Debug.Assert(_dependencies[person] >= 0 && _dependencies[person] <= graph.People,
                    "a person is on the way to at most everybody");
                _sums[person] += (long)(_dependencies[person] * sums.Scale + 0.5);
            }
            for (var place = 0; place < reached; place++) (_paths[_order[place]], _dependencies[_order[place]]) = (0, 0);
        }

        /// <summary>Hops and numbers of shortest paths from the source; returns how many people are reached, in order.</summary>
        private int Count(int source)
        {
            Array.Fill(_hops, -1);
            (_hops[source], _paths[source], _order[0]) = (0, 1, source);
            var reached = 1;
            for (var place = 0; place < reached; place++)
            {
                var person = _order[place];
                foreach (var neighbour in graph.NeighboursOf(person))
                {
                    if (_hops[neighbour] < 0)
                    {
                        _hops[neighbour] = _hops[person] + 1;
                        _order[reached++] = neighbour;
                    }
                    if (_hops[neighbour] == _hops[person] + 1) _paths[neighbour] += _paths[person];
                }
            }
            return reached;
        }
    }
}
