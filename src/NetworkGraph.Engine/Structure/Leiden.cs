using System.Diagnostics;
using NetworkGraph.Engine.Graphs;

namespace NetworkGraph.Engine.Structure;

/// <summary>How communities are looked for.</summary>
public sealed record LeidenOptions
{
    /// <summary>γ: above 1 finds more and smaller communities. Above 0.</summary>
    public double Resolution { get; init; } = 1;

    /// <summary>θ, relative to the mean weight: how readily refinement takes a lesser gain. Above 0.</summary>
    public double Randomness { get; init; } = 0.01;

    public ulong Seed { get; init; } = 1;

    /// <summary>
    /// On a network of fewer people than this the whole is done again with other seeds and the best partition kept: small dense
    /// networks have many near-best ones, and one run finds a middling one.
    /// </summary>
    public int RestartBelowPeople { get; init; } = 5_000;

    /// <summary>How often at most, the first run included; fewer where the network has many ties.</summary>
    public int MaxRuns { get; init; } = 50;

    /// <summary>Passes over the whole network at most; each begins where the one before ended.</summary>
    public int MaxPasses { get; init; } = 10;

    /// <summary>
    /// A pass that raises modularity by less is the last; 0 goes on until nothing changes. From the second pass on gains
    /// fall some five- to tenfold a pass, so that what is left out is a small part of this.
    /// </summary>
    public double MinGain { get; init; } = 5e-3;
}

/// <summary>Everyone's community, numbered from 0, larger ones first.</summary>
/// <param name="CommunityOf">By person. A person without ties is a community of their own.</param>
/// <param name="Sizes">By community, descending.</param>
/// <param name="Modularity">Of the partition, at the resolution asked for.</param>
public sealed record Communities(int[] CommunityOf, int[] Sizes, double Modularity)
{
    public int Count => Sizes.Length;
}

/// <summary>
/// Problem: a partition of an undirected weighted graph into connected communities of high modularity.
/// Preconditions: an undirected graph.
/// Method: local moving from a queue, refinement, aggregation, level by level until every community is one node; the
/// whole again from the partition reached until it gains no more. Moves are taken one after another in an order given
/// by the seed, refinement and aggregation go community by community in parallel, so the threads change nothing. What
/// communities the last level leaves in several pieces are split, which raises modularity. A small network is run several
/// times with seeds drawn from the first, and of equally good partitions the first is kept.
/// Invariants: every community hangs together; modularity never falls from pass to pass; the result depends on graph,
/// options and seed alone.
/// Cost: O(m) a level in practice; up to 24 bytes an entry and some 90 bytes a person besides the graph.
/// Source: Traag, Waltman, van Eck, "From Louvain to Leiden: guaranteeing well-connected communities", 2019.
/// </summary>
public static class Leiden
{
    // All runs together look at so many entries at most, some ten passes each.
    private const int MaxEntriesInAllRuns = 1_000_000;

