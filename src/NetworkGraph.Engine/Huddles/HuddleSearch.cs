using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Huddles;

/// <summary>A group found.</summary>
/// <param name="People">Places among the candidates, ascending.</param>
/// <param name="Total">Sum of the likelihoods of its pairs.</param>
/// <param name="Bound">No group at all has a higher sum; equal to <paramref name="Total"/> where the group is proved best.</param>
public sealed record Huddle(int[] People, double Total, double Bound)
{
    public bool IsOptimal => Bound <= Total * (1 + 1e-9) + 1e-12;
}

/// <summary>What to look for, and how long.</summary>
public sealed record HuddleOptions
{
    /// <summary>People in the group, 2 to 10.</summary>
    public int Size { get; init; } = 6;

    /// <summary>Place of somebody who must be in it; −1 for no one.</summary>
    public int Required { get; init; } = -1;

    public ulong Seed { get; init; } = 1;

    /// <summary>How many candidates may be looked at while proving; beyond it the bound reached so far is given.</summary>
    public long Steps { get; init; } = 20_000_000;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of its range.</exception>
    internal void Check(int candidates)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Size, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Size, 10);
        ArgumentOutOfRangeException.ThrowIfLessThan(Required, -1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(Required, Math.Max(1, candidates));
    }
}

/// <summary>
/// Problem: among candidates, a group of a given size, no two of whom exclude each other, with the highest sum of pairwise
/// likelihoods (the heaviest k-subgraph of a graph with forbidden pairs; NP-hard).
/// Preconditions: likelihoods as <see cref="PairLikelihoods"/> gives them, symmetric up to rounding.
/// Method: greedy groups from the most promising candidates and from a few chosen by the seed, each improved by
/// swapping one member while that helps; then branch and bound. A partial group P that needs r more is bounded by its own
/// sum and the r best of Σ_{p∈P} w(c,p) + ½·(sum of c's r − 1 best likelihoods to anyone it may join). Candidates are tried
/// in descending order of that, so that a branch is left as soon as the rest cannot do better. When the steps are used up,
/// what is left open says how far from the best the group may be. With many candidates the search is among the most
/// promising 1,500; the bound covers all.
/// Cost: O(n²) for n ≤ 1,500 candidates, and the steps given.
/// Source: Feige, Kortsarz, Peleg, "The dense k-subgraph problem", 2001, for the problem; the bound halves each member's best
/// pairs as in Billionnet, "Different formulations for solving the heaviest k-subgraph problem", 2005.
/// </summary>
public static class HuddleSearch
{
    private const int MaxSearched = 1500;

    /// <summary>The best group found, with what is proved of it; null where no group of that size is allowed or was found.</summary>
    /// <param name="likelihoods">By candidate.</param>
    /// <param name="excludes">Whether two candidates (by place) must not be in one group; symmetric.</param>
    /// <param name="options">What to look for.</param>
    /// <param name="cancellation">Stops it.</param>
    public static Huddle? Best(
        PairLikelihood[][] likelihoods, Func<int, int, bool> excludes, HuddleOptions options, CancellationToken cancellation)
    {
        var candidates = likelihoods.Length;
        options.Check(candidates);
        if (candidates < options.Size) return null;
        var promise = Promises(likelihoods, excludes, options.Size - 1, cancellation);
        var searched = MostPromising(promise, options.Required);
        var graph = HuddleGraph.Of(likelihoods, searched, excludes, options.Size, cancellation);
        var required = options.Required < 0 ? -1 : Array.IndexOf(searched, options.Required);
        var best = new BestGroup();
        HuddleStarts.Run(graph, options.Size, required, options.Seed, best, cancellation);
        var bound = new HuddleBranches(graph, options.Size, options.Steps, best, cancellation).Run(required);
        bound = Math.Max(bound, BoundOfOthers(promise, searched, options));
        if (best.People.Length == 0) return null;
        var people = Array.ConvertAll(best.People, place => searched[place]);
        Array.Sort(people);
        return new Huddle(people, best.Total, Math.Max(best.Total, bound));
    }

