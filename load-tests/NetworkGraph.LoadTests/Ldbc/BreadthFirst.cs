using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.LoadTests.Ldbc;

/// <summary>
/// Problem: the number of hops from one person to everyone, or between two people.
/// Preconditions: rows of outgoing arcs and, for a directed graph, rows of incoming ones.
/// Method: to everyone, direction-optimising: small frontiers look at the arcs that leave them, large ones are found by
/// the people not yet reached. Between two, level by level from both ends, the smaller frontier first.
/// Cost: O(n + m), in practice a fraction of m; 8 bytes a person.
/// Source: Beamer, Asanović, Patterson, "Direction-Optimizing Breadth-First Search", 2012.
/// </summary>
public static class BreadthFirst
{
    /// <summary>When the frontier's arcs exceed the unreached arcs over this, people look for the frontier.</summary>
    private const int ToBottomUp = 14;

    /// <summary>When the frontier has fewer than the people over this, the frontier looks for people again.</summary>
    private const int ToTopDown = 24;

    /// <summary>Hops by person in an undirected graph; −1 where there is no path.</summary>
    public static int[] Hops(Adjacency graph, int source, CancellationToken cancellation) => Hops(graph, graph, source, cancellation);

    /// <summary>Hops by person along the arcs; −1 where there is no path.</summary>
    public static int[] Hops(Adjacency outgoing, Adjacency incoming, int source, CancellationToken cancellation)
    {
        var hops = new int[outgoing.People];
        Array.Fill(hops, -1);
        hops[source] = 0;
        var frontier = new int[outgoing.People];
        var next = new int[outgoing.People];
        frontier[0] = source;
        var (count, level, bottomUp) = (1, 0, false);
        long unreached = outgoing.Entries;
        while (count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            long leaving = 0;
            for (var i = 0; i < count; i++) leaving += outgoing.Degree(frontier[i]);
            unreached -= leaving;
            bottomUp = bottomUp ? count > outgoing.People / ToTopDown : leaving > unreached / ToBottomUp;
            count = bottomUp ? BottomUp(incoming, hops, level, next) : TopDown(outgoing, hops, level, frontier.AsSpan(0, count), next);
            (frontier, next) = (next, frontier);
            level++;
        }
        return hops;
    }

    private static int TopDown(Adjacency outgoing, int[] hops, int level, ReadOnlySpan<int> frontier, int[] next)
    {
        var count = 0;
        foreach (var person in frontier)
        {
            foreach (var neighbour in outgoing.NeighboursOf(person))
            {
                if (hops[neighbour] >= 0) continue;
                hops[neighbour] = level + 1;
                next[count++] = neighbour;
            }
        }
        return count;
    }

    private static int BottomUp(Adjacency incoming, int[] hops, int level, int[] next)
    {
        var count = 0;
        for (var person = 0; person < hops.Length; person++)
        {
            if (hops[person] >= 0) continue;
            foreach (var neighbour in incoming.NeighboursOf(person))
            {
                if (hops[neighbour] != level) continue;
                hops[person] = level + 1;
                next[count++] = person;
                break;
            }
        }
        return count;
    }

    /// <summary>Hops between two people of an undirected graph; 0 from a person to themselves, −1 where there is no path.</summary>
    public static int HopsBetween(Adjacency graph, int from, int to, CancellationToken cancellation)
    {
        if (from == to) return 0;
        // Distances from the one end are stored as they are, from the other as their negatives, 0 is unseen.
        var seen = new int[graph.People];
        (seen[from], seen[to]) = (1, -1);
        var (near, far) = (new List<int> { from }, new List<int> { to });
        var (nearSide, farSide) = (1, -1);
        while (near.Count > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            if (near.Count > far.Count) (near, far, nearSide, farSide) = (far, near, farSide, nearSide);
            var best = ExpandLevel(graph, seen, nearSide, ref near);
            if (best > 0) return best;
        }
        return -1;
    }

    /// <summary>Moves one side a level on; returns the length of the shortest path met, or 0.</summary>
    private static int ExpandLevel(Adjacency graph, int[] seen, int side, ref List<int> frontier)
    {
        var next = new List<int>();
        var best = 0;
        foreach (var person in frontier)
        {
            var depth = seen[person] * side;
            foreach (var neighbour in graph.NeighboursOf(person))
            {
                var mark = seen[neighbour] * side;
                if (mark == 0)
                {
                    seen[neighbour] = (depth + 1) * side;
                    next.Add(neighbour);
                }
                else if (mark < 0 && (best == 0 || depth - mark - 1 < best))
                {
                    best = depth - mark - 1;
                }
            }
        }
        frontier = next;
        return best;
    }
}
