namespace NetworkGraph.Engine.Graphs;

/// <summary>
/// A compact working graph in compressed sparse rows: row p is entries <c>Starts[p]</c> to <c>Starts[p + 1]</c> of
/// <see cref="Neighbours"/> and <see cref="Weights"/>. Every row is in ascending order of neighbour, has no neighbour
/// twice and not the person itself, and every weight is above 0, so results depend on the network alone and not on how
/// it was put together. 8 bytes an entry. An undirected graph holds every edge in both rows with equal weight.
/// </summary>
public sealed class Adjacency
{
    /// <summary>Takes rows that are as the class says; they are kept, not copied, and not checked.</summary>
    public Adjacency(int[] starts, int[] neighbours, float[] weights)
    {
        Starts = starts;
        Neighbours = neighbours;
        Weights = weights;
    }

    public int People => Starts.Length - 1;

    /// <summary>Length of all rows together: twice the edges of an undirected graph, the arcs of a directed one.</summary>
    public int Entries => Starts[^1];

    public int[] Starts { get; }

    public int[] Neighbours { get; }

    public float[] Weights { get; }

    public int Degree(int person) => Starts[person + 1] - Starts[person];

    public ReadOnlySpan<int> NeighboursOf(int person) => Neighbours.AsSpan(Starts[person], Degree(person));

    public ReadOnlySpan<float> WeightsOf(int person) => Weights.AsSpan(Starts[person], Degree(person));

    /// <summary>The same rows with every weight 1.</summary>
    public Adjacency Unweighted()
    {
        var ones = new float[Entries];
        Array.Fill(ones, 1f);
        return new Adjacency(Starts, Neighbours, ones);
    }

    /// <summary>The sum of each row's weights.</summary>
    public double[] RowSums(CancellationToken cancellation, int threads = 0)
    {
        var sums = new double[People];
        ParallelBlocks.Run(People, 1 << 14, threads, (from, to) =>
        {
            for (var person = from; person < to; person++)
            {
                double sum = 0;
                foreach (var weight in WeightsOf(person)) sum += weight;
                sums[person] = sum;
            }
        }, cancellation);
        return sums;
    }

    /// <summary>
    /// An undirected graph of <paramref name="people"/> from a list of edges in any order and direction. An edge given
    /// more than once has the sum of its weights; loops are left out.
    /// </summary>
    /// <exception cref="ArgumentException">A number outside 0..people, or a weight that is not above 0.</exception>
    public static Adjacency Undirected(int people, IReadOnlyList<(int From, int To, float Weight)> edges)
    {
        var both = new List<(int, int, float)>(edges.Count * 2);
        foreach (var (from, to, weight) in edges)
        {
            both.Add((from, to, weight));
            both.Add((to, from, weight));
        }
        return Directed(people, both);
    }

    /// <summary>The rows of arcs leaving each person, from a list of arcs in any order; otherwise as <see cref="Undirected"/>.</summary>
    /// <exception cref="ArgumentException">A number outside 0..people, or a weight that is not above 0.</exception>
    public static Adjacency Directed(int people, IReadOnlyList<(int From, int To, float Weight)> arcs)
    {
        var starts = new int[people + 1];
        foreach (var (from, to, weight) in arcs)
        {
            if ((uint)from >= (uint)people || (uint)to >= (uint)people)
                throw new ArgumentException($"arc {from}-{to} is outside 0..{people}", nameof(arcs));
            if (!(weight > 0)) throw new ArgumentException($"arc {from}-{to} has weight {weight}, which is not above 0", nameof(arcs));
            if (from != to) starts[from + 1]++;
        }
        for (var person = 0; person < people; person++) starts[person + 1] += starts[person];
        var neighbours = new int[starts[people]];
        var weights = new float[neighbours.Length];
        var next = starts.AsSpan(0, people).ToArray();
        foreach (var (from, to, weight) in arcs)
        {
            if (from == to) continue;
            neighbours[next[from]] = to;
            weights[next[from]++] = weight;
        }
        return Merged(starts, neighbours, weights);
    }

    /// <summary>Sorts rows and adds up repeated neighbours.</summary>
    private static Adjacency Merged(int[] starts, int[] neighbours, float[] weights)
    {
        var people = starts.Length - 1;
        var merged = new int[people + 1];
        var write = 0;
        for (var person = 0; person < people; person++)
        {
            var (start, end) = (starts[person], starts[person + 1]);
            neighbours.AsSpan(start, end - start).Sort(weights.AsSpan(start, end - start));
            merged[person] = write;
            for (var entry = start; entry < end; entry++)
            {
                if (write > merged[person] && neighbours[write - 1] == neighbours[entry])
                {
                    weights[write - 1] += weights[entry];
                    continue;
                }
                neighbours[write] = neighbours[entry];
                weights[write++] = weights[entry];
            }
        }
        merged[people] = write;
        return new Adjacency(merged, neighbours.AsSpan(0, write).ToArray(), weights.AsSpan(0, write).ToArray());
    }

    /// <summary>
    /// The graph of some of the people, renumbered: person k of it is <paramref name="order"/>[k] here. Arcs to people who are
    /// not named are left out.
    /// </summary>
    /// <param name="order">Numbers of people, each once.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="threads">0: all processors.</param>
    public Adjacency Renumbered(int[] order, CancellationToken cancellation, int threads = 0)
    {
        var numbers = new int[People];
        Array.Fill(numbers, -1);
        for (var number = 0; number < order.Length; number++) numbers[order[number]] = number;
        var starts = new int[order.Length + 1];
        for (var number = 0; number < order.Length; number++)
        {
            var kept = 0;
            foreach (var neighbour in NeighboursOf(order[number])) kept += numbers[neighbour] >= 0 ? 1 : 0;
            starts[number + 1] = starts[number] + kept;
        }
        var neighbours = new int[starts[^1]];
        var weights = new float[starts[^1]];
        ParallelBlocks.Run(order.Length, 1 << 13, threads, (from, to) =>
        {
            for (var number = from; number < to; number++)
            {
                var slot = starts[number];
                var others = NeighboursOf(order[number]);
                var strengths = WeightsOf(order[number]);
                for (var entry = 0; entry < others.Length; entry++)
                {
                    if (numbers[others[entry]] < 0) continue;
                    neighbours[slot] = numbers[others[entry]];
                    weights[slot++] = strengths[entry];
                }
                neighbours.AsSpan(starts[number], slot - starts[number]).Sort(weights.AsSpan(starts[number], slot - starts[number]));
            }
        }, cancellation);
        return new Adjacency(starts, neighbours, weights);
    }

    /// <summary>The same arcs by the person they point at; same weights.</summary>
    public Adjacency Transposed()
    {
        var starts = new int[People + 1];
        foreach (var neighbour in Neighbours.AsSpan(0, Entries)) starts[neighbour + 1]++;
        for (var person = 0; person < People; person++) starts[person + 1] += starts[person];
        var neighbours = new int[Entries];
        var weights = new float[Entries];
        var next = starts.AsSpan(0, People).ToArray();
        for (var person = 0; person < People; person++)
        {
            for (var entry = Starts[person]; entry < Starts[person + 1]; entry++)
            {
                var slot = next[Neighbours[entry]]++;
                neighbours[slot] = person;
                weights[slot] = Weights[entry];
            }
        }
        return new Adjacency(starts, neighbours, weights);
    }
}
