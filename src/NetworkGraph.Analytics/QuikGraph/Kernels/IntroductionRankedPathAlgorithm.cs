using NetworkGraph.Engine.Introductions;
using QuikGraph;
using QuikGraph.Algorithms;
using QuikGraph.Algorithms.RankedShortestPath;

namespace NetworkGraph.Analytics.QuikGraph.Kernels;

/// <summary>
/// The engine's introduction search as a QuikGraph algorithm for ranked shortest paths: the k best paths over mutual ties
/// with different first brokers, at least one broker and a limit of hops, best first. A thousand times faster than Hoffman
/// and Pavley's algorithm, which ranks all paths before the ones with the same first broker can be left out.
/// </summary>
/// <param name="graph">The network.</param>
/// <param name="options">What is looked for; <see cref="RankedShortestPathAlgorithmBase{T,T,T}.ShortestPathCount"/> says how many
/// paths.</param>
public sealed class IntroductionRankedPathAlgorithm(SnapshotGraph graph, IntroductionOptions options)
    : RankedShortestPathAlgorithmBase<int, DirectedTie, SnapshotGraph>(null, graph, DistanceRelaxers.ShortestDistance)
{
    private int _target = -1;

    /// <summary>The scores of <see cref="RankedShortestPathAlgorithmBase{T,T,T}.ComputedShortestPaths"/>, in their order.</summary>
    public IReadOnlyList<double> Scores { get; private set; } = [];

    /// <exception cref="VertexNotFoundException">No one has the number.</exception>
    public void SetTargetVertex(int target) => _target = VisitedGraph.ContainsVertex(target) ? target : throw new VertexNotFoundException();

    /// <summary>Finds the paths from one person to another.</summary>
    /// <exception cref="VertexNotFoundException">No one has the target's number.</exception>
    public void Compute(int root, int target)
    {
        SetTargetVertex(target);
        Compute(root);
    }

    protected override void InternalCompute()
    {
        var root = GetAndAssertRootInGraph();
        if (_target < 0) throw new InvalidOperationException("Target vertex not set.");
        using var abort = new AbortToken(this);
        var paths = IntroductionSearch.ToOne(VisitedGraph.Snapshot, root, _target, options with { Paths = ShortestPathCount }, abort.Token);
        Scores = [.. paths.Select(static path => path.Score)];
        foreach (var path in paths) AddComputedShortestPath(path.Hops.Select(EdgeOf));
    }

    private DirectedTie EdgeOf(IntroductionHop hop) => VisitedGraph.TryGetEdge(hop.From, hop.To, out var tie)
        ? tie
        : throw new InvalidOperationException($"The hop from {hop.From} to {hop.To} is not a tie of the graph.");
}
