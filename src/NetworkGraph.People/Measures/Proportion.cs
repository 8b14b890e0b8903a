using NetworkGraph.Engine.Statistics;

namespace NetworkGraph.People.Measures;

/// <summary>How many of how many, as a share, with how sure that is. All three numbers are null where it is of none.</summary>
[GenerateSerializer, Immutable]
public sealed record Proportion
{
    [Id(0)] public required int Count { get; init; }

    [Id(1)] public required int Of { get; init; }

    /// <summary>Count / Of, in [0,1].</summary>
    public double? Value => Of == 0 ? null : (double)Count / Of;

    /// <summary>Lower bound of the share, 95 % (Wilson).</summary>
    public double? Low => Of == 0 ? null : WilsonInterval.Of(Count, Of).Low;

    /// <summary>Upper bound of the share, 95 % (Wilson).</summary>
    public double? High => Of == 0 ? null : WilsonInterval.Of(Count, Of).High;

    public static Proportion Share(int count, int of) => new() { Count = count, Of = of };
}
