using System.Diagnostics;
using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>A path and the sum of its weights.</summary>
public sealed record WeightedPath(IReadOnlyList<int> People, double Length);

/// <summary>Shortest paths from one person to everyone they lead to.</summary>
/// <param name="Distances">By person; positive infinity where no path leads.</param>
/// <param name="Previous">By person: who comes before them on a shortest path; −1 for the source and where no path leads.</param>
/// <param name="Order">The people reached, nearest first, the source foremost; equally near ones by number.</param>
public sealed record ShortestPathTree(double[] Distances, int[] Previous, IReadOnlyList<int> Order);

/// <summary>
/// Problem: the shortest distance, the least sum of weights, from one person to everyone or to one other.
/// Preconditions: rows of outgoing arcs; weights are lengths.
/// Method: Dijkstra with a heap of four children a node and lazy deletion; to one person, stopping when reached.
/// Invariants: a person is settled once, in order of distance; no arc shortens a settled distance.
/// Cost: O(m log n); 12 bytes a person and 12 an entry at most in the heap.
/// Source: Dijkstra 1959; Johnson, "Priority queues with update and finding minimum spanning trees", 1975.
/// </summary>
public static class ShortestPaths
{
    private const int CheckEvery = 1 << 14;

    /// <summary>Distances by person; positive infinity where there is no path.</summary>
    public static double[] Distances(Adjacency outgoing, int source, CancellationToken cancellation) =>
        Run(outgoing, source, -1, null, cancellation).Distances;

    /// <summary>Distances with the tree of shortest paths.</summary>
    public static ShortestPathTree From(Adjacency outgoing, int source, CancellationToken cancellation)
    {
        var order = new List<int>();
        var (distances, previous) = Run(outgoing, source, -1, order, cancellation);
        return new ShortestPathTree(distances, previous, order);
    }

    /// <summary>A shortest path, or null where there is none. From a person to themselves it is of length 0.</summary>
    public static WeightedPath? Between(Adjacency outgoing, int source, int target, CancellationToken cancellation)
    {
        var (distances, previous) = Run(outgoing, source, target, null, cancellation);
        if (double.IsPositiveInfinity(distances[target])) return null;
        var people = new List<int>();
        for (var person = target; person >= 0; person = previous[person]) people.Add(person);
        people.Reverse();
        return new WeightedPath(people, distances[target]);
    }

    private static (double[] Distances, int[] Previous) Run(
        Adjacency outgoing, int source, int target, List<int>? order, CancellationToken cancellation)
    {
        var distances = new double[outgoing.People];
        Array.Fill(distances, double.PositiveInfinity);
        var previous = new int[outgoing.People];
        Array.Fill(previous, -1);
        distances[source] = 0;
        var heap = new DistanceHeap();
        heap.Push(0, source);
        for (var settled = 0; heap.TryPop(out var distance, out var person);)
        {
            if (distance > distances[person]) continue;
            order?.Add(person);
            if (person == target) break;
            if (settled++ % CheckEvery == 0) cancellation.ThrowIfCancellationRequested();
            var end = outgoing.Starts[person + 1];
            for (var entry = outgoing.Starts[person]; entry < end; entry++)
            {
                var (neighbour, through) = (outgoing.Neighbours[entry], distance + outgoing.Weights[entry]);
                Debug.Assert(outgoing.Weights[entry] > 0, "lengths are above 0");
                if (through >= distances[neighbour]) continue;
                distances[neighbour] = through;
                previous[neighbour] = person;
                heap.Push(through, neighbour);
            }
        }
        return (distances, previous);
    }

    /// <summary>Smallest distance first; equal ones by person, so that paths do not depend on the heap's history.</summary>
    private sealed class DistanceHeap
    {
        private const int Children = 4;
        private (double Distance, int Person)[] _items = new (double, int)[64];
        private int _count;

        public void Push(double distance, int person)
        {
            if (_count == _items.Length) Array.Resize(ref _items, _count * 2);
            var (slot, item) = (_count++, (distance, person));
            while (slot > 0 && Before(item, _items[(slot - 1) / Children]))
            {
                _items[slot] = _items[(slot - 1) / Children];
                slot = (slot - 1) / Children;
            }
            _items[slot] = item;
        }

        public bool TryPop(out double distance, out int person)
        {
            (distance, person) = _items[0];
            if (_count == 0) return false;
            var item = _items[--_count];
            var slot = 0;
            for (var first = 1; first < _count; first = slot * Children + 1)
            {
                var least = first;
                for (var child = first + 1; child < Math.Min(first + Children, _count); child++)
                {
                    if (Before(_items[child], _items[least])) least = child;
                }
                if (!Before(_items[least], item)) break;
                _items[slot] = _items[least];
                slot = least;
            }
            _items[slot] = item;
            return true;
        }

        private static bool Before((double Distance, int Person) a, (double Distance, int Person) b) =>
            a.Distance < b.Distance || (a.Distance == b.Distance && a.Person < b.Person);
    }
}
