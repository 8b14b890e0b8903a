using System.Collections.Immutable;
using NetworkGraph.Engine.Introductions;

namespace NetworkGraph.People.Measures;

/// <summary>
/// What stands in where a network's own past is too short to learn from, and what learning does not stray far from. Persistence is
/// rounded from fits on four public networks (two organisations' mail, an answers site, a rating network), each counting the same;
/// Answer was set by hand after fits on two of them. <c>load-tests fit-priors</c> fits all of them; the accuracy runs judge each
/// network with priors that were fitted on the other three.
/// </summary>
public static class ModelPriors
{
    /// <summary>Weights of <see cref="TieFeatures"/>: another contact within the window.</summary>
    public static ImmutableArray<double> Persistence { get; } =
        [-2.6, -0.05, -0.3, 0.8, 0, -0.35, 0, 0.02, 0.07, 0.05, 0.3, 0, 0, -0.22, 0.3, 0.15, -0.3];

    /// <summary>Weights of <see cref="TieFeatures"/>: a dormant tie comes back.</summary>
    public static ImmutableArray<double> Answer { get; } =
        [-2.2, -0.3, 0.2, 0, 0, -0.1, 0, 0, 0, 0, 0.3, 0, 0, -0.3, 0.3, 0, 0];

    /// <summary>A hop of an introduction path.</summary>
    public static HopModel Hop => HopModel.Prior;
}
