using NetworkGraph.Engine.Graphs;
using NetworkGraph.Engine.Structure;
using QuikGraph.Algorithms;

namespace NetworkGraph.Analytics.QuikGraph.Kernels;

/// <summary>
/// The engine's PageRank as a QuikGraph algorithm. Unlike QuikGraph's own it follows ties by their strength, and its ranks
/// add up to 1 (QuikGraph's take no weights, and what people without ties out hold is lost).
/// </summary>
public sealed class SnapshotPageRankAlgorithm(SnapshotGraph graph) : AlgorithmBase<SnapshotGraph>(graph)
{
    /// <summary>The probability of going on along a tie, in [0,1).</summary>
    public double Damping { get; set; } = 0.85;

    /// <summary>Ranks that change by less together are the last.</summary>
    public double Tolerance { get; set; } = 1e-9;

    public int MaxIterations { get; set; } = 100;

    /// <summary>Whether all ties count alike, whatever their strength.</summary>
    public bool Unweighted { get; set; }

    /// <summary>By person; they add up to 1.</summary>
    public IDictionary<int, double> Ranks { get; private set; } = new PersonDictionary<double>([]);

    protected override void InternalCompute()
    {
        using var abort = new AbortToken(this);
        var incoming = SnapshotGraphs.Incoming(VisitedGraph.Snapshot, abort.Token);
        Ranks = new PersonDictionary<double>(
            PageRank.Compute(Unweighted ? incoming.Unweighted() : incoming, abort.Token, Damping, MaxIterations, Tolerance));
    }
}
