using NetworkGraph.Engine.Introductions;
using NetworkGraph.Engine.Snapshots;
using QuikGraph;
using QuikGraph.Algorithms.MaximumFlow;

namespace NetworkGraph.Analytics.QuikGraph;

/// <summary>The most chains between two people that share no broker.</summary>
/// <param name="Chains">Each from source to target, shortest first, then by ids.</param>
/// <param name="WithinHops">The brokers lie on ways of at most so many hops: as asked for, or fewer where those were too many.</param>
public sealed record DisjointChains(IReadOnlyList<int[]> Chains, int WithinHops);

/// <summary>
/// Problem: how many ways of being introduced to somebody do not depend on each other: the most chains of mutual ties
/// from one person to another that share no broker, and such chains. Where there is one, a single broker's no ends it.
/// Preconditions: source and target are people of the graph, and not the same.
/// Method: Menger's theorem: each broker becomes two vertices with an edge of capacity 1 between them, and the maximum flow
/// (Edmonds and Karp, QuikGraph's) is the number; its edges, followed, are the chains. Brokers are the people on a way of
/// at most maxHops hops; where more than a bound of ties are among them, of fewer hops.
/// Invariants: no one but the two ends is on two chains; chains keep to the constraints; as many brokers as there are chains
/// are needed to cut all of them.
/// Cost: O(chains × ties among the brokers), at most <see cref="MaxTies"/> of them.
/// Source: Menger 1927; Edmonds &amp; Karp 1972.
/// </summary>
public static class IntroductionChains
{
    /// <summary>Ties that one search looks at.</summary>
    public const int MaxTies = 60_000;

    /// <exception cref="OperationCanceledException">By <paramref name="cancellation"/>.</exception>
    public static DisjointChains Between(
        SnapshotGraph graph, int source, int target, int maxHops, IntroductionConstraints constraints, CancellationToken cancellation)
    {
        if (source == target || !graph.ContainsVertex(source) || !graph.ContainsVertex(target) || constraints.IsBlocked(source, target))
            return new DisjointChains([], maxHops);
        var split = Split(graph, source, target, ref maxHops, constraints, cancellation);
        var reversed = new ReversedEdgeAugmentorAlgorithm<int, Edge<int>>(split, static (from, to) => new Edge<int>(from, to));
        reversed.AddReversedEdges();
        var added = reversed.AugmentedEdges.ToHashSet();
        var flow = new EdmondsKarpMaximumFlowAlgorithm<int, Edge<int>>(
            split, edge => added.Contains(edge) ? 0 : 1, static (from, to) => new Edge<int>(from, to), reversed)
        {
            Source = OutOf(source),
            Sink = Into(target),
        };
        flow.Compute(cancellation);
        var used = split.Edges.Where(edge => !added.Contains(edge) && flow.ResidualCapacities[edge] < 0.5).ToLookup(
            edge => edge.Source, edge => edge.Target);
        List<int[]> chains = [.. used[OutOf(source)].Select(first => Follow(used, source, first, target))];
        var ids = graph.Snapshot.Ids;
        chains.Sort((a, b) => a.Length != b.Length ? a.Length - b.Length : CompareIds(ids, a, b));
        return new DisjointChains(chains, maxHops);
    }

    private static int CompareIds(PersonIds ids, int[] one, int[] other)
    {
        for (var place = 0; place < one.Length; place++)
            if (string.CompareOrdinal(ids[one[place]], ids[other[place]]) is not 0 and var order) return order;
        return 0;
    }

    private static int[] Follow(ILookup<int, int> used, int source, int first, int target)
    {
        var chain = new List<int> { source };
        for (var at = first; ; at = used[OutOf(at / 2)].First())
        {
            chain.Add(at / 2);
            if (at == Into(target)) return [.. chain];
        }
    }

    /// <summary>Who may lie between, each split into a way in and a way out; the straight tie of the two is left out.</summary>
    private static AdjacencyGraph<int, Edge<int>> Split(
        SnapshotGraph graph, int source, int target, ref int maxHops, IntroductionConstraints constraints, CancellationToken cancellation)
    {
        var (fromSource, nearSource) = HopsFrom(graph, source, maxHops, constraints);
        var (fromTarget, nearTarget) = HopsFrom(graph, target, maxHops, constraints);
        var hops = Math.Min(maxHops, nearSource + nearTarget);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            if (TrySplit(graph, source, target, hops, fromSource, fromTarget, constraints) is { } split)
            {
                maxHops = hops;
                return split;
            }
            hops--;
        }
    }

    private static AdjacencyGraph<int, Edge<int>>? TrySplit(
        SnapshotGraph graph, int source, int target, int hops, Dictionary<int, int> fromSource, Dictionary<int, int> fromTarget,
            IntroductionConstraints constraints)
    {
        bool IsBetween(int person) => person == target || (person != source && !constraints.IsClosed(person)
            && fromSource.TryGetValue(person, out var near) && fromTarget.TryGetValue(person, out var far) && near + far <= hops);
        var split = new AdjacencyGraph<int, Edge<int>>(allowParallelEdges: true);
        split.AddVertex(OutOf(source));
        split.AddVertex(Into(target));
        // In order of ids, as which chains are found depends on the order in which ways are tried.
        var ids = graph.Snapshot.Ids;
        int[] people = [source,
            .. fromSource.Keys.Where(person => person != target && IsBetween(person)).OrderBy(
            person => ids[person], StringComparer.Ordinal)];
        foreach (var person in people)
        {
            if (person != source) split.AddVerticesAndEdge(new Edge<int>(Into(person), OutOf(person)));
            foreach (var tie in graph.OutEdges(person).OrderByDescending(static tie => tie.Mutual).ThenBy(
                tie => ids[tie.Target], StringComparer.Ordinal))
            {
                if (!(tie.Mutual > 0) || (person == source && tie.Target == target)) continue;
                if (!IsBetween(tie.Target) || constraints.IsBlocked(person, tie.Target)) continue;
                split.AddVerticesAndEdge(new Edge<int>(OutOf(person), Into(tie.Target)));
            }
            // The shortest ways are always looked at, however many they are: two hops are the ties the two have in common.
            if (split.EdgeCount > MaxTies && hops > 2) return null;
        }
        return split;
    }

    /// <summary>Hops to the people within reach; no further than where so many ties were seen that more could not be used.</summary>
    private static (Dictionary<int, int> Hops, int Complete) HopsFrom(
        SnapshotGraph graph, int start, int maxHops, IntroductionConstraints constraints)
    {
        var hops = new Dictionary<int, int> { [start] = 0 };
        var level = new List<int> { start };
        var seen = 0L;
        for (var hop = 0; hop < maxHops; hop++)
        {
            var next = new List<int>();
            foreach (var person in level)
            {
                if (person != start && constraints.IsClosed(person)) continue;
                foreach (var tie in graph.OutEdges(person))
                {
                    seen++;
                    if (tie.Mutual > 0 && hops.TryAdd(tie.Target, hop + 1)) next.Add(tie.Target);
                }
            }
            level = next;
            if (level.Count == 0) return (hops, maxHops);
            if (seen > 20L * MaxTies) return (hops, hop + 1);
        }
        return (hops, maxHops);
    }

    private static int Into(int person) => 2 * person;

    private static int OutOf(int person) => 2 * person + 1;
}