    /// <exception cref="ArgumentOutOfRangeException">An option outside its range.</exception>
    public static Communities Compute(Adjacency graph, LeidenOptions options, CancellationToken cancellation, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Resolution);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.Randomness);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxPasses);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.MaxRuns);
        var best = RunOnce(graph, options, threads, cancellation);
        if (graph.People >= options.RestartBelowPeople || graph.Entries == 0) return best;
        var runs = Math.Clamp(MaxEntriesInAllRuns / graph.Entries, 1, options.MaxRuns);
        var seeds = new SeededRandom(options.Seed);
        for (var run = 1; run < runs; run++)
        {
            var other = RunOnce(graph, options with { Seed = seeds.Next() }, threads, cancellation);
            // Beyond what sums in another order would differ by.
            if (other.Modularity > best.Modularity + 1e-12) best = other;
        }
        return best;
    }

    private static Communities RunOnce(Adjacency graph, LeidenOptions options, int threads, CancellationToken cancellation)
    {
        var communities = new int[graph.People];
        for (var person = 0; person < communities.Length; person++) communities[person] = person;
        if (graph.Entries > 0)
            Improve(LeidenGraph.Of(graph, options.Resolution, threads, cancellation), communities, options, threads, cancellation);
        SplitPieces(graph, communities, cancellation);
        var sizes = NumberBySize(communities);
        Debug.Assert(sizes.Sum() == graph.People, "everybody is in one community");
        return new Communities(communities, sizes, Modularity.Compute(graph, communities, cancellation, options.Resolution));
    }

    /// <summary>
    /// Passes until they gain too little. Each works on the graph put in the order of the communities known so far:
    /// neighbours then mostly lie close together in memory, which is worth more than the reordering costs.
    /// </summary>
    private static void Improve(LeidenGraph whole, int[] communities, LeidenOptions options, int threads, CancellationToken cancellation)
    {
        LeidenMoving.Run(whole, communities, options.Seed, cancellation);
        var graph = whole;
        var persons = (int[])communities.Clone();
        for (var person = 0; person < persons.Length; person++) persons[person] = person;
        var current = (int[])communities.Clone();
        var modularity = whole.ModularityOf(current, cancellation);
        for (var pass = 0; pass < options.MaxPasses; pass++)
        {
            var (_, order) = LeidenGraph.Members(current, Renumber(current));
            graph = graph.Ordered(order, threads, cancellation);
            persons = Array.ConvertAll(order, place => persons[place]);
            current = Array.ConvertAll(order, place => current[place]);
            var next = Pass(graph, current, options, (ulong)pass + 1, threads, cancellation);
            var gain = graph.ModularityOf(next, cancellation) - modularity;
            if (gain > 0)
            {
                current = next;
                modularity += gain;
            }
            // The first pass begins from moved nodes, so its gain says little about what another would.
            if (gain <= (pass == 0 ? 0 : options.MinGain)) break;
        }
        for (var place = 0; place < persons.Length; place++) communities[persons[place]] = current[place];
    }

    /// <summary>One run through all levels, from a partition to one at least as good.</summary>
    private static int[] Pass(LeidenGraph whole, int[] from, LeidenOptions options, ulong pass, int threads, CancellationToken cancellation)
    {
        var graph = whole;
        var communities = (int[])from.Clone();
        var nodeOf = new int[whole.Nodes];
        for (var person = 0; person < nodeOf.Length; person++) nodeOf[person] = person;
        for (ulong level = 0; ; level++)
        {
            var seed = options.Seed ^ (pass << 32 | level << 48);
            LeidenMoving.Run(graph, communities, seed, cancellation);
            var count = Renumber(communities);
            if (count == graph.Nodes) break;
            var refined = LeidenRefinement.Run(graph, communities, count, options.Randomness, seed, threads, cancellation);
            var nodes = NumberWithin(refined, communities, count);
            if (nodes == graph.Nodes) break;
            var communityOfNode = new int[nodes];
            for (var node = 0; node < refined.Length; node++) communityOfNode[refined[node]] = communities[node];
            graph = graph.Aggregated(refined, nodes, threads, cancellation);
            communities = communityOfNode;
            for (var person = 0; person < nodeOf.Length; person++) nodeOf[person] = refined[nodeOf[person]];
        }
        var reached = new int[whole.Nodes];
        for (var person = 0; person < reached.Length; person++) reached[person] = communities[nodeOf[person]];
        return reached;
    }

    /// <summary>Numbers labels from 0 in order of first appearance; returns how many there are.</summary>
    private static int Renumber(int[] labels)
    {
        var numbers = new int[labels.Length];
        var count = 0;
        for (var node = 0; node < labels.Length; node++)
        {
            ref var number = ref numbers[labels[node]];
            if (number == 0) number = ++count;
            labels[node] = number - 1;
        }
        return count;
    }

    /// <summary>Numbers refined labels from 0, community by community, so that nodes of a community lie together.</summary>
    private static int NumberWithin(int[] refined, int[] communities, int communityCount)
    {
        var starts = new int[communityCount + 1];
        for (var node = 0; node < refined.Length; node++)
        {
            if (refined[node] == node) starts[communities[node] + 1]++;
        }
        for (var community = 0; community < communityCount; community++) starts[community + 1] += starts[community];
        var count = starts[communityCount];
        var numbers = new int[refined.Length];
        for (var node = 0; node < refined.Length; node++)
        {
            if (refined[node] == node) numbers[node] = starts[communities[node]]++;
        }
        for (var node = 0; node < refined.Length; node++) refined[node] = numbers[refined[node]];
        return count;
    }

    /// <summary>Gives every piece of a community that does not hang together a label of its own.</summary>
    private static void SplitPieces(Adjacency graph, int[] communities, CancellationToken cancellation)
    {
        var pieces = new int[communities.Length];
        Array.Fill(pieces, -1);
        var stack = new Stack<int>();
        for (var person = 0; person < pieces.Length; person++)
        {
            if (pieces[person] >= 0) continue;
            if (person % (1 << 12) == 0) cancellation.ThrowIfCancellationRequested();
            pieces[person] = person;
            stack.Push(person);
            while (stack.TryPop(out var member))
            {
                foreach (var neighbour in graph.NeighboursOf(member))
                {
                    if (pieces[neighbour] >= 0 || communities[neighbour] != communities[member]) continue;
                    pieces[neighbour] = person;
                    stack.Push(neighbour);
                }
            }
        }
        pieces.CopyTo(communities, 0);
    }

    /// <summary>Numbers communities by size, descending, equal ones by their first person; returns the sizes.</summary>
    private static int[] NumberBySize(int[] communities)
    {
        var count = Renumber(communities);
        var sizes = new int[count];
        foreach (var community in communities) sizes[community]++;
        var keys = new long[count];
        for (var community = 0; community < count; community++) keys[community] = ((long)-sizes[community] << 32) | (uint)community;
        Array.Sort(keys);
        var numbers = new int[count];
        var sorted = new int[count];
        for (var rank = 0; rank < count; rank++)
        {
            var community = (int)(uint)keys[rank];
            numbers[community] = rank;
            sorted[rank] = sizes[community];
        }
        for (var person = 0; person < communities.Length; person++) communities[person] = numbers[communities[person]];
        return sorted;
    }
}