    /// <summary>For everyone the sum of the best so many likelihoods to people they may be with: no group gives them more.</summary>
    private static double[] Promises(
        PairLikelihood[][] likelihoods, Func<int, int, bool> excludes, int most, CancellationToken cancellation)
    {
        var promises = new double[likelihoods.Length];
        Span<float> top = stackalloc float[most];
        for (var place = 0; place < promises.Length; place++)
        {
            if ((place & 0xFF) == 0) cancellation.ThrowIfCancellationRequested();
            top.Clear();
            foreach (var (other, likelihood) in likelihoods[place])
            {
                if (likelihood <= top[^1] || excludes(place, other)) continue;
                var at = most - 1;
                for (; at > 0 && top[at - 1] < likelihood; at--) top[at] = top[at - 1];
                top[at] = likelihood;
            }
            foreach (var value in top) promises[place] += value;
        }
        return promises;
    }

    private static int[] MostPromising(double[] promise, int required)
    {
        var order = Enumerable.Range(0, promise.Length).OrderByDescending(place => place == required).ThenByDescending(
            place => promise[place]).ThenBy(place => place);
        return [.. order.Take(MaxSearched).Order()];
    }

    /// <summary>What a group with somebody who was not searched could have at most.</summary>
    private static double BoundOfOthers(double[] promise, int[] searched, HuddleOptions options)
    {
        if (searched.Length == promise.Length) return 0;
        var others = Enumerable.Range(0, promise.Length).Except(searched).Max(place => promise[place]);
        var rest = Enumerable.Range(0, promise.Length).Where(place => place != options.Required).Select(
            place => promise[place]).OrderDescending();
        var sum = options.Required < 0
            ? others + rest.Take(options.Size - 1).Sum() : others + promise[options.Required] + rest.Take(options.Size - 2).Sum();
        return sum / 2;
    }
}

/// <summary>The best group so far.</summary>
internal sealed class BestGroup
{
    public int[] People { get; private set; } = [];

    /// <summary>Below 0 until there is a group.</summary>
    public double Total { get; private set; } = -1;

    /// <summary>Takes the group if it is better by more than rounding.</summary>
    public void Offer(double total, ReadOnlySpan<int> people)
    {
        if (total <= Total + 1e-9) return;
        Total = total;
        People = people.ToArray();
    }
}

/// <summary>The candidates that are searched: likelihoods as a full table, and each one's best sums.</summary>
internal sealed class HuddleGraph
{
    private readonly float[] _weights;
    private readonly float[] _bestSums;
    private readonly int _size;

    private HuddleGraph(int candidates, int size) =>
        (Candidates, _size, _weights, _bestSums) = (candidates, size, new float[candidates * candidates], new float[candidates * size]);

    public int Candidates { get; }

    /// <summary>Likelihoods of one candidate's pairs; NaN where the two exclude each other, and with itself.</summary>
    public ReadOnlySpan<float> Row(int candidate) => _weights.AsSpan(candidate * Candidates, Candidates);

    /// <summary>The sum of a candidate's <paramref name="count"/> best likelihoods, below the size of the group.</summary>
    public float BestSum(int candidate, int count) => _bestSums[candidate * _size + count];

    public static HuddleGraph Of(
        PairLikelihood[][] likelihoods, int[] searched, Func<int, int, bool> excludes, int size, CancellationToken cancellation)
    {
        var graph = new HuddleGraph(searched.Length, size);
        var placeOf = new int[likelihoods.Length];
        for (var i = 0; i < searched.Length; i++) placeOf[searched[i]] = i + 1;
        for (var i = 0; i < searched.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            var row = graph._weights.AsSpan(i * searched.Length, searched.Length);
            foreach (var (other, likelihood) in likelihoods[searched[i]])
                if (placeOf[other] > 0) row[placeOf[other] - 1] = likelihood;
        }
        for (var i = 0; i < searched.Length; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            graph._weights[i * searched.Length + i] = float.NaN;
            for (var j = 0; j < i; j++)
            {
                ref var one = ref graph._weights[i * searched.Length + j];
                ref var other = ref graph._weights[j * searched.Length + i];
                // The two were summed from either side; rounding must not make them differ.
                one = other = excludes(searched[i], searched[j]) ? float.NaN : Math.Max(one, other);
            }
        }
        for (var i = 0; i < searched.Length; i++) graph.SumBest(i);
        return graph;
    }

    private void SumBest(int candidate)
    {
        var sums = _bestSums.AsSpan(candidate * _size, _size);
        Span<float> top = stackalloc float[_size];
        foreach (var weight in Row(candidate))
        {
            if (!(weight > top[^1])) continue;
            var at = _size - 1;
            for (; at > 0 && top[at - 1] < weight; at--) top[at] = top[at - 1];
            top[at] = weight;
        }
        for (var count = 1; count < _size; count++) sums[count] = sums[count - 1] + top[count - 1];
    }
}
